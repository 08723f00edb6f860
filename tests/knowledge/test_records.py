"""Promises about the records themselves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.checks import faults
from bot.knowledge.listing import Listing
from bot.text.folding import fold

# The ward's first five fields, as the plan lists them; a record more or less is decided here, too.
EXPECTED = {
    "ho_tich": """
        1.000656 1.000689 1.000894 1.001022 1.001193 1.004746 1.004772 1.004837 1.004845 1.004859
        1.004873 1.004884 1.005461 2.000528 2.000554 2.000635 2.000806 2.000986 2.001023 2.002516""",
    "chung_thuc": """
        2.000815 2.000884 2.000908 2.000913 2.000927 2.000942 2.000992 2.001008 2.001016 2.001019
        2.001035 2.001406""",
    "cu_tru": """
        1.002755 1.003197 1.003677 1.004194 1.004222 1.010028 1.010038 1.010039 1.010040 1.010041
        1.013313 1.013314 2.001159""",
    "can_cuoc": """
        1.010101 1.012564 1.012566 1.014056 1.014060 1.014061 1.014062 1.014063 1.014064""",
    "ho_kinh_doanh": """
        1.001266 1.001570 1.001612 1.014034 1.014035 2.000575 2.000720""",
}


def test_exactly_the_61_expected_procedures_have_a_record(listing: Listing) -> None:
    expected = {code: field for field, codes in EXPECTED.items() for code in codes.split()}
    assert len(expected) == 61
    assert {procedure.code: procedure.field for procedure in listing} == expected


def test_no_record_has_a_fault(listing: Listing) -> None:
    assert faults(listing) == []


def test_every_record_has_at_least_twelve_different_questions(listing: Listing) -> None:
    few = {p.code: len(set(map(fold, p.questions))) for p in listing if len(set(map(fold, p.questions))) < 12}
    assert few == {}


def test_no_question_stands_in_two_records(listing: Listing) -> None:
    owners: dict[str, str] = {}
    twins = []
    for procedure in listing:
        for question in map(fold, procedure.questions):
            if owners.setdefault(question, procedure.code) != procedure.code:
                twins.append((question, owners[question], procedure.code))
    assert twins == []


def test_every_record_names_its_source_and_when_it_was_looked_at(listing: Listing) -> None:
    for procedure in listing:
        source = procedure.source
        assert source.url.startswith("https://dichvucong.gov.vn/"), procedure.code
        assert "QĐ" in source.decision and any(map(str.isdigit, source.decision)), procedure.code
        assert source.published_on is not None, procedure.code
        assert date(2025, 7, 1) <= source.published_on <= source.checked_on, procedure.code


def test_no_two_records_share_a_source(listing: Listing) -> None:
    assert len({procedure.source.url for procedure in listing}) == len(listing)


def test_no_two_records_share_a_name(listing: Listing) -> None:
    assert len({fold(procedure.name) for procedure in listing}) == len(listing)


def test_every_document_and_fee_depends_on_cases_of_its_own_record(listing: Listing) -> None:
    for procedure in listing:
        fees = [fee for filing in procedure.channels for fee in filing.fees]
        used = {ref for part in (*procedure.documents, *fees) for ref in part.when}
        assert used <= procedure.case_refs(), procedure.code
        assert all(procedure.label_of(ref) for ref in used)


def test_cases_and_choices_are_told_apart_by_their_ids(listing: Listing) -> None:
    for procedure in listing:
        ids = [f"{case.id}.{choice.id}" for case in procedure.cases for choice in case.choices]
        assert len(ids) == len(set(ids)), procedure.code


def test_every_channel_is_described_once(listing: Listing) -> None:
    for procedure in listing:
        channels = [filing.channel for filing in procedure.channels]
        assert len(channels) == len(set(channels)), procedure.code


def test_no_record_is_its_own_neighbour(listing: Listing) -> None:
    for procedure in listing:
        assert procedure.code not in {n.code for n in (*procedure.related, *procedure.confusable)}, procedure.code


@pytest.mark.parametrize("code", ["1.001193", "1.014064", "2.000815"])
def test_the_most_asked_for_are_handled_by_the_commune(listing: Listing, code: str) -> None:
    assert "xa" in [level.value for level in listing[code].levels]
