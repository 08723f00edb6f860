"""What is wrong with the files of a candidate, said so that an editor finds the place in the form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.overlay import WARDS, code_of
from bot.store.drafts import WARD

_LINE = re.compile(r"(?P<path>[^:]+)(?::(?P<line>\d+))?: (?P<said>.*)")
_PLACE = re.compile(r"(?P<place>[a-z_]+(?:\.(?:[a-z_]+|\d+))*): (?P<said>.*)")
_CODE = re.compile(r"\d\.\d{6}")
# The parts of a record, and of a ward's profile, as the forms call them.
_PARTS = {
    "code": "Mã thủ tục",
    "former_codes": "Mã cũ",
    "later_codes": "Mã mới",
    "name": "Tên thường gọi",
    "official_name": "Tên chính thức",
    "field": "Lĩnh vực",
    "levels": "Cấp giải quyết",
    "aliases": "Tên gọi khác",
    "questions": "Câu ví dụ",
    "summary": "Việc này là gì",
    "who": "Ai được làm",
    "may_apply": "người được làm",
    "on_behalf": "làm thay",
    "deadline_to_apply": "Hạn phải đi làm",
    "cases": "Trường hợp",
    "documents": "Giấy tờ",
    "steps": "Các bước",
    "place": "Nơi nộp",
    "channels": "Cách nộp",
    "channel": "cách nộp",
    "how": "nộp thế nào",
    "times": "thời gian",
    "fees": "lệ phí",
    "amount": "con số hoặc số tiền",
    "unit": "đơn vị",
    "basis": "mức này do đâu",
    "text": "câu người dân đọc",
    "when": "trường hợp áp dụng",
    "form": "mẫu đơn",
    "fee_notes": "Ghi chú lệ phí",
    "result": "Kết quả nhận được",
    "conditions": "Điều kiện",
    "legal_basis": "Căn cứ pháp luật",
    "forms": "Mẫu đơn, tờ khai",
    "related": "Thủ tục liên quan",
    "confusable": "Thủ tục dễ nhầm",
    "notes": "Lưu ý",
    "source": "Nguồn",
    "in_force": "Thời gian áp dụng",
    "hours": "Giờ làm việc",
    "days_off": "Ngày nghỉ riêng",
    "counters": "Quầy",
    "hotline": "Đường dây nóng",
    "local": "Riêng của phường",
}
_SAID = (
    (r"this part is required and missing|field required", "Còn thiếu phần này."),
    (r"this key is not part of a record.*", "Không có phần nào tên này. Bạn xem lại tên phần."),
    (r"must be one of (.*)", r"Chỉ được chọn một trong: \1."),
    (r"ensure this value has at least (\d+) (?:items|characters)", r"Cần ít nhất \1 mục."),
    (r"'(.*?)' is no case of this record.*", r"Không có trường hợp “\1”."),
    (r"'(.*?)' is not listed under forms", r"Không có mẫu đơn “\1” trong phần mẫu đơn."),
    (r"(\S+) names (\S+) as \w+, which has no record", r"Thủ tục \1 nhắc tới \2, mà \2 không có trong danh mục."),
    (r"code (\S+) already has a record", r"Mã \1 đã có trong danh mục."),
    (r"field '(.*?)' is not one of .*", r"Không có lĩnh vực “\1”."),
    (r"amount goes with .*", "Đếm bằng ngày hoặc giờ thì phải ghi con số; đơn vị khác thì để trống."),
    (r"basis 'fixed' needs an amount in VND", "Mức chung cả nước thì phải ghi số tiền."),
    (r"basis '\w+' takes no amount", "Miễn phí, hoặc nguồn không ghi, thì để trống số tiền."),
    (r"each channel stands once.*", "Mỗi cách nộp chỉ ghi một lần."),
    (r"(\S+) has no record", r"Thủ tục \1 không có trong danh mục."),
    (r"(\S+): time: a ward may shorten.*", r"\1: phường chỉ rút ngắn được thời gian, không kéo dài."),
    (r"(\S+): fee: the record has a fee fixed.*", r"\1: lệ phí này cả nước dùng chung một mức, phường không đổi được."),
    (r"not valid YAML: .*", "Không đọc được văn bản gốc. Bạn mở biểu mẫu và lưu lại."),
    (r"value is not a valid (?:integer|date)|invalid date format", "Chưa đúng dạng số hoặc ngày."),
    (r"string does not match regex.*", "Chưa đúng dạng."),
)


@dataclass(frozen=True)
class Fault:
    """One fault: the `subject` whose form mends it (empty if no single one does), where, and `raw` as it was said."""

    subject: str
    line: int
    place: str
    words: str
    raw: str


def in_words(lines: Iterable[str]) -> list[Fault]:
    """The lines of a RecordError ("file:line: part: words"), each for people; what is unknown stays as it is."""
    return [_fault(line) for line in lines]


def _fault(raw: str) -> Fault:
    found = _LINE.fullmatch(raw)
    if not found:
        return Fault("", 0, "", raw, raw)
    place, said = "", found["said"]
    if named := _PLACE.fullmatch(said):
        place, said = _place(named["place"]), named["said"]
    subject = _subject(Path(found["path"]), found["said"])
    return Fault(subject, int(found["line"] or 0), place, _words(said), f"{Path(found['path']).name}: {found['said']}")


def _subject(path: Path, said: str) -> str:
    if path.parent.name == WARDS:
        return WARD
    code = code_of(path)
    if _CODE.fullmatch(code):
        return code
    named = _CODE.match(said)
    return named[0] if named else ""


def _place(keys: str) -> str:
    """'channels.0.fees.1.amount' -> 'Cách nộp 1, lệ phí 2, số lượng hoặc số tiền'."""
    parts: list[str] = []
    for key in keys.split("."):
        if key.isdecimal() and parts:
            parts[-1] += f" {int(key) + 1}"
        else:
            parts.append(_PARTS.get(key, key))
    return ", ".join(parts)


def _words(said: str) -> str:
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, said):
            return found.expand(words)
    return said
