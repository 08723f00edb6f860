"""Versions of what editors published: whole or not there, one after the other, and every one can be gone back to."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.knowledge.versions import Change, Edit, Kind, Order, PublishedElsewhere, Versions
from bot.settings import ROOT

AT = datetime(2026, 11, 23, 1, 30, tzinfo=timezone.utc)
CODE, OTHER, WARD = "1.001193", "2.000635", "phuong-mau"


def edit(text: str, code: str = CODE, kind: Kind = Kind.changed) -> Edit:
    return Edit(Change(code, kind), f"procedures/ho_tich/{code}-thu.yml", text)


def removal(code: str = CODE, kind: Kind = Kind.removed) -> Edit:
    return Edit(Change(code, kind))


def order(parent: int, why: str = "Nghị định mới") -> Order:
    return Order(parent, AT, "Lan", why, {"passed": 3})


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "published")


def texts(versions: Versions, number: int | None = None) -> dict[str, str]:
    return {code: path.read_text() for code, path in versions.overlay(number).records.items()}


def test_before_anything_is_published_the_program_s_own_counts(versions: Versions) -> None:
    assert (versions.current(), versions.all(), texts(versions)) == (0, [], {})


def test_what_is_published_counts_and_says_who_when_and_why(versions: Versions) -> None:
    published = versions.publish([edit("a"), edit("b", OTHER, Kind.new)], order(0))
    assert (versions.current(), texts(versions)) == (1, {CODE: "a", OTHER: "b"})
    assert versions.all() == [published] == [versions.version(1)]
    assert (published.by, published.at, published.why, published.golden) == ("Lan", AT, "Nghị định mới", {"passed": 3})
    assert published.changes == (Change(CODE, Kind.changed), Change(OTHER, Kind.new))


def test_a_version_holds_what_the_one_before_held(versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    versions.publish([edit("b", OTHER)], order(1))
    assert texts(versions) == {CODE: "a", OTHER: "b"}
    assert texts(versions, 1) == {CODE: "a"}


def test_a_record_that_moves_to_another_file_leaves_none_behind(versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    versions.publish([Edit(Change(CODE, Kind.changed), f"procedures/dat_dai/{CODE}-khac.yml", "b")], order(1))
    assert texts(versions) == {CODE: "b"}
    assert len(list(versions.folder(2).rglob("*.yml"))) == 1


def test_removed_restored_and_published_again(versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    versions.publish([removal()], order(1))
    assert (texts(versions), versions.overlay().removed) == ({}, {CODE})
    versions.publish([removal(kind=Kind.restored)], order(2))
    assert (texts(versions), versions.overlay().removed) == ({}, set())
    versions.publish([removal()], order(3))
    versions.publish([edit("b")], order(4))
    assert (texts(versions), versions.overlay().removed) == ({CODE: "b"}, set())


def test_the_ward_s_profile_is_a_file_like_a_record(versions: Versions) -> None:
    versions.publish([Edit(Change(WARD, Kind.ward), f"wards/{WARD}.yml", "name: x")], order(0))
    assert versions.overlay().wards[WARD].read_text() == "name: x"
    versions.publish([Edit(Change(WARD, Kind.ward))], order(1))
    assert versions.overlay().wards == {}


def test_going_back_is_a_version_like_any_other(versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    versions.publish([edit("b"), edit("c", OTHER, Kind.new)], order(1))
    back = versions.roll_back(1, order(2, "nhầm"))
    assert (texts(versions), back.number, back.why) == ({CODE: "a"}, 3, "nhầm")
    assert back.changes == (Change(CODE, Kind.changed), Change(OTHER, Kind.restored))
    assert [version.number for version in versions.all()] == [3, 2, 1]
    versions.roll_back(0, order(3))
    assert texts(versions) == {}


def test_two_who_publish_at_once_are_not_mixed(versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    with pytest.raises(PublishedElsewhere):
        versions.publish([edit("b")], order(0))
    with pytest.raises(PublishedElsewhere):
        versions.roll_back(0, order(0))
    assert texts(versions) == {CODE: "a"}


# Cut off

STEPS = ("shutil.copytree", "pathlib.Path.write_text", "pathlib.Path.rename", "os.replace", "os.fsync")


def cut_off(folder: Path, call: str, step: int) -> int:
    """Publish in another process that ends at once before, or after, the `step`-th call; its exit code."""
    program = f"""
        import os, pathlib, shutil, sys
        from datetime import datetime, timezone
        from bot.knowledge.versions import *
        left = {step}
        def ending(call):
            def instead(*arguments, **options):
                global left
                left -= 1
                if left == 0:
                    os._exit(9)
                result = call(*arguments, **options)
                left -= 1
                if left == 0:
                    os._exit(9)
                return result
            return instead
        {call} = ending({call})
        change = Change({CODE!r}, Kind.changed)
        order = Order(1, datetime.now(timezone.utc), "Lan", "vì sao")
        Versions(pathlib.Path({str(folder)!r})).publish([Edit(change, "procedures/x/{CODE}-thu.yml", "new")], order)
    """
    return subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("call", STEPS)
def test_cut_off_at_any_step_the_old_or_the_new_version_is_in_force(tmp_path: Path, call: str) -> None:
    steps = 0
    while True:
        folder = tmp_path / f"{call}-{steps}"
        versions = Versions(folder)
        versions.publish([edit("old")], order(0))
        steps += 1
        ended = cut_off(folder, call, steps)
        assert (versions.current(), texts(versions)) in [(1, {CODE: "old"}), (2, {CODE: "new"})]
        assert versions.version(versions.current()).number == versions.current()
        # What was left lying about is in nobody's way.
        again = versions.publish([edit("newest")], order(versions.current()))
        assert texts(versions) == {CODE: "newest"} and again.number == versions.current()
        assert {path.name for path in (folder / "versions").iterdir()} <= {"00001", "00002", "00003"}
        if ended == 0:
            break
        assert ended == 9
    assert steps > 2, "nothing was cut off"


def test_publishing_sweeps_what_was_cut_off_and_nothing_else(tmp_path: Path, versions: Versions) -> None:
    versions.publish([edit("a")], order(0))
    folder = tmp_path / "published" / "versions"
    kept, swept = ("README", "00007", "old copy"), ("00002", "00002.partial", "00009.partial")
    for name in (*kept, *swept):
        (folder / name).mkdir()
        (folder / name / "x").touch()
    versions.publish([edit("b")], order(1))
    assert {path.name for path in folder.iterdir()} == {*kept, "00001", "00002"}
    assert texts(versions) == {CODE: "b"}


def test_where_the_line_in_current_is_lost_nothing_is_written_over(versions: Versions, tmp_path: Path) -> None:
    versions.publish([edit("a")], order(0))
    versions.publish([edit("b")], order(1))
    (tmp_path / "published" / "current").unlink()
    for use in (versions.current, versions.overlay, lambda: versions.publish([edit("c")], order(0))):
        with pytest.raises(ValueError, match="number of the version in force"):
            use()
    (tmp_path / "published" / "current").write_text("2\n")
    assert texts(versions) == {CODE: "b"}
