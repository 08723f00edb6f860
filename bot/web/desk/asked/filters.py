"""Which questions are looked at: what the address of the list says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from bot.knowledge.listing import Listing
from bot.store.asked_turns import DECISIONS, Asked
from bot.store.clock import VIETNAM
from bot.text.folding import fold
from bot.web.desk.asked.words import RATED

ALL = "tat-ca"
SPANS = {"1": "Hôm nay", "7": "7 ngày", "30": "30 ngày", ALL: "Tất cả"}
_USUAL = "7"


@dataclass(frozen=True)
class Filter:
    """Every part as it stands in the address, empty where nothing is asked for. A day counts in Vietnam."""

    khoang: str = _USUAL  # days back from today, unless days are named
    tu: str = ""  # the first day
    den: str = ""  # the last day
    linh_vuc: str = ""  # a field of the listing
    thu_tuc: str = ""  # a code
    ket_qua: str = ""  # a decision
    danh_gia: str = ""  # how it was found
    tim: str = ""  # words in it, with or without diacritics
    hien: str = ""  # "1": those marked, too

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """From an address; what makes no sense counts as empty."""
        parts = {one.name: query.get(one.name.replace("_", "-"), "").strip() for one in fields(cls)}
        known = {"khoang": SPANS, "ket_qua": DECISIONS, "danh_gia": RATED, "hien": ("1",)}
        parts = {name: value if value in known.get(name, (value,)) else "" for name, value in parts.items()}
        parts |= {name: parts[name] if _day(parts[name]) else "" for name in ("tu", "den")}
        if not parts["khoang"] and not (parts["tu"] or parts["den"]):
            parts["khoang"] = _USUAL
        return cls(**parts)

    def address(self, page: int = 1, **changes: str) -> str:
        """The query of the same list, on another page or with other parts."""
        parts = {name.replace("_", "-"): value for name, value in asdict(replace(self, **changes)).items() if value}
        return urlencode({**parts, **({"trang": page} if page > 1 else {})})

    def span(self, today: date) -> tuple[datetime | None, datetime | None]:
        """From when, and before when."""
        first, last = _day(self.tu), _day(self.den)
        if first or last:
            return _begin(first) if first else None, _begin(last + timedelta(days=1)) if last else None
        return (None if self.khoang == ALL else _begin(today - timedelta(days=int(self.khoang) - 1))), None

    def among(self, asked: list[Asked], listing: Listing) -> list[Asked]:
        """Those that fit, in their order; the time is not looked at."""
        codes = {one.code for one in listing if one.field == self.linh_vuc}
        words = fold(self.tim).split()
        found = asked
        if self.ket_qua:
            found = [one for one in found if one.decision == self.ket_qua]
        if self.linh_vuc:
            found = [one for one in found if one.procedure in codes]
        if self.thu_tuc:
            found = [one for one in found if one.procedure == self.thu_tuc]
        if self.danh_gia:
            found = [one for one in found if self._rated(one)]
        if words:
            found = [one for one in found if _has(fold(one.message), words)]
        return found

    def _rated(self, asked: Asked) -> bool:
        return {"chua-dung": asked.downs > 0, "dung-y": asked.ups > 0, "chua-noi": not asked.marks}[self.danh_gia]


def _has(folded: str, words: list[str]) -> bool:
    return all(word in folded for word in words)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
