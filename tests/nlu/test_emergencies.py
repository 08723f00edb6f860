"""A call for help comes first, even where the classifier is not sure of it."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.emergencies import LIKELY, EmergencyFirst


def processed(**chances: float) -> Message:
    """What is made of a message with this ranking."""
    ranking = [{"name": name, "confidence": chance} for name, chance in chances.items()]
    one = Message(data={TEXT: "…", INTENT: dict(ranking[0]) if ranking else {}, INTENT_RANKING_KEY: ranking})
    (done,) = EmergencyFirst().process([one])
    return done


MOST, REST = LIKELY * 0.6, LIKELY * 0.5  # neither is likely enough alone, both together are
FEW = LIKELY * 0.4


@pytest.mark.parametrize(
    ("chances", "act"),
    [
        ({"emergency_fire": 0.9, "hours": 0.05}, "emergency_fire"),
        ({"nlu_fallback": 0.54, "emergency_fire": LIKELY, "hours": 0.02}, "emergency_fire"),
        ({"ask_procedure": 0.5, "emergency_medical": LIKELY}, "emergency_medical"),
        ({"ask_procedure": 0.5, "emergency_medical": LIKELY - 0.01}, "ask_procedure"),
        # Several kinds, each unlikely: it is one of them, and the likeliest is taken.
        ({"ask_procedure": 0.4, "emergency_police": MOST, "emergency_child": REST}, "emergency_police"),
        ({"ask_procedure": 0.4, "emergency": MOST, "emergency_child": REST}, "emergency"),
        ({"ask_procedure": 0.8, "emergency_police": FEW, "emergency_child": FEW}, "ask_procedure"),
        ({"hours": 1.0}, "hours"),
    ],
)
def test_the_likeliest_call_is_taken_where_all_together_are_likely_enough(chances: dict[str, float], act: str) -> None:
    done = processed(**chances)
    ranking = done.get(INTENT_RANKING_KEY)
    assert done.get(INTENT)["name"] == act
    assert ranking[0] == done.get(INTENT)
    assert sorted(one["name"] for one in ranking) == sorted(chances), "nobody is lost, nobody stands there twice"


def test_it_goes_out_to_the_actions_with_the_chance_of_all_of_them() -> None:
    done = processed(ask_procedure=0.4, emergency_police=MOST, emergency_child=REST)
    intent = done.as_dict(only_output_properties=True)[INTENT]
    assert intent["name"] == "emergency_police" and intent["confidence"] == pytest.approx(MOST + REST)


def test_one_too_few_is_dearer_than_one_too_many() -> None:
    """A call is never asked to be likelier than everything else together."""
    assert 0 < LIKELY <= 0.5


def test_a_message_without_a_ranking_is_left_alone() -> None:
    assert processed().get(INTENT) == {}
