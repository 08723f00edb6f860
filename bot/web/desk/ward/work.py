"""The profile on the screen, as a form or as the text of its file, and how either becomes the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.knowledge.record_file import as_text
from bot.web.desk.editing.faults import Fault, read_text
from bot.web.desk.editing.packing import Packed, pack
from bot.web.desk.editing.shape import Field
from bot.web.desk.editing.tree import NotAForm, Tree, tree_from, tree_of

FORM, FILE = "bieu-mau", "yaml"
_NO_PLACE = "Tệp có phần mà biểu mẫu không có chỗ. Bạn sửa ở đây, hoặc bỏ phần đó."
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAYS = "extra_working_days"


@dataclass(frozen=True)
class Work:
    """`tree` is the form, None while `text` is on the screen; `seen` the revision it was begun from, 0 for none."""

    fields: Sequence[Field]
    seen: int
    tree: Tree | None = None
    text: str = ""
    broken: tuple[Fault, ...] = ()

    @property
    def shown(self) -> str:
        """Which of the two ways."""
        return FILE if self.tree is None else FORM

    def packed(self) -> Packed:
        """The data of the form. Only where it is one."""
        assert self.tree is not None
        packed = pack(self.tree, self.fields)
        if _DAYS in packed.data:
            packed.data[_DAYS] = [_day(text) for text in packed.data[_DAYS]]
        return packed

    def file(self) -> str:
        """The text of the profile's file."""
        return self.text if self.tree is None else as_text(self.packed().data)

    def as_file(self) -> Work:
        """The same, as text."""
        return replace(self, tree=None, text=self.file())

    def as_form(self) -> Work:
        """The same as a form; as it is, with the reason in `broken`, where the text makes none."""
        if self.tree is not None:
            return self
        data, lines, broken = read_text(self.text)
        if broken:
            return replace(self, broken=broken)
        try:
            return replace(self, tree=tree_of(data, self.fields), text="", broken=())
        except NotAForm as strange:
            return replace(self, broken=(Fault(strange.path, _NO_PLACE, lines.get(strange.path, 1)),))


def opened(text: str, fields: Sequence[Field], *, seen: int, shown: str) -> Work:
    """A profile's file on the screen; as text where that is wanted, or where it makes no form."""
    work = Work(fields, seen, text=text)
    return work if shown == FILE else work.as_form()


def received(sent: Iterable[tuple[str, str]], fields: Sequence[Field]) -> Work:
    """What a browser sent."""
    sent = list(sent)
    values = dict(sent)
    seen = values.get("da-xem", "")
    number = int(seen) if seen.isdecimal() else 0
    if values.get("dang") == FILE:
        return Work(fields, number, text=values.get("van-ban", "").replace("\r\n", "\n"))
    return Work(fields, number, tree=tree_from(sent, fields))


def _day(text: str) -> Any:
    """A day as people write it, or as the file has it; anything else stays for the check to find."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return text
