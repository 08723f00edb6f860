from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.official import answers, lines, workbook
from bot.knowledge.official.procedure import Official, OfficialUnit, Scope
from bot.knowledge.official.raw import SourceError
from bot.knowledge.official.read import read_official
from bot.knowledge.procedure import Channel, Level

Write = Callable[..., Path]
Data = dict[str, Any]


def the_one(path: Path) -> Official:
    (official,) = read_official(path).values()
    return official


def fault_of(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_official(path)
    return str(caught.value)


def test_an_answer_of_the_portal_is_read_in_our_terms(write_json: Write, answer_data: Data) -> None:
    official = the_one(write_json(answer_data))
    assert (official.code, official.name, official.field) == ("9.000001", "Đăng ký thử", "Hộ tịch")
    assert official.url == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/aaaa-bbbb"
    assert official.levels == (Level.commune,) and official.scope is Scope.standard and official.is_for_communes
    assert (official.decision, official.published_on) == ("12/QĐ-THU", date(2026, 4, 26))
    counter, online = official.filings
    assert (counter.channel, counter.amount, counter.unit) == (Channel.counter, 3, OfficialUnit.working_day)
    assert official.amounts == {8000}
    assert (online.amount, online.unit, online.text) == (0, OfficialUnit.other, "Theo mô tả")
    assert [(paper.name, paper.case, paper.originals, paper.copies) for paper in official.documents] == [
        ("Đơn", "Nếu mất", 1, 0),
        ("Ảnh", "", 0, 2),
    ]
    assert official.steps == ("Bước 1\nNộp giấy.\nChờ.",)


def test_the_answer_and_the_line_of_one_procedure_say_the_same(
    write_json: Write, write_lines: Write, answer_data: Data, line_data: Data
) -> None:
    answer, line = the_one(write_json(answer_data)), the_one(write_lines(line_data))
    assert answer.copy(update={"url": line.url}) == line


@pytest.mark.parametrize("name", ["export.jsonl", "export.jsonl.gz"])
def test_an_export_may_be_packed_or_not(write_lines: Write, line_data: Data, name: str) -> None:
    rows = [{**line_data, "code": f"9.00000{number}"} for number in range(3)]
    assert list(read_official(write_lines(*rows, name=name))) == ["9.000000", "9.000001", "9.000002"]


def test_a_folder_of_answers_is_read_whole(write_json: Write, answer_data: Data) -> None:
    write_json(answer_data)
    answer_data["data"]["code"] = "9.000002"
    folder = write_json(answer_data, "9.000002.json").parent
    assert list(read_official(folder)) == ["9.000001", "9.000002"]


def test_the_list_for_officials_names_procedures_and_no_facts(write_list: Write) -> None:
    path = write_list(
        ("9.000001", " Đăng ký thử ", "Bộ Thử", "Cấp xã\nCấp tỉnh", "Hộ tịch"),
        (None,) * 5,
        ("9.000002", "Kia", "", "", ""),
    )
    first, second = read_official(path).values()
    assert (first.name, first.field, first.agencies) == ("Đăng ký thử", "Hộ tịch", ("Cấp xã", "Cấp tỉnh"))
    assert not first.complete and second.code == "9.000002"


def test_dollars_are_no_dong(write_lines: Write, line_data: Data) -> None:
    line_data["methods"][0]["fees"] = [
        {"value": 65, "currency_id": None, "desc": ""},
        {"value": 5000, "currency_id": "USD"},
    ]
    assert the_one(write_lines(line_data)).amounts == set()


# What cannot be taken names file and place, and nothing of it is taken.


def test_no_such_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.json") == f"{tmp_path / 'none.json'}: no such file or folder"


def test_an_empty_folder(tmp_path: Path) -> None:
    assert fault_of(tmp_path) == f"{tmp_path}: no .json file in this folder"


def test_a_kind_that_nobody_exports(tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(b"x")
    assert "not one of .json" in fault_of(path)


def test_an_answer_cut_off_is_named_with_its_line(write_json: Write, answer_data: Data) -> None:
    path = write_json(answer_data)
    path.write_text(path.read_text("utf-8")[:300], encoding="utf-8")
    assert fault_of(path).startswith(f"{path}: line 1: not JSON, or cut off")


def test_an_answer_without_a_procedure(write_json: Write) -> None:
    path = write_json({"code": "NOT_FOUND", "message": "Không thấy", "data": None})
    assert fault_of(path) == f"{path}: code: the portal answered 'NOT_FOUND' (Không thấy), without a procedure"


@pytest.mark.parametrize("data", [[], "x", {"rows": []}, {"code": "OK", "data": {"id": "x"}}])
def test_json_of_somebody_else(write_json: Write, data: object) -> None:
    path = write_json(data)
    assert fault_of(path).startswith(f"{path}: ")


def test_a_channel_that_we_do_not_know(write_json: Write, answer_data: Data) -> None:
    answer_data["data"]["executionMethods"][0]["submissionMethod"] = "PIGEON"
    assert fault_of(write_json(answer_data)).endswith("executionMethods: 'PIGEON' is not one of DIRECT, ONLINE, POSTAL")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"a": "\xff\xfe"}')
    assert fault_of(path) == f"{path}: byte 7: not UTF-8 text"


def test_a_broken_line_is_named_by_its_number(write_lines: Write, line_data: Data) -> None:
    path = write_lines(line_data, {"code": "9.000002"})
    assert fault_of(path).startswith(f"{path}: line 2: name: field required")


def test_a_packed_export_cut_off(write_lines: Write, line_data: Data) -> None:
    path = write_lines(*[line_data] * 50)
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged or cut off" in fault_of(path)


def test_what_only_calls_itself_packed(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(b"not packed")
    assert "damaged or cut off" in fault_of(path)


def test_json_nested_without_end(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("[" * 200_000, encoding="utf-8")
    assert "line 1: not JSON, or cut off" in fault_of(path)


@pytest.mark.parametrize(
    ("module", "limit", "name"),
    [(answers, "MOST_BYTES", "9.000001.json"), (lines, "MOST_BYTES", "x.jsonl"), (workbook, "MOST_BYTES", "x.xlsx")],
)
def test_a_file_larger_than_any_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, limit: str, name: str
) -> None:
    monkeypatch.setattr(module, limit, 1_000_000)
    path = tmp_path / name
    path.write_bytes(b" " * 1_000_001)
    assert "larger than 1 MB" in fault_of(path)


def test_a_line_longer_than_any_procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1_000_000)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"x" * 1_000_001)
    assert fault_of(path) == f"{path}: line 1: longer than 1 MB"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04cut"])
def test_a_workbook_that_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert fault_of(path).startswith(f"{path}: no .xlsx file, or damaged")


def test_a_packed_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", "hello")
    assert fault_of(path).startswith(f"{path}: no .xlsx file, or damaged")


def test_a_workbook_that_unpacks_without_end(write_list: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 100)
    assert "so it is no list of procedures" in fault_of(write_list())


def test_a_workbook_about_something_else(write_list: Write) -> None:
    path = write_list(("1", "2", "3", "4", "5"), header=("Tên", "Điểm", "", "", ""))
    assert fault_of(path).startswith(f"{path}: rows 1 to 10: no header 'Mã số | Tên | ")


def test_a_row_without_a_name(write_list: Write) -> None:
    path = write_list(("9.000001", "", "Bộ Thử", "", ""))
    assert fault_of(path) == f"{path}: row 3: code and name must both be there"
