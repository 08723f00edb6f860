"""A record as a form: nothing of it is lost on the way there and back, and every part of it can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data, as_text
from bot.web.desk.editing.changes import NoSuchButton, change, empty
from bot.web.desk.editing.drawing import Drawing, Drawn, Offered, title_of
from bot.web.desk.editing.faults import read_text
from bot.web.desk.editing.labels import GROUPS
from bot.web.desk.editing.packing import pack, with_ids
from bot.web.desk.editing.shape import Field, Widget, fields_of
from bot.web.desk.editing.tree import NotAForm, tree_from, tree_of

TODAY = date(2026, 11, 23)


def sent_by(one: Drawn) -> Iterator[tuple[str, str]]:
    """What a browser sends of a field as it is drawn: the ends of lines as two signs."""
    if one.kind in ("part", "parts", "texts", "selects", "entry"):
        for inner in one.inner:
            yield from sent_by(inner)
    elif one.kind == "ticks":
        yield from ((one.name, value) for value, _ in one.groups[0][1] if value in one.values)
    elif one.kind == "tick":
        yield from [(one.name, "true")] if one.value else []
    elif one.kind == "select":
        assert one.value in [value for _, options in one.groups for value, _ in options], one.name
        yield one.name, one.value
    else:
        yield one.name, one.value.replace("\n", "\r\n")


def test_every_record_comes_back_from_its_form_as_it_was(listing: Listing) -> None:
    for procedure in listing:
        tree = tree_of(as_data(procedure))
        drawing = Drawing(Offered.of(tree, listing.fields, {}), {})
        sent = [pair for group in drawing.groups(tree) for field in group.fields for pair in sent_by(field)]
        again = pack(with_ids(tree_from(sent)))
        assert Procedure.parse_obj(again.data) == procedure, procedure.code
        assert again.as_text() == as_text(as_data(procedure)), procedure.code


def test_the_file_of_the_form_is_the_record(listing: Listing) -> None:
    for procedure in list(listing)[::20]:
        text = pack(tree_of(as_data(procedure))).as_text()
        assert Procedure.parse_obj(read_text(text)[0]) == procedure


def test_every_part_of_the_schema_has_its_place_and_its_words() -> None:
    assert sorted(name for _, _, names in GROUPS for name in names) == sorted(Procedure.__fields__)
    assert all(field.options for field in every(fields_of()) if field.widget is Widget.ticks)
    for field in every(fields_of()):
        assert field.label.name
        assert field.label.entry or field.widget not in (Widget.parts, Widget.texts, Widget.selects), field.key


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from every(field.fields)


def test_what_is_no_number_and_no_day_is_kept_as_typed(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    tree["documents"][0]["originals"], tree["source"]["checked_on"] = "một bản", "18/7"
    data = pack(tree).data
    assert data["documents"][0]["originals"] == "một bản"
    assert data["source"]["checked_on"] == "18/7"
    assert tree_of(read_text(pack(tree).as_text())[0]) == tree


def test_what_is_left_empty_is_left_out_and_faults_still_find_their_place(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    tree["steps"] = ["", "Một", " ", "Hai"]
    packed = pack(tree)
    assert packed.data["steps"] == ["Một", "Hai"]
    assert packed.in_form(("steps", 1)) == ("steps", 3)
    assert "deadline_to_apply" in pack(tree).data
    tree["deadline_to_apply"] = dict.fromkeys(tree["deadline_to_apply"], "")
    assert "deadline_to_apply" not in pack(tree).data


def test_a_place_inside_an_entry_after_an_empty_one_is_found(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    change(tree, "them:documents", today=TODAY)
    tree["documents"].insert(0, tree["documents"].pop())
    tree["documents"][1]["when"] = ["", "a.b"]
    packed = pack(tree)
    assert packed.in_form(("documents", 0, "when", 0)) == ("documents", 1, "when", 1)


def test_a_key_that_no_record_has_is_not_dropped_in_silence(record: dict[str, Any]) -> None:
    with pytest.raises(NotAForm) as strange:
        tree_of({**record, "who": {**record["who"], "lam_thay": "ai"}})
    assert strange.value.path == ("who", "lam_thay")
    with pytest.raises(NotAForm):
        tree_of({**record, "steps": "một bước"})
    with pytest.raises(NotAForm):
        tree_of({**record, "name": ["hai", "tên"]})


@pytest.mark.parametrize(
    ("order", "left", "focus"),
    [
        ("len:steps.1", "bac", ("steps", 0)),
        ("len:steps.0", "abc", ("steps", 0)),
        ("xuong:steps.0", "bac", ("steps", 1)),
        ("xuong:steps.2", "abc", ("steps", 2)),
        ("bot:steps.1", "ac", ("steps", 1)),
        ("bot:steps.2", "ab", ("steps", 1)),
    ],
)
def test_entries_are_moved_and_removed(record: dict[str, Any], order: str, left: str, focus: tuple[Any, ...]) -> None:
    tree = tree_of({**record, "steps": list("abc")})
    assert change(tree, order, today=TODAY).focus == focus
    assert "".join(tree["steps"]) == left


def test_entries_are_added_wherever_there_is_a_list(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    for order, focus in (
        ("them:cases", ("cases", len(tree["cases"]))),
        ("them:cases.0.choices", ("cases", 0, "choices", len(tree["cases"][0]["choices"]))),
        ("them:channels.0.fees", ("channels", 0, "fees", len(tree["channels"][0]["fees"]))),
        ("them:channels.0.fees.0.when", ("channels", 0, "fees", 0, "when", 0)),
        ("them:who.may_apply", ("who", "may_apply", len(tree["who"]["may_apply"]))),
    ):
        assert change(tree, order, today=TODAY).focus == focus
    assert Procedure.parse_obj(pack(tree).data) == Procedure.parse_obj(record)  # empty entries are none
    assert [len(case["choices"]) for case in tree["cases"]][-1] == 2


def test_the_day_of_the_check_is_set(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    change(tree, "dat:source.checked_on", today=TODAY)
    assert pack(tree).data["source"]["checked_on"] == TODAY


@pytest.mark.parametrize(
    "order",
    [
        *("", "them:", "them:name", "them:nothing", "bot:steps", "bot:steps.99", "len:steps.x", "xoa:steps.0"),
        *("them:documents.99.when", "them:documents.0", "dat:name", "bot:source.0", "them:steps.0.when"),
    ],
)
def test_no_other_button_changes_anything(record: dict[str, Any], order: str) -> None:
    tree = tree_of(record)
    with pytest.raises(NoSuchButton):
        change(tree, order, today=TODAY)
    assert tree == tree_of(record)


def test_an_id_left_empty_is_made_from_the_words_beside_it(record: dict[str, Any]) -> None:
    tree = tree_of({**record, "cases": [], "forms": []})
    case = empty(next(field for field in fields_of() if field.name == "cases").fields)
    case["question"] = "Ai đi nộp giấy?"
    for choice, label in zip(case["choices"], ("Tự đi nộp", "Tự đi nộp!")):
        choice["label"] = label
    tree["cases"] = [case]
    with_ids(tree)
    assert case["id"] == "ai_di_nop_giay"
    assert [choice["id"] for choice in case["choices"]] == ["tu_di_nop", "tu_di_nop_2"]
    case["question"] = "Ai đi?"
    with_ids(tree)
    assert case["id"] == "ai_di_nop_giay", "what is there may be referred to"


def test_a_choice_that_is_no_longer_offered_still_stands_in_its_select(record: dict[str, Any]) -> None:
    tree = tree_of(record)
    tree["documents"][0]["when"] = ["gone.away"]
    groups = Drawing(Offered.of(tree, {}, {}), {}).groups(tree)
    documents = next(field for group in groups for field in group.fields if field.name == "documents")
    when = next(field for field in documents.inner[0].inner if field.name == "documents.0.when")
    assert ("gone.away", "gone.away (không còn)") in when.inner[0].groups[0][1]


def test_a_place_is_said_in_words() -> None:
    assert title_of(("documents", 2, "name")) == "Giấy tờ 3 › Tên giấy"
    assert title_of(("channels", 0, "fees", 1, "amount")) == "Cách nộp 1 › Mức lệ phí 2 › Số tiền (đồng)"
    assert title_of(("source", "checked_on")) == "Nguồn › Ngày xem lại nguồn"


@pytest.fixture
def record(listing: Listing) -> dict[str, Any]:
    """The data of a record with cases, forms and a deadline."""
    return as_data(listing["1.001193"])
