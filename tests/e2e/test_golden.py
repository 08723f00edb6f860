"""What a ward would try first: every golden question answered rightly, to the fact."""

from __future__ import annotations

import pytest

from bot.evaluation.golden import GOLDEN, faults
from bot.evaluation.questions import load

pytestmark = pytest.mark.e2e


def test_every_golden_question_is_answered_rightly(address: str) -> None:
    found = faults(address, load(GOLDEN))
    assert found == [], "\n".join(found)
