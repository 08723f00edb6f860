"""Who did what: read page by page, or as a spreadsheet."""

from __future__ import annotations

import io

from fastapi import APIRouter, Depends, Response
from openpyxl import Workbook
from starlette.concurrency import run_in_threadpool

from bot.store.audit import Entry
from bot.store.clock import VIETNAM
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.pages import page
from bot.web.desk.permissions import ROLE_NAMES, May
from bot.web.desk.sheets import cells

ON_A_PAGE = 50
_LAST_PAGE = 1_000_000  # no trail has more, and no database counts on for ever
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is noted, and how it is read.
ACTIONS = {
    "sign_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập sai",
    "sign_in_locked": "Thử đăng nhập khi đang bị khóa tạm",
    "sign_out": "Đăng xuất",
    "password_changed": "Tự đổi mật khẩu",
    "password_reset": "Đặt lại mật khẩu",
    "account_added": "Tạo tài khoản",
    "account_closed": "Khóa tài khoản",
    "account_opened": "Mở lại tài khoản",
    "role_changed": "Đổi quyền",
    "answer_judged": "Đánh giá câu trả lời",
    "judgement_removed": "Bỏ đánh giá",
    "notice_said": "Đăng thông báo",
    "notice_ended": "Gỡ thông báo",
    "assistant_off": "Cho trợ lý tạm nghỉ",
    "assistant_on": "Cho trợ lý trả lời lại",
    "golden_added": "Thêm câu chuẩn",
    "golden_changed": "Sửa câu chuẩn",
    "golden_removed": "Xóa câu chuẩn",
    "golden_imported": "Nhập câu chuẩn từ tệp",
    "golden_run": "Hỏi thử câu chuẩn",
    "import_read": "Nhập tệp",
    "import_taken": "Nhận chỗ khác vào bản nháp",
    "import_declined": "Không nhận chỗ khác",
    "import_noted": "Ghi việc cần sửa",
    "import_mended": "Sửa xong việc đã ghi",
    "exported": "Xuất dữ liệu",
    "question_not_ours": "Đánh dấu câu hỏi không thuộc việc của phường",
    "question_done": "Đánh dấu câu hỏi đã xong",
    "question_unmarked": "Bỏ đánh dấu ở câu hỏi",
    "example_added": "Thêm câu ví dụ vào bản nháp",
    "letter_taken": "Nhận thư",
    "letter_given_back": "Trả lại thư vào hộp thư",
    "letter_answered": "Trả lời thư",
    "letter_reopened": "Mở lại thư",
    "letter_noted": "Ghi chú vào thư",
    "letter_contact_erased": "Xóa cách liên hệ của người gửi",
    "letter_withdrawn": "Xóa thư theo yêu cầu của người gửi",
    "draft_submitted": "Gửi duyệt bản nháp",
    "draft_withdrawn": "Rút lại bản nháp đã gửi duyệt",
    "draft_handed_back": "Trả lại bản nháp cho người soạn",
    "draft_discarded": "Bỏ bản nháp",
    "drafts_checked": "Kiểm tra bản nháp trước khi xuất bản",
    "version_published": "Xuất bản",
    "version_rolled_back": "Quay lại bản cũ cho cả danh mục",
    "record_rolled_back": "Quay lại bản cũ cho một mục",
    "draft_saved": "Lưu bản nháp",
    "draft_overwritten": "Lưu bản nháp thay bản của người khác",
    "removal_drafted": "Đề nghị bỏ thủ tục khỏi danh mục",
}
NOBODY = "(không có tài khoản này)"  # who tried to sign in
_ROLES = {role.value: name for role, name in ROLE_NAMES.items()}
_HEAD = ("Lúc", "Người làm", "Việc", "Đối với", "Chi tiết")


def routes(context: Context, door: Door) -> APIRouter:
    """`/nhat-ky` and `/nhat-ky.xlsx`."""
    router, audit = APIRouter(), context.desk.audit
    admin = Depends(door.allows(May.administer))

    @router.get("/nhat-ky")
    async def read(nguoi: str = "", viec: str = "", trang: int = 1, visitor: Visitor = admin) -> Response:
        number = min(max(1, trang), _LAST_PAGE)
        found = await run_in_threadpool(
            lambda: audit.entries(
                account=nguoi.strip().lower(), action=viec, most=ON_A_PAGE + 1, skip=(number - 1) * ON_A_PAGE
            )
        )
        rows, more = [row_of(entry) for entry in found[:ON_A_PAGE]], len(found) > ON_A_PAGE
        return page(
            context,
            "trail.html",
            visitor,
            head=_HEAD,
            rows=rows,
            more=more,
            number=number,
            who=nguoi,
            what=viec,
            actions=ACTIONS,
        )

    @router.get("/nhat-ky.xlsx")
    async def export(visitor: Visitor = admin) -> Response:
        entries = await run_in_threadpool(audit.entries)
        content = await run_in_threadpool(as_workbook, entries)
        headers = {**NEVER, "Content-Disposition": 'attachment; filename="nhat-ky.xlsx"'}
        return Response(content, media_type=XLSX, headers=headers)

    return router


def row_of(entry: Entry) -> tuple[str, str, str, str, str]:
    """An entry as people read it, in the time of Vietnam."""
    at = f"{entry.at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
    who = entry.account or NOBODY
    return at, who, ACTIONS.get(entry.action, entry.action), entry.subject, _ROLES.get(entry.detail, entry.detail)


def as_workbook(entries: list[Entry]) -> bytes:
    """The whole trail as a spreadsheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhật ký")
    sheet.append(_HEAD)
    for entry in entries:
        sheet.append(cells(sheet, row_of(entry)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
