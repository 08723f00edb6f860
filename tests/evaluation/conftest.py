"""What the tests of the figures share: one small result of a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.conversation import Heard
from bot.evaluation.questions import Expect, Question
from bot.evaluation.result import Result
from bot.search.decision import Decision
from bot.search.finder import Candidate, Found
from bot.text.reading import Reading


@pytest.fixture(scope="session")
def make_found() -> Callable[..., Found]:
    """What a search came to, with these candidates."""
    return lambda text, *codes: Found(
        reading=Reading(typed=text, text=text, words=(), restored=False, changes=()),
        decision=Decision.answer,
        candidates=tuple(Candidate(code, 1.0) for code in codes),
        offered=codes[:1],
        fits=0.9,
        topic="",
        legs={"1": {"words": 0.5}},
    )


@pytest.fixture
def result(make_found: Callable[..., Found]) -> Result:
    """Two questions with an answer, one that leaves it open and one that nothing answers."""
    return Result(
        name="small",
        questions=[
            Question("q-1", "khai sinh", "plain", Expect.answer, codes=("1",), aspects=("fee",), must=("miễn",)),
            Question("q-2", "khai tử", "typo", Expect.answer, codes=("2",), aspects=("who",)),
            Question("m-1", "làm lại căn cước", "plain", Expect.choose, codes=("1", "2")),
            Question("u-1", "thời tiết", "plain", Expect.unknown, kind="far"),
        ],
        found={
            "q-1": make_found("khai sinh", "1", "2"),
            "q-2": make_found("khai tử", "1", "2"),
            "m-1": make_found("làm lại căn cước", "1", "2"),
            "u-1": make_found("thời tiết", "1"),
        },
        heard={
            "q-1": Heard("answer", ("1",), ("fee",), "Miễn phí."),
            "q-2": Heard("choose", ("1", "2")),
            "m-1": Heard("choose", ("2", "1")),
            "u-1": Heard("unknown"),
        },
        baselines={"BM25": {"q-1": ["2", "1"], "q-2": ["2"], "m-1": [], "u-1": []}},
        baselines_folded={"BM25": {"q-1": [], "q-2": ["2"]}},
        noisy={"without diacritics": {"q-1": ["2", "1"], "q-2": ["1"]}},
    )
