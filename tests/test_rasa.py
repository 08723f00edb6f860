"""Rasa's own checks, and what the trained model makes of what our buttons send."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answers.aspects import ASPECTS, FOLLOW_UPS, asked_for
from bot.answers.choose import NONE_OF_THESE, unknown
from bot.answers.services import _CHOICES as SERVICE_CHOICES
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.processes import environment, module
from bot.settings import ROOT, Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Rasa's old libraries have much to complain about
]
Parse = Callable[[str], dict[str, Any]]
# Acts whose action looks whether a message is the name on a button.
CHOOSING = {"ask_procedure", "out_of_scope", "nlu_fallback", "choose"}


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
        *("test", "core", "--stories", ROOT / "tests" / "stories", "--model", model),
        *("--out", tmp_path, "--no-plot", "--fail-on-prediction-errors"),
    )
    output = ended.stdout[-3000:] + ended.stderr[-3000:]
    failed = tmp_path / "failed_test_stories.yml"
    assert ended.returncode == 0, failed.read_text(encoding="utf-8") if failed.exists() else output
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    accuracy = report["conversation_accuracy"]
    stories = (ROOT / "tests" / "stories" / "test_stories.yml").read_text(encoding="utf-8").count("- story:")
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


def test_every_button_of_a_service_leads_to_a_service(parse: Parse, ward: Ward) -> None:
    choices = [*unknown(ward).choices, *(choice for choices in SERVICE_CHOICES.values() for choice in choices)]
    acts = {choice.label: parse(choice.message)["intent"]["name"] for choice in choices}
    assert acts == {
        "Gặp cán bộ": "human",
        "Xem danh mục thủ tục": "list_procedures",
        "Giờ làm việc": "hours",
        "Địa chỉ": "address",
        "Điện thoại": "hotline",
    }


def test_what_the_ward_suggests_is_understood(parse: Parse, ward: Ward) -> None:
    acts = {message: parse(message)["intent"]["name"] for message in ward.suggestions}
    assert set(acts.values()) <= {"ask_procedure", "hours"}, acts


@pytest.mark.parametrize("message", ["x", "7", "中", "½", "ก", "<b>x</b>", "'; DROP TABLE x", "a" * 500, "1 " * 250])
def test_whatever_the_gateway_lets_through_the_model_makes_something_of_it(parse: Parse, message: str) -> None:
    parsed = parse(message)
    assert parsed["intent"]["name"] and set(parsed["aspects"]) == set(ASPECTS)
