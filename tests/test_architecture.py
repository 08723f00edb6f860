"""The house of docs: a floor imports only floors below it, and what decides an answer needs no server."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from bot.settings import ROOT

FLOORS = {
    "bot": 0,
    "bot.text": 1,
    "bot.settings": 1,
    "bot.setting_checks": 2,
    "bot.knowledge": 2,
    "bot.store": 2,
    "bot.encoder": 2,
    "bot.search": 3,
    "bot.answers": 4,
    # Beside the stair: they start and prepare the others, and build the index, but answer nothing.
    "bot.processes": 4,
    "bot.supervisor": 4,
    "bot.warm_up": 4,
    "bot.prepare": 4,
    "bot.serve": 4,
    "actions": 5,
    "bot.nlu": 5,
    "bot.channel": 5,
    "bot.evaluation": 5,
    "bot.web": 6,
    "bot.terminal": 7,
    "bot.kb": 7,
    "bot.users": 7,
    "bot.cli": 7,
    "bot.__main__": 7,
}
SAME_FLOOR = {
    ("bot.text", "bot.settings"),
    ("bot.cli", "bot.terminal"),
    ("bot.cli", "bot.kb"),
    ("bot.cli", "bot.users"),
    ("bot.__main__", "bot.cli"),
}
SERVERS = {"rasa", "rasa_sdk", "fastapi", "starlette", "uvicorn", "sanic", "flask", "aiohttp", "httpx", "requests"}


def module_of(path: Path) -> str:
    """bot/text/unicode.py -> bot.text.unicode; a package is named by its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, module: str, *, is_package: bool = False) -> Iterator[str]:
    """Every module that a source imports, at its top or inside a function: full names, relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: None if is_package and node.level == 1 else -(node.level - is_package)]
            base = ".".join([*(package if node.level else []), *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{name.name}" for name in node.names)


FILES = {module_of(path): path for folder in ("bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))}


def imported_by(module: str) -> set[str]:
    path = FILES[module]
    return set(imports(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py"))


def room_of(module: str) -> str | None:
    """The longest name among the floors that the module lies in; None for what is not ours."""
    found = [room for room in FLOORS if room != "bot" and (module == room or module.startswith(f"{room}."))]
    return max(found, key=len) if found else ("bot" if module == "bot" else None)


def test_imports_are_seen_wherever_they_stand() -> None:
    source = """
import rasa.core
from bot.text import unicode
def late():
    from . import choose
    from ..web.app import app
"""
    assert set(imports(source, "bot.answers.answer")) == {
        "rasa.core",
        "bot.text",
        "bot.text.unicode",
        "bot.answers",
        "bot.answers.choose",
        "bot.web.app",
        "bot.web.app.app",
    }
    assert set(imports("from . import a", "bot.text", is_package=True)) == {"bot.text", "bot.text.a"}


def test_every_file_lies_on_a_floor() -> None:
    assert [module for module in FILES if room_of(module) is None] == []


@pytest.mark.parametrize("module", FILES)
def test_imports_go_down_the_stair_only(module: str) -> None:
    room = room_of(module)
    assert room is not None
    for name in imported_by(module):
        below = room_of(name)
        if below is None or below in ("bot", room):
            continue
        beside = FLOORS[room] == 4 and room != "bot.answers" and FLOORS[below] == 4 and below != "bot.answers"
        allowed = FLOORS[below] < FLOORS[room] or (room, below) in SAME_FLOOR or beside
        assert allowed, f"{module} (floor {FLOORS[room]}) imports {name} (floor {FLOORS[below]})"


@pytest.mark.parametrize("room", ["bot.text", "bot.knowledge", "bot.store", "bot.search", "bot.answers"])
def test_what_decides_an_answer_needs_neither_rasa_nor_a_web_library(room: str) -> None:
    for module in FILES:
        if room_of(module) == room:
            assert {name.split(".")[0] for name in imported_by(module)} & SERVERS == set(), module


def test_rasa_is_known_to_the_dialogue_only() -> None:
    """What must run without Rasa's pinned libraries: everything but the actions and the graph components."""
    knowing = {
        room_of(module)
        for module in FILES
        if {name.split(".")[0] for name in imported_by(module)} & {"rasa", "rasa_sdk"}
    }
    assert knowing <= {"actions", "bot.nlu", "bot.channel", "bot.evaluation"}


def test_the_gateway_knows_neither_the_search_nor_the_actions() -> None:
    rooms = {room_of(name) for module in FILES if room_of(module) == "bot.web" for name in imported_by(module)}
    assert rooms & {"bot.search", "actions", "bot.nlu", "bot.evaluation"} == set()


def test_what_citizens_leave_behind_is_known_to_the_gateway_and_the_actions_only() -> None:
    knowing = {module for module in FILES for name in imported_by(module) if room_of(name) == "bot.store"}
    # Pictures of the desk are taken over a database made for them.
    knowing -= {"bot.evaluation.invented_days", "bot.evaluation.screenshots"}
    assert {room_of(module) for module in knowing} == {"bot.store", "bot.web", "actions", "bot.users"}


def test_how_to_reach_a_citizen_is_read_before_rasa_and_never_behind_it() -> None:
    knowing = {room_of(module) for module in FILES if "bot.text.contacts" in imported_by(module)}
    assert {"bot.web", "bot.store"} <= knowing <= {"bot.web", "bot.store", "bot.text"}


def test_drafts_that_nobody_sent_are_dropped_by_somebody() -> None:
    """A draft may hold a phone number, unmasked: it stays for a day and not for ever."""
    calling = [module for module, path in FILES.items() if ".drop_old_drafts(" in path.read_text(encoding="utf-8")]
    assert calling != []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {name for name in imported_by(module) if name in FILES and name != module} for module in FILES}
    # A package's own file stands for the names it passes on, not for a module that others lean on.
    graph = {module: {name for name in needed if "." in name} for module, needed in graph.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_nobody_imports_the_tests() -> None:
    for module in FILES:
        assert not any(name.split(".")[0] in ("tests", "pytest") for name in imported_by(module)), module


def test_the_python_of_the_project_is_the_one_that_rasa_can_run() -> None:
    assert sys.version_info[:2] == (3, 10)
