"""What people asked, as far as it is labelled: for a procedure of the listing, or for nothing in it.

Read from Rasa's training data, so that a question is written down once: the metadata `procedure` names what was meant,
the intent `out_of_scope` says that no listing of a ward answers it, and `ask_aspect` that no procedure is named at all
("hết bao nhiêu tiền"): found alone it means none, in a conversation the one talked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.search.passages import FOLLOW_UP, OUTSIDE, Kind, Passage

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Example:
    """A training question and the code it means; OUTSIDE and FOLLOW_UP are codes, too."""

    text: str
    code: str


def examples(nlu: Path) -> Iterator[Example]:
    """The training questions whose procedure is labelled, and those that none answers or that name none."""
    for path in sorted(nlu.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["nlu"]:
            yield from _of_block(block)


def passages_of_examples(questions: Iterable[Example], codes: Collection[str]) -> Iterator[Passage]:
    """Their passages, `codes` being the procedures that have a record.

    A question labelled with a code that has no record (yet) counts as outside: better no answer than a neighbour's.
    """
    for question in questions:
        if question.code in codes:
            yield Passage(question.code, Kind.asked, question.text)
        else:
            yield Passage(FOLLOW_UP if question.code == FOLLOW_UP else OUTSIDE, Kind.outside, question.text)


def _of_block(block: dict[str, Any]) -> Iterator[Example]:
    examples = block["examples"]
    if isinstance(examples, str):
        if block["intent"] == "out_of_scope":
            for line in examples.splitlines():
                yield Example(line.removeprefix("- ").strip(), OUTSIDE)
        return
    for example in examples:
        code = example.get("metadata", {}).get("procedure")
        if block["intent"] == "ask_aspect":
            yield Example(example["text"].strip(), FOLLOW_UP)
        elif code is not None:
            yield Example(example["text"].strip(), code)


def labelled_aspects(nlu: Path) -> dict[str, list[str]]:
    """By text, the aspects that a training question asks, for all that are labelled with them."""
    return {
        example["text"].strip(): example["metadata"]["aspects"]
        for path in sorted(nlu.rglob("*.yml"))
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["nlu"]
        if not isinstance(block["examples"], str)
        for example in block["examples"]
        if "aspects" in example.get("metadata", {})
    }
