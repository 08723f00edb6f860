from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.procedure import Procedure
from bot.knowledge.signposts import Signpost
from bot.search.passages import OUTSIDE, Kind, passages_of, passages_of_signpost

CASES = [
    {
        "id": "lan",
        "question": "Lần thứ mấy?",
        "choices": [{"id": "dau", "label": "Lần đầu"}, {"id": "sau", "label": "Lần sau"}],
    }
]


def test_a_record_is_found_by_names_aliases_questions_summary_and_cases(
    make_procedure: Callable[..., Procedure],
) -> None:
    passages = list(passages_of(make_procedure(cases=CASES)))
    assert {passage.code for passage in passages} == {"9.000001"}
    found = {kind: [p.text for p in passages if p.kind is kind] for kind in Kind}
    assert found[Kind.name] == ["Đăng ký thử"]
    assert found[Kind.official_name] == ["Thủ tục đăng ký thử"]
    assert found[Kind.alias] == ["làm giấy thử"]
    assert len(found[Kind.question]) == 6
    assert found[Kind.summary] == ["Việc này chỉ để thử."]
    assert found[Kind.case] == ["Đăng ký thử: Lần đầu", "Đăng ký thử: Lần sau"]


def test_only_what_people_type_counts_as_spoken(make_procedure: Callable[..., Procedure]) -> None:
    spoken = {passage.kind for passage in passages_of(make_procedure(cases=CASES)) if passage.is_spoken}
    assert spoken == {Kind.alias, Kind.question}


def test_a_signpost_is_found_by_name_and_questions_and_is_outside_the_listing() -> None:
    signpost = Signpost(id="ho_chieu", name="Làm hộ chiếu", questions=["làm hộ chiếu ở đâu"])
    passages = list(passages_of_signpost(signpost))
    assert [passage.text for passage in passages] == ["Làm hộ chiếu", "làm hộ chiếu ở đâu"]
    assert {(passage.code, passage.topic) for passage in passages} == {(OUTSIDE, "ho_chieu")}
