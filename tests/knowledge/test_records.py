"""Promises about the records themselves."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.checks import faults
from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.text.folding import fold

# A record more or less is decided in the plan, and written down here.
_PLAN = (Path(__file__).with_name("expected_codes.txt")).read_text("utf-8")
EVERYDAY, OTHERS = (re.findall(r"\d\.\d{6}", part) for part in _PLAN.split("[others]"))


def test_exactly_the_expected_procedures_have_a_record(listing: Listing) -> None:
    assert (len(EVERYDAY), len(OTHERS)) == (123, 166)
    assert set(listing.procedures) == {*EVERYDAY, *OTHERS}


def test_every_field_has_a_record_and_every_folder_is_a_field(listing: Listing, settings: Settings) -> None:
    assert {procedure.field for procedure in listing} == set(listing.fields)
    for path in (settings.knowledge / "procedures").rglob("*.yml"):
        assert listing[path.name[:8]].field == path.parent.name.replace("-", "_"), path.name


def test_no_record_has_a_fault(listing: Listing) -> None:
    assert faults(listing) == []


@pytest.mark.parametrize(("codes", "least"), [(EVERYDAY, 24), (OTHERS, 16)], ids=["everyday", "others"])
def test_every_record_has_enough_different_questions(listing: Listing, codes: list[str], least: int) -> None:
    counts = {code: len(set(map(fold, listing[code].questions))) for code in codes}
    assert {code: count for code, count in counts.items() if count < least} == {}


def test_every_record_is_told_from_its_likeliest_twin(listing: Listing) -> None:
    assert [procedure.code for procedure in listing if not procedure.confusable] == []


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
