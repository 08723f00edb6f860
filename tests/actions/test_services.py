"""Services of the ward, small talk and starting over: the act alone decides."""

from __future__ import annotations

import pytest

from bot.answers import smalltalk
from bot.knowledge.ward import Ward
from tests.actions.talk import Talk
from tests.contract import SERVICES

pytestmark = pytest.mark.slow

SMALLTALK = sorted(smalltalk.KINDS - {"start_over"})
SLOTS = {"procedure": "1.004194", "candidates": ["1.001193", "1.004884"], "aspects": ["fee"]}


@pytest.mark.parametrize("kind", sorted(SERVICES))
def test_every_service_of_the_contract_is_answered_and_changes_nothing(kind: str) -> None:
    talk = Talk(**SLOTS)
    assert talk("…", kind)["card"] == {"type": "service", "kind": kind}
    assert talk.slots == SLOTS


@pytest.mark.parametrize("kind", SMALLTALK)
def test_every_kind_of_small_talk_is_answered_and_changes_nothing(kind: str) -> None:
    talk = Talk(**SLOTS)
    assert talk("…", kind)["card"] == {"type": "smalltalk", "kind": kind}
    assert talk.slots == SLOTS


def test_small_talk_covers_the_contract() -> None:
    assert {"greet", "thanks", "goodbye", "who_are_you"} <= set(SMALLTALK)


def test_the_ward_of_this_installation_speaks(ward: Ward) -> None:
    assert ward.hotline in Talk()("số điện thoại", "hotline")["text"]
    assert ward.name in Talk()("xin chào", "greet")["text"]


def test_starting_over_forgets_everything() -> None:
    talk = Talk(**SLOTS)
    assert talk("làm lại từ đầu", "start_over")["card"] == {"type": "smalltalk", "kind": "start_over"}
    assert talk.slots == {"procedure": None, "candidates": None, "aspects": None}
    assert talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])["card"]["kind"] == "which_procedure"
