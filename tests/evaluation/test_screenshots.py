"""The pictures of the README."""

from __future__ import annotations

import re

from bot.evaluation.screenshots import SCREENS, SHOTS
from bot.settings import ROOT

HEAVIEST = 120_000  # bytes


def test_every_picture_is_there_and_light() -> None:
    sizes = {path.stem: path.stat().st_size for path in SCREENS.glob("*.png")}
    assert set(sizes) == {shot.name for shot in SHOTS}
    assert max(sizes.values()) <= HEAVIEST, sizes


def test_the_readme_shows_pictures_that_are_there() -> None:
    shown = re.findall(r"docs/[^\s()\"]+\.png", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown and all((ROOT / path).is_file() for path in shown)
