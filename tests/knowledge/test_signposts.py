from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.listing import Listing
from bot.knowledge.signposts import load_signposts
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings
from bot.text.folding import fold

VALID = """\
- id: ho_chieu
  name: Làm hộ chiếu
  office: Công an tỉnh
  questions: [làm hộ chiếu ở đâu]
- id: thoi_tiet
  name: Thời tiết
  questions: [mai mưa không]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "signposts.yml"


def fault_of(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_signposts(path)
    return str(caught.value)


def test_signposts_are_found_by_id_with_or_without_an_office(path: Path) -> None:
    path.write_text(VALID, encoding="utf-8")
    found = load_signposts(path)
    assert list(found) == ["ho_chieu", "thoi_tiet"]
    assert (found["ho_chieu"].office, found["thoi_tiet"].office) == ("Công an tỉnh", None)


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ("offic: Công an", "office: Công an tỉnh", 3, "offic: this key is not part of"),
        ("id: thời tiết", "id: thoi_tiet", 5, "id: "),
        ("id: ho_chieu", "id: thoi_tiet", 5, "'ho_chieu' stands here twice"),
    ],
)
def test_a_slip_is_named_with_its_line(path: Path, wrong: str, right: str, line: int, told: str) -> None:
    fault = fault_of(path, VALID.replace(right, wrong))
    assert fault.startswith(f"{path}:{line}: ")
    assert told in fault


@pytest.mark.parametrize("text", ["", "id: ho_chieu\n", "- just words\n"])
def test_a_file_that_is_no_list_of_signposts_is_refused(path: Path, text: str) -> None:
    assert fault_of(path, text).startswith(f"{path}:1: expected ")


def test_the_signposts_of_the_knowledge_can_be_read_and_asked_for(settings: Settings) -> None:
    signposts = load_signposts(settings.knowledge / "signposts.yml")
    assert len(signposts) >= 50
    assert all(signpost.questions for signpost in signposts.values())


def test_no_signpost_leads_away_from_a_procedure_of_the_listing(settings: Settings, listing: Listing) -> None:
    ours = {fold(text) for p in listing for text in (p.name, *p.aliases, *p.questions)}
    away = {
        (signpost.id, text)
        for signpost in load_signposts(settings.knowledge / "signposts.yml").values()
        for text in (signpost.name, *signpost.questions)
        if fold(text) in ours
    }
    assert away == set()
