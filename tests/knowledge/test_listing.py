from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.listing import load, load_procedure
from bot.knowledge.yaml_lines import RecordError

Write = Callable[..., Path]
CASES = [
    {
        "id": "ly_do",
        "question": "Vì sao?",
        "choices": [{"id": "mat", "label": "Bị mất"}, {"id": "hong", "label": "Bị hỏng"}],
    }
]
FEE = {"basis": "fixed", "amount": 15000, "text": "Mỗi bản."}


def faults_of(path: Path) -> list[str]:
    with pytest.raises(RecordError) as caught:
        load_procedure(path)
    return str(caught.value).splitlines()


def line_with(path: Path, text: str) -> int:
    """The first line, from 1, that holds a text."""
    return next(number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line)


def filing(**parts: Any) -> dict[str, Any]:
    time = {"unit": "working_day", "amount": 3, "text": "3 ngày."}
    return {"channel": "counter", "how": "Nộp tại quầy.", "times": [time], "fees": [FEE], **parts}


def test_a_valid_record_is_loaded_with_its_field(knowledge: Path, write: Write) -> None:
    write(cases=CASES, documents=[{"name": "Đơn", "when": ["ly_do.mat"]}])
    listing = load(knowledge)
    assert (len(listing), "9.000001" in listing, "9.000002" in listing) == (1, True, False)
    assert listing.fields[listing["9.000001"].field] == "Hộ tịch"
    assert listing["9.000001"].case_refs() == {"ly_do.mat", "ly_do.hong"}
    assert listing["9.000001"].label_of("ly_do.hong") == "Bị hỏng"


@pytest.mark.parametrize(
    ("parts", "where", "key", "allowed"),
    [
        ({"levels": ["phuong"]}, "- phuong", "levels.0", "xa, tinh, bo, nganh_doc, khac"),
        ({"channels": [filing(channel="zalo")]}, "channel: zalo", "channels.0.channel", "counter, online, post"),
        (
            {"channels": [filing(times=[{"unit": "week", "amount": 1, "text": "1 tuần."}])]},
            "unit: week",
            "channels.0.times.0.unit",
            "working_day, day, hour, same_day, by_text",
        ),
        (
            {"channels": [filing(fees=[{"basis": "gratis", "text": "Không."}])]},
            "basis: gratis",
            "channels.0.fees.0.basis",
            "fixed, province, free, not_stated",
        ),
        ({"documents": [{"name": "Đơn", "action": "give"}]}, "action: give", "documents.0.action", "hand_in, show"),
        (
            {"documents": [{"name": "Đơn", "copy_kind": "scan"}]},
            "copy_kind: scan",
            "documents.0.copy_kind",
            "photo, certified",
        ),
    ],
)
def test_a_wrong_value_is_named_with_file_line_and_what_is_allowed(
    write: Write, parts: dict[str, Any], where: str, key: str, allowed: str
) -> None:
    path = write(**parts)
    assert f"{path}:{line_with(path, where)}: {key}: must be one of {allowed}" in faults_of(path)


@pytest.mark.parametrize("part", ["name", "summary", "who", "documents", "steps", "channels", "legal_basis", "source"])
def test_a_missing_part_is_named(write: Write, part: str) -> None:
    path = write(without=(part,))
    assert faults_of(path) == [f"{path}:1: {part}: this part is required and missing"]


def test_a_missing_inner_part_is_named_with_the_line_of_what_lacks_it(write: Write) -> None:
    path = write(source={"url": "https://example.org", "decision": "1/QĐ"})
    assert faults_of(path) == [
        f"{path}:{line_with(path, 'source:')}: source.checked_on: this part is required and missing"
    ]


def test_an_unknown_key_is_never_dropped_silently(write: Write) -> None:
    path = write(sumary="Ồ", documents=[{"name": "Đơn", "copy": 2}])
    assert faults_of(path) == [
        f"{path}:{line_with(path, 'copy: 2')}: documents.0.copy: this key is not part of a record (a slip of the pen?)",
        f"{path}:{line_with(path, 'sumary')}: sumary: this key is not part of a record (a slip of the pen?)",
    ]


@pytest.mark.parametrize("code", ["1.12345", "1001193", "1.0011931", "x.001193", "1.001193 "])
def test_a_wrong_code_is_refused_with_its_line(write: Write, code: str) -> None:
    path = write(file="code.yml", code=code)
    assert any(fault.startswith(f"{path}:1: code: ") for fault in faults_of(path))


@pytest.mark.parametrize("url", ["http://dichvucong.gov.vn", "dichvucong.gov.vn", "https://a b", ""])
def test_a_source_must_be_a_safe_address(write: Write, url: str) -> None:
    path = write(source={"url": url, "decision": "1/QĐ", "checked_on": "2026-07-05"})
    assert [fault.split(": ")[1] for fault in faults_of(path)] == ["source.url"]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"name": "  "}, "name"),
        ({"aliases": []}, "aliases"),
        ({"questions": ["một", "hai"]}, "questions"),
        ({"documents": []}, "documents"),
        ({"documents": [{"name": "Đơn", "originals": -1}]}, "documents.0.originals"),
        ({"source": {"url": "https://a.vn", "decision": "1", "checked_on": "hôm qua"}}, "source.checked_on"),
        ({"cases": [{**CASES[0], "choices": CASES[0]["choices"][:1]}]}, "cases.0.choices"),
        ({"channels": [filing(fees=[{"basis": "fixed", "text": "Có thu."}])]}, "channels.0.fees.0.text"),
        ({"channels": [filing(fees=[{"basis": "free", "amount": 5000, "text": "Không."}])]}, "channels.0.fees.0.text"),
        ({"channels": [filing(fees=[{**FEE, "amount": 0}])]}, "channels.0.fees.0.amount"),
        ({"channels": [filing(times=[{"unit": "day", "text": "Vài ngày."}])]}, "channels.0.times.0.text"),
        ({"channels": [filing(times=[{"unit": "same_day", "amount": 1, "text": "Ngay."}])]}, "channels.0.times.0.text"),
    ],
)
def test_what_a_record_cannot_mean_is_refused(write: Write, parts: dict[str, Any], key: str) -> None:
    path = write(**parts)
    assert key in [fault.split(": ")[1] for fault in faults_of(path)]


@pytest.mark.parametrize("amount", [15.000, 15000.5, True])
def test_an_amount_is_a_whole_number_of_dong_and_never_guessed(write: Write, amount: float) -> None:
    """YAML reads 15.000 as fifteen; an editor means fifteen thousand."""
    path = write(channels=[filing(fees=[{**FEE, "amount": amount}])])
    assert [fault.split(": ")[1] for fault in faults_of(path)] == ["channels.0.fees.0.amount"]


def test_a_document_for_a_case_that_does_not_exist_is_named_with_the_cases_there_are(write: Write) -> None:
    path = write(cases=CASES, documents=[{"name": "Giấy"}, {"name": "Đơn", "when": ["ly_do.chay"]}])
    assert faults_of(path) == [
        f"{path}:{line_with(path, 'name: Đơn')}: documents.1.when: 'ly_do.chay' is no case of this record; "
        "allowed: ly_do.hong, ly_do.mat"
    ]


def test_a_fee_for_a_case_that_does_not_exist_is_named(write: Write) -> None:
    path = write(cases=CASES, channels=[filing(fees=[{**FEE, "when": ["ly_do.chay"]}])])
    (fault,) = faults_of(path)
    assert fault.startswith(f"{path}:{line_with(path, 'channel: counter')}: channels.0.fees")
    assert "'ly_do.chay' is no case" in fault


def test_a_form_that_is_not_listed_is_named(write: Write) -> None:
    path = write(forms=[{"id": "to_khai", "name": "Tờ khai"}], documents=[{"name": "Đơn", "form": "mau_2"}])
    assert faults_of(path) == [
        f"{path}:{line_with(path, 'name: Đơn')}: documents.0.form: 'mau_2' is not listed under forms"
    ]


def test_the_file_is_named_after_the_code(write: Write) -> None:
    path = write(file="khai-sinh.yml")
    assert faults_of(path) == [f"{path}:1: the file's name must start with the code 9.000001"]


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "just words\n"])
def test_a_file_that_is_no_record_is_refused(knowledge: Path, content: str) -> None:
    path = knowledge / "procedures" / "9.000001-x.yml"
    path.write_text(content, encoding="utf-8")
    assert faults_of(path)[0].startswith(f"{path}:1: expected keys and values")


def test_a_wrong_field_is_named_with_the_fields_there_are(knowledge: Path, write: Write) -> None:
    path = write(field="dat_dai")
    with pytest.raises(RecordError) as caught:
        load(knowledge)
    assert str(caught.value) == f"{path}:1: field 'dat_dai' is not one of ho_tich, cu_tru"


def test_two_records_of_one_code_are_refused(knowledge: Path, write: Write) -> None:
    write(file="9.000001-a.yml")
    second = write(file="9.000001-b.yml")
    with pytest.raises(RecordError) as caught:
        load(knowledge)
    assert str(caught.value) == f"{second}:1: code 9.000001 already has a record"


@pytest.mark.parametrize("kind", ["related", "confusable"])
def test_a_neighbour_without_a_record_is_named(knowledge: Path, write: Write, kind: str) -> None:
    write(**{kind: [{"code": "9.999999", "tell_apart": "Khác."}]})
    with pytest.raises(RecordError, match=rf"9\.000001 names 9\.999999 as {kind}, which has no record"):
        load(knowledge)


def test_the_faults_of_all_files_are_told_at_once(knowledge: Path, write: Write) -> None:
    first = write(levels=["x"], sumary="Ồ")
    broken = knowledge / "procedures" / "9.000002-x.yml"
    broken.write_text("a: [\n", encoding="utf-8")
    third = write(code="9.000003", field="nowhere")
    with pytest.raises(RecordError) as caught:
        load(knowledge)
    told = str(caught.value).splitlines()
    assert len(told) == 4
    assert {fault.split(":")[0] for fault in told} == {str(first), str(broken), str(third)}


def test_a_record_cannot_be_changed_by_accident(make_procedure: Callable[..., Any]) -> None:
    with pytest.raises(TypeError):
        make_procedure().name = "Khác"
