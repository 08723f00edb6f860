"""What people asked, as far as it is labelled: for a procedure of the listing, or for nothing in it.

Read from Rasa's training data, so that a question is written down once: the metadata `procedure` names what was meant,
the intent `out_of_scope` says that no listing of a ward answers it, and `ask_aspect` that no procedure is named at all
("hết bao nhiêu tiền"): found alone it means none, in a conversation the one talked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.search.passages import FOLLOW_UP, OUTSIDE, Kind, Passage

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def labelled_questions(nlu: Path, codes: set[str]) -> Iterator[Passage]:
    """Training questions for procedures that have a record, and questions outside the listing.

    A question labelled with a code that has no record (yet) counts as outside: better no answer than a neighbour's.
    """
    for path in sorted(nlu.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["nlu"]:
            yield from _of_block(block, codes)


def _of_block(block: dict[str, Any], codes: set[str]) -> Iterator[Passage]:
    examples = block["examples"]
    if isinstance(examples, str):
        if block["intent"] == "out_of_scope":
            for line in examples.splitlines():
                yield Passage(OUTSIDE, Kind.outside, line.removeprefix("- ").strip())
        return
    for example in examples:
        code = example.get("metadata", {}).get("procedure")
        if block["intent"] == "ask_aspect":
            yield Passage(FOLLOW_UP, Kind.outside, example["text"].strip())
        elif code is not None:
            known = code in codes
            yield Passage(code if known else OUTSIDE, Kind.asked if known else Kind.outside, example["text"].strip())


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
