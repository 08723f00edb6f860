"""What is wrong with a record in the making, each fault at the part that has to be mended, in plain words."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from bot.knowledge import checks, yaml_lines
from bot.knowledge.listing import Listing
from bot.knowledge.live import InForce
from bot.knowledge.local import localized
from bot.knowledge.procedure import Procedure
from bot.knowledge.yaml_lines import RecordError
from bot.web.desk.editing.filling import as_far_as_it_is
from bot.web.desk.editing.shape import field_at
from bot.web.desk.editing.tree import Path
from bot.web.desk.editing.wording import of_check, of_schema, of_yaml


@dataclass(frozen=True)
class Fault:
    """One fault: the path of keys to the part, what is wrong with it, and the line of the file where that is known."""

    path: Path
    words: str
    line: int = 0


@dataclass(frozen=True)
class Checked:
    """The faults of a record, and the record as far as it can be shown: what is still missing stands as '…'."""

    faults: tuple[Fault, ...]
    record: Procedure | None


class Checker:
    """Knows the listing that a record has to fit into; made once a version."""

    def __init__(self, version: InForce) -> None:
        self._version = version
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for procedure in version.listing:
            for alias in procedure.aliases:
                self._aliases[_same(alias)].add(procedure.code)

    def check(self, code: str, data: Mapping[str, Any]) -> Checked:
        """Check the data of the record with this code."""
        try:
            record: Procedure | None = Procedure.parse_obj(data)
            found = []
        except ValidationError as error:
            found = [_schema_fault(fault) for fault in error.errors()]
            record = as_far_as_it_is(data)
        if record is not None:
            found += [Fault(*of_check(line)) for line in checks.procedure_faults(record)]
            found += [*_references(record), *self._elsewhere(code, record)]
            record = self.in_the_ward(record, found)
        return Checked(tuple(dict.fromkeys(found)), record)

    def in_the_ward(self, record: Procedure, found: list[Fault]) -> Procedure:
        """The record as this ward answers it; where the ward's own values do not fit it, a fault more."""
        version = self._version
        local = tuple(one for one in version.ward.local if one.code == record.code)
        alone = Listing({record.code: record}, version.listing.fields)
        try:
            return localized(alone, version.ward.copy(update={"local": local}), File("local"))[record.code]
        except RecordError as error:
            words = (
                "Phường có lệ phí riêng cho thủ tục này, mà ở đây ghi mức chung cả nước."
                if ": fee:" in str(error)
                else "Phường có thời gian riêng cho thủ tục này, và thời gian đó phải ngắn hơn ở đây."
            )
            found.append(Fault(("channels",), f"{words} Bạn sửa ở trang Thông tin phường, hoặc sửa ở đây."))
            return record

    def _elsewhere(self, code: str, record: Procedure) -> Iterator[Fault]:
        listing = self._version.listing
        if record.code != code:
            yield Fault(("code",), f"Đây là thủ tục mang mã {code}. Mã khác thì bạn tạo thủ tục mới.")
        if record.field not in listing.fields:
            yield Fault(("field",), "Bạn chọn một lĩnh vực trong danh sách.")
        for place, alias in enumerate(record.aliases):
            if others := sorted(self._aliases.get(_same(alias), set()) - {code}):
                names = ", ".join(f"{listing[other].name} ({other})" for other in others)
                yield Fault(("aliases", place), f"Tên này đã dùng cho thủ tục khác: {names}.")
        for kind in ("related", "confusable"):
            for place, neighbour in enumerate(getattr(record, kind)):
                if neighbour.code not in listing:
                    yield Fault((kind, place, "code"), "Danh mục không có thủ tục nào mang mã này.")


def read_text(text: str) -> tuple[Any, dict[yaml_lines.Location, int], tuple[Fault, ...]]:
    """The data of a record's file, the line of each part, and why it cannot be read, if it cannot."""
    try:
        data, lines = yaml_lines.parse(text, File("ban-ghi.yml"))
    except RecordError as error:
        line, words = of_yaml(str(error))
        return None, {}, (Fault((), words, line),)
    if not isinstance(data, dict):
        return None, {}, (Fault((), "Tệp phải gồm các dòng “tên phần: nội dung”.", 1),)
    return data, lines, ()


def check_text(checker: Checker, code: str, text: str) -> Checked:
    """Check the file of a record, with the line of each fault. An empty text is none that could be checked."""
    data, lines, broken = read_text(text)
    if broken:
        return Checked(broken, None)
    checked = checker.check(code, data)
    faults = [replace(fault, line=yaml_lines.line_of(fault.path, lines)) for fault in checked.faults]
    return replace(checked, faults=tuple(sorted(faults, key=lambda fault: fault.line)))


def _schema_fault(fault: Mapping[str, Any]) -> Fault:
    path = tuple(fault["loc"])
    words, beside = of_schema(fault, field_at(path))
    return Fault((*path[:-1], beside) if beside else path, words)


def _references(record: Procedure) -> Iterator[Fault]:
    refs, forms = record.case_refs(), {form.id for form in record.forms}
    gone = "Trường hợp này không còn ở phần Trường hợp. Bạn chọn lại."
    for place, document in enumerate(record.documents):
        for at, ref in enumerate(document.when):
            if ref not in refs:
                yield Fault(("documents", place, "when", at), gone)
        if document.form and document.form not in forms:
            yield Fault(("documents", place, "form"), "Mẫu này không có ở phần Mẫu đơn, tờ khai.")
    for place, filing in enumerate(record.channels):
        for number, fee in enumerate(filing.fees):
            for at, ref in enumerate(fee.when):
                if ref not in refs:
                    yield Fault(("channels", place, "fees", number, "when", at), gone)
    for kind, entries in (("cases", record.cases), ("forms", record.forms)):
        yield from _twice((kind,), [entry.id for entry in entries])
    for place, case in enumerate(record.cases):
        yield from _twice(("cases", place, "choices"), [choice.id for choice in case.choices])


def _twice(path: Path, ids: list[str]) -> Iterator[Fault]:
    for place, one in enumerate(ids):
        if one in ids[:place]:
            yield Fault((*path, place, "id"), "Mã này đã dùng ở một mục trên. Bạn đặt mã khác.")


def _same(alias: str) -> str:
    return unicodedata.normalize("NFC", alias).casefold()
