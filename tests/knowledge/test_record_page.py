"""`docs/record.md` explains every part of a record; its good examples hold, its bad ones are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.checks import faults, procedure_faults
from bot.knowledge.listing import Listing, load_procedure
from bot.knowledge.procedure import Procedure
from bot.knowledge.yaml_lines import RecordError
from bot.settings import ROOT

PAGE = ROOT / "docs" / "record.md"
_SECTION = re.compile(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", re.M | re.S)
_EXAMPLE = re.compile(r"^(Tốt|Sai):\n+```yaml\n(.*?)^```", re.M | re.S)
# A twin that the examples may name.
OTHER = "9.000002"


def sections() -> dict[str, str]:
    return dict(_SECTION.findall(PAGE.read_text("utf-8")))


def examples(kind: str) -> Iterator[Any]:
    for part, text in sections().items():
        for number, (found, block) in enumerate(_EXAMPLE.findall(text), 1):
            if found == kind:
                yield pytest.param(part, block, id=f"{part}-{number}")


@pytest.fixture
def judge(tmp_path: Path, make_record: Callable[..., dict[str, Any]], make_procedure: Callable[..., Procedure]) -> Any:
    """The faults of the small record with an example in place of its own part."""

    def faults_with(block: str) -> list[str]:
        record = {**make_record(), **yaml.safe_load(block)}
        path = tmp_path / f"{record['code']}-thu.yml"
        text = yaml.safe_dump({key: value for key, value in record.items() if f"\n{key}:" not in f"\n{block}"})
        path.write_text(text + block, encoding="utf-8")
        try:
            procedure = load_procedure(path)
        except RecordError as error:
            return str(error).splitlines()
        twin = make_procedure(code=OTHER, aliases=["tên của thủ tục khác"])
        listing = Listing(procedures={procedure.code: procedure, OTHER: twin}, fields={})
        neighbours = {neighbour.code for neighbour in (*procedure.related, *procedure.confusable)}
        missing = [f"{code} has no record" for code in neighbours - {OTHER}]
        return [*procedure_faults(procedure), *faults(listing), *missing]

    return faults_with


def test_every_part_of_a_record_has_a_section_in_the_order_of_the_schema() -> None:
    assert list(sections()) == list(Procedure.__fields__)


def test_every_section_has_a_good_and_a_bad_example() -> None:
    for part, text in sections().items():
        kinds = {kind for kind, _ in _EXAMPLE.findall(text)}
        assert kinds == {"Tốt", "Sai"}, part


@pytest.mark.parametrize(("part", "block"), examples("Tốt"))
def test_what_the_page_calls_good_is_accepted(judge: Callable[[str], list[str]], part: str, block: str) -> None:
    assert part in yaml.safe_load(block)
    assert judge(block) == []


@pytest.mark.parametrize(("part", "block"), examples("Sai"))
def test_what_the_page_calls_bad_is_refused(judge: Callable[[str], list[str]], part: str, block: str) -> None:
    try:
        assert part in (yaml.safe_load(block) or {})
    except yaml.YAMLError:
        return  # refused even before it is looked at
    assert judge(block)
