"""What serving needs is made when it is missing or out of date, and only then."""

from __future__ import annotations

import fcntl
import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from bot import prepare as preparing
from bot.knowledge.imports import FOLDER as DRAFTS
from bot.prepare import PrepareError, Report, Step, prepare
from bot.settings import ROOT, Settings

Steps = Callable[..., None]


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=300)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class Kitchen:
    """Two steps over a folder of its own, in place of those that take minutes; counts what it makes."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(var=folder / "var")
        self.source, self.result = folder / "source", folder / "result"
        (self.source / "inner").mkdir(parents=True)
        (self.source / "a.yml").write_text("a: 1\n")
        (self.source / "inner" / "b.yml").write_text("b: 1\n")
        self.made: list[str] = []
        self.fails = False
        monkeypatch.setattr(preparing, "steps", lambda settings, console: self.steps())

    def steps(self) -> list[Step]:
        return [
            Step("First", self.cook("First"), (self.source / "a.yml", "a value"), self.result),
            Step("Second", self.cook("Second"), (self.source,)),
        ]

    def cook(self, name: str) -> Callable[[Report], None]:
        def make(report: Report) -> None:
            report(0.5)
            if self.fails:
                raise PrepareError("no gas")
            self.made.append(name)
            if name == "First":
                self.result.write_text("done")

        return make

    def prepared(self, console: Console) -> list[str]:
        """What was made this time."""
        self.made = []
        prepare(self.settings, console=console)
        return self.made


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    return Kitchen(tmp_path, monkeypatch)


def test_all_is_made_once_in_order_and_then_no_more(kitchen: Kitchen, console: Console) -> None:
    assert kitchen.prepared(console) == ["First", "Second"]
    assert kitchen.prepared(console) == []
    assert said(console).count("unchanged") == 2


def test_what_changes_is_made_again_and_only_that(kitchen: Kitchen, console: Console) -> None:
    kitchen.prepared(console)
    (kitchen.source / "inner" / "b.yml").write_text("b: 2\n")
    assert kitchen.prepared(console) == ["Second"]
    (kitchen.source / "a.yml").write_text("a: 2\n")
    assert kitchen.prepared(console) == ["First", "Second"]


def test_a_file_more_or_less_or_renamed_is_a_change(kitchen: Kitchen, console: Console) -> None:
    kitchen.prepared(console)
    (kitchen.source / "c.yml").write_text("")
    assert kitchen.prepared(console) == ["Second"]
    (kitchen.source / "c.yml").rename(kitchen.source / "d.yml")
    assert kitchen.prepared(console) == ["Second"]
    (kitchen.source / "d.yml").unlink()
    assert kitchen.prepared(console) == ["Second"]


def test_content_that_moves_from_file_to_file_is_a_change(kitchen: Kitchen, console: Console) -> None:
    (kitchen.source / "c.yml").write_text("xy")
    (kitchen.source / "d.yml").write_text("z")
    kitchen.prepared(console)
    (kitchen.source / "c.yml").write_text("x")
    (kitchen.source / "d.yml").write_text("yz")
    assert kitchen.prepared(console) == ["Second"]


def test_a_new_date_or_what_python_leaves_behind_is_no_change(kitchen: Kitchen, console: Console) -> None:
    kitchen.prepared(console)
    os.utime(kitchen.source / "a.yml", (1, 1))
    (kitchen.source / "inner" / "module.pyc").write_bytes(b"\x00")
    (kitchen.source / ".a.yml.swp").write_bytes(b"\x00")
    assert kitchen.prepared(console) == []


def test_a_result_that_is_gone_is_made_again(kitchen: Kitchen, console: Console) -> None:
    kitchen.prepared(console)
    kitchen.result.unlink()
    assert kitchen.prepared(console) == ["First"]


def test_what_failed_is_tried_again_next_time(kitchen: Kitchen, console: Console) -> None:
    kitchen.prepared(console)
    (kitchen.source / "a.yml").write_text("a: 2\n")
    kitchen.fails = True
    with pytest.raises(PrepareError, match="no gas"):
        kitchen.prepared(console)
    kitchen.fails = False
    assert kitchen.prepared(console) == ["First", "Second"]


@pytest.mark.parametrize("state", ["", "{", "[]", "null", '"x"', "\x00"])
def test_a_broken_note_of_what_was_done_only_costs_time(kitchen: Kitchen, console: Console, state: str) -> None:
    kitchen.prepared(console)
    (kitchen.settings.var / "state.json").write_text(state)
    assert kitchen.prepared(console) == ["First", "Second"]
    assert set(json.loads((kitchen.settings.var / "state.json").read_text())) == {"First", "Second"}


def test_two_at_once_wait_for_each_other(kitchen: Kitchen, console: Console) -> None:
    kitchen.settings.var.mkdir()
    with (kitchen.settings.var / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        other = Thread(target=prepare, args=(kitchen.settings,), kwargs={"console": console}, daemon=True)
        other.start()
        other.join(0.5)
        assert other.is_alive() and kitchen.made == []
    other.join(10)
    assert kitchen.made == ["First", "Second"]
    assert "Waiting for another 'prepare'" in said(console)


# The real steps


def with_knowledge_of_its_own(folder: Path) -> Settings:
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    # An encoder of one's own needs no weights of ours: the knowledge is checked first.
    return Settings(
        knowledge=folder / "knowledge", var=folder / "var", encoder=str(folder / "none"), ward="phuong-an-binh-mau"
    )


def test_a_broken_record_stops_with_its_file_and_line(tmp_path: Path, console: Console) -> None:
    settings = with_knowledge_of_its_own(tmp_path)
    record = settings.knowledge / "procedures" / "ho-tich" / "1.001193-dang-ky-khai-sinh.yml"
    lines = record.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("summary:"))
    record.write_text("\n".join([*lines[:number], "sumary: x", *lines[number:]]), encoding="utf-8")
    with pytest.raises(PrepareError, match="listed above"):
        prepare(settings, console=console)
    assert f"{record}:{number + 1}: sumary: " in said(console)
    assert not settings.index.exists()


@pytest.mark.parametrize("broken", ["a: [", "- 1", "", "\t: x"])
def test_whatever_is_wrong_with_a_record_it_is_said_where(tmp_path: Path, console: Console, broken: str) -> None:
    settings = with_knowledge_of_its_own(tmp_path)
    record = settings.knowledge / "procedures" / "ho-tich" / "9.999999-moi.yml"
    record.write_text(broken, encoding="utf-8")
    with pytest.raises(PrepareError):
        prepare(settings, console=console)
    assert f"{record}:1: " in said(console)


def test_every_fault_of_every_record_is_listed_at_once(tmp_path: Path, console: Console) -> None:
    settings = with_knowledge_of_its_own(tmp_path)
    for name in ("9.999998-mot", "9.999999-hai"):
        (settings.knowledge / "procedures" / f"{name}.yml").write_text("- 1", encoding="utf-8")
    with pytest.raises(PrepareError, match=r"2 fault\(s\)"):
        prepare(settings, console=console)


def test_a_broken_or_missing_ward_stops_too(tmp_path: Path, console: Console) -> None:
    settings = with_knowledge_of_its_own(tmp_path)
    ward = settings.knowledge / "wards" / f"{settings.ward}.yml"
    ward.write_text(ward.read_text(encoding="utf-8").replace("hotline:", "hotlime:"), encoding="utf-8")
    with pytest.raises(PrepareError):
        prepare(settings, console=console)
    assert f"{ward}:" in said(console) and "hotlime" in said(console)


def test_a_ward_without_a_profile_is_said_in_words(tmp_path: Path, console: Console) -> None:
    settings = replace(with_knowledge_of_its_own(tmp_path), ward="phuong-khong-co")
    with pytest.raises(PrepareError):
        prepare(settings, console=console)
    assert "phuong-khong-co.yml" in said(console) and "phuong-an-binh-mau" in said(console), (
        "those there are, are named"
    )


def test_the_training_data_are_those_in_data_and_no_test_is_among_them(console: Console) -> None:
    steps = {step.name: step for step in preparing.steps(Settings(), console)}
    made_from = [source for source in steps["Rasa model"].made_from if isinstance(source, Path)]
    assert ROOT / "data" in made_from and ROOT / "config.yml" in made_from and ROOT / "domain.yml" in made_from
    assert not any((ROOT / "tests").is_relative_to(source) for source in made_from)
    assert not [path for path in (ROOT / "data").rglob("*") if "test" in path.name.lower()]


def test_what_the_index_is_made_from_makes_it_again(console: Console) -> None:
    steps = {step.name: step for step in preparing.steps(Settings(), console)}
    made_from = steps["Search index"].made_from
    assert {ROOT / "data" / "nlu", ROOT / "bot" / "text", ROOT / "bot" / "encoder", Settings().ward} <= set(made_from)
    search = ROOT / "bot" / "search"
    assert set(search.glob("*.py")) <= set(made_from)
    assert search / "calibration.json" not in made_from, "what is decided on a ranking does not change the index"
    parts = set((ROOT / "knowledge").iterdir())
    assert {path.name for path in parts} >= {"procedures", "wards", "briefs.csv", "signposts.yml", "words.yml"}
    assert {path for path in parts if path.name != DRAFTS} <= set(made_from)


def test_drafts_make_nothing_again(console: Console, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    (tmp_path / "knowledge" / DRAFTS).mkdir()
    settings = Settings(knowledge=tmp_path / "knowledge")
    before = [step.fingerprint() for step in preparing.steps(settings, console)]
    (tmp_path / "knowledge" / DRAFTS / "9.000001-x.yml").write_text("code: x", encoding="utf-8")
    assert [step.fingerprint() for step in preparing.steps(settings, console)] == before


def test_an_encoder_of_ones_own_needs_no_weights_of_ours(console: Console) -> None:
    named = [step.name for step in preparing.steps(Settings(encoder="some/encoder"), console)]
    assert "Encoder weights" not in named
    assert "Encoder weights" in [step.name for step in preparing.steps(Settings(encoder=""), console)]
