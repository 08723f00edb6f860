"""The form of a golden question: what was typed, what is wrong with it, what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.refusals import LONGEST_MESSAGE
from bot.answers.verdict import Outcome
from bot.store.golden import GoldenQuestion, Wanted
from bot.text.privacy import found_in
from bot.text.unicode import clean
from bot.web.desk.golden.names import ASPECTS, OUTCOMES
from bot.web.desk.golden.procedures import Procedures

MOST_FACTS, LONGEST_FACT, LONGEST_NOTE = 20, 200, 500
_WITH_PROCEDURE = (Outcome.answer.value, Outcome.choose.value)


@dataclass(frozen=True)
class Typed:
    """What stands in the fields; `procedure` and `facts` as they were typed."""

    question: str = ""
    outcome: str = Outcome.answer.value
    procedure: str = ""
    aspects: tuple[str, ...] = ()
    facts: str = ""
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """What is wanted, if nothing is wrong; else by field what is, and the codes that the procedure typed may mean."""

    wanted: Wanted | None
    faults: Mapping[str, str] = field(default_factory=dict)
    meant: tuple[str, ...] = ()


def typed_in(sent: Mapping[str, Sequence[str]]) -> Typed:
    """What a form, or the address of an empty one, brought along."""

    def last(name: str, default: str = "") -> str:
        values = sent.get(name) or [default]
        return values[-1].replace("\r\n", "\n")

    return Typed(
        last("cau").strip(),
        last("ket-qua", Outcome.answer.value),
        (last("y-thu-tuc") or last("thu-tuc")).strip(),  # one of those offered was picked
        tuple(aspect for aspect in sent.get("khia-canh") or () if aspect in ASPECTS),
        last("su-that").strip(),
        last("ghi-chu").strip(),
    )


def typed_of(question: GoldenQuestion, procedures: Procedures) -> Typed:
    """A golden question as it stands in the fields."""
    return Typed(
        question.question,
        question.outcome,
        procedures.shown(question.procedure) if question.procedure else "",
        question.aspects,
        "\n".join(question.facts),
        question.note,
    )


def check(typed: Typed, procedures: Procedures) -> Checked:
    """What is wanted, or what is wrong. What the outcome has no use for (aspects of an offer) is left out."""
    faults: dict[str, str] = {}
    facts = tuple(line.strip() for line in typed.facts.splitlines() if line.strip())
    if fault := _of_question(typed.question):
        faults["cau"] = fault
    if typed.outcome not in OUTCOMES:
        faults["ket-qua"] = "Bạn chọn một trong các việc trợ lý cần làm."
    if fault := _of_facts(facts, typed.outcome):
        faults["su-that"] = fault
    if len(typed.note) > LONGEST_NOTE:
        faults["ghi-chu"] = f"Ghi chú dài quá {LONGEST_NOTE} ký tự. Bạn viết ngắn lại."
    code = ""
    meant: tuple[str, ...] = ()
    if typed.outcome in _WITH_PROCEDURE:
        try:
            code = procedures.named(typed.procedure) if typed.procedure else ""
        except LookupError:
            meant = tuple(procedures.like(typed.procedure))
            faults["thu-tuc"] = _which(len(meant))
        if typed.outcome == Outcome.answer.value and not typed.procedure:
            faults["thu-tuc"] = "Bạn ghi thủ tục mà trợ lý phải trả lời: tên hoặc mã."
    if faults:
        return Checked(None, faults, meant)
    aspects = typed.aspects if typed.outcome == Outcome.answer.value else ()
    return Checked(Wanted(typed.question, typed.outcome, code, aspects, facts, typed.note))


def _of_question(question: str) -> str:
    if not clean(question):
        return "Bạn ghi câu hỏi như người dân hỏi."
    if len(question) > LONGEST_MESSAGE:
        return f"Câu hỏi dài quá {LONGEST_MESSAGE} ký tự, trợ lý không nhận. Bạn viết ngắn lại."
    return ""


def _of_facts(facts: Sequence[str], outcome: str) -> str:
    if facts and outcome == Outcome.other.value:
        return "Với việc khác, trợ lý chỉ được kiểm tra có hiểu đúng loại câu không. Bạn để trống ô này."
    if len(facts) > MOST_FACTS:
        return f"Nhiều nhất {MOST_FACTS} dòng."
    if any(len(fact) > LONGEST_FACT for fact in facts):
        return f"Mỗi dòng dài nhất {LONGEST_FACT} ký tự."
    if hidden := [fact for fact in facts if found_in(clean(fact))]:
        return (
            f"Dòng “{hidden[0][:12]}…” có số điện thoại hoặc số riêng. Không được lưu số như vậy, nên bạn bỏ dòng này."
        )
    return ""


def _which(found: int) -> str:
    if not found:
        return "Không có thủ tục nào tên như vậy trong danh mục. Bạn thử từ khác hoặc ghi mã."
    return "Chưa rõ bạn muốn nói thủ tục nào. Bạn chọn một thủ tục ở dưới, hoặc ghi đủ tên."
