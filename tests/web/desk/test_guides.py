"""The two guides in `docs/` name buttons and fields by the words that stand on the pages of the desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import ROOT

GUIDES = [ROOT / "docs" / f"huong-dan-{name}.md" for name in ("can-bo", "bien-tap")]
WEB = ROOT / "bot" / "web"
# What a page puts together of a part that changes and words that do not.
COMPOSED = {f"{days} ngày qua": "{{ days }} ngày qua" for days in (7, 30, 90)} | {
    "Vì sao xuất bản": 'Vì sao {{ "quay lại" if is_back else "xuất bản" }}'
}


@pytest.fixture(scope="module")
def words() -> str:
    """All that the desk says, in its templates and in its code."""
    files = [*(WEB / "templates" / "desk").rglob("*.html"), *(WEB / "desk").rglob("*.py")]
    return _joined("\n".join(path.read_text(encoding="utf-8") for path in files))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_tells_to_press_is_on_a_page(guide: Path, words: str) -> None:
    told = [_joined(one) for one in re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8"), re.DOTALL)]
    assert len(told) > 20
    assert [one for one in told if not _stands(COMPOSED.get(one, one), words)] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_pictures_of_a_guide_are_there_and_described(guide: Path) -> None:
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', guide.read_text(encoding="utf-8"))
    assert 2 <= len(shown) <= 4
    assert [path for path, _ in shown if not (guide.parent / path).is_file()] == []


def _stands(told: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", words))


def _joined(text: str) -> str:
    return " ".join(text.split())
