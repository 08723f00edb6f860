"""Requests that cannot be answered, said in Vietnamese for people, with a code for programs."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse

LISTING = "/thu-tuc"
LONGEST_IN_SECONDS = 90
_FAULTS = {
    "bad_request": (400, "Yêu cầu không đúng dạng. Cần JSON như mô tả ở /api/openapi.json."),
    "bad_mark": (400, "Chưa ghi được đánh giá. Bạn tải lại trang rồi thử lại giúp tôi."),
    "unauthorized": (401, "Trang này chỉ dành cho người quản trị."),
    "not_found": (404, "Không có trang này."),
    "not_allowed": (405, "Không mở được trang này."),
    "too_large": (413, "Nội dung này dài quá nên tôi không nhận được. Bạn viết ngắn lại, hoặc gửi tệp nhỏ hơn."),
    "too_many": (429, "Tôi chưa kịp trả lời. Bạn đợi khoảng {wait} rồi thử lại."),
    "internal": (500, "Tôi đang gặp lỗi. Bạn thử lại sau ít phút, xem danh mục thủ tục, hoặc gọi {hotline}."),
    "unavailable": (503, "Tôi đang bận. Bạn thử lại sau ít phút, xem danh mục thủ tục, hoặc gọi {hotline}."),
}
_WITH_HOTLINE = ("internal", "unavailable")


class Fault(Exception):
    """Ends a request with one of the codes above; `wait` are seconds after which it may be sent again."""

    def __init__(self, code: str, *, wait: int = 0) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _FAULTS[self.code][0]

    @property
    def headers(self) -> dict[str, str]:
        """What the status needs besides."""
        if self.code == "unauthorized":
            return {"WWW-Authenticate": "Bearer"}
        return {"Retry-After": str(self.wait)} if self.wait else {}

    def message(self, hotline: str) -> str:
        """What a citizen reads."""
        return _FAULTS[self.code][1].format(hotline=hotline, wait=wait_text(self.wait))


def error(code: str, *, hotline: str = "", wait: int = 0) -> JSONResponse:
    """The error of the contract: `{"error": {"code", "message"}}`, with `hotline` and `listing` where we fail."""
    fault = Fault(code, wait=wait)
    told: dict[str, Any] = {"code": fault.code, "message": fault.message(hotline)}
    if fault.code in _WITH_HOTLINE:
        told |= {"hotline": hotline, "listing": LISTING}
    return JSONResponse({"error": told}, status_code=fault.status, headers=fault.headers)


def wait_text(seconds: int) -> str:
    """How long to wait, in words."""
    return f"{seconds} giây" if seconds <= LONGEST_IN_SECONDS else f"{-(-seconds // 60)} phút"
