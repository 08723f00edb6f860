from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from bot.knowledge.checks import LONGEST_SENTENCE, faults, procedure_faults, sentences, texts_of, warnings
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

MakeProcedure = Callable[..., Procedure]
MakeListing = Callable[..., Listing]


def test_a_plain_record_has_no_faults(make_procedure: MakeProcedure, make_listing: MakeListing) -> None:
    assert faults(make_listing(make_procedure())) == []


@pytest.mark.parametrize("words", [LONGEST_SENTENCE, LONGEST_SENTENCE + 1])
def test_a_sentence_too_long_to_read_aloud_is_named(make_procedure: MakeProcedure, words: int) -> None:
    sentence = " ".join(["chữ"] * words)
    found = procedure_faults(make_procedure(notes=[f"Câu ngắn. {sentence}."]))
    if words <= LONGEST_SENTENCE:
        assert found == []
    else:
        (fault,) = found
        assert fault.startswith(f"9.000001: notes.0: a sentence of {words} words (at most {LONGEST_SENTENCE})")


@pytest.mark.parametrize(
    "text",
    [
        "Nộp theo quy định của pháp luật.",
        "Cơ quan có thẩm quyền sẽ báo.",
        "Gồm Thành phần hồ sơ sau.",
        "Các giấy nêu trên.",
    ],
)
def test_officialese_is_named(make_procedure: MakeProcedure, text: str) -> None:
    (fault,) = procedure_faults(make_procedure(steps=[text]))
    assert fault.startswith("9.000001: steps.0: officialese: ")


@pytest.mark.parametrize(
    "office",
    [
        "UBND quận",
        "UBND huyện",
        "Ủy ban nhân dân cấp huyện",
        "Uỷ ban nhân dân quận 3",
        "công an quận",
        "Phòng Tư pháp huyện",
    ],
)
def test_an_office_that_no_longer_exists_is_named(make_procedure: MakeProcedure, office: str) -> None:
    (fault,) = procedure_faults(make_procedure(place={"text": f"Nộp ở {office}."}))
    assert fault.startswith("9.000001: place.text: an office that no longer exists")


@pytest.mark.parametrize("office", ["UBND phường", "Ủy ban nhân dân xã", "công an phường", "bệnh viện huyện"])
def test_offices_of_today_are_fine(make_procedure: MakeProcedure, office: str) -> None:
    assert procedure_faults(make_procedure(place={"text": f"Nộp ở {office}."})) == []


def test_what_is_quoted_may_be_long_and_official(make_procedure: MakeProcedure) -> None:
    long = " ".join(["chữ"] * 40) + " theo quy định của UBND huyện"
    quoted = make_procedure(official_name=long, aliases=[long], legal_basis=[{"code": "1/2026", "name": long}])
    assert procedure_faults(quoted) == []


def test_a_summary_has_at_most_two_sentences(make_procedure: MakeProcedure) -> None:
    assert procedure_faults(make_procedure(summary="Một. Hai.")) == []
    assert procedure_faults(make_procedure(summary="Một. Hai. Ba.")) == ["9.000001: summary: more than two sentences"]


@pytest.mark.parametrize("twin", ["làm giấy thử", "Làm Giấy Thử", unicodedata.normalize("NFD", "làm giấy thử")])
def test_an_alias_of_two_records_is_named_with_both(
    make_procedure: MakeProcedure, make_listing: MakeListing, twin: str
) -> None:
    both = make_listing(make_procedure(), make_procedure(code="9.000002", aliases=["khác", twin]))
    assert faults(both) == ["alias 'làm giấy thử' stands in 9.000001 and 9.000002"]


def test_a_record_not_checked_for_half_a_year_is_stale(
    make_procedure: MakeProcedure, make_listing: MakeListing
) -> None:
    one = make_listing(make_procedure())  # checked on 2026-07-05
    assert warnings(one, today=date(2027, 1, 1)) == []
    assert warnings(one, today=date(2027, 1, 2)) == ["9.000001: not checked since 2026-07-05"]


def test_a_record_out_of_force_is_named(make_procedure: MakeProcedure, make_listing: MakeListing) -> None:
    one = make_listing(make_procedure(in_force={"until": "2026-07-10"}))
    assert warnings(one, today=date(2026, 7, 10)) == []
    assert warnings(one, today=date(2026, 7, 11)) == ["9.000001: in force until 2026-07-10 only"]


def test_every_text_that_citizens_read_is_looked_at(make_procedure: MakeProcedure) -> None:
    seen = dict(texts_of(make_procedure(fee_notes=["Ghi chú phí."], notes=["Lưu ý."])))
    for path in (
        "name",
        "summary",
        "who.may_apply.0",
        "channels.0.fees.0.text",
        "channels.0.how",
        "fee_notes.0",
        "notes.0",
    ):
        assert path in seen
    assert not any(path.startswith(("legal_basis", "source", "official_name", "questions")) for path in seen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phí 15.000 đồng. Nộp ngay.", ["Phí 15.000 đồng", "Nộp ngay"]),
        ("Nộp trước năm 2026. Sau đó thôi.", ["Nộp trước năm 2026", "Sau đó thôi"]),
        ("Một; hai: ba! bốn?", ["Một", "hai", "ba", "bốn"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("Theo 123/2015/NĐ-CP, lúc 7:30.", ["Theo 123/2015/NĐ-CP, lúc 7:30"]),
        ("", []),
    ],
)
def test_a_dot_inside_a_number_ends_no_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
