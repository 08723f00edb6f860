import json
from pathlib import Path

import pytest

from bot.evaluation.questions import load_answerable, load_unanswerable
from bot.knowledge.yaml_lines import RecordError

GOOD = {"id": "q-1", "text": "mất thẻ căn cước", "style": "terse", "codes": ["1.014064"], "aspects": ["fee"]}


def write(folder: Path, name: str, *lines: object) -> Path:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_the_sets_of_this_project_load() -> None:
    answerable, unanswerable = load_answerable(), load_unanswerable()
    assert len(answerable) >= 300 and all(question.codes and question.aspects for question in answerable)
    assert len(unanswerable) >= 60 and {question.kind for question in unanswerable} == {"far", "near"}


def test_a_question_of_another_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "procedures.jsonl", GOOD, "", {**GOOD, "id": "q-2", "note": "why"})
    first, second = load_answerable(tmp_path)
    assert (first.text, first.codes, first.aspects) == ("mất thẻ căn cước", ("1.014064",), ("fee",))
    assert second.id == "q-2"


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
    ],
)
def test_a_broken_line_is_named_with_its_file_and_number(tmp_path: Path, line: object, fault: str) -> None:
    path = write(tmp_path, "procedures.jsonl", GOOD, line)
    with pytest.raises(RecordError) as error:
        load_answerable(tmp_path)
    assert str(error.value).startswith(f"{path}:2: ")
    assert fault in str(error.value)


def test_all_broken_lines_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, "unanswerable.jsonl", {"id": "u-1", "text": "a", "style": "plain"}, "{")
    with pytest.raises(RecordError) as error:
        load_unanswerable(tmp_path)
    assert len(str(error.value).splitlines()) == 2
    assert "'expect' must be" in str(error.value)


def test_an_empty_set_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "procedures.jsonl", "")
    with pytest.raises(RecordError, match="no questions"):
        load_answerable(tmp_path)


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"unanswerable\.jsonl"):
        load_unanswerable(tmp_path)
