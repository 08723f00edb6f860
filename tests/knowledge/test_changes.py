"""What differs between two states of a record: said in an editor's words, and nothing of it hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest
from pydantic import BaseModel

from bot.knowledge.changes import Difference, differences, ward_differences
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure
from bot.knowledge.record_file import as_data
from bot.knowledge.ward import Ward

CERTIFIED, BIRTH = "2.000815", "1.001193"


def changed(record: Procedure, **parts: Any) -> Procedure:
    """The record with other parts, read as a file of it would be."""
    return Procedure.parse_obj({**as_data(record), **parts})


@pytest.fixture
def birth(listing: Listing) -> Procedure:
    return listing[BIRTH]


def with_fees(record: Procedure, amount: int, *channels: str) -> Procedure:
    """The record with one fee in these channels (all of them if none is named)."""
    filings = [
        {**filing, "fees": [{"basis": "fixed", "amount": amount, "text": f"{amount // 1000}.000 đồng"}]}
        if not channels or filing["channel"] in channels
        else filing
        for filing in as_data(record)["channels"]
    ]
    return changed(record, channels=filings)


def test_nothing_differs_from_itself(listing: Listing, ward: Ward) -> None:
    assert [record.code for record in listing if differences(record, record)] == []
    assert ward_differences(ward, ward) == []


def test_a_fee_that_rises_everywhere_is_said_once(birth: Procedure) -> None:
    before, after = with_fees(birth, 8000), with_fees(birth, 10000)
    assert differences(before, after) == [("Lệ phí", "8.000 đồng", "10.000 đồng")]


def test_a_fee_that_rises_in_one_place_says_where(birth: Procedure) -> None:
    before = with_fees(birth, 8000)
    assert differences(before, with_fees(before, 6000, "online")) == [("Lệ phí (qua mạng)", "8.000 đồng", "6.000 đồng")]


def test_an_amount_that_its_words_do_not_say_is_said_beside_them(birth: Procedure) -> None:
    before = with_fees(birth, 8000)
    filings = as_data(before)["channels"]
    for filing in filings:
        filing["fees"][0]["amount"] = 10000
    assert differences(before, changed(before, channels=filings)) == [
        ("Lệ phí", "8.000 đồng", "8.000 đồng (10.000 đồng)")
    ]


def test_a_paper_is_known_by_its_name(birth: Procedure) -> None:
    papers = as_data(birth)["documents"]
    after = changed(birth, documents=[{**papers[0], "originals": 2}, *papers[1:-1], {"name": "Ảnh 4x6", "copies": 2}])
    one, gone, new = differences(birth, after)
    assert one.part == gone.part == new.part == "Giấy tờ"
    assert "1 bản chính" in one.before and "2 bản chính" in one.after
    assert (gone.before.partition(" (")[0], gone.after) == (papers[-1]["name"], "")
    assert new == ("Giấy tờ", "", "Ảnh 4x6 (2 bản sao)")


def test_a_text_put_in_between_leaves_the_others_alone(birth: Procedure) -> None:
    steps = [*birth.steps[:1], "Lấy số thứ tự.", *birth.steps[1:]]
    assert differences(birth, changed(birth, steps=steps)) == [("Các bước", "", "Lấy số thứ tự.")]


def test_an_order_that_changed_is_said(birth: Procedure) -> None:
    (found,) = differences(birth, changed(birth, steps=[*birth.steps[1:], birth.steps[0]]))
    assert found.part == "Các bước, thứ tự"
    assert found.after.endswith(birth.steps[0]) and found.before.startswith(birth.steps[0])


def test_a_record_that_is_new_and_one_that_goes(birth: Procedure) -> None:
    new, gone = differences(None, birth), differences(birth, None)
    assert Difference("Tên thường gọi", "", birth.name) in new and Difference("Tên thường gọi", birth.name, "") in gone
    assert not any(one.before for one in new) and not any(one.after for one in gone)


def test_a_field_is_called_by_its_name(birth: Procedure, listing: Listing) -> None:
    after = changed(birth, field="dat_dai")
    names = listing.fields
    assert differences(birth, after, names) == [("Lĩnh vực", names["ho_tich"], names["dat_dai"])]


# Nothing is hidden: whatever leaf of a record is another one, some part is named.


def leaves(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(part, BaseModel):
        for name in part.__fields__:
            yield from leaves(getattr(part, name), (*path, name))
    elif isinstance(part, (list, tuple)) and part:
        for index, one in enumerate(part):
            yield from leaves(one, (*path, index))
    else:
        yield path


def other(leaf: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(leaf, bool):
        return not leaf
    if isinstance(leaf, Enum):
        return next(one for one in type(leaf) if one is not leaf)
    if isinstance(leaf, int):
        return leaf + 1
    if isinstance(leaf, date):
        return leaf + timedelta(1)
    return f"{leaf} khác" if isinstance(leaf, str) else leaf


def put(part: Any, path: tuple[Any, ...]) -> Any:
    """A copy in which the leaf at `path` is another; nothing is checked, for the differences are to stand it."""
    if not path:
        return other(part)
    if isinstance(part, BaseModel):
        return part.copy(update={path[0]: put(getattr(part, path[0]), path[1:])})
    copied = list(part)
    copied[path[0]] = put(copied[path[0]], path[1:])
    return type(part)(copied)


@pytest.mark.parametrize("code", [BIRTH, CERTIFIED])
def test_no_leaf_of_a_record_changes_unseen(listing: Listing, code: str) -> None:
    record, seen = listing[code], 0
    for path in leaves(record):
        after = put(record, path)
        if after != record:
            seen += 1
            assert differences(record, after), path
            assert differences(after, record), path
    assert seen > 100


def test_no_leaf_of_a_ward_s_profile_changes_unseen(ward: Ward) -> None:
    for path in leaves(ward):
        after = put(ward, path) if path[0] != "hours" else ward.copy(update={"hours": ward.hours[:-1]})
        if after != ward:
            assert ward_differences(ward, after), path


def test_the_hotline_is_called_as_the_ward_calls_it(ward: Ward) -> None:
    after = ward.copy(update={"hotline": "1900 9999"})
    assert ward_differences(ward, after) == [("Đường dây nóng", ward.hotline, "1900 9999")]
