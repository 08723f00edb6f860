"""Contract 2: the search alone, a question a line."""

from __future__ import annotations

import json

import pytest

from bot.knowledge.listing import Listing
from bot.search.finder import Finder
from bot.search.lines import answer_json, answer_text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def names(listing: Listing) -> dict[str, str]:
    return {procedure.code: procedure.name for procedure in listing}


@pytest.mark.parametrize("number", ["q-1", 7])
def test_a_question_is_answered_with_id_decision_and_named_candidates(
    finder: Finder, names: dict[str, str], number: str | int
) -> None:
    line = answer_json(json.dumps({"id": number, "text": "Đăng ký tạm trú cho người thuê trọ?"}), finder, names)
    assert "\n" not in line
    result = json.loads(line)
    assert set(result) == {"id", "decision", "candidates"}
    assert (result["id"], result["decision"]) == (number, "answer")
    assert 1 <= len(result["candidates"]) <= 10
    for candidate in result["candidates"]:
        assert set(candidate) == {"code", "name", "score"}
        assert candidate["name"] == names[candidate["code"]]
        assert isinstance(candidate["score"], float)
    assert result["candidates"][0]["code"] == "1.004194"


def test_what_does_not_fit_is_unknown(finder: Finder, names: dict[str, str]) -> None:
    line = answer_json('{"id": "u", "text": "chỉ cách nấu canh chua cá lóc"}', finder, names)
    assert json.loads(line)["decision"] == "unknown"


def test_an_empty_question_is_still_answered_in_shape(finder: Finder, names: dict[str, str]) -> None:
    result = json.loads(answer_json('{"id": "e", "text": ""}', finder, names))
    assert result["id"] == "e" and result["decision"] in {"choose", "unknown"}


def test_vietnamese_is_written_as_it_is(finder: Finder, names: dict[str, str]) -> None:
    assert names["1.000894"] in answer_json('{"id": 1, "text": "đăng ký kết hôn"}', finder, names)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "",
        "khai sinh",
        "null",
        "[]",
        "3",
        '"text"',
        "{}",
        '{"id": 1}',
        '{"text": "khai sinh"}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": null}',
        '{"id": 1, "text": ["khai sinh"]}',
    ],
)
def test_a_broken_line_is_answered_with_what_was_expected(finder: Finder, names: dict[str, str], line: str) -> None:
    result = json.loads(answer_json(line, finder, names))
    assert set(result) == {"id", "error"}
    assert result["id"] is None
    assert '{"id", "text"}' in result["error"]


def test_a_person_reads_decision_reading_and_three_candidates(finder: Finder, names: dict[str, str]) -> None:
    text = answer_text("dang ky ket hon\n", finder, names)
    assert text.startswith("answer (fits ")
    assert "“đăng ký kết hôn”" in text
    assert f"1.000894 {names['1.000894']}" in text
    assert text.count(";") == 2
