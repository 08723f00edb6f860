"""Services of the ward, small talk and starting over: the act decides, and the talk goes on where it was."""

from __future__ import annotations

from typing import Any

import pytest

from actions.assistant import assistant
from actions.drafts import SERVICE_OF
from actions.services import OPEN_TO_FOLLOW_UPS, SURE
from bot.answers import services
from bot.knowledge.ward import Ward
from tests.actions.talk import ACTIONS_OF, DOMAIN, Talk
from tests.contract import SERVICES

pytestmark = pytest.mark.slow

RESIDENCE = "1.004194"
SLOTS: dict[str, Any] = {"procedure": RESIDENCE, "candidates": ["1.001193", "1.004884"], "aspects": ["fee"]}
EMERGENCIES = sorted(act for act in DOMAIN["intents"] if act.startswith("emergency"))
SMALLTALK = sorted(
    act
    for act, led_to in ACTIONS_OF.items()
    if led_to[-1:] == [f"utter_{act}"] and led_to[0] != "action_service" and act not in {*EMERGENCIES, "start_over"}
)
# These are taken down, in steps; the others are answered at once.
TAKEN_DOWN = {"complaint", "feedback"}


@pytest.mark.parametrize("kind", sorted(SERVICES))
def test_every_service_of_the_contract_is_answered_and_changes_nothing(kind: str) -> None:
    talk = Talk(**SLOTS)
    step = {"step": "text"} if kind in TAKEN_DOWN else {}
    assert talk("…", kind, chance=SURE)["card"] == {"type": "service", "kind": kind, **step}
    assert talk.remembered(*SLOTS) == tuple(SLOTS.values())


@pytest.mark.parametrize("kind", sorted(SERVICES - TAKEN_DOWN))
def test_where_no_procedure_is_talked_about_the_act_alone_decides(kind: str) -> None:
    assert Talk()("…", kind, chance=0.5)["card"] == {"type": "service", "kind": kind}


@pytest.mark.parametrize("act", EMERGENCIES)
def test_every_call_for_help_is_answered_with_a_number_to_dial(act: str) -> None:
    talk = Talk(**SLOTS)
    reply = talk("…", act)
    assert reply["card"] == {"type": "service", "kind": "emergency"}
    assert any(number in reply["text"] for number in ("111", "113", "114", "115"))
    assert talk.remembered(*SLOTS) == tuple(SLOTS.values())


@pytest.mark.parametrize("kind", SMALLTALK)
def test_every_kind_of_small_talk_is_answered_and_changes_nothing(kind: str) -> None:
    talk = Talk(**SLOTS)
    before = dict(talk.slots)
    assert talk("…", kind)["card"] == {"type": "smalltalk", "kind": kind}
    assert talk.slots == before


def test_small_talk_covers_the_contract() -> None:
    assert {"greet", "thanks", "goodbye", "who_are_you"} <= set(SMALLTALK)


def test_services_cover_the_contract() -> None:
    assert services.KINDS | {"emergency"} | set(SERVICE_OF.values()) == SERVICES


def test_the_ward_of_this_installation_speaks(ward: Ward) -> None:
    assert ward.hotline in Talk()("số điện thoại", "hotline")["text"]
    assert ward.name in Talk()("xin chào", "greet")["text"]
    assert ward.address in Talk()("phường ở đâu", "address")["text"]
    assert ward.police.phone in Talk()("có cháy", "emergency_fire")["text"]


@pytest.mark.parametrize("message", ["thứ sáu nộp thì bao giờ có", "hôm nay nộp thì hôm nào lấy được"])
def test_words_about_days_in_a_talk_about_a_procedure_ask_about_that(message: str) -> None:
    talk = Talk(procedure=RESIDENCE, aspects=["documents"], question="đăng ký tạm trú")
    card = talk(message, "hours", aspects=["duration"], chance=0.6)["card"]
    assert (card["type"], card["code"], card["aspects"]) == ("answer", RESIDENCE, ["duration"])


@pytest.mark.parametrize("act", sorted(OPEN_TO_FOLLOW_UPS))
def test_a_service_of_which_the_classifier_is_sure_is_one_even_in_a_talk_about_a_procedure(act: str) -> None:
    talk = Talk(procedure=RESIDENCE, aspects=["documents"], question="đăng ký tạm trú")
    assert talk("mấy ngày có kết quả", act, chance=SURE)["card"] == {"type": "service", "kind": act}


def test_at_the_start_words_about_days_ask_for_the_opening_hours() -> None:
    assert Talk()("thứ bảy có làm không", "hours", chance=0.5)["card"] == {"type": "service", "kind": "hours"}


def test_starting_over_forgets_everything() -> None:
    talk = Talk(**SLOTS, question="tạm trú", topics=[RESIDENCE], others=["1.001193"], misses=1, event="2026-11-20")
    talk.slots["case_answers"] = {RESIDENCE: {"cho_o": "thue"}}
    assert talk("làm lại từ đầu", "start_over")["card"] == {"type": "smalltalk", "kind": "start_over"}
    assert talk.slots == Talk().slots
    assert talk("hết bao nhiêu tiền", "ask_aspect", aspects=["fee"])["card"]["kind"] == "which_procedure"


def test_the_number_of_procedures_is_that_of_the_listing() -> None:
    assert f"{len(assistant().listing)} thủ tục" in Talk()("bạn làm được gì", "capabilities")["text"]
