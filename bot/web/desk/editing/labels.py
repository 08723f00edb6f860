"""What an editor reads beside each part of a record: its name, one line of help, what one entry of it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.knowledge.procedure import Channel, CopyKind, FeeBasis, HandIn, Level, OfficialFact, TimeUnit


@dataclass(frozen=True)
class Label:
    """The words for one key of the schema; `entry` is what one of a list is called."""

    name: str
    help: str = ""
    entry: str = ""


_WHEN = "Để trống nếu ai cũng áp dụng. Chọn nhiều trường hợp thì chỉ cần đúng một."
_TIME_TEXT = "Câu mà người dân đọc, ví dụ: 3 ngày làm việc."
_SLUG = "Chữ thường không dấu, số, gạch dưới. Để trống thì mã tự đặt."

LABELS: dict[str, Label] = {
    "Procedure.code": Label("Mã thủ tục", "Đúng như trên Cổng Dịch vụ công quốc gia, ví dụ 1.001193."),
    "Procedure.former_codes": Label("Mã cũ", "Những mã trước đây của chính thủ tục này.", "mã cũ"),
    "Procedure.later_codes": Label("Mã mới", "Những mã mà thủ tục này chuyển sang.", "mã mới"),
    "Procedure.name": Label("Tên thường gọi", "Tên người dân đọc: ngắn, dễ hiểu, không chép tên chính thức."),
    "Procedure.official_name": Label("Tên chính thức", "Chép nguyên văn từ nguồn."),
    "Procedure.field": Label("Lĩnh vực"),
    "Procedure.levels": Label("Cấp giải quyết", "Cấp nào giải quyết thủ tục. Chọn được nhiều cấp."),
    "Procedure.aliases": Label(
        "Tên gọi khác", "Người dân hay gọi là gì. Viết ngắn. Một tên chỉ dùng cho một thủ tục.", "tên gọi khác"
    ),
    "Procedure.questions": Label(
        "Câu ví dụ",
        "Ít nhất 6 câu, nên có từ 12. Viết như người dân hỏi: không dấu, chữ tắt, tiếng địa phương đều được.",
        "câu ví dụ",
    ),
    "Procedure.summary": Label("Việc này là gì", "Một hoặc hai câu: để làm gì, nơi nào giải quyết."),
    "Procedure.who": Label("Ai được làm"),
    "Procedure.deadline_to_apply": Label(
        "Hạn phải đi làm", "Người dân phải đi làm trong bao lâu. Không có hạn thì để trống cả phần này."
    ),
    "Procedure.cases": Label(
        "Trường hợp", "Câu hỏi mà câu trả lời làm thay đổi giấy tờ hoặc lệ phí.", "câu hỏi về trường hợp"
    ),
    "Procedure.documents": Label("Giấy tờ", "Mỗi giấy là một mục.", "giấy tờ"),
    "Procedure.steps": Label(
        "Các bước", "Người dân làm gì, theo thứ tự. Trợ lý tự đánh số. Bỏ việc nội bộ của cơ quan.", "bước"
    ),
    "Procedure.place": Label("Nơi nộp"),
    "Procedure.channels": Label(
        "Cách nộp, thời gian, lệ phí", "Mỗi cách nộp một mục; nhiều mức lệ phí thì ghi dưới cùng một cách.", "cách nộp"
    ),
    "Procedure.fee_notes": Label("Ghi chú lệ phí", "Áp dụng cho mọi cách nộp, ví dụ ai được giảm.", "dòng"),
    "Procedure.result": Label("Kết quả nhận được", "Người dân nhận được gì khi xong. Mỗi giấy một mục.", "kết quả"),
    "Procedure.conditions": Label("Điều kiện", "Để được giải quyết, và khi nào bị từ chối. Câu ngắn.", "điều kiện"),
    "Procedure.legal_basis": Label("Căn cứ pháp luật", "Luật, nghị định, thông tư làm căn cứ.", "văn bản"),
    "Procedure.forms": Label("Mẫu đơn, tờ khai", "Những mẫu phải điền. Giấy tờ nhắc tới mẫu ở đây.", "mẫu"),
    "Procedure.related": Label("Thủ tục liên quan", "Thủ tục đi trước, đi sau hoặc đi kèm.", "thủ tục liên quan"),
    "Procedure.confusable": Label(
        "Thủ tục dễ nhầm", "Dễ nhầm nhất đứng đầu: trợ lý mời người dân chọn hai thủ tục đầu.", "thủ tục dễ nhầm"
    ),
    "Procedure.notes": Label("Lưu ý", "Có trong mọi câu trả lời về thủ tục này: chỉ ghi điều quan trọng.", "lưu ý"),
    "Procedure.source": Label("Nguồn", "Nội dung dựa vào đâu và xem lại ngày nào."),
    "Procedure.differences": Label(
        "Khác với nguồn", "Vì sao ghi ở đây khác ở nguồn. Chỉ người biên tập đọc.", "chỗ khác"
    ),
    "Procedure.in_force": Label("Thời gian áp dụng", "Đầu nào không có hạn thì để trống."),
    "Procedure.reviewed": Label("Người có chuyên môn đã đọc và duyệt nội dung này"),
    "Who.may_apply": Label("Những người được làm", "", "người được làm"),
    "Who.on_behalf": Label("Ai làm thay được", "Ai đi làm thay và cần giấy gì."),
    "Deadline.amount": Label("Con số", "Số nguyên từ 1."),
    "Deadline.unit": Label("Đơn vị"),
    "Deadline.counted_from": Label("Tính từ khi nào", "Ví dụ: ngày chuyển đến."),
    "Deadline.text": Label("Câu người dân đọc"),
    "Case.id": Label("Mã câu hỏi", _SLUG),
    "Case.question": Label("Câu hỏi", "Câu mà người dân đọc, ví dụ: Ai đi nộp giấy?"),
    "Case.choices": Label("Các lựa chọn", "Ít nhất hai.", "lựa chọn"),
    "Choice.id": Label("Mã lựa chọn", _SLUG),
    "Choice.label": Label("Lựa chọn", "Lời người dân đọc."),
    "Document.name": Label("Tên giấy"),
    "Document.action": Label("Làm gì với giấy này"),
    "Document.originals": Label("Bản chính", "Từ 0 đến 10."),
    "Document.copies": Label("Bản sao", "Từ 0 đến 10."),
    "Document.copy_kind": Label("Loại bản sao", "Nguồn không nói rõ thì để trống."),
    "Document.form": Label("Mẫu đơn", "Mẫu có ở phần Mẫu đơn, tờ khai."),
    "Document.when": Label("Chỉ cần khi", _WHEN, "trường hợp"),
    "Document.channels": Label("Chỉ cần khi nộp", "Không chọn thì cách nào cũng cần."),
    "Document.note": Label("Cần biết thêm"),
    "Filing.channel": Label("Cách nộp"),
    "Filing.how": Label("Nộp thế nào"),
    "Filing.times": Label("Thời gian giải quyết", "", "thời gian"),
    "Filing.fees": Label("Lệ phí", "", "mức lệ phí"),
    "Time.amount": Label("Con số", "Chỉ ghi khi đếm bằng ngày hoặc giờ."),
    "Time.unit": Label("Đơn vị"),
    "Time.text": Label("Câu người dân đọc", _TIME_TEXT),
    "Fee.basis": Label("Mức này do đâu"),
    "Fee.amount": Label("Số tiền (đồng)", "Viết liền, không dấu chấm, ví dụ: 15000."),
    "Fee.text": Label("Câu người dân đọc", "Ví dụ: 15.000 đồng một giấy."),
    "Fee.when": Label("Chỉ áp dụng khi", _WHEN, "trường hợp"),
    "Place.text": Label("Nộp ở đâu", "Không ghi địa chỉ riêng của phường: trợ lý tự thêm."),
    "LegalBasis.code": Label("Số hiệu", "Chép đúng, kể cả dấu gạch và chữ Đ."),
    "LegalBasis.name": Label("Tên văn bản"),
    "Form.id": Label("Mã mẫu", _SLUG),
    "Form.name": Label("Tên mẫu"),
    "Form.note": Label("Cần biết thêm", "Ví dụ: lấy mẫu ở đâu."),
    "Neighbour.code": Label("Mã thủ tục kia", "Gõ tên hoặc mã rồi chọn trong danh sách."),
    "Neighbour.tell_apart": Label("Một câu để phân biệt", "Khi nào thì làm thủ tục kia."),
    "Source.url": Label("Đường dẫn", "Trang nguồn, bắt đầu bằng https://"),
    "Source.decision": Label("Quyết định công bố", "Số quyết định, ví dụ 163/QĐ-BTP."),
    "Source.published_on": Label("Ngày công bố"),
    "Source.checked_on": Label("Ngày xem lại nguồn", "Quá 180 ngày thì nên xem lại."),
    "Source.listed_papers": Label("Số dòng giấy tờ ở nguồn", "Hôm xem lại, danh sách ở nguồn có bao nhiêu dòng."),
    "Difference.fact": Label("Khác ở"),
    "Difference.why": Label("Vì sao"),
    "InForce.since": Label("Áp dụng từ ngày"),
    "InForce.until": Label("Áp dụng đến ngày"),
}

OPTIONS: dict[type[Enum], dict[Enum, str]] = {
    Level: {
        Level.commune: "Phường, xã",
        Level.province: "Tỉnh, thành phố",
        Level.ministry: "Bộ",
        Level.vertical: "Ngành dọc (công an, thuế, bảo hiểm xã hội)",
        Level.other: "Nơi khác",
    },
    Channel: {Channel.counter: "Tại quầy", Channel.online: "Qua mạng", Channel.post: "Qua bưu điện"},
    TimeUnit: {
        TimeUnit.working_day: "ngày làm việc",
        TimeUnit.day: "ngày, kể cả ngày nghỉ",
        TimeUnit.hour: "giờ",
        TimeUnit.same_day: "trong ngày (không ghi số)",
        TimeUnit.by_text: "chỉ nói bằng lời (không ghi số)",
    },
    FeeBasis: {
        FeeBasis.fixed: "Mức chung cả nước",
        FeeBasis.province: "Hội đồng nhân dân tỉnh, thành phố quyết định",
        FeeBasis.free: "Miễn phí (nguồn nói rõ)",
        FeeBasis.not_stated: "Nguồn không ghi",
    },
    HandIn: {HandIn.hand_in: "Nộp lại", HandIn.show: "Đưa ra xem rồi mang về"},
    CopyKind: {CopyKind.photo: "Bản chụp", CopyKind.certified: "Bản sao có chứng thực"},
    OfficialFact: {
        OfficialFact.time: "Thời gian giải quyết",
        OfficialFact.fee: "Lệ phí",
        OfficialFact.documents: "Giấy tờ",
        OfficialFact.legal_basis: "Căn cứ pháp luật",
        OfficialFact.channels: "Cách nộp",
    },
}

# The parts of a record as an editor goes through them: what belongs together stands together.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ten", "Tên và lĩnh vực", ("code", "name", "official_name", "field", "levels")),
    ("cach-hoi", "Người dân hỏi thế nào", ("aliases", "questions")),
    ("la-gi", "Việc này là gì, ai được làm", ("summary", "who", "deadline_to_apply", "conditions")),
    ("truong-hop", "Trường hợp", ("cases",)),
    ("giay-to", "Giấy tờ và mẫu đơn", ("documents", "forms")),
    ("lam-the-nao", "Làm thế nào, kết quả", ("steps", "place", "result")),
    ("cach-nop", "Cách nộp, thời gian, lệ phí", ("channels", "fee_notes")),
    ("lien-quan", "Lưu ý và thủ tục liên quan", ("notes", "related", "confusable")),
    (
        "nguon",
        "Nguồn và căn cứ",
        ("source", "legal_basis", "differences", "in_force", "former_codes", "later_codes", "reviewed"),
    ),
)
