"""A page of the desk: nobody in between keeps it, and every one knows who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import Visitor
from bot.web.desk.permissions import May

Page = Callable[..., Response]
# The areas of the desk: path below DESK, name, and who sees it.
AREAS: tuple[tuple[str, str, May], ...] = (
    ("thu", "Thử câu hỏi", May.test),
    ("cau-chuan", "Câu chuẩn", May.look),
    ("cau-hoi", "Người dân hỏi", May.look),
    ("hop-thu", "Hộp thư", May.look),
    ("so-lieu", "Số liệu", May.look),
    ("ho-so", "Thủ tục", May.look),
    ("duyet", "Duyệt và xuất bản", May.look),
    ("nhap", "Nhập, xuất", May.look),
    ("phuong", "Thông tin phường", May.look),
    ("thong-bao", "Thông báo", May.look),
    ("nhat-ky", "Nhật ký", May.administer),
    ("nguoi-dung", "Người dùng", May.administer),
)


def page(context: Context, name: str, visitor: Visitor, *, status: int = 200, **values: Any) -> Response:
    """A template of `templates/desk` for somebody signed in."""
    return context.templates.page(
        f"desk/{name}",
        status=status,
        headers=NEVER,
        visitor=visitor,
        areas=[(path, title) for path, title, what in AREAS if visitor.may(what)],
        **values,
    )
