"""The questions of a record whose answers decide which papers are needed, and what an answer in free words picks."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from bot.encoder.encoder import Encoder
from bot.knowledge.procedure import Case, Procedure
from bot.text.folding import fold, syllables
from bot.text.reading import Reader

MOST_QUESTIONS = 3
SKIPPED = "-"
# An answer picks a choice that is ahead of the next by this much likeness (cosine); nearer ones are asked about. Of 295
# answers in free words 120 are picked rightly with it and 21 wrongly; the list then says what it was made for.
AHEAD = 0.1
# A word that only one choice says counts as much as this beside the likeness.
OWN_WORDS = 0.3
_POLITE = r"^(?:(?:da|vang|thi|a|em|toi|tui|con|chau) )*"
_YES = re.compile(
    _POLITE + r"(?:co|roi|dung|phai|u|uh|uhm|ua|vang|ok|oke|da|chuan|con|biet|can|duoc)\b"
    # "Đầu năm ngoái có rồi": the yes stands at the end, and nothing before it denies.
    r"|(?!.*\b(?:khong|ko|k|kong|hong|hok|hem|hk|chua|chang|het|khoi)\b).*\bco roi(?: (?:a|nha|do))?$"
)
_NO = re.compile(_POLITE + r"(?:khong|ko|k|kong|hong|hok|hem|hk|chua|chang|het|khoi|dau co|lam gi co)\b")
_NOT_KNOWN = re.compile(r"\b(?:khong|ko|k|hong|hok|chua|chang)(?: \w+)? (?:ro|biet|chac|nho|ranh)\b|^chiu\b")
_NOT_KNOWN_IN = 6  # words of "em cũng không chắc nữa ạ": a longer answer says something besides
_DENIES = re.compile(r"(?:khong|chua|het)\b")


def asked_of(procedure: Procedure) -> list[Case]:
    """The cases to ask about, in the record's order: at most three, those that most papers and fees depend on."""
    refs = [ref for document in procedure.documents for ref in document.when]
    refs += [ref for filing in procedure.channels for fee in filing.fees for ref in fee.when]
    weight = {case.id: sum(ref.split(".")[0] == case.id for ref in refs) for case in procedure.cases}
    deciding = [case for case in procedure.cases if weight[case.id]]
    kept = sorted(deciding, key=lambda case: -weight[case.id])[:MOST_QUESTIONS]
    return [case for case in deciding if case in kept]


class Choices:
    """Understands answers to the questions of records. A case's vectors are kept once it was asked about."""

    def __init__(self, encoder: Encoder, reader: Reader) -> None:
        self._encoder, self._reader = encoder, reader
        self._kept: dict[tuple[str, str], np.ndarray] = {}

    def pick(self, case: Case, answer: str) -> str | None:
        """Id of the choice that an answer to the case's question means, or None where that is not clear."""
        for choice in case.choices:
            if fold(choice.label) == fold(answer).strip(" .!"):
                return choice.id
        if is_not_known(answer):
            return None
        if (by_polarity := _by_polarity(case, answer)) is not None:
            return by_polarity
        likeness = self._likeness(case, answer)
        best, second = np.argsort(-likeness)[:2]
        return case.choices[best].id if likeness[best] - likeness[second] > AHEAD else None

    def guess(self, case: Case, answer: str) -> str:
        """Id of the choice that is nearest to an answer, to be asked about."""
        return case.choices[int(np.argmax(self._likeness(case, answer)))].id

    def _likeness(self, case: Case, answer: str) -> np.ndarray:
        key = (case.question, "|".join(choice.label for choice in case.choices))
        if key not in self._kept:
            self._kept[key] = self._encoder.vectors([choice.label for choice in case.choices])
        read = self._reader(answer).text
        said = self._encoder(read).vector
        words = set(syllables(fold(read)))
        # Rare words decide where vectors are near: what only one label says and the answer says, too.
        labels = [set(syllables(fold(choice.label))) for choice in case.choices]
        own = [label - set().union(*(other for other in labels if other is not label)) for label in labels]
        shared = np.array([len(words & mine) / (1 + len(mine)) for mine in own])
        return np.asarray(self._kept[key] @ said + OWN_WORDS * shared)


def _by_polarity(case: Case, answer: str) -> str | None:
    """A yes or no, whatever follows it, to a question with one choice that denies: "Có giấy chứng sinh", "Không có"."""
    denies = [bool(_DENIES.match(fold(choice.label))) for choice in case.choices]
    if len(denies) != 2 or sum(denies) != 1:
        return None
    said = " ".join(syllables(fold(answer)))
    if _NO.match(said):
        return case.choices[denies.index(True)].id
    return case.choices[denies.index(False)].id if _YES.match(said) else None


def is_not_known(answer: str) -> bool:
    """Whether somebody says that they do not know: "không rõ nữa", "chịu"."""
    said = syllables(fold(answer))
    return len(said) <= _NOT_KNOWN_IN and _NOT_KNOWN.search(" ".join(said)) is not None


def known_answers(procedure: Procedure, answers: Mapping[str, str]) -> dict[str, str]:
    """Of remembered answers those that the record still knows."""
    refs = procedure.case_refs()
    return {case: choice for case, choice in answers.items() if choice == SKIPPED or f"{case}.{choice}" in refs}
