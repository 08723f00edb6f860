"""What the pages of publishing share."""

from __future__ import annotations

from bot.knowledge.candidates import Candidates
from bot.knowledge.versions import Versions
from bot.store.drafts import WARD
from bot.text.privacy import mask
from bot.text.unicode import clean
from bot.web.context import Context
from bot.web.desk.door import DESK
from bot.web.desk.publishing.checks import Checks
from bot.web.desk.publishing.plans import Planner
from bot.web.desk.publishing.publisher import Publisher
from bot.web.desk.publishing.reading import Reader
from bot.web.desk.records import Records

REVIEWING = f"{DESK}/duyet"
LONGEST_WHY = 600


class Works:
    """Made once a gateway."""

    def __init__(self, context: Context) -> None:
        candidates = Candidates(context.settings)
        self.called = context.desk.accounts.called
        self.records = Records(context)
        self.versions = Versions(context.settings.published_folder)
        self.reader = Reader(context, self.records)
        self.planner = Planner(context, self.records)
        self.checks = Checks(context, candidates)
        self.publisher = Publisher(context, self.planner, candidates)


def words_of(sent: dict[str, str], name: str) -> str:
    """What somebody wrote in a field, masked."""
    return mask(clean(sent.get(name, ""))).strip()[:LONGEST_WHY]


def form_of(subject: str) -> str:
    """Where a subject is edited."""
    return f"{DESK}/phuong" if subject == WARD else f"{DESK}/ho-so/{subject}"


def history_of(subject: str) -> str:
    """Where the history of a subject is."""
    return f"{DESK}/ho-so/{subject}/lich-su"
