"""What is wrong with a file, said in Vietnamese: the readers name file, place and fault in English for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_SHOWN = 20

# Of one message several may apply: first the whole sentences, then the places.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"not JSON, or cut off: .*", "không đúng dạng JSON, hoặc tệp bị cắt cụt"),
    (r"damaged or cut off: .*", "tệp hỏng hoặc bị cắt cụt"),
    (r"no \.xlsx file, or damaged: .*", "không phải tệp Excel (.xlsx), hoặc tệp hỏng"),
    (r"not UTF-8 text.*", "không phải chữ theo mã UTF-8"),
    (r"larger than (\d+) MB, so it is no export of the portal", r"lớn hơn \1 MB"),
    (r"longer than (\d+) MB", r"dài hơn \1 MB"),
    (r"unpacks to (\d+) MB, so it is no list of procedures", r"giải nén ra hơn \1 MB, quá lớn"),
    (
        r"no header '(.*)': not the portal's list of procedures",
        r"không thấy dòng tiêu đề '\1'. Đây không phải danh sách thủ tục của Cổng",
    ),
    (r"code and name must both be there", "phải có cả mã và tên"),
    (r"the sheets (.*) are missing", r"thiếu các trang tính \1"),
    (r"the code (\S+) stands here twice", r"mã \1 có hai lần"),
    (r"the code (\S+) has no row on the sheet '(.*)'", r"mã \1 không có dòng nào ở trang tính '\2'"),
    (r"the columns must be (.*)", r"các cột phải là \1"),
    (r"the channel '(.*)' has no row on the sheet '(.*)'", r"cách nộp '\1' không có dòng nào ở trang tính '\2'"),
    (r"the portal answered '(.*)' \((.*)\), without a procedure", r"Cổng trả lời '\1' (\2), không có thủ tục nào"),
    (r"is empty", "đang để trống"),
    (r"'(.*)' is no number", r"'\1' không phải là số"),
    (r"'(.*)' is no whole number", r"'\1' không phải là số nguyên"),
    (r"'(.*)' is no date like (\S+)", r"'\1' không phải là ngày kiểu \2"),
    (r"'(.*)' is not one of (.*)", r"'\1' không nằm trong: \2"),
    (r"must be one of (.*)", r"chỉ được là một trong: \1"),
    (r"this key is not part of a record \(a slip of the pen\?\)", "không có phần nào tên này"),
    (r"this part is required and missing|field required", "thiếu phần này"),
    (r"none is not an allowed value", "không được để trống"),
    (r"ensure this value has at least 1 characters", "không được để trống"),
    (r"ensure this value has at least (\d+) items?", r"cần ít nhất \1 mục"),
    (r"ensure this value is greater than or equal to (\d+)", r"phải từ \1 trở lên"),
    (r"ensure this value is less than or equal to (\d+)", r"phải từ \1 trở xuống"),
    (r"string does not match regex .*", "viết chưa đúng dạng"),
    (r"value is not a valid (integer|float)", "phải là số"),
    (r"value is not a valid list", "phải là danh sách"),
    (r"value is not a valid dict", "phải có các phần con"),
    (r"invalid date format", "phải là ngày kiểu 2026-07-18"),
    (r"str type expected", "phải là chữ"),
    (r"expected keys and values, found \w+", "không phải nội dung một thủ tục"),
    (r"not valid YAML: parts repeated with & and \*.*", "có phần lặp lại bằng dấu & và *; bạn chép hẳn ra"),
    (r"not valid YAML: .*", "không đúng dạng YAML"),
    (r"the file's name must start with the code (\S+)", r"tên tệp phải bắt đầu bằng mã \1"),
    (r"'(.*)' is no case of this record.*", r"'\1' không có trong các trường hợp"),
    (r"'(.*)' is not listed under forms", r"mẫu '\1' không có trong phần mẫu đơn"),
    (r"\bafter line (\d+)", r"sau dòng \1"),
    (r"\bsheet '", "trang tính '"),
    (r"\bcolumn '", "cột '"),
    (r"\brows (\d+) to (\d+)", r"dòng \1 đến \2"),
    (r"\b(?:line|row) (\d+)", r"dòng \1"),
    (r"\bbyte (\d+)", r"byte thứ \1"),
)
_COMPILED = tuple((re.compile(pattern), words) for pattern, words in _WORDS)


class Unreadable(Exception):
    """A file that cannot be taken; `faults` say where and why, in Vietnamese."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults[:MOST_SHOWN]


def in_vietnamese(fault: str) -> str:
    """One line of a reader's fault; what is not known stays as it is."""
    for pattern, words in _COMPILED:
        fault = pattern.sub(words, fault)
    return fault[:1].upper() + fault[1:]


def all_in_vietnamese(faults: Iterable[str]) -> tuple[str, ...]:
    """Every line that is not empty."""
    return tuple(in_vietnamese(fault.strip()) for fault in faults if fault.strip())
