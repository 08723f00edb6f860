"""The verbs of `python -m bot kb`, run as an editor runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.knowledge.record_schema import FILE, record_schema
from bot.settings import ROOT
from tests.published import LINE

Ended = subprocess.CompletedProcess[str]
NEW = {**LINE, "code": "9.000007", "name": "Thử một việc"}


def kb(*arguments: object) -> Ended:
    """Run `python -m bot kb …` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "kb", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of one procedure that no listing has."""
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(NEW, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_check_finds_nothing_wrong_with_what_comes_with_the_project() -> None:
    ended = kb("check")
    assert ended.returncode == 0, ended.stderr
    assert re.search(r"289 records, 480 known in brief, \d+ signposts, \d+ clarifications: 0 faults", ended.stderr)


def test_stats_count_every_field_and_the_whole() -> None:
    ended = kb("stats")
    assert ended.returncode == 0
    for word in ("Hộ tịch", "Đất đai", "Thuế", "known in brief: 480"):
        assert word in ended.stdout
    assert re.search(r"all +289 ", ended.stdout)


def test_import_shows_first_and_writes_then(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    shown = kb("import", export, "--into", folder, "--dry-run")
    assert shown.returncode == 0 and not folder.exists()
    assert "+name: Thử một việc" in shown.stdout and "1 drafts would be written" in shown.stdout
    assert kb("import", export, "--into", folder).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["9.000007-thu-mot-viec.yml"]
    again = kb("import", export, "--into", folder, "--quiet")
    assert "1 unchanged" in again.stdout and "0 drafts written" in again.stdout


def test_one_broken_source_changes_nothing(export: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"code": "OK"', encoding="utf-8")
    ended = kb("import", export, broken, "--into", tmp_path / "drafts")
    assert ended.returncode == 1 and not (tmp_path / "drafts").exists()
    assert f"{broken}: line 1: not JSON, or cut off" in ended.stderr and "Traceback" not in ended.stderr


def test_records_go_out_as_a_spreadsheet_and_come_back_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "records.xlsx"
    assert kb("export", path, "--dry-run").returncode == 0 and not path.exists()
    assert kb("export", path, "1.001193", "1.013227").returncode == 0
    ended = kb("import", path, "--into", tmp_path / "drafts")
    assert ended.returncode == 0 and "2 unchanged" in ended.stdout and not (tmp_path / "drafts").exists()


def test_what_an_editor_changed_in_the_spreadsheet_becomes_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "records.xlsx"
    kb("export", path, "1.001193")
    book = load_workbook(path)
    book["Thủ tục"]["B2"] = "Khai sinh cho bé"
    book.save(path)
    ended = kb("import", path, "--into", tmp_path / "drafts")
    assert "+name: Khai sinh cho bé" in ended.stdout and "1 new draft" in ended.stdout
    assert len(list((tmp_path / "drafts").iterdir())) == 1


def test_a_wrong_value_in_the_spreadsheet_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "records.xlsx"
    kb("export", path, "1.001193")
    book = load_workbook(path)
    book["Thời gian"]["D2"] = "week"
    book.save(path)
    ended = kb("import", path, "--into", tmp_path / "drafts")
    assert ended.returncode == 1 and not (tmp_path / "drafts").exists()
    assert "sheet 'Thủ tục', row 2: channels.0.times.0.unit: must be one of working_day, day" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "records.csv"), "must end in .xlsx"),
        (("export", "records.xlsx", "9.999999"), "no record: 9.999999"),
        (("import",), "Missing argument"),
        (("briefs", "x.jsonl", "--checked-on", "gestern"), "no day like 2026-07-18"),
    ],
)
def test_a_wrong_call_is_said_so(arguments: tuple[str, ...], said: str) -> None:
    ended = kb(*arguments)
    assert ended.returncode == 2 and said in ended.stderr and "Traceback" not in ended.stderr


def test_drift_names_what_is_new_and_what_is_gone(export: Path) -> None:
    ended = kb("drift", export)
    assert ended.returncode == 1
    assert "new    9.000007  Thử một việc" in ended.stdout and "gone   1.001193" in ended.stdout
    assert "289 records, 289 gone, 1 new for communes, 0 facts to look at" in ended.stdout


def test_drift_shows_record_and_portal_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    changed = {**LINE, "code": "1.013227", "methods": [{**LINE["methods"][0], "time": 99}]}
    path.write_text(json.dumps(changed, ensure_ascii=False) + "\n", encoding="utf-8")
    (row,) = (line for line in kb("drift", path).stdout.splitlines() if line.strip().startswith("1.013227  time"))
    assert "counter 5 working_day" in row and "counter 99 WORKING_DAY" in row and row.rstrip().endswith("differs")


def test_a_list_of_names_compares_no_facts(tmp_path: Path) -> None:
    book = Workbook()
    for line in (("Danh sách",), ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực")):
        book.active.append(line)
    book.active.append(("1.001193", "Thủ tục đăng ký khai sinh", "Bộ Tư pháp", "Cấp xã", "Hộ tịch"))
    book.save(tmp_path / "list.xlsx")
    ended = kb("drift", tmp_path / "list.xlsx")
    assert "facts were not compared" in ended.stdout and "288 gone" in ended.stdout


def test_briefs_are_shown_and_not_written_in_a_dry_run(export: Path) -> None:
    before = (ROOT / "knowledge" / "briefs.csv").read_bytes()
    ended = kb("briefs", export, "--checked-on", "2026-07-18", "--dry-run")
    assert ended.returncode == 0 and "1 procedures, 1 of them new, 480 gone" in ended.stdout
    assert (ROOT / "knowledge" / "briefs.csv").read_bytes() == before


def test_the_schema_in_docs_is_the_schema_of_the_code(tmp_path: Path) -> None:
    assert FILE.read_text("utf-8") == record_schema()
    assert kb("schema", tmp_path / "schema.json").returncode == 0
    shutil.copy(FILE, tmp_path / "same.json")
    assert (tmp_path / "schema.json").read_bytes() == (tmp_path / "same.json").read_bytes()
