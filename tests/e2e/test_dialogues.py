"""The scripted dialogues, held through the gateway: no fewer turns right than before, no talk ending in an error."""

from __future__ import annotations

import httpx
import pytest

from bot.evaluation.dialogues import DIALOGUES, FLOOR, errors, faults, hold, load, share_right

pytestmark = pytest.mark.slow


def test_no_fewer_turns_of_the_scripted_dialogues_are_right_than_before(http: httpx.Client) -> None:
    talks = [(dialogue, hold(http, dialogue)) for dialogue in load(DIALOGUES)]
    assert errors(talks) == 0
    assert share_right(talks) >= FLOOR, "\n".join(faults(talks))
