"""What the forms of this page bring along: the talk so far travels with them, since nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.answers.aspects import TITLES
from bot.store.desk_tables import OUTCOMES
from bot.store.judgements import Said, Verdict
from bot.text.codes import codes_in
from bot.web.desk.sent import number_in

PATH = "/thu"
MOST_BEFORE = 12  # earlier questions of a talk that are shown
LONGEST = 500  # characters of a question, a fact, a remark


@dataclass(frozen=True)
class Asked:
    """An earlier question of the talk, and in short what was said."""

    question: str
    said: str

    @classmethod
    def of(cls, sent: str) -> Asked:
        """As `sent` writes it."""
        question, _, said = sent.partition("\t")
        return cls(one_line(question), one_line(said))

    @property
    def sent(self) -> str:
        """As a field of a form."""
        return f"{self.question}\t{self.said}"


def one_line(words: str) -> str:
    """Short enough to be carried along, without ends of lines."""
    return " ".join(words.split())[:LONGEST]


def field(form: FormData, name: str) -> str:
    """One field as text; empty if it was not sent."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def fields(form: FormData, name: str) -> tuple[str, ...]:
    """A field that may be there several times; without empty ones."""
    return tuple(value for value in form.getlist(name) if isinstance(value, str) and value.strip())


def before_in(form: FormData) -> tuple[Asked, ...]:
    """The talk so far, the oldest first."""
    return tuple(Asked.of(sent) for sent in fields(form, "truoc")[-MOST_BEFORE:])


def said_in(form: FormData) -> Said:
    """What is judged. Raises ValueError for a form that is none of ours."""
    outcome = field(form, "da-lam")
    if outcome not in OUTCOMES:
        raise ValueError("no outcome of ours")
    return Said(
        reply=field(form, "tra-loi")[:64],
        version=number_in(field(form, "phien-ban"), 0),
        question=field(form, "cau")[:LONGEST],
        before=tuple(asked.question for asked in before_in(form)),
        outcome=outcome,
        procedure=first_code(field(form, "da-thu-tuc")),
        aspects=_aspects(fields(form, "da-khia-canh")),
    )


def verdict_in(form: FormData) -> Verdict:
    """What is thought of it; what would be right is read only where it is wrong."""
    verdict, remark = field(form, "y-kien"), field(form, "nhan-xet")[:LONGEST]
    if verdict != "wrong":
        return Verdict(verdict, remark=remark)
    outcome = field(form, "nen")
    is_about_one = outcome in ("answer", "choose")
    return Verdict(
        verdict,
        right_outcome=outcome if outcome in OUTCOMES else "",
        right_procedure=first_code(field(form, "nen-thu-tuc")) if is_about_one else "",
        right_aspects=_aspects(fields(form, "nen-khia-canh")) if outcome == "answer" else (),
        remark=remark,
    )


def first_code(text: str) -> str:
    """The first code of a procedure in a text; empty if there is none."""
    return next(iter(codes_in(text)), "")


def _aspects(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in TITLES if name in names)
