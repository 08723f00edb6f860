"""Rasa's own checks, and what the trained model makes of what our buttons send."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import MY_CASE, WHAT_NEXT
from bot.answers.aspects import ASPECTS, FOLLOW_UPS, asked_for
from bot.answers.checklist import CHANGE
from bot.answers.choose import NONE_OF_THESE
from bot.answers.reply import Choice
from bot.answers.words import load_words
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.processes import environment, module
from bot.settings import ROOT, Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Rasa's old libraries have much to complain about
]
STORIES = ROOT / "tests" / "stories"
Parse = Callable[[str], dict[str, Any]]
# Acts whose action looks whether a message is the name on a button.
CHOOSING = {"ask_procedure", "out_of_scope", "nlu_fallback", "choose"}
# What the buttons of our responses send, and the act that it must be taken for.
LEADS_TO = {
    "Cho tôi gặp cán bộ": "human",
    "Tôi muốn để lại câu hỏi cho cán bộ": "leave_question",
    "Phường làm những thủ tục nào?": "list_procedures",
    "Giờ làm việc của phường": "hours",
    "Giờ làm việc của phường?": "hours",
    "Phường ở đâu?": "address",
    "Số điện thoại của phường?": "hotline",
    "Tôi muốn góp ý cho phường": "feedback",
    "Thôi không gửi nữa": "cancel",
    "Bỏ qua": "skip",
    "Rất hài lòng": "rate",
    "Hài lòng": "rate",
    "Bình thường": "rate",
    "Không hài lòng": "rate",
    "Rất không hài lòng": "rate",
    "Vợ em mới sinh bé, làm giấy khai sinh cần gì?": "ask_procedure",
    "Làm lại căn cước bị mất hết bao nhiêu tiền?": "ask_procedure",
    "Đăng ký tạm trú có làm qua mạng được không?": "ask_procedure",
}
# What a form reads by its words, whatever act it is taken for, but for those at which it stops.
READ_BY_A_FORM = (
    *("Gửi đi", "Viết lại"),
    *("Sai việc tôi hỏi", "Thông tin sai hoặc cũ", "Thiếu điều tôi cần", "Khó hiểu"),
)
LEAVES_A_FORM = {"cancel", "skip", "start_over", "ask_aspect"}


def rasa(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command of Rasa from the project's root."""
    return subprocess.run(
        module("rasa", *arguments),
        cwd=ROOT,
        env=environment(Settings()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def model(settings: Settings) -> Path:
    path = settings.var / "models" / "assistant.tar.gz"
    if not path.exists():
        pytest.fail(f"No model at {path}. 'make test' prepares it; by hand: python -m bot prepare")
    return path


@pytest.fixture(scope="module")
def parse(model: Path) -> Parse:
    """What the trained model makes of one message, without a server."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    return lambda message: asyncio.run(agent.parse_message(message))


def test_rasa_finds_its_data_valid() -> None:
    ended = rasa(
        "data", "validate", "--data", "data", "--domain", "domain.yml", "--config", "config.yml", "--fail-on-warnings"
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]


def test_every_story_is_understood_and_leads_where_it_should(model: Path, tmp_path: Path) -> None:
    ended = rasa(
        *("test", "core", "--stories", STORIES, "--model", model, "--out", tmp_path),
        *("--e2e", "--no-plot", "--fail-on-prediction-errors"),  # without --e2e the words are never read
    )
    output = ended.stdout[-3000:] + ended.stderr[-3000:]
    failed = tmp_path / "failed_test_stories.yml"
    assert ended.returncode == 0, failed.read_text(encoding="utf-8") if failed.exists() else output
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    accuracy = report["conversation_accuracy"]
    stories = sum(path.read_text(encoding="utf-8").count("- story:") for path in STORIES.glob("test_*.yml"))
    assert stories >= 80
    assert (accuracy["correct"], accuracy["total"]) == (stories, stories)


def test_every_procedure_on_a_button_leads_to_an_action_that_chooses(parse: Parse, listing: Listing) -> None:
    acts = {procedure.name: parse(procedure.name)["intent"]["name"] for procedure in listing}
    assert {name: act for name, act in acts.items() if act not in CHOOSING} == {}


def test_the_button_for_none_of_them_declines(parse: Parse) -> None:
    assert parse(NONE_OF_THESE)["intent"]["name"] == "deny"


@pytest.mark.parametrize(("aspect", "message"), FOLLOW_UPS.items())
def test_every_follow_up_button_asks_for_its_aspect(parse: Parse, aspect: str, message: str) -> None:
    parsed = parse(message)
    assert (parsed["intent"]["name"], asked_for(parsed["aspects"], {}, {})) == ("ask_aspect", [aspect])


def test_every_button_of_a_response_leads_where_it_says(parse: Parse) -> None:
    sent = {choice["message"] for variants in load_words().values() for one in variants for choice in one.choices}
    assert sent == {*LEADS_TO, *READ_BY_A_FORM}
    acts = {message: parse(message)["intent"]["name"] for message in LEADS_TO}
    assert acts == LEADS_TO


@pytest.mark.parametrize("message", READ_BY_A_FORM)
def test_no_form_is_left_by_its_own_button(parse: Parse, message: str) -> None:
    act = parse(message)["intent"]["name"]
    assert act not in LEAVES_A_FORM and not act.startswith("emergency"), act


@pytest.mark.parametrize(("choice", "act"), [(MY_CASE, "checklist"), (WHAT_NEXT, "next_steps")])
def test_what_an_answer_offers_besides_is_understood(parse: Parse, choice: Choice, act: str) -> None:
    assert parse(choice.message)["intent"]["name"] == act


def test_every_button_that_changes_an_answer_goes_back_to_the_checklist(parse: Parse, listing: Listing) -> None:
    questions = sorted({case.question for procedure in listing for case in procedure.cases})
    assert questions
    acts = {question: parse(CHANGE + question)["intent"]["name"] for question in questions}
    assert {question: act for question, act in acts.items() if act != "checklist"} == {}


def test_what_the_ward_suggests_is_understood(parse: Parse, ward: Ward) -> None:
    acts = {message: parse(message)["intent"]["name"] for message in ward.suggestions}
    assert set(acts.values()) <= {"ask_procedure", "hours"}, acts


@pytest.mark.parametrize("message", ["x", "7", "中", "½", "ก", "<b>x</b>", "'; DROP TABLE x", "a" * 500, "1 " * 250])
def test_whatever_the_gateway_lets_through_the_model_makes_something_of_it(parse: Parse, message: str) -> None:
    parsed = parse(message)
    assert parsed["intent"]["name"] and set(parsed["aspects"]) == set(ASPECTS)


@pytest.mark.parametrize(("minutes", "expired"), [(29, False), (31, True)])
def test_after_half_an_hour_of_silence_a_talk_begins_anew(model: Path, minutes: int, expired: bool) -> None:
    from rasa.core.agent import Agent
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    processor = Agent.load(str(model)).processor
    assert processor is not None
    said = UserUttered("lệ phí bao nhiêu", timestamp=time.time() - 60 * minutes)
    tracker = DialogueStateTracker.from_events("somebody", [said], processor.domain.slots)
    assert processor._has_session_expired(tracker) is expired
    assert processor.domain.session_config.carry_over_slots is False
