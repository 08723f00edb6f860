from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.listing import Listing
from bot.search.asked import examples, passages_of_examples
from bot.search.passages import FOLLOW_UP, OUTSIDE, Kind, Passage
from bot.settings import Settings

DATA = """\
version: "3.1"
nlu:
- intent: ask_procedure
  examples:
  - text: |
      con mới sinh cần giấy gì
    metadata: {procedure: "1.001193", aspects: [documents]}
  - text: |
      xin giấy phép xây nhà
    metadata: {procedure: "1.999999"}
  - text: |
      lệ phí bao nhiêu
    metadata: {aspects: [fee]}
  - text: |
      không nhãn
- intent: ask_aspect
  examples:
  - text: |
      hết bao nhiêu tiền
    metadata: {aspects: [fee]}
- intent: out_of_scope
  examples: |
    - mai trời có mưa không
    - giá vàng - bạc hôm nay
- intent: greet
  examples: |
    - chào bạn
"""


def labelled_questions(nlu: Path, codes: set[str]) -> list[Passage]:
    return list(passages_of_examples(examples(nlu), codes))


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "asked.yml").write_text(DATA, encoding="utf-8")
    return tmp_path


def test_a_question_labelled_with_a_procedure_is_one_of_its_passages(nlu: Path) -> None:
    assert Passage("1.001193", Kind.asked, "con mới sinh cần giấy gì") in labelled_questions(nlu, {"1.001193"})


def test_a_question_for_a_procedure_without_a_record_counts_as_outside(nlu: Path) -> None:
    assert Passage(OUTSIDE, Kind.outside, "xin giấy phép xây nhà") in labelled_questions(nlu, {"1.001193"})


def test_a_question_out_of_scope_counts_as_outside_without_its_dash(nlu: Path) -> None:
    outside = [p.text for p in labelled_questions(nlu, set()) if p.code == OUTSIDE]
    assert {"mai trời có mưa không", "giá vàng - bạc hôm nay"} <= set(outside)


def test_a_follow_up_is_known_as_one_and_belongs_to_no_procedure(nlu: Path) -> None:
    (follow_up,) = (p for p in labelled_questions(nlu, {"1.001193"}) if p.text == "hết bao nhiêu tiền")
    assert FOLLOW_UP in (follow_up.code, follow_up.topic)
    assert follow_up.kind is Kind.outside


def test_what_names_no_procedure_is_left_out(nlu: Path) -> None:
    texts = {passage.text for passage in labelled_questions(nlu, {"1.001193"})}
    assert texts.isdisjoint({"lệ phí bao nhiêu", "không nhãn", "chào bạn"})


def test_the_training_data_has_questions_for_every_record_and_for_nothing_in_the_listing(
    settings: Settings, listing: Listing
) -> None:
    passages = labelled_questions(settings.nlu, set(listing.procedures))
    assert {procedure.code for procedure in listing} <= {passage.code for passage in passages}
    assert sum(passage.code == OUTSIDE for passage in passages) >= 100
    assert all(passage.text == passage.text.strip() != "" for passage in passages)
