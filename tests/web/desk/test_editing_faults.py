"""Faults are found where they are, and said so that somebody who does not program can mend them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.knowledge.listing import Listing
from bot.knowledge.live import InForce, load_version
from bot.knowledge.record_file import as_data, as_text
from bot.settings import Settings
from bot.web.desk.editing.faults import Checker, check_text

CODE = "1.001193"
Break = Callable[[dict[str, Any]], object]


def put(*path: Any) -> Break:
    """Sets what stands at a path to the last of the arguments."""

    def broken(data: dict[str, Any]) -> None:
        owner: Any = data
        for part in path[:-2]:
            owner = owner[part]
        owner[path[-2]] = path[-1]

    return broken


@pytest.mark.parametrize(
    ("broken", "path", "words"),
    [
        (lambda data: data.pop("summary"), "summary", "chưa viết"),
        (lambda data: data.pop("field"), "field", "chưa chọn"),
        (lambda data: data.pop("steps"), "steps", "ít nhất 1 bước"),
        (lambda data: data["who"].pop("may_apply"), "who.may_apply", "ít nhất 1 người được làm"),
        (put("questions", ["một", "hai"]), "questions", "ít nhất 6"),
        (put("field", "khong_co"), "field", "Bạn chọn một lĩnh vực"),
        (put("documents", 0, "originals", "một"), "documents.0.originals", "chỉ viết số"),
        (put("documents", 0, "originals", 11), "documents.0.originals", "không quá 10"),
        (put("documents", 0, "originals", -1), "documents.0.originals", "từ 0"),
        (put("documents", 0, "action", "giu_lai"), "documents.0.action", "trong danh sách"),
        (put("documents", 5, "when", ["chung_sinh.mat"]), "documents.5.when.0", "không còn"),
        (put("documents", 0, "form", "mau_khac"), "documents.0.form", "không có ở phần Mẫu đơn"),
        (put("cases", 0, "id", "Chứng sinh"), "cases.0.id", "không dấu"),
        (put("cases", 0, "choices", 1, "id", "co"), "cases.0.choices.1.id", "đã dùng"),
        (put("channels", 0, "times", 1, "amount", None), "channels.0.times.1.amount", "phải ghi con số"),
        (put("channels", 0, "fees", 0, "amount", 5), "channels.0.fees.0.amount", "để trống số tiền"),
        (put("channels", 0, "fees", 0, "basis", "fixed"), "channels.0.fees.0.amount", "phải ghi số tiền"),
        (put("channels", 1, "channel", "counter"), "channels", "chỉ ghi một lần"),
        (put("related", 0, "code", "9.999999"), "related.0.code", "không có thủ tục nào"),
        (put("related", 0, "code", "khai sinh"), "related.0.code", "sáu chữ số"),
        (put("source", "url", "example.org"), "source.url", "https://"),
        (put("source", "checked_on", "18/07/2026"), "source.checked_on", "năm-tháng-ngày"),
        (lambda data: data["source"].pop("published_on"), "source.published_on", "ngày công bố"),
        (put("steps", 0, "chữ " * 26), "steps.0", "26 chữ, nhiều nhất là 25"),
        (put("place", "text", "Công an huyện."), "place.text", "không còn nữa"),
        (put("place", "text", "Người nộp có trách nhiệm tự tìm."), "place.text", "lối nói công văn"),
        (put("summary", "Một. Hai. Ba."), "summary", "một hoặc hai câu"),
        (put("summary", "CẦN VIẾT: để làm gì"), "summary", "CẦN VIẾT"),
        (put("code", "1.001194"), "code", "thủ tục mang mã 1.001193"),
    ],
)
def test_a_fault_is_found_at_its_place(
    checker: Checker, data: dict[str, Any], broken: Break, path: str, words: str
) -> None:
    assert checker.check(CODE, data).faults == ()
    broken(data)
    found = {".".join(map(str, fault.path)): fault.words for fault in checker.check(CODE, data).faults}
    assert words in found[path], found
    assert not re.search(r"\b(value|must|ensure|field|string|allowed)\b", " ".join(found.values())), found


def test_a_name_that_stands_elsewhere_is_a_fault(checker: Checker, data: dict[str, Any], version: InForce) -> None:
    other = next(one for one in version.listing if one.code != CODE)
    data["aliases"].append(other.aliases[0].upper())
    (fault,) = checker.check(CODE, data).faults
    assert fault.path == ("aliases", len(data["aliases"]) - 1)
    assert other.name in fault.words


def test_all_faults_are_said_at_once_although_some_parts_cannot_be_read(checker: Checker, data: dict[str, Any]) -> None:
    put("documents", 0, "copies", "hai bản")(data)
    put("place", "text", "Công an huyện.")(data)
    data["who"] = {}
    found = {fault.path for fault in checker.check(CODE, data).faults}
    assert found == {("documents", 0, "copies"), ("place", "text"), ("who", "may_apply")}


def test_what_is_still_to_be_written_is_shown_as_open(checker: Checker, data: dict[str, Any]) -> None:
    del data["summary"], data["source"]["checked_on"]
    data["channels"][0].pop("fees")
    record = checker.check(CODE, data).record
    assert record is not None
    assert record.summary == "…"
    assert record.channels[0].fees[0].text == "…"


def test_the_record_is_that_of_the_ward(checker: Checker, listing: Listing, version: InForce) -> None:
    for local in version.ward.local:
        checked = checker.check(local.code, as_data(listing[local.code]))
        assert checked.faults == ()
        assert checked.record == version.listing[local.code] != listing[local.code]


def test_where_the_ward_has_its_own_fee_no_other_is_fixed(checker: Checker, listing: Listing, version: InForce) -> None:
    code = next(local.code for local in version.ward.local if local.fee)
    data = as_data(listing[code])
    data["channels"][0]["fees"] = [{"basis": "fixed", "amount": 10000, "text": "10.000 đồng."}]
    faults = checker.check(code, data).faults
    assert [fault.path for fault in faults] == [("channels",)]
    assert "Phường có lệ phí riêng" in faults[0].words


def test_faults_of_a_file_name_its_lines(checker: Checker, data: dict[str, Any]) -> None:
    put("documents", 2, "originals", 99)(data)
    text = as_text(data)
    (fault,) = check_text(checker, CODE, text).faults
    assert text.splitlines()[fault.line - 1].strip() == "originals: 99"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('code: "1.001193"\nname: một: hai\n', 2, "dấu hai chấm"),
        ("name: a\nname: b\n", 2, "hai lần"),
        ("name: a\n\tfield: b\n", 2, "Tab"),
        ("source:\n  checked_on: 2026-02-30\n", 2, "không có trong lịch"),
        ("chỉ có chữ", 1, "tên phần: nội dung"),
        ('name: "a\n', 1, "ngoặc kép"),
    ],
)
def test_text_that_is_no_record_is_said_so(checker: Checker, text: str, line: int, words: str) -> None:
    checked = check_text(checker, CODE, text)
    assert checked.record is None
    assert (checked.faults[0].line, words in checked.faults[0].words) == (line, True), checked.faults


def test_every_record_in_force_is_without_faults(checker: Checker, listing: Listing) -> None:
    assert {one.code: found for one in listing if (found := checker.check(one.code, as_data(one)).faults)} == {}


@pytest.fixture(scope="module")
def version(settings: Settings) -> InForce:
    return load_version(settings, 0)


@pytest.fixture(scope="module")
def checker(version: InForce) -> Checker:
    return Checker(version)


@pytest.fixture
def data(listing: Listing) -> dict[str, Any]:
    return as_data(listing[CODE])
