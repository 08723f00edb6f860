"""Whether a reply is what a golden question of the ward expects, and in plain words why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.answers.aspects import TITLES
from bot.text.folding import fold, has_diacritics
from bot.text.unicode import clean


class Outcome(str, Enum):
    """What a good clerk does with a question."""

    answer = "answer"
    choose = "choose"
    unknown = "unknown"
    outside = "outside"  # says which other office does it
    other = "other"  # hours, small talk, a person: nothing that the listing knows


@dataclass(frozen=True)
class Expected:
    """What is right: to answer about `procedure` with all of `aspects`; to offer `procedure` among others; in any case
    to say all of `facts`. What is empty is not looked at."""

    outcome: Outcome
    procedure: str = ""
    aspects: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


Reply = Mapping[str, Any]  # text, card, choices: as the chat endpoint gives it
Names = Mapping[str, str]  # of procedures by code, and of kinds ("hours") where a card tells one
_OF_CARDS = {"answer": Outcome.answer, "choose": Outcome.choose}
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})


def failings(expected: Expected, reply: Reply, names: Names) -> tuple[str, ...]:
    """What is wrong with a reply, a sentence each; nothing if it is right."""
    got = outcome_of(reply)
    wrong = list(_of_procedure(expected, got, reply, names))
    if not wrong and got is Outcome.answer:
        wrong += _of_aspects(expected, reply)
    if not wrong:
        wrong += [f"Không thấy trong câu trả lời: {fact}" for fact in expected.facts if not says(reply["text"], fact)]
    return tuple(wrong)


def outcome_of(reply: Reply) -> Outcome:
    """What a reply does."""
    card = reply["card"]
    if card["type"] == "unknown":
        referral = card.get("referral") or {}
        # Where nobody else does it, the ward's own office stands for both.
        return Outcome.outside if referral.get("office") != referral.get("name") else Outcome.unknown
    return _OF_CARDS.get(card["type"], Outcome.other)


def in_short(reply: Reply, names: Names) -> str:
    """What a reply does, in a line."""
    card, got = reply["card"], outcome_of(reply)
    if got is Outcome.answer:
        aspects = ", ".join(_title(aspect) for aspect in card.get("aspects", ()))
        return f"Trả lời {_named(card['code'], names)}" + (f": {aspects}" if aspects else "")
    if got is Outcome.choose:
        return "Hỏi lại: " + "; ".join(_named(one["code"], names) for one in card.get("candidates", ()))
    first_line = next((line for line in reply["text"].splitlines() if line.strip()), "")
    did = f"{_DID[got]} ({_lower(names[kind])})" if (kind := card.get("kind")) in names else _DID[got]
    return f"{did}: {first_line}" if first_line else did


def says(text: str, fact: str) -> bool:
    """Whether a text says something, however it is spaced and in whatever case; a fact typed without diacritics is
    looked for without them. "8.000 đồng" is not said by "18.000 đồng".

    >>> says("Lệ phí:\\xa08.000 ĐỒNG một bản.", "8.000 đồng")
    True
    """
    text, fact = _plain(text), _plain(fact)
    if not has_diacritics(fact):
        text, fact = fold(text), fold(fact)
    if not fact:
        return True
    before = r"(?<!\w)(?<!\d[.,])" if fact[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if fact[-1].isalnum() else ""
    return re.search(before + re.escape(fact) + after, text) is not None


_DID = {
    Outcome.unknown: "Nói là không có trong danh mục",
    Outcome.outside: "Chỉ sang cơ quan khác",
    Outcome.other: "Nói chuyện khác",
}
_INSTEAD = {
    Outcome.answer: "Chưa trả lời thủ tục nào",
    Outcome.choose: "Chưa hỏi lại để chọn",
    Outcome.unknown: "Chưa nói là không có trong danh mục",
    Outcome.outside: "Chưa chỉ sang cơ quan khác",
    Outcome.other: "Lẽ ra không phải câu hỏi thủ tục",
}


def _of_procedure(expected: Expected, got: Outcome, reply: Reply, names: Names) -> Iterator[str]:
    code = expected.procedure
    if code and code not in names:
        yield f"Thủ tục {code} không còn trong danh mục"
    elif got is Outcome.answer and expected.outcome is Outcome.answer:
        if code and reply["card"]["code"] != code:
            yield f"Trả lời thủ tục khác: {_named(reply['card']['code'], names)}"
    elif got is not expected.outcome and not _will_do(expected.outcome, got):
        yield f"{_INSTEAD[expected.outcome]}. Trợ lý đã: {_lower(in_short(reply, names))}"
    elif got is Outcome.choose and code not in ("", *(one["code"] for one in reply["card"].get("candidates", ()))):
        yield f"Không đưa ra để chọn: {_named(code, names)}"


def _will_do(wanted: Outcome, got: Outcome) -> bool:
    """Who says where else it is done has said that it is not done here."""
    return wanted is Outcome.unknown and got is Outcome.outside


def _of_aspects(expected: Expected, reply: Reply) -> Iterator[str]:
    missing = [_title(aspect) for aspect in expected.aspects if aspect not in reply["card"].get("aspects", ())]
    if missing:
        yield f"Thiếu điều được hỏi: {', '.join(missing)}"


def _named(code: str, names: Names) -> str:
    return f"{names[code]} ({code})" if code in names else code


def _title(aspect: str) -> str:
    return _lower(TITLES.get(aspect, aspect))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", clean(text)).translate(_MARKS)
    return " ".join(composed.casefold().split())
