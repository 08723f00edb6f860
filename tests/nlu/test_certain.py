"""Messages that can mean but one thing keep their act, whatever the classifier made of them."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.answers.cases import asked_of
from bot.answers.checklist import CHANGE
from bot.knowledge.listing import Listing
from bot.knowledge.record_file import as_data, as_text
from bot.knowledge.versions import Change, Edit, Kind, Order, Versions
from bot.nlu.certain import CertainAct
from bot.text.folding import fold

GUESS = {"name": "hours", "confidence": 0.9}


@pytest.fixture(scope="module")
def certain() -> CertainAct:
    return CertainAct()


def message(text: str | None) -> Message:
    """A message of which the classifier was quite sure."""
    return Message(data={TEXT: text, INTENT: dict(GUESS), INTENT_RANKING_KEY: [dict(GUESS)]})


def act(component: CertainAct, text: str | None) -> str:
    (processed,) = component.process([message(text)])
    intent, ranking = processed.get(INTENT), processed.get(INTENT_RANKING_KEY)
    assert ranking[0] == intent, "the first of the ranking is the act"
    assert intent["name"] == GUESS["name"] or intent["confidence"] == 1.0
    return str(intent["name"])


def test_the_name_of_a_procedure_asks_for_it_however_it_is_typed(certain: CertainAct, listing: Listing) -> None:
    for name in listing.names.values():
        for typed in (name, fold(name), name.upper(), f"  {name} "):
            assert act(certain, typed) == "ask_procedure", typed


def test_a_code_asks_for_its_procedure(certain: CertainAct, listing: Listing) -> None:
    for code in listing.procedures:
        assert act(certain, code) == "ask_procedure"


def test_the_button_that_changes_an_answer_is_about_the_checklist(certain: CertainAct, listing: Listing) -> None:
    for procedure in listing:
        for case in asked_of(procedure):
            assert act(certain, CHANGE + case.question) == "checklist"


@pytest.mark.parametrize(
    "text", ["CH-4K7-M2P", "ch4k7m2p", "câu hỏi CH-4K7-M2P tới đâu rồi", "tra giúp em PA 2B3 C4D với", "GY-7X2-QM9"]
)
def test_the_number_of_something_left_asks_what_became_of_it(certain: CertainAct, text: str) -> None:
    assert act(certain, text) == "request_status"


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "   ",
        "thứ bảy có làm không",
        "đăng ký khai sinh ở đâu",
        "1.001193 hết bao nhiêu tiền",
        "1.001193 và 1.000894",
        "hồ sơ H12.34-261101-0007 tới đâu rồi",
        "em muốn đổi câu trả lời",
        "tôi bấm Đổi câu trả lời: không được",
        "0912345678",
        "2",
    ],
)
def test_what_may_mean_several_things_is_left_to_the_classifier(certain: CertainAct, text: str | None) -> None:
    (processed,) = certain.process([message(text)])
    assert (processed.get(INTENT), processed.get(INTENT_RANKING_KEY)) == (GUESS, [GUESS])


def test_what_was_set_goes_out_to_the_actions(certain: CertainAct) -> None:
    """Rasa hands on only what is marked for its output."""
    (processed,) = certain.process([message("CH-4K7-M2P")])
    assert processed.as_dict(only_output_properties=True)[INTENT]["name"] == "request_status"


def test_each_message_of_several_is_looked_at(certain: CertainAct) -> None:
    processed = certain.process([message("CH-4K7-M2P"), message("thứ bảy có làm không"), message("1.001193")])
    assert [one.get(INTENT)["name"] for one in processed] == ["request_status", "hours", "ask_procedure"]


def test_nothing_is_learnt(certain: CertainAct) -> None:
    example = Message(data={TEXT: "CH-4K7-M2P", INTENT: "hours"})
    taught = certain.process_training_data(TrainingData(training_examples=[example]))
    assert [one.get(INTENT) for one in taught.training_examples] == ["hours"]


def test_the_name_of_a_procedure_that_an_editor_publishes_is_one_at_once(
    listing: Listing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISHED", str(tmp_path))
    component, name = CertainAct(), "Rước kiệu hội làng"
    assert act(component, name) == GUESS["name"]
    record = listing["1.001193"].copy(update={"code": "9.999999", "name": name, "aliases": ["rước kiệu"]})
    edit = Edit(Change("9.999999", Kind.new), "procedures/van_hoa/9.999999-ruoc-kieu.yml", as_text(as_data(record)))
    Versions(tmp_path).publish([edit], Order(0, datetime.now(timezone.utc), "lan", "hội làng"))
    assert act(component, name) == "ask_procedure"


def test_a_version_that_is_broken_leaves_the_names_as_they_were(
    listing: Listing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISHED", str(tmp_path))
    component = CertainAct()
    edit = Edit(Change("9.999999", Kind.new), "procedures/van_hoa/9.999999-ruoc-kieu.yml", "code: [")
    Versions(tmp_path).publish([edit], Order(0, datetime.now(timezone.utc), "lan", "hội làng"))
    name = next(iter(listing)).name
    assert act(component, name) == act(component, name) == "ask_procedure"
