from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.yaml_lines import RecordError, line_of, read

TEXT = """\
name: Khai sinh
who:
  may_apply:
    - Cha
    - Mẹ
fees:
  - {basis: free,
     text: Miễn phí}
"""


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "record.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_every_part_knows_its_line(tmp_path: Path) -> None:
    data, lines = read(write(tmp_path, TEXT))
    assert data["who"]["may_apply"] == ["Cha", "Mẹ"]
    assert {place: lines[place] for place in [("name",), ("who", "may_apply", 1), ("fees", 0, "text")]} == {
        ("name",): 1,
        ("who", "may_apply", 1): 5,
        ("fees", 0, "text"): 8,
    }


def test_what_is_missing_has_the_line_of_its_nearest_parent(tmp_path: Path) -> None:
    _, lines = read(write(tmp_path, TEXT))
    assert line_of(("who", "on_behalf"), lines) == 2
    assert line_of(("fees", 0, "basis", "x", "y"), lines) == 7
    assert line_of(("nowhere",), lines) == 1


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(write(tmp_path, ""))[0] is None


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("name: a\nwho:\n  b: 1\nname: c\n", 4, "'name' stands here twice"),
        ("who:\n  a: 1\n  a: 2\n", 3, "'a' stands here twice"),
        ("name: a\n\t- b\n", 2, "not valid YAML"),
        ("name: 'a\n", 1, "not valid YAML"),
        ("a: [1, 2\nb: 3\n", 2, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML"),
        ("a: !!python/object:os.system {}\n", 1, "not valid YAML"),
        (b"name: \xff\xfe\n", 1, "not UTF-8"),
        ("name: Khai sinh".encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, reason: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(RecordError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize("nested", ("[", "{a: ", "- ", "-   ", "? ", "- ? "))
def test_parts_within_parts_without_end_are_refused_and_take_no_process_along(tmp_path: Path, nested: str) -> None:
    with pytest.raises(RecordError, match="not valid YAML: more than 30 parts"):
        read(write(tmp_path, f"a:\n  {nested * 300_000}"))


def test_lines_that_go_ever_further_in_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="too many parts within parts"):
        read(write(tmp_path, "\n".join(f"{' ' * depth}a:" for depth in range(1500))))


def test_a_few_lines_that_stand_for_billions_are_refused(tmp_path: Path) -> None:
    laughs = "".join(f"l{one}: &l{one} [{', '.join([f'*l{one - 1}'] * 9)}]\n" for one in range(1, 10))
    with pytest.raises(RecordError, match=":2: not valid YAML: parts repeated with & and"):
        read(write(tmp_path, f"l0: &l0 [x]\n{laughs}"))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("source:\n  checked_on: 2026-02-30\n", 2),  # no such day
        ("name: a\nnote: b\x07c\n", 2),  # copied with a control character
        ("? [a, b]\n: c\n", 1),  # a list as a key
    ],
)
def test_a_slip_that_yaml_itself_trips_over_is_named_with_its_line_too(tmp_path: Path, content: str, line: int) -> None:
    path = write(tmp_path, content)
    with pytest.raises(RecordError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
