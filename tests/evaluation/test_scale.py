"""The country's procedures beside ours: read as drafts, then indexed and searched in processes of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluation import scale
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.settings import Settings
from tests.published import LINE

pytestmark = pytest.mark.slow

OUTSIDE = "nlu:\n- intent: out_of_scope\n  examples: |\n    - mai trời mưa không\n    - giá vàng hôm nay\n"
LEFT_OPEN = """- id: thu
  asks: Bạn muốn thử việc nào?
  options:
  - {code: "9.000001", when: Thử có giấy}
  - {code: "9.000007", when: Thử một việc}
  questions: [thử gì cũng được]
"""


@pytest.fixture
def ours(make_procedure: Callable[..., Procedure], make_listing: Callable[..., Listing]) -> Listing:
    return make_listing(make_procedure())


@pytest.fixture
def everything(ours: Listing, tmp_path: Path) -> Listing:
    export = tmp_path / "export.jsonl"
    export.write_text(
        json.dumps({**LINE, "code": "9.000007", "name": "Thử một việc"}, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return scale._imported(export, ours, tmp_path / "drafts", Console(quiet=True))


def test_what_is_not_ours_comes_as_a_draft_beside_it(ours: Listing, everything: Listing) -> None:
    assert set(everything.procedures) == {*ours.procedures, "9.000007"}
    assert everything["9.000007"].name == "Thử một việc"


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> Settings:
    """An installation with nothing outside its listing but the weather, and one situation that leaves it open."""
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "asked.yml").write_text(OUTSIDE, encoding="utf-8")
    (tmp_path / "knowledge").mkdir()
    shutil.copy(settings.knowledge / "words.yml", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "signposts.yml").write_text("[]", encoding="utf-8")
    (tmp_path / "knowledge" / "clarifications").mkdir()
    (tmp_path / "knowledge" / "clarifications" / "thu.yml").write_text(LEFT_OPEN, encoding="utf-8")
    (tmp_path / "knowledge" / "wards").mkdir()
    profile = f"wards/{settings.ward}.yml"
    shutil.copy(settings.knowledge / profile, tmp_path / "knowledge" / profile)
    town = replace(settings, nlu=tmp_path / "nlu", knowledge=tmp_path / "knowledge", var=tmp_path / "var")
    town.encoder_folder.parent.mkdir(parents=True)
    town.encoder_folder.symlink_to(settings.encoder_folder.resolve())
    return town


def test_an_index_of_its_own_is_built_and_searched(everything: Listing, town: Settings, tmp_path: Path) -> None:
    row = scale._measure(everything, town, tmp_path / "scratch", ["đăng ký thử", "thử một việc"])
    assert row.procedures == 2 and row.passages > 10
    assert row.build_s > 0 and row.memory_mb > 0 and row.search_ms > 0
    assert not (town.var / "vectors.npz").exists(), "vectors of the country must not push out ours"
