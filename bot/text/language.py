"""The reader of this installation: shorthand and terms from the knowledge, diacritics learnt from all text at hand.

Learning takes a second or two, so the counts are kept in `var/language` and learnt again when a text they come from
has changed. Every process may call `load`; the one that finds them stale learns them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.settings import Settings
from bot.text.folding import has_diacritics
from bot.text.reading import Reader
from bot.text.restoration import Restorer, is_bare
from bot.text.segmentation import Segmenter
from bot.text.shorthand import Shorthand
from bot.text.synonyms import Synonyms
from bot.text.unicode import clean

# What decides which syllables count as known, and how.
_CODE = [Path(__file__).with_name(name) for name in ("language.py", "restoration.py", "telex.py", "unicode.py")]
# People's own words teach most; the word list only knows which syllables make a word.
WEIGHT_OF_QUESTIONS, WEIGHT_OF_RECORDS, WEIGHT_OF_WORD_LIST = 1.0, 0.3, 0.02


def load(settings: Settings) -> Reader:
    """The reader, with counts learnt now if those kept are stale."""
    words = yaml.safe_load((settings.knowledge / "words.yml").read_text(encoding="utf-8"))
    return Reader(
        shorthand=Shorthand({**words["shorthand"], **words["regional"]}),
        restorer=_restorer(settings),
        segmenter=Segmenter(words["fixed_words"]),
        synonyms=Synonyms((group["said"], group["means"]) for group in (*words["synonyms"], *words["old_names"])),
    )


def _restorer(settings: Settings) -> Restorer:
    kept = settings.var / "language" / f"{_fingerprint(settings)}.json"
    if kept.exists():
        return Restorer.load(kept)
    restorer = Restorer.learn(_weighted_lines(settings))
    kept.parent.mkdir(parents=True, exist_ok=True)
    for stale in kept.parent.glob("*.json"):
        stale.unlink(missing_ok=True)
    partial = kept.with_suffix(f".{os.getpid()}")
    restorer.save(partial)
    partial.rename(kept)
    return restorer


def _sources(settings: Settings) -> list[Path]:
    knowledge = settings.knowledge
    records, situations = (knowledge / "procedures").rglob("*.yml"), (knowledge / "clarifications").glob("*.yml")
    signposts = knowledge.glob("signposts.yml")
    return [*sorted(settings.nlu.rglob("*.yml")), *sorted(records), *signposts, *sorted(situations)]


def _fingerprint(settings: Settings) -> str:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _CODE))
    for path in _sources(settings):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _weighted_lines(settings: Settings) -> Iterator[tuple[str, float]]:
    for path in _sources(settings):
        spoken = settings.nlu in path.parents
        for text, is_question in _texts(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER), spoken):
            for line in text.splitlines():
                line = clean(line.lstrip(" -"))
                # What was typed without marks teaches nothing about marks.
                if line and not is_bare(line.casefold().split()):
                    yield line, WEIGHT_OF_QUESTIONS if is_question else WEIGHT_OF_RECORDS
    for word in _word_list():
        yield word, WEIGHT_OF_WORD_LIST


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _texts(part: object, spoken: bool) -> Iterator[tuple[str, bool]]:
    """Every text of a YAML file, and whether a person might have typed it."""
    if isinstance(part, str):
        yield part, spoken
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, spoken or key in ("questions", "aliases"))
    elif isinstance(part, list):
        for item in part:
            yield from _texts(item, spoken)


def _word_list() -> list[str]:
    """The words of the list that comes with underthesea; alone, one without marks may as well be a formula ("cos")."""
    import importlib.util

    spec = importlib.util.find_spec("underthesea")
    if spec is None or not spec.origin:
        return []
    path = Path(spec.origin).parent / "corpus" / "data" / "Viet74K.txt"
    if not path.exists():
        return []
    words = map(clean, path.read_text(encoding="utf-8").splitlines())
    return [word for word in words if " " in word or (word.isalpha() and has_diacritics(word))]
