"""The lists that were looked at last, so that the next page of one is there at once."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from bot.knowledge.live import InForce
from bot.store.desk import Desk
from bot.web.desk.asked.filters import Filter
from bot.web.desk.asked.grouping import Group, grouped

_KEPT = 2  # lists: fifty thousand turns take some 50 MB


class Looking:
    """Groups what a filter finds. Nothing that was asked, deleted, rated or marked meanwhile is overlooked."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()
        self._kept: OrderedDict[object, list[Group]] = OrderedDict()

    def at(self, wanted: Filter, today: date, version: InForce) -> list[Group]:
        """The groups of a filter on a day, those that need work first."""
        key = wanted, today, version.number, self._desk.asked.stamp(), self._desk.turn_marks.stamp()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        turns = wanted.among(self._desk.asked.between(*wanted.span(today)), version.listing)
        found = grouped(turns, self._desk.turn_marks.all(), with_marked=bool(wanted.hien))
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found
