"""All that the desk keeps in one database."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.store.accounts import Accounts
from bot.store.asked_turns import AskedTurns
from bot.store.audit import Audit
from bot.store.drafts import Drafts
from bot.store.golden import Golden
from bot.store.imports import Imports
from bot.store.judgements import Judgements
from bot.store.letters import Letters
from bot.store.notices import Notices
from bot.store.sign_ins import SignIns
from bot.store.turn_marks import TurnMarks


class Desk:
    """The stores of the desk, over one engine."""

    def __init__(self, engine: Engine) -> None:
        self.accounts = Accounts(engine)
        self.sign_ins = SignIns(engine, self.accounts)
        self.audit = Audit(engine)
        self.asked = AskedTurns(engine)
        self.turn_marks = TurnMarks(engine)
        self.letters = Letters(engine)
        self.judgements = Judgements(engine)
        self.drafts = Drafts(engine)
        self.imports = Imports(engine)
        self.golden = Golden(engine)
        self.notices = Notices(engine)
