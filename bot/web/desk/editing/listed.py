"""All procedures as editors list them: in force, in the making, the ward's own, taken down; filtered and in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.knowledge.checks import STALE_AFTER
from bot.knowledge.live import InForce
from bot.knowledge.overlay import Overlay
from bot.store.drafts import REVIEW, WARD, Draft
from bot.text.folding import fold
from bot.web.desk.editing.faults import read_text


class State(str, Enum):
    """How a procedure stands; the value is in addresses."""

    in_force = "dang-dung"
    draft = "ban-nhap"
    review = "cho-duyet"
    own = "cua-phuong"
    removed = "da-go"
    upstream = "ban-goc-doi"


STATES = {
    State.in_force: "Đang dùng",
    State.draft: "Có bản nháp",
    State.review: "Chờ duyệt",
    State.own: "Của phường",
    State.removed: "Đã bỏ",
    State.upstream: "Bản gốc đã đổi",
}


class Order(str, Enum):
    """What stands first."""

    checked = "kiem"
    asked = "hoi"
    name = "ten"


ORDERS = {
    Order.checked: "Lâu chưa xem lại nhất",
    Order.asked: "Được hỏi nhiều nhất",
    Order.name: "Tên",
}


@dataclass(frozen=True)
class Row:
    """One procedure; `field` is the name that people read. Without `checked_on` nobody has said yet."""

    code: str
    name: str
    field: str
    states: tuple[State, ...]
    checked_on: date | None
    asked: int
    drafted_by: str = ""
    drafted_at: datetime | None = None
    is_removal: bool = False

    def is_stale(self, today: date) -> bool:
        """Whether it should be looked at again."""
        return self.checked_on is not None and today - self.checked_on > STALE_AFTER


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty parts leave all in."""

    words: str = ""
    field: str = ""
    state: State | None = None
    stale_only: bool = False
    order: Order = Order.checked

    @staticmethod
    def of(query: Mapping[str, str]) -> Wanted:
        """As an address says it; what it says wrongly is left out."""
        state, order = query.get("trang-thai", ""), query.get("xep", "")
        return Wanted(
            query.get("tim", "").strip(),
            query.get("linh-vuc", ""),
            State(state) if state in State._value2member_map_ else None,
            bool(query.get("can-kiem")),
            Order(order) if order in Order._value2member_map_ else Order.checked,
        )


def rows_of(
    version: InForce,
    overlay: Overlay,
    drafts: Iterable[Draft],
    asked: Mapping[str, int],
    own_name: Callable[[str], str],
    own: Collection[str] = (),
    upstream: Collection[str] = (),
) -> list[Row]:
    """All procedures; `own_name` names one that was taken down, `own` are those that only this ward has, `upstream`
    those whose originals have changed since the ward wrote its own."""
    listing, by_code = version.listing, {draft.subject: draft for draft in drafts if draft.subject != WARD}
    rows = []
    for code in dict.fromkeys([*listing.procedures, *by_code, *sorted(overlay.removed)]):
        draft, states = by_code.get(code), []
        if code in listing:
            one = listing[code]
            name, field, checked_on = one.name, one.field, one.source.checked_on
            states.append(State.in_force)
        else:
            data: dict[str, Any] = (draft and read_text(draft.text)[0]) or {}
            name, field, checked_on = str(data.get("name") or own_name(code)), str(data.get("field", "")), None
        if code in overlay.removed:
            states.append(State.removed)
        if draft:
            states.append(State.review if draft.state == REVIEW else State.draft)
        if code in overlay.records or code in own:
            states.append(State.own)
        if code in upstream:
            states.append(State.upstream)
        rows.append(
            Row(
                code,
                name,
                listing.fields.get(field, ""),
                tuple(states),
                checked_on,
                asked.get(code, 0),
                draft.by if draft else "",
                draft.at if draft else None,
                draft is not None and not draft.text,
            )
        )
    return rows


def chosen(rows: Iterable[Row], wanted: Wanted, *, today: date) -> list[Row]:
    """The rows that somebody looks for, in the order wanted; those never checked come before those checked long ago."""
    words = fold(wanted.words).split()
    found = [
        row
        for row in rows
        if all(word in fold(f"{row.code} {row.name}") for word in words)
        and wanted.field in ("", row.field)
        and (wanted.state is None or wanted.state in row.states)
        and (not wanted.stale_only or row.is_stale(today))
    ]
    keys: dict[Order, Callable[[Row], Any]] = {
        Order.checked: lambda row: (row.checked_on or date.min, fold(row.name)),
        Order.asked: lambda row: (-row.asked, fold(row.name)),
        Order.name: lambda row: fold(row.name),
    }
    return sorted(found, key=keys[wanted.order])
