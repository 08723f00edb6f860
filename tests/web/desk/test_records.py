"""Where an editor begins, and where what they wrote belongs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.knowledge.versions import Edit, Kind, Order, Versions
from bot.settings import Settings
from bot.store.drafts import DRAFT, WARD, Draft
from bot.web.context import load_context
from bot.web.desk.publishing.plans import Planner
from bot.web.desk.records import Records

CODE, OTHER, NEW = "1.001193", "1.000894", "9.999999"
NOW = datetime(2026, 11, 23, tzinfo=timezone.utc)
TEXT = "code: '9.999999'\nfield: ho_tich\nname: Rước kiệu hội làng\n"


@pytest.fixture
def records(gateway_settings: Settings, engine: Engine) -> Records:
    return Records(load_context(gateway_settings))


@pytest.fixture
def versions(gateway_settings: Settings) -> Versions:
    return Versions(gateway_settings.published_folder)


def draft(subject: str, text: str) -> Draft:
    return Draft(subject, text, 0, 1, DRAFT, "lan", NOW, "")


def publish(versions: Versions, edit: Edit) -> None:
    versions.publish([edit], Order(versions.current(), NOW, "lan", "thử"))


def test_before_anything_is_published_the_program_s_own_file_is_begun_from(
    records: Records, gateway_settings: Settings
) -> None:
    assert f"code: {CODE}" in records.text_of(CODE).replace('"', "").replace("'", "")
    profile = gateway_settings.knowledge / "wards" / f"{gateway_settings.ward}.yml"
    assert records.text_of(WARD) == profile.read_text(encoding="utf-8")
    assert records.text_of(NEW) == "" and records.is_own(CODE) and not records.is_own(NEW)


def test_what_was_published_is_begun_from_and_the_version_before_can_be_read(
    records: Records, versions: Versions
) -> None:
    ours = records.text_of(CODE)
    publish(versions, records.edit_of(draft(CODE, f"# một\n{ours}")))
    assert records.text_of(CODE) == f"# một\n{ours}"
    assert records.text_of(CODE, 0) == ours


def test_what_a_draft_does_depends_on_what_is_in_force(records: Records, versions: Versions) -> None:
    for subject, text, kind in [
        (CODE, records.text_of(CODE), Kind.changed),
        (OTHER, "", Kind.removed),
        (NEW, TEXT, Kind.new),
        (WARD, records.text_of(WARD), Kind.ward),
    ]:
        edit = records.edit_of(draft(subject, text))
        assert (edit.change.kind, edit.text) == (kind, text)
        publish(versions, edit)
    assert records.text_of(OTHER) == "" and records.text_of(NEW) == TEXT
    assert records.edit_of(draft(OTHER, TEXT)).change.kind is Kind.new
    assert records.edit_of(draft(NEW, TEXT)).change.kind is Kind.changed


def test_a_record_lies_in_the_folder_of_its_field_and_is_named_by_code_and_name(records: Records) -> None:
    assert records.path_of(NEW, TEXT) == "procedures/ho_tich/9.999999-ruoc-kieu-hoi-lang.yml"


@pytest.mark.parametrize("field", ["../../..", "/etc", "a/b", "..", "."])
def test_no_text_leads_out_of_the_folder(records: Records, field: str) -> None:
    path = records.path_of(NEW, TEXT.replace("ho_tich", f'"{field}"'))
    assert path.startswith("procedures/") and path.count("/") == 2 and ".." not in path


@pytest.mark.parametrize("code", ["../x", "a/b", "", "9 9", "ký"])
def test_no_code_leads_out_of_the_folder(records: Records, code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        records.path_of(code, TEXT)


@pytest.mark.parametrize("text", ["", "[", "một câu", "field: ho_tich", "name: x", "- a"])
def test_a_text_without_name_or_field_has_no_place(records: Records, text: str) -> None:
    with pytest.raises(ValueError, match=NEW):
        records.path_of(NEW, text)


def test_another_ward_has_a_profile_of_its_own(gateway_settings: Settings, engine: Engine) -> None:
    wards = sorted(path.stem for path in (gateway_settings.knowledge / "wards").glob("*.yml"))
    for ward in wards:
        edit = Records(load_context(replace(gateway_settings, ward=ward))).edit_of(draft(WARD, "x"))
        assert (edit.change.code, edit.path) == (ward, f"wards/{ward}.yml")


@pytest.fixture
def upgraded(gateway_settings: Settings, engine: Engine, tmp_path: Path) -> Settings:
    """An installation whose own records may be changed, as an upgrade changes them."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(gateway_settings.knowledge, knowledge)
    return replace(gateway_settings, knowledge=knowledge)


def own_file(settings: Settings) -> Path:
    return next((settings.knowledge / "procedures").rglob(f"{CODE}-*.yml"))


def test_an_upgrade_under_a_record_of_the_ward_is_noticed_until_it_is_published_again(
    upgraded: Settings, versions: Versions
) -> None:
    context, own = load_context(upgraded), own_file(upgraded)
    records, first = Records(context), own.read_text(encoding="utf-8")
    publish(versions, records.edit_of(draft(CODE, f"# của phường\n{first}")))
    publish(versions, records.edit_of(draft(NEW, TEXT)))
    assert records.changed_upstream() == {}
    own.write_text(f"# viết lại, nội dung như cũ\n{first}", encoding="utf-8")
    assert records.changed_upstream() == {}, "what it says is the same"
    own.write_text(f"{first}aliases_: []\n", encoding="utf-8")
    assert records.changed_upstream() == records.changed_upstream(CODE) == {CODE: first}
    assert records.changed_upstream(OTHER) == {}
    publish(versions, records.edit_of(draft(CODE, f"# đã xem lại\n{first}")))
    assert records.changed_upstream() == {}
    own.unlink()
    assert list(Records(context).changed_upstream()) == [CODE], "the upgrade knows it no longer"


def test_an_upgrade_that_brings_what_the_ward_had_added_is_noticed(upgraded: Settings, versions: Versions) -> None:
    context = load_context(upgraded)
    publish(versions, Records(context).edit_of(draft(NEW, TEXT)))
    brought = own_file(upgraded).read_text(encoding="utf-8").replace(CODE, NEW)
    own_file(upgraded).with_name(f"{NEW}-ruoc-kieu.yml").write_text(brought, encoding="utf-8")
    assert Records(context).changed_upstream() == {NEW: ""}


def test_what_the_program_s_own_record_said_is_kept_with_the_ward_s_and_goes_back_with_it(
    upgraded: Settings, versions: Versions
) -> None:
    context = load_context(upgraded)
    records, own = Records(context), own_file(upgraded)
    first = own.read_text(encoding="utf-8")
    publish(versions, records.edit_of(draft(CODE, f"# một\n{first}")))
    own.write_text(f"{first}aliases_: []\n", encoding="utf-8")
    publish(versions, records.edit_of(draft(CODE, f"# hai\n{first}")))
    assert records.changed_upstream() == {}
    publish(versions, *Planner(context, records).of_record(CODE, 1).edits)
    assert records.changed_upstream() == {CODE: first}, "written before the upgrade"
    publish(versions, *Planner(context, records).of_record(CODE, 0).edits)
    assert (records.changed_upstream(), versions.overlay().originals) == ({}, {})
