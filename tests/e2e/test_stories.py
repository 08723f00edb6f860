"""The stories that Rasa is tested with, held through the gateway: every turn gets the kind of card its action gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import yaml

from bot.settings import ROOT
from tests.e2e.conftest import Talk

pytestmark = pytest.mark.slow

STORIES = ROOT / "tests" / "stories"
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
ABOUT_PROCEDURES = {"answer", "choose", "unknown", "smalltalk", "ask", "service"}
CARDS = {
    "checklist_form": {"ask", "answer"},
    "message_form": {"service"},
    "feedback_form": {"service"},
    "action_show_checklist": {"answer"},
    "action_send_message": {"service"},
    "action_request_status": {"service"},
    "action_rate": {"service", "smalltalk"},
}


def stories() -> Iterator[Any]:
    for path in sorted(STORIES.glob("test_*.yml")):
        for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]:
            yield pytest.param(story["steps"], id=f"{path.stem}: {story['story']}")


def turns(steps: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Each message with the actions that follow it."""
    found: list[tuple[str, list[str]]] = []
    for step in steps:
        if "user" in step:
            found.append((str(step["user"]), []))
        elif "action" in step and found:
            found[-1][1].append(step["action"])
    return found


def test_there_are_enough_stories_of_every_behaviour() -> None:
    by_file = {path.stem: path.read_text(encoding="utf-8").count("- story:") for path in STORIES.glob("test_*.yml")}
    assert sum(by_file.values()) >= 80 and len(by_file) >= 12
    assert min(by_file.values()) >= 5, by_file


@pytest.mark.parametrize("steps", stories())
def test_a_story_holds_through_the_gateway(http: httpx.Client, steps: list[dict[str, Any]]) -> None:
    talk = Talk(http)
    if "action_open_checklist" in turns(steps)[0][1]:  # Rasa does not ask what the list is about, the action does
        talk("đăng ký khai sinh cho con cần giấy tờ gì")
    for message, actions in turns(steps):
        card = talk.card(message)
        said = [RESPONSES[action][0]["custom"]["card"] for action in actions if action in RESPONSES]
        if said and "action_service" not in actions:
            assert (card["type"], card.get("kind")) == (said[0]["type"], said[0].get("kind")), message
        else:
            allowed = [CARDS.get(action, ABOUT_PROCEDURES) for action in actions]
            assert card["type"] in set().union(*allowed), (message, card)
