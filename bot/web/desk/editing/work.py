"""What an editor has on the screen: the record as a form or as the text of its file, and what it was begun from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.web.desk.editing.faults import Fault, read_text
from bot.web.desk.editing.packing import Packed, pack, with_ids
from bot.web.desk.editing.preview import ASPECT, CASE
from bot.web.desk.editing.tree import NotAForm, Tree, as_typed, tree_from, tree_of
from bot.web.desk.sent import number_in

FORM, FILE = "bieu-mau", "yaml"  # the two ways to look at it
_NO_PLACE = "Tệp có phần mà biểu mẫu không có chỗ. Bạn sửa ở đây, hoặc bỏ phần đó."


@dataclass(frozen=True)
class Work:
    """`tree` is the form (None while the text is on the screen, `text`); `seen` the revision it was begun from, 0 if
    there was no draft, and `base` the version."""

    code: str
    seen: int
    base: int
    tree: Tree | None = None
    text: str = ""
    broken: tuple[Fault, ...] = ()
    aspects: Sequence[str] = ()
    refs: Sequence[str] = ()
    question: str = ""
    shown_faults: Sequence[str] = ()
    said: str = ""  # the digest of the faults on the screen
    asked: str = ""  # the question whose answer is on the screen

    @property
    def shown(self) -> str:
        """Which of the two ways."""
        return FILE if self.tree is None else FORM

    def packed(self) -> Packed:
        """The data of the form. Only where it is one."""
        assert self.tree is not None
        return pack(self.tree)

    def file(self) -> str:
        """The text of the record's file."""
        return self.text if self.tree is None else self.packed().as_text()

    def data(self) -> dict[str, Any] | None:
        """The data of the record, or None where the text cannot be read."""
        if self.tree is not None:
            return self.packed().data
        data, _, broken = read_text(self.text)
        return None if broken else data

    def as_file(self) -> Work:
        """The same, as text."""
        return self if self.tree is None else replace(self, tree=None, text=self.file())

    def as_form(self) -> Work:
        """The same as a form; as it is, with the reason in `broken`, where the text makes none."""
        if self.tree is not None:
            return self
        data, lines, broken = read_text(self.text)
        if broken:
            return replace(self, broken=broken)
        try:
            return replace(self, tree=tree_of(data), text="", broken=())
        except NotAForm as strange:
            return replace(self, broken=(Fault(strange.path, _NO_PLACE, lines.get(strange.path, 1)),))


def opened(code: str, text: str, *, seen: int, base: int, shown: str) -> Work:
    """A record as it is kept, to be worked on."""
    work = Work(code, seen, base, text=text)
    return work if shown == FILE else work.as_form()


def received(code: str, sent: Sequence[tuple[str, str]]) -> Work:
    """What a browser sent. Raises ValueError for what no form of ours sends."""
    values = dict(sent)
    work = Work(
        code=code,
        seen=number(values.get("da-xem", "0")),
        base=number(values.get("ban-goc", "0")),
        aspects=[value for name, value in sent if name == ASPECT],
        refs=[value for name, value in sent if name == CASE and value],
        question=values.get("hoi-thu", "").strip()[:500],
        shown_faults=[value for name, value in sent if name == "loi"],
        said=values.get("loi-ca", ""),
        asked=values.get("da-hoi", ""),
    )
    if values.get("dang") == FILE:
        return replace(work, text=as_typed(values.get("van-ban", "")))
    return replace(work, tree=with_ids(tree_from(sent)))


def number(typed: str) -> int:
    """A revision or a version out of a form. Raises ValueError for what is none."""
    if (found := number_in(typed)) < 0:
        raise ValueError(typed)
    return found
