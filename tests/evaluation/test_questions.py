import json
from pathlib import Path

import pytest

from bot.evaluation.questions import QUESTIONS, Expect, load
from bot.knowledge.yaml_lines import RecordError

GOOD = {"id": "q-1", "text": "mất thẻ căn cước", "style": "terse", "codes": ["1.014064"], "aspects": ["fee"]}


def write(folder: Path, name: str, *lines: object) -> Path:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["development", "frozen", "golden"])
def test_the_sets_of_this_project_load(name: str) -> None:
    questions = load(QUESTIONS / name)
    small_talk = {Expect.smalltalk} if name == "golden" else set()
    assert {question.expect for question in questions} == {Expect.answer, Expect.choose, Expect.unknown} | small_talk
    for question in questions:
        assert bool(question.codes) == (question.expect in (Expect.answer, Expect.choose)), question.id
        assert bool(question.aspects) == (question.expect is Expect.answer), question.id


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    write(tmp_path, "b.jsonl", {**GOOD, "id": "q-2", "note": "why", "must": ["phí"]})
    write(tmp_path, "a.jsonl", GOOD, "", {"id": "u-1", "text": "a", "expect": "unknown", "kind": "far"})
    first, second, third = load(tmp_path)
    assert (first.text, first.codes, first.aspects) == ("mất thẻ căn cước", ("1.014064",), ("fee",))
    assert (second.id, second.style, second.kind) == ("u-1", "", "far")
    assert (third.id, third.must) == ("q-2", ("phí",))


@pytest.mark.parametrize(
    ("parts", "expect"),
    [
        ({"codes": ["1"], "aspects": ["fee"]}, Expect.answer),
        ({"codes": ["1", "2"]}, Expect.choose),
        ({"codes": ["1", "2"], "expect": "choose"}, Expect.choose),
        ({"expect": "unknown"}, Expect.unknown),
        ({"expect": "abstain"}, Expect.unknown),
        ({"expect": "service"}, Expect.service),
        ({"expect": "smalltalk"}, Expect.smalltalk),
    ],
)
def test_what_is_expected_is_said_or_seen_from_the_rest(
    tmp_path: Path, parts: dict[str, object], expect: Expect
) -> None:
    write(tmp_path, "set.jsonl", {"id": "q-1", "text": "a", **parts})
    assert [question.expect for question in load(tmp_path)] == [expect]


def test_what_is_tested_elsewhere_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "set.jsonl", {"id": "d-1", "turns": []}, {"id": "s-1", "text": "\x00", "expect": "safe"}, GOOD)
    assert [question.id for question in load(tmp_path)] == ["q-1"]


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    write(tmp_path, "set.jsonl", {**GOOD, "text": "mất\u2028thẻ"})
    assert [question.text for question in load(tmp_path)] == ["mất\u2028thẻ"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "Expecting"),
        ("[]", "expected an object, found list"),
        ({**GOOD, "id": "q-1"}, "the id q-1 stands here twice"),
        ({**GOOD, "id": "q-2", "text": " "}, "'text' must be a text"),
        ({**GOOD, "id": "q-2", "codes": []}, "'codes' must be a list of texts, with at least one"),
        ({**GOOD, "id": "q-2", "codes": "1.014064"}, "'codes' must be a list"),
        ({**GOOD, "id": "q-2", "aspects": ["price"]}, "'price' is not one of the aspects overview, documents"),
        ({**GOOD, "id": "q-2", "expect": "maybe"}, "'maybe' is not a valid Expect"),
        ({**GOOD, "id": "q-2", "expect": ["answer"]}, "'expect' must be a text"),
        ({**GOOD, "id": "q-2", "must": "phí"}, "'must' must be a list"),
        ({**GOOD, "id": "q-2", "must": ["phí", "(15"]}, "missing )"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_number(tmp_path: Path, line: object, fault: str) -> None:
    path = write(tmp_path, "procedures.jsonl", GOOD, line)
    with pytest.raises(RecordError) as error:
        load(tmp_path)
    assert str(error.value).startswith(f"{path}:2: ")
    assert fault in str(error.value)


def test_all_broken_lines_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    first = write(tmp_path, "a.jsonl", GOOD, "{")
    second = write(tmp_path, "b.jsonl", GOOD)
    with pytest.raises(RecordError) as error:
        load(tmp_path)
    named = [line.rpartition(": ")[0] for line in str(error.value).splitlines()]
    assert len(named) == 2 and named[0].startswith(f"{first}:2") and named[1].startswith(f"{second}:1")


def test_an_empty_set_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "procedures.jsonl", "")
    with pytest.raises(RecordError, match="no questions"):
        load(tmp_path)


def test_a_folder_without_a_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing holds no question set \(\*\.jsonl\)"):
        load(tmp_path / "nothing")
