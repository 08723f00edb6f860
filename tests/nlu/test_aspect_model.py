from __future__ import annotations

import pytest
import yaml

from bot.answers.aspects import ALSO_ASKED, ASPECTS, DEFAULT, asked_for
from bot.nlu.aspect_model import AspectModel
from bot.settings import Settings
from bot.text.folding import fold
from bot.text.reading import Reader

# A handful of examples teaches five of the aspects; the library warns of the others.
pytestmark = pytest.mark.filterwarnings("ignore:Label not .* is present in all training examples")

EXAMPLES = {
    "documents": ["cần giấy tờ gì", "mang theo những giấy tờ nào", "hồ sơ gồm giấy gì", "phải nộp giấy tờ chi"],
    "fee": ["hết bao nhiêu tiền", "lệ phí bao nhiêu", "có mất tiền không", "tốn bao nhiêu tiền"],
    "duration": ["mấy ngày thì xong", "bao lâu có kết quả", "mất mấy ngày", "chừng nào lấy được"],
    "place": ["nộp ở đâu", "làm ở chỗ nào", "đến đâu để làm", "ra phường nào"],
    "overview": ["muốn làm khai sinh", "hướng dẫn em kết hôn", "cho hỏi về tạm trú", "giúp em đăng ký"],
}


@pytest.fixture(scope="module")
def model() -> AspectModel:
    """A model that has seen a handful of plain questions."""
    small = AspectModel()
    texts = [(text, [aspect]) for aspect, texts in EXAMPLES.items() for text in texts]
    small.learn([text for text, _ in texts], [aspects for _, aspects in texts])
    return small


def likeliest(model: AspectModel, question: str) -> str:
    chances = model.probabilities(question)
    return max(chances, key=chances.__getitem__)


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("làm khai sinh cần giấy tờ gì", "documents"),
        ("kết hôn hết bao nhiêu tiền", "fee"),
        ("đăng ký tạm trú mất mấy ngày thì xong", "duration"),
        ("hồ sơ nộp ở đâu", "place"),
        ("muốn làm khai sinh", DEFAULT),
    ],
)
def test_the_aspect_asked_for_is_the_likeliest(model: AspectModel, question: str, aspect: str) -> None:
    assert likeliest(model, question) == aspect
    assert model.probabilities(question)[aspect] > 0.5


def test_several_aspects_asked_for_are_likely_together(model: AspectModel) -> None:
    for question in ("hết bao nhiêu tiền, cần giấy tờ gì", "cần giấy tờ gì, hết bao nhiêu tiền"):
        likely = {name for name, chance in model.probabilities(question).items() if chance >= ALSO_ASKED}
        assert likely == {"fee", "documents"}


@pytest.mark.parametrize("question", ["xin chào", "", "?!", "12345"])
def test_where_nothing_known_is_said_nothing_is_surely_asked(model: AspectModel, question: str) -> None:
    assert [name for name, chance in model.probabilities(question).items() if name != DEFAULT and chance > 0.6] == []


def test_a_thing_asked_for_is_likelier_than_a_question_in_general(model: AspectModel) -> None:
    assert likeliest(model, "hướng dẫn em đăng ký kết hôn, hết bao nhiêu tiền") == "fee"


def test_missing_marks_do_not_hide_the_aspect(model: AspectModel) -> None:
    assert likeliest(model, fold("kết hôn hết bao nhiêu tiền")) == "fee"


def test_a_request_at_the_end_of_a_long_story_is_heard(model: AspectModel) -> None:
    story = "Nhà em mới dọn về đây hồi tháng trước, chồng em đi làm xa, con nhỏ chưa ai trông. " * 2
    assert model.probabilities(story + "Làm vậy hết bao nhiêu tiền")["fee"] >= ALSO_ASKED


def test_every_aspect_has_a_probability(model: AspectModel) -> None:
    chances = model.probabilities("cần giấy tờ gì")
    assert tuple(chances) == ASPECTS
    assert all(0 <= chance <= 1 for chance in chances.values())
    assert max(chances, key=lambda name: chances[name]) == "documents"


def test_an_unknown_aspect_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="'price' is no aspect; allowed: overview, documents, fee"):
        AspectModel().learn(["bao nhiêu"], [["price"]])


@pytest.fixture(scope="module")
def trained(settings: Settings, reader: Reader) -> AspectModel:
    """A model that has seen the training data, as Rasa trains it."""
    labelled = [
        (reader(example["text"]).text, example["metadata"]["aspects"])
        for path in sorted(settings.nlu.rglob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if not isinstance(block["examples"], str)
        for example in block["examples"]
        if "aspects" in example.get("metadata", {})
    ]
    assert len(labelled) > 500
    real = AspectModel()
    real.learn([text for text, _ in labelled], [aspects for _, aspects in labelled])
    return real


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("làm căn cước cho bé thì tốn bao nhiêu tiền vậy", ["fee"]),
        ("đăng ký thường trú phải chuẩn bị những giấy tờ nào", ["documents"]),
        ("xin giấy độc thân bao lâu thì lấy được", ["duration"]),
        ("tách hộ thì nộp hồ sơ ở đâu", ["place"]),
        ("mở quán ăn đăng ký qua mạng được không", ["online"]),
        ("tải mẫu tờ khai kết hôn ở đâu", ["form"]),
        ("em đi làm giấy khai sinh thay cho chị được không", ["who"]),
        ("sao y mất bao nhiêu tiền, cần mang theo giấy gì", ["fee", "documents"]),
    ],
)
def test_the_training_data_teaches_what_people_ask(trained: AspectModel, question: str, asked: list[str]) -> None:
    assert set(asked_for(trained.probabilities(question), {}, {})) == set(asked)
