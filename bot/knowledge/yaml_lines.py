"""YAML read together with the line of every part, so that an error can name where it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

Location = tuple[Any, ...]


_DEEPEST = 30  # parts within parts: a record has six
_MOST_NESTING = 120  # signs in a text that could begin a part within a part: what any loader survives
_NESTING = re.compile(r"[\[{]|[-?][ \t]+(?=[-?][ \t])")


class RecordError(ValueError):
    """What is wrong with a knowledge file, one line a fault: `file:line: what, and what is allowed`."""


# libyaml reads five times as fast, where it is there.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_Loader):
    """A safe loader that refuses a key written twice instead of keeping the last, and names the line of any fault."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Build one part; a date that does not exist or a list as key is a fault with a line, too."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key '{key}' stands here twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> tuple[Any, dict[Location, int]]:
    """Return the data of a YAML file and the line (from 1) of every part, keyed by its path of keys and indices.

    Raises RecordError if the file is not valid YAML in UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}:1: not UTF-8 text ({error.reason} at byte {error.start})") from error
    return parse(text, path)


def parse(text: str, path: Path) -> tuple[Any, dict[Location, int]]:
    """As `read` does, of the text of a file at `path`, whether it is there yet or not. Raises RecordError."""
    try:
        _refuse_traps(text, path)
        loader = _UniqueKeys(text)
        try:
            node = loader.get_single_node()
            data = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # A fault found at the very end is put on the line after the last.
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else 1
        raise RecordError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    except RecursionError as error:
        raise RecordError(f"{path}:1: not valid YAML: too many parts within parts") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise RecordError(f"{path}:{line}: not valid YAML: {error.reason}") from error
    lines: dict[Location, int] = {}
    if node is not None:
        _collect(node, (), lines)
    return data, lines


def _refuse_traps(text: str, path: Path) -> None:
    """Raise RecordError for what a loader does not survive: parts within parts without end (libyaml takes the process
    along), and a few lines that stand for more than a machine can hold. Only looks where there may be some."""
    if len(_NESTING.findall(text)) <= _MOST_NESTING and not ("&" in text and "*" in text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > _DEEPEST:
            raise RecordError(f"{path}:{line}: not valid YAML: more than {_DEEPEST} parts within parts")
        if isinstance(event, yaml.AliasEvent):
            raise RecordError(f"{path}:{line}: not valid YAML: parts repeated with & and *; write them out")


def _collect(node: yaml.Node, location: Location, lines: dict[Location, int]) -> None:
    lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            part = (*location, key_node.value)
            lines[part] = key_node.start_mark.line + 1
            _collect(value_node, part, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _collect(item, (*location, index), lines)


def line_of(location: Location, lines: dict[Location, int]) -> int:
    """The line of a part, or of its nearest parent that stands in the file."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)
