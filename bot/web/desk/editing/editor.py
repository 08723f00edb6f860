"""Opens records, checks them, and keeps drafts: what the pages of the form have in common."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from bot.knowledge import yaml_lines
from bot.store.drafts import WARD, Draft, EditedElsewhere
from bot.web.context import Context
from bot.web.desk.editing.conflict import Conflict, conflict
from bot.web.desk.editing.drawing import Drawing, Group, Offered, title_of
from bot.web.desk.editing.faults import Checked, Checker, Fault, check_text, read_text
from bot.web.desk.editing.preview import Preview, preview
from bot.web.desk.editing.tree import NotAForm, Path, tree_of
from bot.web.desk.editing.work import FORM, Work, opened
from bot.web.desk.records import CODE, Records
from bot.web.pages.listing.today import today
from bot.web.per_version import PerVersion


class Unchanged(Exception):
    """There is nothing to save."""


class NothingThere(Exception):
    """The text is empty: kept, it would take the record out of the listing, which nobody asked for."""


@dataclass(frozen=True)
class Said:
    """A fault as the list on top says it: where, what, and where a link leads."""

    title: str
    words: str
    target: str


@dataclass(frozen=True)
class View:
    """All that a page shows of a record in the making."""

    groups: list[Group]
    faults: list[Said]
    faulty: list[str]  # names of the fields with faults
    words: dict[str, list[str]]
    preview: Preview
    text: str

    @property
    def digest(self) -> str:
        """The same for the same faults: what has been said once need not be said again."""
        return hashlib.sha256(repr(self.faults).encode()).hexdigest()[:12]


class Editor:
    """Made once; used by all pages of the form."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._checker = PerVersion(context, Checker)
        self.records = Records(context)
        self.drafts, self.called = context.desk.drafts, context.desk.accounts.called

    def open(self, code: str, shown: str = FORM) -> tuple[Work, Draft | None]:
        """The draft of a record, or the record in force. Raises KeyError where there is neither, or for no record."""
        if code == WARD:  # has a form of its own
            raise KeyError(code)
        draft, base = self.drafts.get(code), self._context.knowledge.now.number
        text = draft.text if draft else self.records.text_of(code)
        if not text and not draft:
            raise KeyError(code)
        seen = draft.revision if draft else 0
        return opened(code, text, seen=seen, base=draft.base if draft else base, shown=shown), draft

    def check(self, code: str, text: str) -> Checked:
        """The faults of a record's file, with their lines: without any it may be published."""
        return check_text(self._checker(), code, text)

    def view(self, work: Work, focus: Path | None = None) -> View:
        """Check it and draw it."""
        listing = self._context.listing
        if work.tree is None:
            checked = self.check(work.code, work.text)
            faults = list(dict.fromkeys([*work.broken, *checked.faults]))
            said = [Said(f"Dòng {fault.line}", _with_title(fault), "#van-ban") for fault in faults]
            shown = preview(checked.record, listing, work.aspects, work.refs, today=today())
            return View([], said, [], {}, shown, work.text)
        packed = work.packed()
        checked = self._checker().check(work.code, packed.data)
        by_path: dict[Path, list[str]] = {}
        for fault in checked.faults:
            by_path.setdefault(packed.in_form(fault.path), []).append(fault.words)
        names = {code: one.name for code, one in listing.procedures.items()}
        drawing = Drawing(Offered.of(work.tree, listing.fields, names), by_path, focus)
        words = {".".join(map(str, path)): said for path, said in by_path.items()}
        return View(
            groups=drawing.groups(work.tree),
            faults=[
                Said(title_of(path), one, "#o-" + "-".join(map(str, path)))
                for path, said in by_path.items()
                for one in said
            ],
            faulty=list(words),
            words=words,
            preview=preview(checked.record, listing, work.aspects, work.refs, today=today()),
            text="",
        )

    def save(self, work: Work, by: str, *, over: int | None = None) -> Draft:
        """Keep it as the draft; with `over`, knowingly in place of that revision of somebody else.

        Raises EditedElsewhere, Unchanged, NothingThere, KeyError for what can be no record.
        """
        if not (CODE.fullmatch(work.code) or self.records.is_own(work.code)):
            raise KeyError(work.code)
        if not work.file().strip():
            raise NothingThere
        draft = self.drafts.get(work.code)
        there = draft.text if draft else self.records.text_of(work.code)
        seen = work.seen if over is None else over
        if there and seen == (draft.revision if draft else 0) and _same(work, there):
            raise Unchanged
        base = min(work.base, self._context.knowledge.now.number)
        return self.drafts.save(work.code, work.file(), by=by, seen=seen, base=base)

    def conflict(self, work: Work, elsewhere: EditedElsewhere) -> Conflict:
        """How the text on the screen differs from what counts now."""
        draft = elsewhere.draft
        theirs = draft.text if draft else self.records.text_of(work.code)
        return conflict(draft, self.called(draft.by) if draft else "", work.file(), theirs)

    def taken(self, work: Work, part: str) -> Work:
        """The form with one part as it is kept now, by whomever. Raises ValueError for no part of a record."""
        draft = self.drafts.get(work.code)
        data, _, broken = read_text(draft.text if draft else self.records.text_of(work.code))
        if broken or work.tree is None or part not in work.tree:
            raise ValueError(part)
        try:
            work.tree[part] = tree_of(data)[part]
        except NotAForm as strange:
            raise ValueError(part) from strange
        return work


def _same(work: Work, text: str) -> bool:
    if work.tree is None:
        return work.text == text
    data: Any = work.data()
    try:
        return bool(tree_of(data) == tree_of(read_text(text)[0] or {}))
    except (NotAForm, yaml_lines.RecordError):
        return False


def _with_title(fault: Fault) -> str:
    title = title_of(fault.path)
    return f"{title}: {fault.words}" if title else fault.words
