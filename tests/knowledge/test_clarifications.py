from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.knowledge.clarifications import MOST_OFFERED, Clarifications, load_clarifications
from bot.knowledge.listing import Listing
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings
from bot.text.folding import fold

LONGEST = 90  # characters: what is read at one glance, on a phone
ONE, TWO, THREE, FOUR = CODES = ["9.000001", "9.000002", "9.000003", "9.000004"]
VALID = """\
- id: lam_the
  asks: Bạn làm thẻ lần đầu hay làm lại?
  options:
  - code: '9.000001'
    when: Chưa từng có thẻ
  - code: '9.000002'
    when: Thẻ bị mất hay bị hỏng
  questions:
  - làm thẻ
- id: giay_to
  asks: Bạn cần giấy nào?
  options:
  - code: '9.000003'
    when: Giấy của mình
  - code: '9.000002'
    when: Thẻ bị mất hay bị hỏng
  - code: '9.000001'
    when: Thẻ
  questions: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "the.yml").write_text(VALID, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def clarifications(settings: Settings, listing: Listing) -> Clarifications:
    """Those that come with the project."""
    return load_clarifications(settings.knowledge / "clarifications", listing.procedures)


def faults_of(folder: Path, text: str) -> list[str]:
    (folder / "the.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_clarifications(folder, CODES)
    return str(caught.value).splitlines()


def test_situations_are_found_by_id_with_what_they_offer_the_usual_first(folder: Path) -> None:
    found = load_clarifications(folder, CODES).by_id
    assert list(found) == ["lam_the", "giay_to"]
    assert found["giay_to"].codes == [THREE, TWO, ONE]


def test_no_folder_or_an_empty_one_knows_no_situation(tmp_path: Path) -> None:
    assert load_clarifications(tmp_path, CODES).by_id == {}
    assert load_clarifications(tmp_path / "none", CODES).by_id == {}


def test_the_narrowest_situation_that_knows_all_tells_procedures_apart(folder: Path) -> None:
    found = load_clarifications(folder, CODES)
    assert found.tells_apart([TWO, ONE]) == found.by_id["lam_the"]
    assert found.tells_apart([ONE, THREE]) == found.by_id["giay_to"]
    assert found.tells_apart([ONE, FOUR]) is None


@pytest.mark.parametrize(
    ("right", "wrong", "line", "told"),
    [
        ("asks: Bạn cần", "ask: Bạn cần", 11, "ask: this key is not part of"),
        ("  asks: Bạn cần giấy nào?\n", "", 10, "asks: this part is required and missing"),
        ("id: lam_the", "id: làm thẻ", 1, "id: "),
        ("'9.000003'", "9.3", 13, "options.0.code: "),
        ("when: Giấy của mình", "when: ''", 14, "options.0.when: "),
        ("  questions: []", "  question: []", 19, "question: this key is not part of"),
        ("id: giay_to", "id: lam_the", 10, "the id 'lam_the' stands here twice"),
        ("'9.000003'", "'9.999999'", 10, "9.999999 has no record"),
        ("'9.000003'", "'9.000001'", 10, "giay_to offers a procedure twice"),
    ],
)
def test_a_slip_is_named_with_its_line(folder: Path, right: str, wrong: str, line: int, told: str) -> None:
    assert right in VALID
    faults = faults_of(folder, VALID.replace(right, wrong))
    assert any(fault.startswith(f"{folder / 'the.yml'}:{line}: ") and told in fault for fault in faults), faults


def test_a_situation_offers_two_procedures_at_least_and_not_more_than_fit_a_glance(folder: Path) -> None:
    one = "- id: a\n  asks: A?\n  questions: []\n  options:\n"
    option = "  - {{code: '9.00000{}', when: Khi {}}}\n"
    codes = [f"9.00000{number}" for number in range(MOST_OFFERED + 1)]
    for count in range(1, MOST_OFFERED + 2):
        text = one + "".join(option.format(number, number) for number in range(count))
        (folder / "the.yml").write_text(text, encoding="utf-8")
        if 2 <= count <= MOST_OFFERED:
            assert len(load_clarifications(folder, codes).by_id["a"].codes) == count
        else:
            with pytest.raises(RecordError, match=r"the\.yml:4: options: "):
                load_clarifications(folder, codes)


@pytest.mark.parametrize("text", ["", "id: lam_the\n", "- just words\n"])
def test_a_file_that_is_no_list_of_situations_is_refused(folder: Path, text: str) -> None:
    (fault,) = faults_of(folder, text)
    assert fault.startswith(f"{folder / 'the.yml'}:1: expected ")


def test_an_id_counts_for_all_files(folder: Path) -> None:
    (folder / "zwei.yml").write_text(VALID, encoding="utf-8")
    with pytest.raises(RecordError, match=r"zwei\.yml:1: the id 'lam_the' stands here twice") as caught:
        load_clarifications(folder, CODES)
    assert "zwei.yml:10: " in str(caught.value), "every fault is listed, not the first alone"


# What comes with the project


def test_the_situations_of_the_knowledge_can_be_read_and_come_up(clarifications: Clarifications) -> None:
    assert len(clarifications.by_id) >= 200
    assert [one.id for one in clarifications.by_id.values() if len(one.questions) < 5] == []


def test_what_is_asked_back_is_a_question_and_all_of_it_fits_a_glance(clarifications: Clarifications) -> None:
    for one in clarifications.by_id.values():
        assert one.asks.endswith("?"), one.id
        told = [one.asks, *(option.when for option in one.options)]
        assert [text for text in told if len(text) > LONGEST] == [], one.id


def test_each_procedure_of_a_situation_is_meant_in_another_case(clarifications: Clarifications) -> None:
    for one in clarifications.by_id.values():
        assert len({fold(option.when) for option in one.options}) == len(one.options), one.id


def test_every_question_stands_once(clarifications: Clarifications) -> None:
    said = Counter(text for one in clarifications.by_id.values() for text in one.questions)
    assert [text for text, count in said.items() if count > 1] == []


def test_no_two_situations_ask_the_same_about_the_same_procedures(clarifications: Clarifications) -> None:
    asked = Counter((one.asks, frozenset(one.codes)) for one in clarifications.by_id.values())
    assert [asks for (asks, _), count in asked.items() if count > 1] == []


def test_what_leaves_it_open_is_no_question_of_a_record(clarifications: Clarifications, listing: Listing) -> None:
    """An alias may be: "mở cửa hàng" is one name of a procedure, and said by people who mean another."""
    of_records = {fold(text): procedure.code for procedure in listing for text in procedure.questions}
    open_ = {(one.id, text): fold(text) for one in clarifications.by_id.values() for text in one.questions}
    assert {where: of_records[text] for where, text in open_.items() if text in of_records} == {}
