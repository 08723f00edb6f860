"""Names that no longer hold, and what a citizen should know instead: part of `knowledge/words.yml`."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge import yaml_lines
from bot.knowledge.listing import validate
from bot.knowledge.procedure import Part, Text


class Synonym(Part):
    """Everyday names of one thing, and the official words for it."""

    said: list[Text]
    means: Text


class OldName(Synonym):
    """Former names of one thing, and a remark on what holds today."""

    today: Text


class Words(Part):
    """The whole file."""

    shorthand: dict[Text, Text]
    regional: dict[Text, Text]
    synonyms: list[Synonym]
    old_names: list[OldName]
    fixed_words: list[Text]


def load_words(path: Path) -> Words:
    """Load and check the file. Raises RecordError naming line and fault; a name may mean one thing only."""
    data, lines = yaml_lines.read(path)
    words = validate(Words, data, lines, path)
    seen: dict[str, str] = {}
    faults = []
    for group in (*words.synonyms, *words.old_names):
        for name in group.said:
            if seen.setdefault(name.casefold(), group.means) != group.means:
                faults.append(f"{path}:1: '{name}' means both '{seen[name.casefold()]}' and '{group.means}'")
    if faults:
        raise yaml_lines.RecordError("\n".join(faults))
    return words
