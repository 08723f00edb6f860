"""Opens the profile, checks and draws it, and keeps it as the draft `ward`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.versions import Versions
from bot.knowledge.ward import Ward
from bot.knowledge.yaml_lines import line_of
from bot.store import clock
from bot.store.clock import VIETNAM
from bot.store.drafts import WARD, Draft
from bot.web.context import Context
from bot.web.desk.editing.drawing import Drawing, Group, Offered, title_of
from bot.web.desk.editing.editor import Said
from bot.web.desk.editing.faults import Fault, read_text
from bot.web.desk.editing.shape import Field
from bot.web.desk.editing.tree import Path
from bot.web.desk.exchange.packing import national
from bot.web.desk.exchange.words import WARD_LABELS
from bot.web.desk.records import Records
from bot.web.desk.ward.checking import check
from bot.web.desk.ward.labels import GROUPS
from bot.web.desk.ward.preview import Preview, preview
from bot.web.desk.ward.shape import ward_fields
from bot.web.desk.ward.work import Work, opened


@dataclass(frozen=True)
class View:
    """All that a page shows of a profile in the making."""

    groups: list[Group]
    faults: list[Said]
    faulty: list[str]
    words: dict[str, list[str]]
    preview: Preview
    text: str


class Unchanged(Exception):
    """There is nothing to save."""


class Editor:
    """Made once; used by all pages of the form."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.records, self.drafts = Records(context), context.desk.drafts

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the form."""
        return ward_fields(tuple(self._context.listing.fields.values()))

    def open(self, shown: str) -> tuple[Work, Draft | None]:
        """The draft, or the profile in force."""
        draft = self.drafts.get(WARD)
        text = draft.text if draft else self.records.text_of(WARD)
        return opened(text, self.fields, seen=draft.revision if draft else 0, shown=shown), draft

    def view(self, work: Work, focus: Path | None = None) -> View:
        """Check it and draw it."""
        if work.tree is None:
            data, lines, broken = read_text(work.text)
            faults, ward = ((), None) if broken else self._check(data)
            found = [*dict.fromkeys([*work.broken, *broken]), *(self._at(fault, lines) for fault in faults)]
            said = [Said(f"Dòng {fault.line}", self._titled(fault), "#van-ban") for fault in found]
            return View([], said, [], {}, self._preview(data, faults, ward), work.text)
        packed = work.packed()
        faults, ward = self._check(packed.data)
        by_path: dict[Path, list[str]] = {}
        for fault in faults:
            by_path.setdefault(packed.in_form(fault.path), []).append(fault.words)
        names = self._context.listing.names
        offered = Offered((), (), (), names)
        words = {".".join(map(str, path)): said for path, said in by_path.items()}
        return View(
            groups=Drawing(offered, by_path, focus, self.fields, GROUPS).groups(work.tree),
            faults=[
                Said(title_of(path, self.fields), one, "#o-" + "-".join(map(str, path)))
                for path, said in by_path.items()
                for one in said
            ],
            faulty=list(words),
            words=words,
            preview=self._preview(packed.data, faults, ward),
            text="",
        )

    def faults(self, text: str) -> tuple[Fault, ...]:
        """What is wrong with the file of a profile: without any it may be published."""
        data, _, broken = read_text(text)
        return broken or self._check(data)[0]

    def save(self, work: Work, by: str, *, over: int | None = None) -> Draft:
        """Keep it as the draft; with `over`, knowingly in place of that revision. Raises EditedElsewhere, Unchanged."""
        draft = self.drafts.get(WARD)
        there = draft.text if draft else self.records.text_of(WARD)
        seen = work.seen if over is None else over
        text = work.file()
        if seen == (draft.revision if draft else 0) and (text == there or self._same(work, there)):
            raise Unchanged
        return self.drafts.save(WARD, text, by=by, seen=seen, base=self._context.knowledge.now.number)

    def differing(self, work: Work, text: str) -> list[str]:
        """The names of the parts that another text has otherwise."""
        mine, theirs = (read_text(one)[0] or {} for one in (work.file(), text))
        return [name for key, name in WARD_LABELS.items() if mine.get(key) != theirs.get(key)]

    def _same(self, work: Work, text: str) -> bool:
        """Whether the form says what a text says, however that is written."""
        if work.tree is None:
            return False
        there = opened(text, self.fields, seen=0, shown="")
        return there.tree is not None and there.packed().data == work.packed().data

    def _check(self, data: Any) -> tuple[tuple[Fault, ...], Ward | None]:
        settings = self._context.settings
        listing = national(settings, Versions(settings.published_folder).overlay(self._context.knowledge.now.number))
        return check(data, self.fields, listing)

    def _preview(self, data: Any, faults: tuple[Fault, ...], ward: Ward | None) -> Preview:
        """The profile drawn; parts that are wrong as they are in force."""
        now = clock.now().astimezone(VIETNAM)
        if ward is None and isinstance(data, dict):
            wrong = {fault.path[0] for fault in faults if fault.path}
            kept = {key: value for key, value in data.items() if key not in wrong and key in Ward.__fields__}
            try:
                ward = Ward.parse_obj({**self._context.ward.dict(), **kept})
            except ValueError:
                ward = None
        return preview(ward or self._context.ward, now, faulty=bool(faults) or ward is None)

    def _at(self, fault: Fault, lines: Any) -> Fault:
        return replace(fault, line=line_of(fault.path, lines))

    def _titled(self, fault: Fault) -> str:
        title = title_of(fault.path, self.fields)
        return f"{title}: {fault.words}" if title else fault.words
