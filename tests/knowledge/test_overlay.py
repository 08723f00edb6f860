"""What a ward published over the program's own records."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.overlay import NOTHING, Overlay, code_of, read_overlay

OURS = [Path("a/1.000001-mot.yml"), Path("a/1.000002-hai.yml")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "procedures/ho_tich/1.000002-hai.yml": "hai",
        "procedures/ho_tich/9.000009-moi.yml": "mới",
        "wards/phuong-mau.yml": "phường",
        "removed.txt": "1.000001\n",
        "version.json": "{}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["1.001193-dang-ky-khai-sinh.yml", "1.001193.yml"])
def test_a_file_is_named_by_its_code(name: str) -> None:
    assert code_of(Path("x") / name) == "1.001193"


def test_a_folder_is_read(folder: Path) -> None:
    overlay = read_overlay(folder)
    assert set(overlay.records) == {"1.000002", "9.000009"}
    assert (set(overlay.wards), overlay.removed) == ({"phuong-mau"}, {"1.000001"})


def test_a_folder_that_is_not_there_or_empty_changes_nothing(tmp_path: Path) -> None:
    assert read_overlay(tmp_path) == read_overlay(tmp_path / "none") == NOTHING
    assert NOTHING.over(OURS) == OURS


def test_it_stands_over_our_own_in_their_order_and_adds_behind(folder: Path) -> None:
    names = [path.name for path in read_overlay(folder).over(OURS)]
    assert names == ["1.000002-hai.yml", "9.000009-moi.yml"]
    assert read_overlay(folder).over(OURS)[0].read_text() == "hai"


def test_the_fingerprint_is_of_the_content_not_of_the_place(folder: Path, tmp_path: Path) -> None:
    before = read_overlay(folder).fingerprint
    other = tmp_path / "procedures" / "khac"
    other.mkdir()
    (folder / "procedures/ho_tich/9.000009-moi.yml").rename(other / "9.000009-moi.yml")
    assert read_overlay(folder).fingerprint == before
    (other / "9.000009-moi.yml").write_text("khác")
    assert (
        len(
            {before, read_overlay(folder).fingerprint, NOTHING.fingerprint, Overlay(removed=frozenset("1")).fingerprint}
        )
        == 4
    )
