"""Any file or folder of published procedures, whichever of the known kinds it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.official.answers import read_answer
from bot.knowledge.official.lines import read_lines
from bot.knowledge.official.procedure import Official
from bot.knowledge.official.raw import SourceError
from bot.knowledge.official.workbook import read_list


def read_official(path: Path) -> dict[str, Official]:
    """Read all procedures of a source by code; the last of a code read twice holds.

    Takes the portal's JSON answers (a file or a folder of them), an export as JSON lines (.jsonl, .jsonl.gz), or the
    portal's Excel list. Everything is read before anything is returned: one fault and nothing is taken.
    Raises SourceError naming file and place.
    """
    return {official.code: official for official in _read(path)}


def _read(path: Path) -> Iterator[Official]:
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix == ".json")
        if not files:
            raise SourceError(f"{path}: no .json file in this folder")
        for file in files:
            yield read_answer(file)
    elif path.suffix == ".json":
        yield read_answer(path)
    elif path.name.endswith((".jsonl", ".jsonl.gz")):
        yield from read_lines(path)
    elif path.suffix == ".xlsx":
        yield from read_list(path)
    else:
        raise SourceError(f"{path}: not one of .json (or a folder of them), .jsonl, .jsonl.gz, .xlsx")
