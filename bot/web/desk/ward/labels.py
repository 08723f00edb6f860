"""What an editor reads beside each part of the ward's profile."""

from __future__ import annotations

from bot.knowledge.hours import Weekday
from bot.knowledge.procedure import Channel, TimeUnit
from bot.web.desk.editing.labels import Label

LABELS: dict[str, Label] = {
    "Ward.name": Label("Tên phường, xã", "Đúng như tên gọi chính thức, ví dụ: Phường An Bình."),
    "Ward.province": Label("Tỉnh, thành phố"),
    "Ward.office": Label("Nơi tiếp dân", "Tên nơi người dân đến nộp giấy tờ."),
    "Ward.address": Label("Địa chỉ", "Số nhà, đường, phường, tỉnh."),
    "Ward.how_to_get_there": Label("Đường đến", "Cổng nào, cạnh chỗ nào, để xe ở đâu."),
    "Ward.hours": Label(
        "Giờ làm việc", "Những ngày cùng giờ thì chung một mục. Ngày không có trong mục nào là ngày nghỉ.", "mục giờ"
    ),
    "Ward.hours_note": Label("Ghi chú giờ làm việc", "Câu đọc sau giờ làm việc, ví dụ lúc nào ngừng phát số."),
    "Ward.days_off": Label(
        "Ngày nghỉ riêng", "Chỉ ghi ngày phường nghỉ thêm. Ngày lễ cả nước thì trợ lý đã biết.", "ngày nghỉ"
    ),
    "Ward.extra_working_days": Label(
        "Ngày làm bù", "Thứ bảy, chủ nhật mà phường làm bù. Viết như 26/12/2026.", "ngày làm bù"
    ),
    "Ward.counters": Label("Quầy", "Mỗi quầy nhận những lĩnh vực nào.", "quầy"),
    "Ward.hotline": Label("Đường dây nóng", "Số điện thoại người dân gọi trong giờ làm việc."),
    "Ward.email": Label("Thư điện tử"),
    "Ward.portal": Label("Cổng Dịch vụ công", "Bắt đầu bằng https://"),
    "Ward.dossier_lookup": Label("Trang tra cứu hồ sơ", "Bắt đầu bằng https://"),
    "Ward.police": Label("Công an phường, xã"),
    "Ward.complaint": Label("Khiếu nại, phản ánh", "Câu trả lời khi người dân hỏi phản ánh ở đâu."),
    "Ward.feedback": Label("Góp ý, khen", "Câu trả lời khi người dân muốn góp ý hoặc khen."),
    "Ward.appointment": Label("Hẹn giờ", "Câu trả lời khi người dân muốn hẹn trước."),
    "Ward.fictional": Label("Đây là phường mẫu, mọi số và địa chỉ đều không có thật"),
    "Ward.suggestions": Label("Câu hỏi gợi ý", "Những câu hiện sẵn khi người dân mở trợ lý.", "câu gợi ý"),
    "Ward.local": Label(
        "Riêng của phường", "Thủ tục mà phường làm nhanh hơn, có lệ phí do tỉnh định, hoặc có phòng riêng.", "thủ tục"
    ),
    "Hours.days": Label("Những ngày"),
    "Hours.open": Label("Mở cửa", "Mỗi khoảng giờ một dòng, viết như 07:30-11:30.", "khoảng giờ"),
    "Hours.note": Label("Chỉ nhận gì", "Để trống nếu nhận mọi việc."),
    "DaysOff.since": Label("Từ ngày"),
    "DaysOff.until": Label("Đến hết ngày", "Để trống nếu chỉ nghỉ một ngày."),
    "DaysOff.reason": Label("Vì sao nghỉ", "Người dân đọc lý do này."),
    "Counter.name": Label("Tên quầy"),
    "Counter.fields": Label("Lĩnh vực"),
    "Contact.name": Label("Tên"),
    "Contact.phone": Label("Điện thoại"),
    "Contact.note": Label("Ghi chú", "Ví dụ: trực cả ngày đêm."),
    "Local.code": Label("Mã thủ tục"),
    "Local.time": Label("Thời gian riêng", "Phải ngắn hơn thời gian chung cả nước. Không có thì để trống."),
    "Local.fee": Label("Lệ phí của tỉnh", "Chỉ khi lệ phí do Hội đồng nhân dân tỉnh, thành phố quyết định."),
    "Local.note": Label("Ghi chú riêng"),
    "Local.room": Label("Phòng, quầy"),
    "LocalTime.channels": Label("Với cách nộp nào", "Để trống nếu mọi cách nộp."),
    "LocalTime.amount": Label("Con số"),
    "LocalTime.unit": Label("Đơn vị"),
    "LocalTime.text": Label("Câu người dân đọc", "Câu mà người dân đọc, ví dụ: 2 ngày làm việc."),
    "LocalFee.amount": Label("Số tiền (đồng)", "Viết liền, không dấu chấm, ví dụ: 15000."),
    "LocalFee.text": Label("Câu người dân đọc", "Câu mà người dân đọc."),
    "LocalFee.decision": Label("Theo nghị quyết nào"),
}
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("gio", "Giờ làm việc, ngày nghỉ", ("hours", "hours_note", "days_off", "extra_working_days")),
    ("noi", "Tên và địa chỉ", ("name", "province", "office", "address", "how_to_get_there")),
    ("lien-he", "Liên hệ", ("hotline", "email", "portal", "dossier_lookup", "police")),
    ("quay", "Quầy", ("counters",)),
    ("loi", "Phản ánh, góp ý, hẹn giờ", ("complaint", "feedback", "appointment")),
    ("rieng", "Riêng của phường", ("local",)),
    ("khac", "Trợ lý", ("suggestions", "fictional")),
)
WEEKDAYS = tuple(
    zip(
        (day.value for day in Weekday),
        ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"),
    )
)
UNITS = (
    (TimeUnit.working_day.value, "ngày làm việc"),
    (TimeUnit.day.value, "ngày, kể cả ngày nghỉ"),
    (TimeUnit.hour.value, "giờ"),
)
CHANNELS = (
    (Channel.counter.value, "Tại quầy"),
    (Channel.online.value, "Qua mạng"),
    (Channel.post.value, "Qua bưu điện"),
)
SHORT = frozenset(
    {
        *("Ward.name", "Ward.province", "Ward.office", "Ward.address", "Ward.hotline", "Ward.email", "Ward.portal"),
        *("Ward.dossier_lookup", "Ward.extra_working_days", "Ward.suggestions", "Hours.open", "Hours.note"),
        *("DaysOff.reason", "Counter.name", "Contact.name", "Contact.phone", "Contact.note", "Local.code"),
        *("Local.room", "LocalTime.text", "LocalFee.text", "LocalFee.decision"),
    }
)
# Few letters: another field has room beside them.
NARROW = frozenset(
    {"Ward.hotline", "Ward.email", "Contact.name", "Contact.phone", "Contact.note", "Local.code", "Local.room"}
)
