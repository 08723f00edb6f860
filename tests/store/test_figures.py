"""What is counted of a period: in the days and hours of Vietnam, small talk kept out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from itertools import count

import pytest
from sqlalchemy.engine import Engine

from bot.store.asked_turns import ELSEWHERE
from bot.store.figures import Figures, Period, figures
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns
from tests.store.watch import Watch

DAY = date(2026, 11, 22)  # a Sunday
WEEK = Period(date(2026, 11, 16), DAY)
Ask = Callable[..., str]


@pytest.fixture
def ask(turns: Turns, replies: Replies, watch: Watch) -> Ask:
    """Keeps a turn with its first reply, `minutes` after the one before; gives the reply's id."""
    numbers = count()

    def asked(
        card: str,
        procedure: str | None = None,
        *,
        kind: str | None = None,
        aspects: str = "",
        talk: str = "a",
        minutes: float = 1,
        took: int = 100,
    ) -> str:
        watch.time += timedelta(minutes=minutes)
        reply = f"r{next(numbers)}"
        replies.add(reply, talk, card_type=card, kind=kind, procedure=procedure, aspects=aspects.split())
        turns.add(reply, talk, "câu hỏi", took_ms=took)
        return reply

    return asked


def of(told: Figures, code: str) -> tuple[int, int, int, int, int]:
    (one,) = [one for one in told.procedures if one.code == code]
    return one.asked, one.talks, one.again, one.ups, one.downs


def test_of_nothing_nothing_is_told(engine: Engine) -> None:
    told = figures(engine, WEEK)
    assert (told.questions, told.procedures, told.aspects, told.to_review) == (0, (), {}, [])
    assert (told.satisfaction.index, told.satisfaction.mean, told.speed.median) == (None, None, None)
    assert list(told.by_day) == WEEK.days and len(WEEK.days) == 7


@pytest.mark.parametrize(
    ("card", "kind", "decision"),
    [
        ("answer", None, "answered"),
        ("choose", None, "asked_back"),
        ("ask", None, "asked_back"),
        ("smalltalk", "which_procedure", "asked_back"),
        ("unknown", None, "unknown"),
        ("unknown", ELSEWHERE, "outside"),
        ("service", "hours", "service"),
        ("smalltalk", "thanks", "small_talk"),
        ("refused", None, "not_read"),
    ],
)
def test_every_turn_is_one_of_these(engine: Engine, ask: Ask, card: str, kind: str | None, decision: str) -> None:
    ask(card, kind=kind)
    told = figures(engine, WEEK)
    assert dict(told.by_day[DAY]) == {decision: 1}
    is_question = decision in ("answered", "asked_back", "unknown", "outside")
    assert told.questions == sum(told.by_hour.values()) == is_question


@pytest.mark.parametrize(
    ("at", "day", "hour"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=timezone.utc), date(2026, 11, 21), 23),
        (datetime(2026, 11, 21, 17, 0, tzinfo=timezone.utc), DAY, 0),
        (datetime(2026, 11, 22, 16, 59, 59, tzinfo=timezone.utc), DAY, 23),
    ],
)
def test_a_day_is_a_day_in_vietnam(engine: Engine, ask: Ask, watch: Watch, at: datetime, day: date, hour: int) -> None:
    watch.time = at
    ask("answer", "1.001193", minutes=0)
    told = figures(engine, WEEK)
    assert told.by_day[day]["answered"] == 1 and told.by_hour == {(day.weekday(), hour): 1}


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 15, 16, 59, tzinfo=timezone.utc), datetime(2026, 11, 22, 17, 0, tzinfo=timezone.utc)]
)
def test_what_lies_outside_the_period_is_left_out(engine: Engine, ask: Ask, watch: Watch, at: datetime) -> None:
    watch.time = at
    ask("answer", "1.001193", minutes=0)
    told = figures(engine, WEEK)
    assert (told.questions, told.procedures, told.speed.count) == (0, (), 0)


def test_procedures_and_aspects_those_asked_most_first(engine: Engine, ask: Ask) -> None:
    for talk, code, aspects in (
        ("a", "1.1", "fee"),
        ("b", "2.2", "fee documents"),
        ("c", "2.2", "documents fee place"),
    ):
        ask("answer", code, aspects=aspects, talk=talk)
    told = figures(engine, WEEK)
    assert [(one.code, one.asked, one.talks) for one in told.procedures] == [("2.2", 2, 2), ("1.1", 1, 1)]
    assert told.aspects == {"fee": 3, "documents": 2, "place": 1} and next(iter(told.aspects)) == "fee"


def test_asked_again_within_ten_minutes_of_the_first_time_in_the_same_talk(engine: Engine, ask: Ask) -> None:
    ask("answer", "1.1")
    ask("answer", "1.1", minutes=9)
    ask("answer", "9.9", minutes=0.5)  # something else
    ask("answer", "1.1", minutes=0.5)  # ten minutes to the second
    ask("answer", "1.1", minutes=0.1)  # later
    ask("answer", "1.1", talk="b", minutes=0.1)  # somebody else
    told = figures(engine, WEEK)
    assert (of(told, "1.1"), of(told, "9.9")) == ((5, 2, 2, 0, 0), (1, 1, 0, 0, 0))


def test_to_be_reviewed_is_what_was_asked_again_or_found_bad(engine: Engine, ask: Ask, ratings: Ratings) -> None:
    for code in ("1.1", "1.1", "2.2", "3.3"):
        reply = ask("answer", code, talk=code)
    ratings.mark(reply, "3.3", "up")
    for talk in ("x", "y"):
        ratings.mark(ask("answer", "2.2", talk=talk), talk, "down", "thiếu")
    told = figures(engine, WEEK)
    assert [(one.code, one.troubles) for one in told.to_review] == [("2.2", 2), ("1.1", 1)]
    assert of(told, "3.3") == (1, 1, 0, 1, 0)


def test_a_mark_on_an_answer_of_before_counts_on_its_own_day(
    engine: Engine, ask: Ask, ratings: Ratings, watch: Watch
) -> None:
    reply = ask("answer", "1.1")
    watch.time += timedelta(days=1)
    ratings.mark(reply, "a", "down")
    tomorrow = Period(DAY + timedelta(days=1), DAY + timedelta(days=1))
    assert of(figures(engine, tomorrow), "1.1") == (0, 0, 0, 0, 1)
    assert of(figures(engine, WEEK), "1.1") == (1, 1, 0, 0, 0)


def test_the_index_is_the_share_of_the_content(engine: Engine, ratings: Ratings) -> None:
    for talk, level in enumerate((5, 5, 4, 3, 1)):
        ratings.rate(str(talk), level)
    told = figures(engine, WEEK).satisfaction
    assert (told.count, told.index, told.mean) == (5, 0.6, 3.6)
    assert told.by_level == {1: 1, 2: 0, 3: 1, 4: 1, 5: 2}


def test_half_of_all_and_95_in_100_took_at_most(engine: Engine, ask: Ask) -> None:
    for took in range(1, 101):
        ask("answer", "1.1", took=10 * took, minutes=0.01)
    ask("refused", took=1)  # says nothing of the assistant
    told = figures(engine, WEEK).speed
    assert (told.count, told.median, told.p95) == (100, 500, 950)
