from __future__ import annotations

from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.text.folding import fold, has_diacritics, syllables
from bot.text.restoration import is_bare
from bot.text.shorthand import LONGEST_PHRASE, Shorthand

ENTRIES = {
    "ko": "không",
    "dk ko": "được không",
    "dk": "đăng ký",
    "gks": "giấy khai sinh",
    "mấy h": "mấy giờ",
    "ntn": "như thế nào",
}


@pytest.fixture(scope="module")
def entries(settings: Settings) -> dict[str, str]:
    """The shorthand that editors keep."""
    return yaml.safe_load((settings.knowledge / "words.yml").read_text(encoding="utf-8"))["shorthand"]


def test_shorthand_is_written_out_and_kept_beside_what_was_typed() -> None:
    assert Shorthand(ENTRIES)("lam GKS ntn") == (
        "lam giấy khai sinh như thế nào",
        [("GKS", "giấy khai sinh"), ("ntn", "như thế nào")],
    )


def test_the_longest_phrase_wins() -> None:
    text, changes = Shorthand(ENTRIES)("dk ko, dk gks")
    assert text == "được không, đăng ký giấy khai sinh"
    assert changes[0] == ("dk ko", "được không")


def test_a_phrase_does_not_reach_across_punctuation() -> None:
    assert Shorthand(ENTRIES)("dk? ko")[0] == "đăng ký? không"


def test_shorthand_inside_a_longer_word_stays() -> None:
    assert Shorthand(ENTRIES)("koala gksx adk") == ("koala gksx adk", [])


def test_punctuation_around_shorthand_stays() -> None:
    assert Shorthand(ENTRIES)("(ko)!?")[0] == "(không)!?"


@pytest.mark.parametrize(
    ("typed", "meant"), [("7h30", "7 giờ 30"), ("đến 17h", "đến 17 giờ"), ("8h00 sáng", "8 giờ 00 sáng")]
)
def test_hours_are_written_out(typed: str, meant: str) -> None:
    assert Shorthand(ENTRIES)(typed)[0] == meant


@given(st.lists(st.sampled_from(["làm", "giấy", "khai", "koala", "con", "mới", "sinh", "12", "kô", "2.000", "?", "-"])))
def test_other_words_are_never_touched(words: list[str]) -> None:
    text = " ".join(words)
    assert Shorthand(ENTRIES)(text) == (text, [])


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    written, changes = Shorthand(ENTRIES)(text)
    assert isinstance(written, str)
    assert all(typed in text for typed, _ in changes if "h" not in typed.casefold())


def test_every_entry_of_the_knowledge_is_written_out(entries: dict[str, str]) -> None:
    shorthand = Shorthand(entries)
    assert {typed: shorthand(typed)[0] for typed in entries} == entries


def test_the_number_of_a_law_is_no_shorthand(entries: dict[str, str]) -> None:
    assert Shorthand(entries)("thông tư 85/2019/TT-BTC")[0] == "thông tư 85/2019/TT-BTC"


def test_every_entry_means_something_else_and_is_short_enough_to_be_found(entries: dict[str, str]) -> None:
    assert [typed for typed, meant in entries.items() if typed.casefold() == meant.casefold()] == []
    assert [typed for typed in entries if len(syllables(typed)) > LONGEST_PHRASE] == []


def test_no_shorthand_is_also_a_syllable_that_people_type_without_marks(
    entries: dict[str, str], listing: Listing
) -> None:
    """'hem' cannot stand for 'không' as long as people ask about a 'hẻm' and type it without marks."""
    alone = {typed.casefold() for typed in entries if len(syllables(typed)) == 1 and len(typed) > 1}
    needed: Counter[str] = Counter()
    for question in (question for procedure in listing for question in (*procedure.questions, *procedure.aliases)):
        said = syllables(question)
        if not is_bare(said):
            needed.update(fold(word) for word in said if has_diacritics(word) and word not in alone)
    assert {typed: needed[typed] for typed in alone if needed[typed]} == {}
