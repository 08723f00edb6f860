from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.ward import Ward, load_ward
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings


def test_the_ward_that_comes_with_the_project_is_marked_as_made_up(ward: Ward) -> None:
    assert ward.fictional
    assert ward.email.endswith(".example"), "no mail may reach anybody"


def test_the_ward_tells_what_every_service_answer_needs(ward: Ward) -> None:
    assert all([ward.hours, ward.counters, ward.hotline, ward.address, ward.police.phone, ward.suggestions])


def test_its_counters_take_every_field_of_the_listing(ward: Ward, settings: Settings) -> None:
    fields = {name for counter in ward.counters for name in counter.fields}
    assert fields >= {"Hộ tịch", "Chứng thực", "Cư trú", "Căn cước", "Hộ kinh doanh"}


def test_an_unknown_ward_is_answered_with_the_wards_there_are(settings: Settings) -> None:
    with pytest.raises(RecordError, match=r"no such ward profile; there are: .*phuong-an-binh-mau"):
        load_ward(settings.knowledge / "wards" / "phuong-khac.yml")


def test_a_slip_in_a_profile_is_named_with_its_line(settings: Settings, tmp_path: Path) -> None:
    text = (settings.knowledge / "wards" / "phuong-an-binh-mau.yml").read_text("utf-8")
    path = tmp_path / "ward.yml"
    path.write_text(text.replace("hotline:", "hotlin:"), encoding="utf-8")
    line = next(number for number, row in enumerate(path.read_text("utf-8").splitlines(), 1) if "hotlin:" in row)
    with pytest.raises(RecordError) as caught:
        load_ward(path)
    assert f"{path}:{line}: hotlin: this key is not part of" in str(caught.value)
    assert "hotline: this part is required and missing" in str(caught.value)
