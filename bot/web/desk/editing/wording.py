"""Faults in plain Vietnamese: what the schema and the checks say in English, for the person who writes a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.web.desk.editing.shape import Field, Widget
from bot.web.desk.editing.tree import Path

_SLUG = r"^[a-z][a-z0-9_]*$"
_PATTERNS = {
    r"^\d\.\d{6}$": "Mã gồm một chữ số, dấu chấm, rồi sáu chữ số. Ví dụ: 1.001193.",
    _SLUG: "Chỉ dùng chữ thường không dấu, chữ số và gạch dưới; bắt đầu bằng chữ.",
    r"^https://\S+$": "Đường dẫn bắt đầu bằng https:// và không có dấu cách.",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "Bạn chọn lại trường hợp trong danh sách.",
}
# What a rule of the schema says, in our words, and the field beside it that has to be mended.
_RULES = (
    ("amount goes with", "amount", "Đếm bằng ngày hoặc giờ thì phải ghi con số; đơn vị khác thì để trống."),
    ("basis 'fixed' needs", "amount", "Mức chung cả nước thì phải ghi số tiền."),
    ("basis '", "amount", "Miễn phí, hoặc nguồn không ghi, thì để trống số tiền."),
    ("each channel stands once", "", "Mỗi cách nộp chỉ ghi một lần. Bạn gộp các mục trùng làm một."),
)
_CHECKS = (
    (r"a sentence of (\d+) words \(at most (\d+)\): (.*)", "Câu này có {0} chữ, nhiều nhất là {1}: “{2}”"),
    (r"still to be written: .*", "Còn chữ CẦN VIẾT: chỗ này chưa viết xong."),
    (r"an office that no longer exists: '(.*)'", "“{0}” không còn nữa. Bạn ghi phường, xã."),
    (r"officialese: '(.*)'", "“{0}” là lối nói công văn. Bạn viết lại cho dễ hiểu."),
    (r"without the date of its publication", "Còn thiếu ngày công bố."),
    (r"more than two sentences", "Phần này chỉ một hoặc hai câu."),
)
_YAML = (
    ("mapping values are not allowed", "Có dấu hai chấm trong lời. Bạn đặt cả lời trong ngoặc kép."),
    ("tab character", "Có phím Tab. Bạn thụt vào bằng dấu cách."),
    ("cannot start any token", "Có dấu không dùng được ở đây. Bạn đặt cả lời trong ngoặc kép."),
    ("stands here twice", "Tên phần này ghi hai lần. Bạn gộp làm một."),
    ("could not find expected ':'", "Thiếu dấu hai chấm sau tên phần."),
    ("expected <block end>", "Thụt vào chưa đều so với dòng trên, hoặc lời có ngoặc kép mở mà không đóng."),
    ("unexpected end of stream", "Có ngoặc kép mở mà không đóng."),
    ("day is out of range", "Ngày này không có trong lịch."),
    ("month must be", "Ngày này không có trong lịch."),
)


def of_schema(fault: Mapping[str, Any], field: Field | None) -> tuple[str, str]:
    """What pydantic found wrong, in words, and the name of the field beside it that is meant (empty: this one)."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("value_error.missing", "type_error.none.not_allowed"):
        return _missing(field), ""
    if kind == "value_error.list.min_items":
        return f"Cần ít nhất {context['limit_value']} mục.", ""
    if kind == "value_error.extra":
        return "Không có phần nào tên này. Bạn xem lại tên phần.", ""
    if kind == "value_error.str.regex":
        return _PATTERNS.get(context["pattern"], "Chưa đúng cách viết. Bạn xem lời dặn ở ô này."), ""
    if kind == "type_error.enum":
        return "Bạn chọn một giá trị trong danh sách.", ""
    if kind.startswith("value_error.number"):
        return f"Số này phải {'từ' if kind.endswith('ge') else 'không quá'} {context['limit_value']}.", ""
    if kind in ("type_error.list", "type_error.dict"):
        return "Phần này phải là danh sách." if kind.endswith("list") else "Phần này gồm nhiều phần con.", ""
    widget = field.widget if field else None
    if widget is Widget.number:
        return "Bạn chỉ viết số, không chữ, không dấu chấm.", ""
    if widget is Widget.date:
        return "Ngày viết theo kiểu năm-tháng-ngày, ví dụ 2026-07-18.", ""
    for start, beside, words in _RULES:
        if fault["msg"].startswith(start):
            return words, beside
    return f"Chưa đúng: {fault['msg']}", ""


def _missing(field: Field | None) -> str:
    if field is None or field.widget is Widget.part:
        return "Phần này còn thiếu."
    if field.widget in (Widget.texts, Widget.parts):
        least = 6 if field.key == "Procedure.questions" else 2 if field.key == "Case.choices" else 1
        return f"Cần ít nhất {least} {field.label.entry or 'mục'}."
    return "Bạn chưa chọn." if field.widget in (Widget.select, Widget.ticks) else "Bạn chưa viết phần này."


def of_check(line: str) -> tuple[Path, str]:
    """A line of bot.knowledge.checks.procedure_faults, '<code>: <path>: <words>', as a path and our words."""
    _, _, rest = line.partition(": ")
    where, _, said = rest.partition(": ")
    path = tuple(int(part) if part.isdecimal() else part for part in where.split("."))
    if path == ("source",):
        path = ("source", "published_on")
    for pattern, words in _CHECKS:
        if match := re.fullmatch(pattern, said, re.S):
            return path, words.format(*match.groups())
    return path, f"Chưa đúng: {said}"


def of_yaml(line: str) -> tuple[int, str]:
    """A line of RecordError about text that is no YAML, '<file>:<line>: <words>', as a line and our words."""
    match = re.match(r".*?:(\d+): (.*)", line, re.S)
    number, said = (int(match[1]), match[2]) if match else (1, line)
    said = said.removeprefix("not valid YAML: ")
    return number, next((words for sign, words in _YAML if sign in said), f"Chưa đúng cách viết tệp YAML ({said}).")
