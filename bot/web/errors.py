"""Bad requests answered in Vietnamese for people, with a code for programs."""

from __future__ import annotations

from fastapi.responses import JSONResponse

_MESSAGES = {
    "bad_request": (400, "Yêu cầu không đúng dạng. Cần JSON gồm “message” là chữ, và “session” nếu có."),
    "bad_mark": (400, "Chưa ghi được đánh giá. Bạn tải lại trang rồi thử lại giúp tôi."),
    "too_large": (413, "Nội dung gửi lên quá lớn. Bạn viết ngắn lại giúp tôi."),
    "not_found": (404, "Không có trang này."),
    "not_allowed": (405, "Trang này không nhận kiểu yêu cầu đó."),
    "unavailable": (503, "Hệ thống đang bận. Bạn gửi lại sau ít phút, hoặc gọi {hotline}."),
    "internal": (500, "Có lỗi xảy ra. Bạn gửi lại sau ít phút, hoặc gọi {hotline}."),
}


def error(code: str, *, hotline: str = "") -> JSONResponse:
    """The error of the contract: `{"error": {"code", "message"}}` with its status."""
    status, message = _MESSAGES[code]
    return JSONResponse({"error": {"code": code, "message": message.format(hotline=hotline)}}, status_code=status)
