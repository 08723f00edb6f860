"""One procedure as the national portal publishes it, in our terms and nothing judged: zero stays zero."""

from __future__ import annotations

from datetime import date
from enum import Enum

from bot.knowledge.procedure import Channel, Level, Part


class Scope(str, Enum):
    """For whom the national listing names a procedure."""

    standard = "STANDARD"  # the whole country
    specific = "SPECIFIC"  # one province's own
    internal = "STANDARD_INTERNAL"  # between offices, not for citizens


class OfficialUnit(str, Enum):
    """What the portal's time counts. `other` says nothing: read the text."""

    working_day = "WORKING_DAY"
    day = "DAY"
    hour = "HOUR"
    month = "MONTH"
    year = "YEAR"
    other = "OTHER"


_LEAST_VND = 1000  # smaller amounts are US dollars, for missions abroad, whatever the currency field says


class OfficialFee(Part):
    """An amount in `currency` (VND if empty) and its remark. An amount of 0 does not mean free."""

    amount: float
    currency: str = ""
    text: str = ""


class OfficialFiling(Part):
    """One channel as published."""

    channel: Channel
    amount: float
    unit: OfficialUnit
    text: str = ""
    fees: tuple[OfficialFee, ...] = ()


class OfficialDocument(Part):
    """One entry of the published papers; it may be a note rather than a paper."""

    name: str
    case: str = ""
    originals: int = 0
    copies: int = 0


class OfficialLaw(Part):
    """One entry of the published legal basis."""

    code: str
    name: str


class Official(Part):
    """A published procedure. A source that only lists procedures (`complete` false) leaves out all facts."""

    code: str
    name: str
    url: str = ""
    field: str = ""
    levels: tuple[Level, ...] = ()
    scope: Scope = Scope.standard
    decision: str = ""
    published_on: date | None = None
    agencies: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    filings: tuple[OfficialFiling, ...] = ()
    documents: tuple[OfficialDocument, ...] = ()
    results: tuple[str, ...] = ()
    conditions: str = ""
    legal_basis: tuple[OfficialLaw, ...] = ()
    complete: bool = True

    @property
    def is_for_communes(self) -> bool:
        """Whether citizens of the whole country file it with a commune."""
        return self.scope is Scope.standard and Level.commune in self.levels

    @property
    def amounts(self) -> set[int]:
        """Every amount in VND in the fee fields. Zero is no amount: it may mean anything."""
        amounts = (int(fee.amount) for filing in self.filings for fee in filing.fees if "USD" not in fee.currency)
        return {amount for amount in amounts if amount >= _LEAST_VND}
