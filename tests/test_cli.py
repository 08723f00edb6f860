"""The command line as a person or a program starts it: `python -m bot …`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import typer
from rich.console import Console

from bot import cli
from bot.answers.words import load_words
from bot.knowledge.listing import Listing
from bot.prepare import PrepareError
from bot.settings import ROOT, Settings

Ended = subprocess.CompletedProcess[str]


def bot(*arguments: str, typed: str = "", folder: Path = ROOT, **environment: str) -> Ended:
    """Run `python -m bot` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "300", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


def assert_one_line_without_traceback(ended: Ended) -> None:
    assert ended.returncode == 1 and ended.stdout == ""
    assert "Traceback" not in ended.stderr and len(ended.stderr.strip().splitlines()) == 1, ended.stderr


def test_help_names_every_command() -> None:
    ended = bot("--help")
    assert ended.returncode == 0
    for command in ("serve", "prepare", "search", "chat", "eval", "dialogues", "words", "bench", "calibrate", "kb"):
        assert command in ended.stdout


@pytest.mark.parametrize("arguments", [("nothing",), ("kb", "nothing"), ("search", "--xml"), ("serve", "now")])
def test_what_is_no_command_is_an_error(arguments: tuple[str, ...]) -> None:
    ended = bot(*arguments)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr


def test_without_a_browser_no_pictures_are_taken() -> None:
    ended = bot("screenshots", PATH="/nowhere")
    assert_one_line_without_traceback(ended)
    assert "apt-get install" in ended.stderr and "chromium" in ended.stderr


# Contract 2


@pytest.mark.slow
def test_the_search_answers_each_line_with_a_line_in_order() -> None:
    questions = {
        "q1": "đăng ký tạm trú cho người thuê trọ cần giấy tờ gì",
        "q2": "giấy khai sinh",
        "q3": "chỉ giùm cách kho cá lóc với thịt ba rọi",
        "q4": "dang ky ket hon o dau",
        "q5": "",
    }
    lines = [json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in questions.items()]
    ended = bot("search", "--json", typed="\n".join([*lines[:2], "", "không phải JSON", *lines[2:]]))
    assert ended.returncode == 0, ended.stderr
    results = [json.loads(line) for line in ended.stdout.splitlines()]
    broken = results.pop(2)
    assert broken["id"] is None and "error" in broken
    assert [result["id"] for result in results] == list(questions)
    for result in results:
        assert set(result) == {"id", "decision", "candidates"}
        assert result["decision"] in {"answer", "choose", "unknown"}
        assert 1 <= len(result["candidates"]) <= 10
        scores = [candidate["score"] for candidate in result["candidates"]]
        assert scores == sorted(scores, reverse=True)
        assert all(
            set(candidate) == {"code", "name", "score"} and candidate["name"] for candidate in result["candidates"]
        )
    found = {result["id"]: (result["decision"], result["candidates"][0]["code"]) for result in results}
    assert found["q1"] == ("answer", "1.004194") and found["q4"] == ("answer", "1.000894")
    assert found["q2"][0] == "choose" and found["q3"][0] == "unknown" and found["q5"][0] != "answer"


@pytest.mark.slow
def test_the_search_without_json_is_for_people() -> None:
    ended = bot("search", typed="dang ky ket hon\n")
    assert ended.returncode == 0 and "đăng ký kết hôn" in ended.stdout and "1.000894" in ended.stdout


def test_searching_before_anything_is_prepared_prepares_it_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepared: list[Path] = []

    def refuse(settings: Settings, *, console: Console) -> None:
        prepared.append(settings.var)
        raise PrepareError("no room on the disk")

    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setattr("bot.prepare.prepare", refuse)
    with pytest.raises(PrepareError, match="no room"):
        cli.search(as_json=True)
    assert prepared == [tmp_path]


# Talks, and what is said in them


@pytest.fixture
def gateway() -> Iterator[str]:
    """The address of something that answers every message of the chat with one and the same reply."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply = {"text": "Không có gì.", "card": {"type": "smalltalk", "kind": "thanks"}, "choices": []}
            body = json.dumps({"session": "s", "replies": [reply]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def a_talk(folder: Path, *expect: str) -> Path:
    """A dialogue whose turns expect this."""
    turns = [{"user": "cảm ơn", "expect": one} for one in expect]
    path = folder / "talks.jsonl"
    path.write_text(json.dumps({"id": "d-1", "note": "", "turns": turns}), encoding="utf-8")
    return path


def test_a_talk_that_goes_right_ends_well(gateway: str, tmp_path: Path) -> None:
    ended = bot("dialogues", str(a_talk(tmp_path, "smalltalk", "smalltalk")), "--at", gateway)
    assert ended.returncode == 0, ended.stderr
    assert "2 of 2" in ended.stderr and "turn" not in ended.stdout


def test_a_talk_that_goes_wrong_fails_and_names_each_turn(gateway: str, tmp_path: Path) -> None:
    ended = bot("dialogues", str(a_talk(tmp_path, "smalltalk", "answer")), "--at", gateway)
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert "d-1 turn 2: 'cảm ơn': smalltalk thanks instead of answer" in ended.stderr and "1 of 2" in ended.stderr


def test_an_assistant_that_is_not_there_makes_every_turn_an_error(tmp_path: Path) -> None:
    ended = bot("dialogues", str(a_talk(tmp_path, "smalltalk")), "--at", "http://127.0.0.1:1")
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert "0 of 1" in ended.stderr and "d-1 turn 1: 'cảm ơn': error" in ended.stderr


def test_dialogues_that_are_not_there_or_broken_are_told_in_one_line(tmp_path: Path) -> None:
    missing, broken = tmp_path / "nothing.jsonl", a_talk(tmp_path, "maybe")
    for path, said in ((missing, f"'{missing}'"), (broken, f"{broken}:1: expect must be one of")):
        ended = bot("dialogues", str(path))
        assert_one_line_without_traceback(ended)
        assert said in ended.stderr


def test_without_a_file_those_of_the_project_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[tuple[Path, str]] = []

    def run(settings: Settings, console: Console, path: Path, at: str) -> bool:
        held.append((path, at))
        return len(held) == 1

    monkeypatch.setattr("bot.evaluation.dialogues.run", run)
    cli.dialogues(path=None, at="")
    with pytest.raises(typer.Exit) as ended:
        cli.dialogues(path=None, at="http://x")
    assert ended.value.exit_code == 1
    assert held == [(ROOT / "tests" / "dialogues", ""), (ROOT / "tests" / "dialogues", "http://x")]


def test_all_that_can_be_said_is_printed_as_one_table() -> None:
    ended = bot("words")
    assert ended.returncode == 0 and ended.stderr == ""
    head, rule, *rows = ended.stdout.splitlines()
    assert head == "| name | when | what is said | buttons |" and set(rule) <= set("| -")
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        name for name, variants in load_words().items() for _ in variants
    ]
    assert all(row.startswith("| utter_") and row.endswith(" |") for row in rows)


def test_the_words_are_printed_whatever_the_terminal_can_show() -> None:
    ended = bot("words", PYTHONIOENCODING="utf-8", LC_ALL="C", COLUMNS="20")
    assert ended.returncode == 0 and "Không có gì. Bạn cần hỏi thêm việc gì thì cứ nhắn." in ended.stdout


# The knowledge base


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project with knowledge of its own to break."""
    for folder in ("bot", "knowledge"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_knowledge_of_the_project_has_no_faults(listing: Listing) -> None:
    ended = bot("kb", "check")
    assert ended.returncode == 0, ended.stderr
    assert re.search(rf"{len(listing)} records, .*: 0 faults", ended.stderr)


def test_a_broken_record_fails_the_check_naming_file_and_line(copy: Path) -> None:
    record = copy / "knowledge" / "procedures" / "cu-tru" / "1.004194-dang-ky-tam-tru.yml"
    lines = record.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("source:"))
    record.write_text("\n".join([*lines[:number], "sauce: x", *lines[number:]]), encoding="utf-8")
    ended = bot("kb", "check", folder=copy)
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert f"{record}:{number + 1}: sauce: " in ended.stderr


def test_a_fault_of_language_fails_the_check_naming_the_record(copy: Path) -> None:
    record = copy / "knowledge" / "procedures" / "cu-tru" / "1.004194-dang-ky-tam-tru.yml"
    text = record.read_text(encoding="utf-8")
    old_office, times = re.subn(r"(\nplace:\n  text: (?:>-\n    )?)", r"\1Đến công an huyện. ", text)
    assert times == 1
    record.write_text(old_office, encoding="utf-8")
    ended = bot("kb", "check", folder=copy)
    assert ended.returncode == 1
    assert "1.004194: place.text: an office that no longer exists: 'công an huyện'" in ended.stderr


@pytest.mark.parametrize("name", ["signposts.yml", "fields.yml", "wards/phuong-an-binh-mau.yml"])
def test_what_stands_beside_the_records_is_checked_too(copy: Path, name: str) -> None:
    file = copy / "knowledge" / name
    file.write_text("a: [", encoding="utf-8")
    ended = bot("kb", "check", folder=copy)
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert f"{file}:1: not valid YAML" in ended.stderr


def test_a_ward_of_ones_own_is_checked_before_it_is_served(copy: Path) -> None:
    wards = copy / "knowledge" / "wards"
    profile = (wards / "phuong-an-binh-mau.yml").read_text(encoding="utf-8")
    (wards / "phuong-minh.yml").write_text(profile.replace("hotline:", "hotlime:"), encoding="utf-8")
    ended = bot("kb", "check", folder=copy)
    assert ended.returncode == 1 and f"{wards / 'phuong-minh.yml'}:" in ended.stderr
