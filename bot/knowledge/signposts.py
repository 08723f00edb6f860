"""Things people ask a ward about that are done elsewhere, or by nobody: name, who does it, where to look."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge import yaml_lines
from bot.knowledge.listing import validate
from bot.knowledge.procedure import Part, Slug, Text, Url


class Signpost(Part):
    """One such thing. Without `office` it is nobody's procedure, or not surely known whose."""

    id: Slug
    name: Text
    office: Text | None = None
    url: Url | None = None
    questions: list[Text]


def load_signposts(path: Path) -> dict[str, Signpost]:
    """All signposts by id. Raises RecordError naming file, line and what is allowed."""
    rows, lines = yaml_lines.read(path)
    if not isinstance(rows, list):
        raise yaml_lines.RecordError(f"{path}:1: expected a list of signposts")
    found: dict[str, Signpost] = {}
    for number, row in enumerate(rows):
        inner = {location[1:]: line for location, line in lines.items() if location[:1] == (number,)}
        signpost = validate(Signpost, row, inner, path)
        if signpost.id in found:
            raise yaml_lines.RecordError(f"{path}:{inner.get((), 1)}: the id '{signpost.id}' stands here twice")
        found[signpost.id] = signpost
    return found
