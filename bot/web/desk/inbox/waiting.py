"""What of the inbox waits, as the first page of the desk says it."""

from __future__ import annotations

from bot.knowledge.calendar import Calendar
from bot.store.letters import NEW, TAKEN
from bot.web.context import Context
from bot.web.desk.inbox.due import overdue
from bot.web.pages.listing.today import today
from bot.web.per_version import PerVersion


class Waiting:
    """Counts what nobody took yet and what is overdue."""

    def __init__(self, context: Context) -> None:
        self._letters = context.desk.letters
        self._calendar = PerVersion(context, lambda version: Calendar(version.ward))

    def words(self) -> str:
        """'3 thư mới, 1 quá hạn'; empty if nothing waits."""
        new = self._letters.all(state=NEW)
        late = len(overdue([*new, *self._letters.all(state=TAKEN)], self._calendar(), today()))
        return ", ".join([*([f"{len(new)} thư mới"] if new else []), *([f"{late} quá hạn"] if late else [])])
