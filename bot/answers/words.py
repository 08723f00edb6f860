"""The words of the assistant outside the records: the responses of domain.yml, as Rasa reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

DOMAIN = ROOT / "domain.yml"
_GAP = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Response:
    """One response: its name, when it is said if there are several of that name, the text, and what it carries."""

    name: str
    when: str
    text: str
    card: Mapping[str, Any]
    choices: tuple[Mapping[str, str], ...]

    @property
    def gaps(self) -> frozenset[str]:
        """What is put in: the names in braces."""
        return frozenset(_GAP.findall(yaml.safe_dump([self.text, dict(self.card)], allow_unicode=True)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with every gap filled. Raises KeyError naming one that has no value."""
        return _GAP.sub(lambda gap: values[gap[1]], self.text)

    def as_json(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The reply with every gap filled, as Rasa would say it. Raises KeyError naming one that has no value."""
        return {"text": self.filled(values), "card": _filled(self.card, values), "choices": list(self.choices)}


def _filled(part: Any, values: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {key: _filled(one, values) for key, one in part.items()}
    if isinstance(part, list):
        return [_filled(one, values) for one in part]
    return _GAP.sub(lambda gap: values[gap[1]], part) if isinstance(part, str) else part


@cache
def load_words(path: Path = DOMAIN) -> dict[str, list[Response]]:
    """All responses by name. Raises KeyError where one lacks its text, card or choices."""
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return {name: list(_variants(name, variants)) for name, variants in responses.items()}


def _variants(name: str, variants: list[dict[str, Any]]) -> Iterator[Response]:
    for variant in variants:
        said = variant["custom"]
        when = ", ".join(f"{one['name']}: {one['value']}" for one in variant.get("condition", []))
        yield Response(name, when, said["text"], said["card"], tuple(said["choices"]))


def as_table(path: Path = DOMAIN) -> str:
    """All responses as a Markdown table, for whoever reads them without opening the file."""
    rows = ["| name | when | what is said | buttons |", "| --- | --- | --- | --- |"]
    for variants in load_words(path).values():
        for one in variants:
            said = one.text.replace("\n", "<br>").replace("|", "\\|")
            buttons = ", ".join(choice["label"] for choice in one.choices)
            rows.append(f"| {one.name} | {one.when} | {said} | {buttons} |")
    return "\n".join(rows)
