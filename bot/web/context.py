"""What the gateway's routes share: loaded once at start, handed to whoever makes routes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from bot.knowledge.listing import Listing
from bot.knowledge.live import Live
from bot.knowledge.ward import Ward
from bot.setting_checks import check
from bot.settings import Settings
from bot.store.database import connect
from bot.store.desk import Desk
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from bot.web.assets import Assets
from bot.web.behind import Behind
from bot.web.forgotten import Forgotten
from bot.web.guard.limits import Limits
from bot.web.guard.metrics import Metrics
from bot.web.rasa import RasaClient
from bot.web.search import SearchClient
from bot.web.sessions import Sessions
from bot.web.templates import Templates


@dataclass(frozen=True)
class Context:
    """The knowledge in force, the clients of what runs behind the gateway, and what is kept."""

    settings: Settings
    knowledge: Live
    rasa: RasaClient
    search: SearchClient
    behind: Behind
    sessions: Sessions
    database: Engine
    messages: Messages
    ratings: Ratings
    replies: Replies
    turns: Turns
    assets: Assets
    templates: Templates
    limits: Limits
    metrics: Metrics
    forgotten: Forgotten
    desk: Desk

    @property
    def listing(self) -> Listing:
        """The procedures of the version in force."""
        return self.knowledge.now.listing

    @property
    def ward(self) -> Ward:
        """The ward's profile in force."""
        return self.knowledge.now.ward

    async def close(self) -> None:
        """Close the connections to what runs behind."""
        await self.rasa.close()
        await self.search.close()
        await self.behind.close()


def load_context(settings: Settings) -> Context:
    """Load all. Raises SettingsError, RecordError if a record or the ward's profile is broken, StoreError."""
    check(settings)
    knowledge = Live(settings)
    database = connect(settings)
    assets, desk = Assets(), Desk(database)
    return Context(
        settings=settings,
        knowledge=knowledge,
        rasa=RasaClient(settings.rasa_port),
        search=SearchClient(settings.actions_port),
        behind=Behind(settings.rasa_port, settings.actions_port),
        sessions=Sessions(settings.session_secret),
        database=database,
        messages=Messages(database),
        ratings=Ratings(database),
        replies=Replies(database),
        turns=Turns(database),
        assets=assets,
        templates=Templates(knowledge.now.ward, assets, desk.notices.now),
        limits=Limits(settings),
        metrics=Metrics(),
        forgotten=Forgotten(),
        desk=desk,
    )
