"""The knowledge in force over the real records: published, loaded without a start, and never half."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.knowledge.candidates import Candidates
from bot.knowledge.live import Live, load_version
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data, as_text, file_name
from bot.knowledge.versions import Change, Edit, Kind, Order, PublishedElsewhere, Versions
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings

CODE = "1.001193"
Publish = Callable[..., int]


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> Settings:
    """This installation, with nothing published."""
    return replace(settings, published=str(tmp_path / "published"))


@pytest.fixture
def publish(town: Settings) -> Publish:
    """Publish edits over what is in force; gives the version's number."""
    versions = Versions(town.published_folder)

    def published(*edits: Edit) -> int:
        at = datetime(2026, 11, 23, tzinfo=timezone.utc)
        return versions.publish(edits, Order(versions.current(), at, "lan", "thử")).number

    return published


@pytest.fixture(scope="module")
def ours(settings: Settings) -> Procedure:
    return load_version(replace(settings, published="/nowhere")).listing[CODE]


def edit(record: Procedure, kind: Kind = Kind.changed, **parts: object) -> Edit:
    data = {**as_data(record), **parts}
    path = f"procedures/{record.field}/{file_name(record.code, str(data['name']))}"
    return Edit(Change(record.code, kind), path, as_text(data))


def test_before_anything_is_published_the_program_s_own_is_in_force(town: Settings) -> None:
    live = Live(town)
    assert (live.now.number, live.refresh()) == (0, False)
    assert len(live.now.listing) > 200


def test_what_is_published_is_in_force_after_the_next_look(town: Settings, publish: Publish, ours: Procedure) -> None:
    live = Live(town)
    before = live.now
    publish(edit(ours, summary="Làm giấy cho bé."))
    assert live.now is before, "nobody looked yet"
    assert live.refresh() and not live.refresh()
    assert (live.now.number, live.now.listing[CODE].summary) == (1, "Làm giấy cho bé.")
    assert before.listing[CODE].summary == ours.summary, "who holds the version before goes on with it"


def test_a_record_taken_out_is_in_no_list_and_no_neighbour(town: Settings, publish: Publish) -> None:
    version = load_version(town)
    neighbour = next(
        procedure.related[0].code for procedure in version.listing if procedure.related and procedure.code != CODE
    )
    publish(Edit(Change(neighbour, Kind.removed)))
    after = load_version(town)
    assert neighbour in version.listing and neighbour not in after.listing
    for procedure in after.listing:
        assert neighbour not in {other.code for other in (*procedure.related, *procedure.confusable)}
    assert all(neighbour not in one.codes for one in after.clarifications.by_id.values())


def test_any_record_can_be_taken_out(town: Settings, settings: Settings) -> None:
    """Of each field one: what names a record that is gone must not break what is left."""
    listing = load_version(town).listing
    one_each = {procedure.field: procedure.code for procedure in listing}
    candidates = Candidates(town)
    local = {one.code for one in load_version(town).ward.local}
    gone = [code for code in one_each.values() if code not in local]
    folder = candidates.folder([Edit(Change(code, Kind.removed)) for code in gone], 0)
    assert set(candidates.check(folder).listing.procedures) == set(listing.procedures) - set(gone)


def test_a_new_record_comes_last(town: Settings, publish: Publish, ours: Procedure) -> None:
    new = ours.copy(update={"code": "9.999999", "name": "Rước kiệu hội làng", "aliases": ["rước kiệu"]})
    publish(edit(new, Kind.new))
    assert next(reversed(load_version(town).listing.procedures)) == "9.999999"


def test_the_ward_s_profile_is_published_like_a_record(town: Settings, publish: Publish) -> None:
    text = (town.knowledge / "wards" / f"{town.ward}.yml").read_text(encoding="utf-8")
    hotline = load_version(town).ward.hotline
    publish(Edit(Change(town.ward, Kind.ward), f"wards/{town.ward}.yml", text.replace(hotline, "0999 888 777")))
    assert load_version(town).ward.hotline == "0999 888 777"


def test_a_version_that_is_broken_is_said_once_and_leaves_the_one_before(
    town: Settings, publish: Publish, ours: Procedure
) -> None:
    live = Live(town)
    publish(edit(ours, channels=[]))
    with pytest.raises(RecordError, match=CODE):
        live.refresh()
    assert not live.refresh() and live.now.number == 0
    publish(edit(ours, summary="Làm giấy cho bé."))
    assert live.refresh() and live.now.number == 2


# Candidates


def test_a_candidate_is_loaded_without_being_in_force(town: Settings, ours: Procedure) -> None:
    candidates = Candidates(town)
    folder = candidates.folder([edit(ours, summary="Làm giấy cho bé.")], 0)
    assert candidates.check(folder).listing[CODE].summary == "Làm giấy cho bé."
    assert load_version(town).listing[CODE].summary == ours.summary


def test_a_candidate_stands_over_its_parent(town: Settings, publish: Publish, ours: Procedure) -> None:
    parent = publish(edit(ours, summary="Làm giấy cho bé."))
    candidates = Candidates(town)
    other = load_version(town).listing["1.000894"]
    folder = candidates.folder([edit(other, summary="Hai người thành vợ chồng.")], parent)
    listing = candidates.check(folder).listing
    assert (listing[CODE].summary, listing["1.000894"].summary) == ("Làm giấy cho bé.", "Hai người thành vợ chồng.")
    assert not (folder / "version.json").exists()


def test_the_same_edits_lie_in_the_same_folder_and_others_elsewhere(town: Settings, ours: Procedure) -> None:
    candidates = Candidates(town)
    one, two = edit(ours, summary="Một."), edit(ours, summary="Hai.")
    assert candidates.folder([one], 0) == candidates.folder([one], 0) != candidates.folder([two], 0)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"channels": []}, CODE),
        ({"summary": "Hồ sơ theo quy định của pháp luật."}, "officialese"),
        ({"no_such_part": 1}, "not part of a record"),
    ],
)
def test_the_faults_of_a_candidate_are_said(town: Settings, ours: Procedure, parts: dict, said: str) -> None:
    candidates = Candidates(town)
    with pytest.raises(RecordError, match=said):
        candidates.check(candidates.folder([edit(ours, **parts)], 0))


def test_a_candidate_nobody_asked_for_in_a_day_is_swept(town: Settings, ours: Procedure) -> None:

    candidates = Candidates(town)
    old = candidates.folder([edit(ours, summary="Một.")], 0)
    os.utime(old, (time.time() - 90_000,) * 2)
    new = candidates.folder([edit(ours, summary="Hai.")], 0)
    assert new.exists() and not old.exists()


def test_who_publishes_after_another_is_told(town: Settings, publish: Publish, ours: Procedure) -> None:
    publish(edit(ours, summary="Một."))
    with pytest.raises(PublishedElsewhere):
        Versions(town.published_folder).publish(
            [edit(ours, summary="Hai.")], Order(0, datetime.now(timezone.utc), "hoa", "")
        )
    assert load_version(town).listing[CODE].summary == "Một."
