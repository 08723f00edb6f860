from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.briefs import COLUMNS, Brief, briefs_as_csv, briefs_of, load_briefs, plain_name
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Channel
from bot.knowledge.yaml_lines import RecordError
from tests.published import official

TODAY = date(2026, 8, 1)


def brief(**parts: Any) -> Brief:
    (one,) = briefs_of({"9.000007": official(**parts)}, (), checked_on=TODAY).values()
    return one


def test_a_brief_holds_the_facts_and_nothing_judged() -> None:
    one = brief()
    assert (one.name, one.fee, one.result) == ("Thủ tục thử một việc", "8.000 đồng", "Giấy thử")
    assert one.times == {Channel.counter: "3 ngày làm việc", Channel.online: "không ghi"}
    assert (
        brief(filings=[{"channel": "counter", "amount": 3, "unit": "DAY", "fees": [{"amount": 0}]}]).fee == "không ghi"
    )


def test_only_what_communes_do_for_citizens_everywhere_and_has_no_record() -> None:
    others = [
        official(code="9.000001"),
        official(code="9.000002", scope="SPECIFIC"),
        official(code="9.000003", scope="STANDARD_INTERNAL"),
        official(code="9.000004", levels=["tinh"]),
        official(code="9.000005"),
    ]
    found = briefs_of({each.code: each for each in others}, ["9.000005"], checked_on=TODAY)
    assert list(found) == ["9.000001"]


def test_explanations_in_place_of_a_result_are_left_on_the_portal() -> None:
    assert brief(results=["Giấy thử", " ".join(["dài"] * 30)]).result == "Giấy thử"


def test_the_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    briefs = {each.code: each for each in (brief(), brief(code="9.000008", name='Tên, có dấu phẩy và "ngoặc"'))}
    path = tmp_path / "briefs.csv"
    path.write_text(briefs_as_csv(briefs.values()), encoding="utf-8")
    assert load_briefs(path) == briefs


def test_no_file_means_no_briefs(tmp_path: Path) -> None:
    assert load_briefs(tmp_path / "none.csv") == {}


def test_slips_in_the_file_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "briefs.csv"
    rows = briefs_as_csv([brief(), brief(code="9.000008")]).splitlines()
    path.write_text("\n".join([rows[0], rows[1].replace("https://", "http://"), rows[2], rows[2]]), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_briefs(path)
    assert [fault.partition(": ")[0] for fault in str(caught.value).splitlines()] == [f"{path}:2", f"{path}:4"]
    assert "the code 9.000008 stands here twice" in str(caught.value)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "briefs.csv"
    path.write_text("code,name\n1,2\n", encoding="utf-8")
    with pytest.raises(RecordError, match=f"the columns must be {','.join(COLUMNS)}"):
        load_briefs(path)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("THỦ TỤC ĐĂNG KÝ THỬ (CẤP XÃ)", "Thủ tục đăng ký thử (cấp xã)"),
        ("Cấp thẻ ABTC tại UBND", "Cấp thẻ ABTC tại UBND"),
        ("Cấp thẻ\nABTC .", "Cấp thẻ ABTC"),
        ("", ""),
    ],
)
def test_names_are_made_readable(name: str, read: str) -> None:
    assert plain_name(name) == read


def test_the_listing_knows_every_other_commune_procedure_of_the_country(listing: Listing) -> None:
    assert len(listing) == 289 and len(listing.briefs) == 480
    assert not set(listing.briefs) & set(listing.procedures)
    for one in listing.briefs.values():
        assert one.url.startswith("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"), one.code
        assert one.times, one.code
