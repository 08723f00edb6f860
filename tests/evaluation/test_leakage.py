from collections.abc import Callable
from pathlib import Path

import pytest

from bot.evaluation.leakage import ALIKE, NEARLY_EQUAL, leakage, nearest, normal, texts_learnt_from
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.settings import Settings

NLU = """nlu:
- intent: out_of_scope
  examples: |
    - mai trời mưa không
- intent: ask_procedure
  examples:
  - text: |
      khai sinh ở đâu
    metadata:
      procedure: "9.000001"
- lookup: field
  examples: |
    - hộ tịch
"""
SIGNPOSTS = """- id: ho_chieu
  name: Cấp hộ chiếu
  questions: [làm hộ chiếu, hộ chiếu mới]
"""


def test_two_questions_are_the_same_whatever_their_marks_capitals_and_punctuation() -> None:
    assert normal("  Đăng ký,\nkết hôn… ở đâu?") == normal("dang ky ket hon o dau") == "dang ky ket hon o dau"


def test_the_nearest_text_counts() -> None:
    ratios = nearest(["khai sinh", "thoi tiet"], ["khai tu", "khai sinh", "ket hon"])
    assert ratios[0] == 100 and ratios[1] < 60


def test_one_letter_of_a_long_text_makes_it_nearly_equal_but_not_equal() -> None:
    ratios = nearest(["a" * 300], ["a" * 299 + "b"])
    assert 99.5 < ratios[0] < 100


def test_what_comes_near_is_counted_by_how_near() -> None:
    learnt = ["Đăng ký kết hôn cần giấy tờ gì?"]
    asked = [
        "dang ky ket hon can giay to gi",
        "đăng ký kết hôn cần giấy tờ g",
        "đăng ký kết hôn cần giấy gì",
        "thời tiết",
    ]
    ratios = nearest([normal(text) for text in asked], [normal(text) for text in learnt])
    assert ratios[0] == 100 > ratios[1] >= NEARLY_EQUAL > ratios[2] >= ALIKE > ratios[3]
    found = leakage(asked, learnt)
    assert (found.equal, found.nearly_equal, found.alike) == (0.25, 0.5, 0.75)
    assert found.median == pytest.approx((ratios[1] + ratios[2]) / 2)


def test_everything_that_is_learnt_from_is_found(settings: Settings, listing: Listing) -> None:
    by_source: dict[str, list[str]] = {}
    for where, text in texts_learnt_from(settings.knowledge, settings.nlu, listing):
        assert normal(text), f"an empty text of {where}"
        by_source.setdefault(where, []).append(text)
    for procedure in listing:
        assert {procedure.name, procedure.official_name, *procedure.questions} <= set(by_source[procedure.code])
    assert {path.name for path in settings.nlu.rglob("*.yml")} <= set(by_source)
    assert {where.partition(" ")[0] for where in by_source} >= {"signpost", "clarification", "brief"}


def test_training_data_is_read_in_each_of_its_forms(
    make_procedure: Callable[..., Procedure], make_listing: Callable[..., Listing], tmp_path: Path
) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "asked.yml").write_text(NLU, encoding="utf-8")
    (tmp_path / "signposts.yml").write_text(SIGNPOSTS, encoding="utf-8")
    found = list(texts_learnt_from(tmp_path, tmp_path / "nlu", make_listing(make_procedure())))
    said: dict[str, list[str]] = {}
    for where, text in found:
        said.setdefault(where, []).append(text.strip())
    assert said["asked.yml"] == ["mai trời mưa không", "khai sinh ở đâu", "hộ tịch"]
    assert said["signpost ho_chieu"] == ["Cấp hộ chiếu", "làm hộ chiếu", "hộ chiếu mới"]
    assert "làm giấy thử" in said["9.000001"]
