"""What is wrong with a profile in the making, each fault at its part, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from bot.knowledge.listing import Listing
from bot.knowledge.local import localized
from bot.knowledge.ward import Ward
from bot.knowledge.yaml_lines import RecordError
from bot.web.desk.editing.faults import Fault
from bot.web.desk.editing.shape import Field, field_at
from bot.web.desk.editing.wording import of_schema

_RULES = (
    (r"'.*' must be two times of a day.*", "Giờ viết như 07:30-11:30."),
    (r"'.*' ends before it starts", "Giờ đóng cửa phải sau giờ mở cửa."),
    (r"each time starts after.*", "Các khoảng giờ đi theo thứ tự trong ngày và không chồng lên nhau."),
    (r"a day stands here twice", "Có ngày ghi hai lần ở đây."),
    (r"(.*) stands in several entries", r"\1 ghi ở nhiều mục. Mỗi ngày chỉ ở một mục giờ."),
    (r"must be a day such as.*|invalid date format", "Ngày viết như 26/12/2026."),
    (r"must not be before 'since'.*", "Ngày cuối không được trước ngày đầu, và phải trong vòng một năm."),
    (r"(\S+) is one of days_off, too", r"Ngày này cũng đang ghi là ngày nghỉ riêng."),
    (r"must be one of working_day, day, hour", "Bạn chọn một đơn vị trong danh sách."),
)
_LOCAL = (
    ("has no record", ("code",), "Danh mục không có thủ tục nào mang mã này."),
    (": time:", ("time",), "Thời gian riêng phải ngắn hơn thời gian chung cả nước."),
    (": fee:", ("fee",), "Thủ tục này có lệ phí chung cả nước, nên phường không ghi mức riêng được."),
)


def check(data: Mapping[str, Any], fields: Sequence[Field], national: Listing) -> tuple[tuple[Fault, ...], Ward | None]:
    """The faults of a profile's data, and the profile where its schema is kept. `national` has no ward's own values."""
    try:
        ward = Ward.parse_obj(data)
    except ValidationError as error:
        return tuple(_in_words(fault, fields) for fault in error.errors()), None
    return tuple(_local_faults(ward, national)), ward


def _in_words(fault: Mapping[str, Any], fields: Sequence[Field]) -> Fault:
    path = tuple(fault["loc"])
    for pattern, words in _RULES:
        if match := re.fullmatch(pattern, fault["msg"]):
            return Fault(path, match.expand(words))
    words, _ = of_schema(fault, field_at(path, fields))
    return Fault(path, words)


def _local_faults(ward: Ward, national: Listing) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, local in enumerate(ward.local):
        if local.code in seen:
            yield Fault(("local", place, "code"), "Mã này đã dùng ở một mục trên. Bạn gộp lại làm một.")
        seen.add(local.code)
        try:
            localized(national, ward.copy(update={"local": (local,)}), File("local"))
        except RecordError as error:
            for line in str(error).splitlines():
                sign = next((found for found in _LOCAL if found[0] in line), None)
                path, words = (sign[1], sign[2]) if sign else ((), line)
                yield Fault(("local", place, *path), words)
