"""How procedures can be filed, as far as the national portal says, and how many in which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from bot.answers.sections import CHANNELS
from bot.knowledge.procedure import Channel, Procedure


class Way(str, Enum):
    """The easiest way to file; the value stands in addresses."""

    online = "qua-mang"
    post = "buu-dien"
    counter = "tai-quay"

    @property
    def label(self) -> str:
        """What a citizen reads."""
        return _LABELS[self]


_LABELS = {
    Way.online: "Nộp được qua mạng",
    Way.post: "Tại quầy hoặc qua bưu điện",
    Way.counter: "Chỉ tại quầy",
}


def channels_of(procedure: Procedure) -> list[Channel]:
    """How a procedure can be filed, in the order of the record."""
    return [filing.channel for filing in procedure.channels]


def way_of(channels: Iterable[Channel]) -> Way:
    """The easiest of some channels."""
    offered = set(channels)
    if Channel.online in offered:
        return Way.online
    return Way.post if Channel.post in offered else Way.counter


def ways_text(channels: Iterable[Channel]) -> str:
    """'Tại quầy, qua mạng'."""
    first, *others = (CHANNELS[channel] for channel in channels)
    return ", ".join([first, *map(str.lower, others)])


def count_ways(procedures: Iterable[Procedure]) -> dict[Way, int]:
    """How many procedures there are by their easiest way."""
    counted = Counter(way_of(channels_of(procedure)) for procedure in procedures)
    return {way: counted[way] for way in Way}
