"""How near the questions of a set come to what the bot has learnt from: the same words would measure nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from rapidfuzz import fuzz, process

from bot.knowledge.clarifications import load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.signposts import load_signposts
from bot.text.folding import fold

NEARLY_EQUAL, ALIKE = 95, 85  # of 100, by edits
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Leakage:
    """Of a set's questions, the shares that come so near to a text that was learnt from; and how near most come."""

    equal: float
    nearly_equal: float
    alike: float
    median: float


def normal(text: str) -> str:
    """Folded, without punctuation: what makes two questions the same."""
    return " ".join(re.findall(r"\w+", fold(text)))


def texts_learnt_from(knowledge: Path, nlu: Path, listing: Listing) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that the search or Rasa learns from."""
    for procedure in listing:
        for text in (procedure.name, procedure.official_name, *procedure.aliases, *procedure.questions):
            yield procedure.code, text
    for brief in listing.briefs.values():
        yield f"brief {brief.code}", brief.name
    for path in sorted(nlu.rglob("*.yml")):
        for block in yaml.load(path.read_text("utf-8"), Loader=_LOADER)["nlu"]:
            examples = block.get("examples", block.get("lookup", []))
            if isinstance(examples, str):
                examples = [{"text": line.strip().removeprefix("-")} for line in examples.splitlines()]
            for example in examples:
                yield path.name, example["text"]
    for signpost in load_signposts(knowledge / "signposts.yml").values():
        for text in (signpost.name, *signpost.questions):
            yield f"signpost {signpost.id}", text
    for one in load_clarifications(knowledge / "clarifications", listing.procedures).by_id.values():
        for text in one.questions:
            yield f"clarification {one.id}", text


def nearest(asked: Sequence[str], learnt: Sequence[str]) -> np.ndarray:
    """For each text asked, how alike the most alike one learnt is, 0 to 100, shape (asked,). Texts must be `normal`."""
    # Not as whole numbers: rounding would make 99.6 equal.
    return process.cdist(asked, learnt, scorer=fuzz.ratio, dtype=np.float32, workers=-1).max(axis=1)


def leakage(asked: Sequence[str], learnt: Sequence[str]) -> Leakage:
    """Measure it."""
    ratios = nearest([normal(text) for text in asked], sorted({normal(text) for text in learnt}))
    return Leakage(
        equal=float((ratios == 100).mean()),
        nearly_equal=float((ratios >= NEARLY_EQUAL).mean()),
        alike=float((ratios >= ALIKE).mean()),
        median=float(np.median(ratios)),
    )
