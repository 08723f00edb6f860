"""The encoder's vector as a feature of a message, and as what the actions get instead of encoding once more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.encoder.encoder import Encoder
from bot.nlu.meaning import MEANING, WEIGHT, MeaningFeaturizer, as_json
from bot.nlu.tokenizer import READING, VietnameseTokenizer
from bot.search.finder import Finder
from bot.settings import Settings
from bot.text.reading import Reader

pytestmark = pytest.mark.slow

NAME = "meaning-here"
TEXTS = ["đăng ký khai sinh cần giấy gì", "thứ bảy có làm không", "cam on ban", "2"]


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return Encoder.of(settings)


@pytest.fixture(scope="module")
def featurizer(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> MeaningFeaturizer:
    """One that keeps its vectors in a folder of its own, so that those of the real training stay."""
    var: Path = tmp_path_factory.mktemp("var")
    (var / "encoder").symlink_to((settings.var / "encoder").resolve())
    made = MeaningFeaturizer(NAME)
    made._settings = replace(settings, var=var)
    return made


def counted() -> Features:
    """What the counts of words before it leave on a message that has words: sparse, of its text."""
    return Features(csr_matrix(np.ones((1, 3))), FEATURE_TYPE_SENTENCE, TEXT, "counts")


def message(reader: Reader, text: str) -> Message:
    """A message with words, as the components before it leave it."""
    return Message(data={TEXT: text, READING: reader(text).text}, features=[counted()])


def from_here(one: Message) -> list[Features]:
    """What this component added."""
    return [part for part in one.features if part.origin == NAME]


def feature(one: Message) -> np.ndarray:
    """The sentence feature of this component."""
    (mine,) = from_here(one)
    assert (mine.type, mine.attribute) == (FEATURE_TYPE_SENTENCE, TEXT)
    return np.asarray(mine.features)


@pytest.mark.parametrize("text", TEXTS)
def test_a_message_gets_the_vector_of_its_reading_at_its_weight(
    featurizer: MeaningFeaturizer, encoder: Encoder, reader: Reader, text: str
) -> None:
    (processed,) = featurizer.process([message(reader, text)])
    vector = encoder(reader(text).text).vector
    assert feature(processed).shape == (1, encoder.dimension)
    assert np.allclose(feature(processed)[0], WEIGHT * vector, atol=1e-5)


def test_what_was_learnt_from_and_what_is_asked_later_are_described_alike(
    featurizer: MeaningFeaturizer, reader: Reader
) -> None:
    """Encoded many at once and one alone: else the classifier would be asked about what it never saw."""
    taught = [message(reader, text) for text in TEXTS]
    featurizer.process_training_data(TrainingData(training_examples=taught))
    asked = featurizer.process([message(reader, text) for text in TEXTS])
    for one, other in zip(taught, asked):
        assert np.allclose(feature(one), feature(other), atol=WEIGHT * 1e-4)


def test_vectors_are_kept_between_trainings(
    featurizer: MeaningFeaturizer, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [message(reader, text) for text in TEXTS]
    featurizer.process_training_data(TrainingData(training_examples=first))
    monkeypatch.setattr(Encoder, "of", lambda *_, **__: pytest.fail("encoded once more"))
    again = [message(reader, text) for text in TEXTS]
    featurizer.process_training_data(TrainingData(training_examples=again))
    assert all((feature(one) == feature(other)).all() for one, other in zip(first, again))


@pytest.mark.parametrize("data", [{TEXT: ""}, {TEXT: "😀", READING: ""}])
@pytest.mark.parametrize("features", [[], [counted()]], ids=["no features", "counts"])
def test_a_message_without_a_reading_gets_no_vector(
    featurizer: MeaningFeaturizer, data: dict[str, str], features: list[Features]
) -> None:
    (processed,) = featurizer.process([Message(data=dict(data), features=list(features))])
    assert from_here(processed) == [] and processed.get(MEANING) is None


@pytest.mark.parametrize("text", ["?", "...", TEXTS[0]])
def test_a_message_without_any_feature_before_it_gets_no_vector(featurizer: MeaningFeaturizer, text: str) -> None:
    """The classifier was trained on counts and vector together, and fails on a vector alone."""
    (processed,) = featurizer.process([Message(data={TEXT: text, READING: text})])
    assert processed.features == [] and processed.get(MEANING) is None


def test_an_example_without_words_is_left_alone(featurizer: MeaningFeaturizer, reader: Reader) -> None:
    examples = [Message(data={TEXT: ""}), message(reader, TEXTS[0])]
    featurizer.process_training_data(TrainingData(training_examples=examples))
    assert [bool(from_here(one)) for one in examples] == [False, True]


def test_what_was_encoded_goes_out_to_the_actions_as_json(
    featurizer: MeaningFeaturizer, encoder: Encoder, reader: Reader
) -> None:
    (processed,) = featurizer.process([message(reader, TEXTS[0])])
    meaning = processed.as_dict(only_output_properties=True)[MEANING]
    assert json.loads(json.dumps(meaning)) == meaning == as_json(encoder(reader(TEXTS[0]).text))
    assert set(meaning) == {"vector", "aspects", "places"}
    assert meaning["aspects"]["documents"] > 0.5


@pytest.mark.parametrize("text", TEXTS)
def test_with_what_is_handed_on_the_search_finds_what_it_finds_by_itself(
    featurizer: MeaningFeaturizer, finder: Finder, reader: Reader, text: str
) -> None:
    """The vector is rounded on the way."""
    from actions.conversation import _encoded

    (processed,) = featurizer.process([message(reader, text)])
    by_itself, with_it = finder(text), finder(text, _encoded(processed.get(MEANING)))
    assert (with_it.best, with_it.decision, with_it.topic) == (by_itself.best, by_itself.decision, by_itself.topic)
    assert with_it.fits == pytest.approx(by_itself.fits, abs=0.02)
    assert with_it.aspects == pytest.approx(by_itself.aspects, abs=1e-3)


def test_it_comes_after_the_tokenizer() -> None:
    assert MeaningFeaturizer.required_components() == [VietnameseTokenizer]
