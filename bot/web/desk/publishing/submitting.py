"""What stands against asking for a review: the faults that the form shows, found again where nobody can pass by."""

from __future__ import annotations

from collections.abc import Iterator

from bot.store.drafts import WARD
from bot.web.context import Context
from bot.web.desk.editing.editor import Editor as RecordEditor
from bot.web.desk.editing.faults import Checked, Fault
from bot.web.desk.ward.editor import Editor as WardEditor

MOST = 3  # faults that are told: the form shows them all


class Submitting:
    """Checks drafts as the forms do."""

    def __init__(self, context: Context) -> None:
        self._drafts = context.desk.drafts
        self._records, self._ward = RecordEditor(context), WardEditor(context)

    def faults(self, subject: str) -> list[str]:
        """The first faults of a draft in words; none for one that takes its record out, or where there is none."""
        draft = self._drafts.get(subject)
        if draft is None or not draft.text:
            return []
        if subject == WARD:
            found = list(self._ward.faults(draft.text))
        else:
            found = list(self._its_own(self._records.check(subject, draft.text)))
        return [fault.words.rstrip(".") for fault in found[:MOST]]

    def _its_own(self, checked: Checked) -> Iterator[Fault]:
        """Two new records may name each other: what is drafted counts as listed, and the check of all will tell."""
        drafted = {draft.subject for draft in self._drafts.all() if draft.text}
        for fault in checked.faults:
            if checked.record and fault.path[:1] in (("related",), ("confusable",)) and fault.path[2:] == ("code",):
                kind, place = fault.path[:2]
                if getattr(checked.record, str(kind))[int(place)].code in drafted:
                    continue
            yield fault
