from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.clarifications import MOST_OFFERED
from bot.search.decision import Calibration, Decision
from bot.search.ranking import Ranking

LEGS = ("classifier", "meaning", "words", "pieces")
# Only the lead of meaning over what is outside counts (the second number); fits 0.5 at a lead of 0.
LEAD = Calibration(
    mean=(0.0,) * 4,
    scale=(1.0,) * 4,
    weights=(0, 10.0, 0, 0),
    bias=0.0,
    least_fit=0.5,
    close=0.3,
    open=0.5,
    brief=0.2,
)


WORDS = ["làm", "giấy", "khai_sinh"]


def ranking(*scores: float, lead: float = 1.0) -> Ranking:
    """Procedures with these scores, best first; `lead` is how far meaning is ahead of what is outside."""
    legs = {leg: np.array(scores) for leg in LEGS}
    return Ranking(
        codes=tuple(f"9.{number:06}" for number in range(len(scores))),
        scores=np.array(scores),
        legs=legs,
        outside={leg: scores[0] - lead for leg in LEGS},
        topic="",
    )


@pytest.mark.parametrize(
    ("scores", "lead", "decision", "offered"),
    [
        ((3.0, 2.0, 1.0), 1.0, Decision.answer, 1),
        ((3.0, 2.6, 2.5), 1.0, Decision.answer, 1),
        ((3.0, 2.8, 1.0), 1.0, Decision.choose, 2),
        ((3.0, 2.9, 2.8, 1.0), 1.0, Decision.choose, 3),
        ((3.0,) * 9, 1.0, Decision.choose, MOST_OFFERED),
        ((3.0, 2.0, 1.0), -1.0, Decision.unknown, 0),
        ((3.0, 2.9, 2.9), -1.0, Decision.unknown, 0),
        ((3.0,), 1.0, Decision.answer, 1),
    ],
)
def test_clear_is_answered_close_is_offered_and_what_does_not_fit_is_refused(
    scores: tuple[float, ...], lead: float, decision: Decision, offered: int
) -> None:
    found = ranking(*scores, lead=lead)
    assert LEAD.decide(found, WORDS) == (decision, found.codes[:offered])


def test_how_well_it_fits_grows_with_the_evidence_between_0_and_1() -> None:
    fits = [LEAD.fits(ranking(3.0, 2.0, lead=lead)) for lead in (-2, -0.1, 0, 0.1, 2)]
    assert fits == sorted(fits)
    assert fits[2] == pytest.approx(0.5)
    assert 0 <= fits[0] < 0.01 and 0.99 < fits[-1] <= 1


def test_the_evidence_is_standardized_first() -> None:
    shifted = dataclasses.replace(LEAD, mean=(0, 1.0, 0, 0), scale=(1, 2.0, 1, 1))
    assert shifted.fits(ranking(3.0, 2.0, lead=1.0)) == pytest.approx(0.5)
    assert shifted.fits(ranking(3.0, 2.0, lead=1.4)) == pytest.approx(LEAD.fits(ranking(3.0, 2.0, lead=0.2)))


def test_what_is_saved_decides_the_same_when_loaded(tmp_path: Path) -> None:
    odd = dataclasses.replace(LEAD, mean=(0.123456,) * 4, least_fit=0.456789, close=0.33333)
    odd.save(tmp_path / "calibration.json")
    loaded = Calibration.load(tmp_path / "calibration.json")
    for scores, lead in (((3.0, 2.9), 1.0), ((3.0, 2.0), 0.05), ((3.0, 2.0), -1.0)):
        one = ranking(*scores, lead=lead)
        assert loaded.decide(one, WORDS) == odd.decide(one, WORDS)
        assert loaded.fits(one) == pytest.approx(odd.fits(one), abs=1e-3)


def test_the_calibration_of_the_repository_is_usable() -> None:
    calibration = Calibration.load()
    assert len(calibration.mean) == len(calibration.scale) == len(calibration.weights) == 4
    assert all(weight > 0 for weight in calibration.weights), "what is further ahead fits better"
    assert all(scale > 0 for scale in calibration.scale)
    assert 0 < calibration.least_fit < 1 and calibration.close > 0


def named(brief: str, brief_lead: float, lead: float = 1.0) -> Ranking:
    return dataclasses.replace(ranking(3.0, 2.9, lead=lead), brief=brief, brief_lead=brief_lead)


@pytest.mark.parametrize(
    ("found", "decision"),
    [
        (named("9.900000", 0.3), Decision.answer),
        (named("9.900000", 0.3, lead=-1.0), Decision.answer),
        (named("9.900000", 0.1), Decision.choose),
        (named("9.900000", 0.1, lead=-1.0), Decision.unknown),
        (named("", 0.9), Decision.choose),
    ],
)
def test_a_procedure_known_in_brief_must_be_named_clearly(found: Ranking, decision: Decision) -> None:
    assert LEAD.decide(found, WORDS)[0] is decision


def test_a_word_or_two_must_lead_by_more() -> None:
    found = ranking(3.0, 2.6, 1.0)
    assert LEAD.decide(found, WORDS) == (Decision.answer, found.codes[:1])
    assert LEAD.decide(found, WORDS[:2]) == (Decision.choose, found.codes[:2])
    assert LEAD.decide(ranking(3.0, 1.0), WORDS[:1])[0] is Decision.answer
    assert LEAD.decide(found, []) == (Decision.unknown, ())


@pytest.mark.parametrize(("open_score", "decision"), [(3.6, Decision.choose), (3.4, Decision.answer)])
def test_a_situation_that_leaves_it_open_must_lead_too(open_score: float, decision: Decision) -> None:
    plain = ranking(3.0, 2.0, 1.0)
    found = dataclasses.replace(
        plain,
        opens=((plain.codes[2], plain.codes[1]), (plain.codes[0],)),
        open_scores=np.array([open_score, 1.0]),
        open_legs=dict.fromkeys(LEGS, open_score),
    )
    # The likelier of its procedures first, then what else is near.
    offered = (*plain.codes[1:], plain.codes[0]) if decision is Decision.choose else plain.codes[:1]
    assert LEAD.decide(found, WORDS) == (decision, offered)


def test_what_shares_no_word_and_no_piece_with_anything_is_unknown() -> None:
    found = ranking(3.0, 1.0)
    foreign = dataclasses.replace(found, legs={**found.legs, "words": np.zeros(2), "pieces": np.full(2, 0.02)})
    assert LEAD.decide(found, WORDS)[0] is Decision.answer
    assert LEAD.decide(foreign, WORDS) == (Decision.unknown, ())
