"""`?ca=<case>.<choice>`: the papers for exactly one case."""

from __future__ import annotations

from datetime import date

import pytest
from httpx import AsyncClient

from bot.answers.checklist import checklist
from bot.knowledge.listing import Listing
from tests.web.listing.conftest import hrefs, main_of, page
from tests.web.markup import of_class, text

BIRTH = "1.001193"
IGNORED = "Tôi bỏ qua phần đó."


async def test_the_papers_are_those_of_the_assistants_list(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get(f"/thu-tuc/{BIRTH}?ca=chung_sinh.bo_roi&ca=nguoi_di.cha_me")).text)
    answers = {"chung_sinh": "bo_roi", "nguoi_di": "cha_me"}
    card = checklist(published[BIRTH], answers, today=date.today()).card
    (own,) = of_class(tree, "own")
    parts = [card["checklist"][part] for part in ("hand_in", "show", "depends")]
    assert [[text(line) for line in box] for box in of_class(own, "boxes")] == parts
    assert "Biên bản về việc trẻ bị bỏ rơi" in text(own) and "Giấy chứng sinh (" not in text(own)
    assert "Theo điều bạn cho biết: Bé bị bỏ rơi; Cha hoặc mẹ." in text(own)
    assert IGNORED not in text(main_of(tree))


async def test_every_case_of_every_procedure_has_its_papers(http: AsyncClient, published: Listing) -> None:
    for procedure in published:
        for case in procedure.cases:
            tree = page((await http.get(f"/thu-tuc/{procedure.code}?ca={case.id}.{case.choices[-1].id}")).text)
            (own,) = of_class(tree, "own")
            assert f"Theo điều bạn cho biết: {case.choices[-1].label}." in text(own), procedure.code


async def test_the_rest_of_the_page_stays_and_all_papers_are_one_link_away(http: AsyncClient) -> None:
    tree = page((await http.get(f"/thu-tuc/{BIRTH}?ca=chung_sinh.co")).text)
    assert "Các bước" in text(main_of(tree)) and "Giấy tờ cần có" not in [text(one) for one in tree.iter("h2")]
    assert f"/thu-tuc/{BIRTH}#documents" in hrefs(tree)


@pytest.mark.parametrize(
    "query", ["ca=khong.co", "ca=chung_sinh", "ca=chung_sinh.khong_co", "ca=%3Cscript%3E", "ca=.", "ca=chung_sinh.co.x"]
)
async def test_an_answer_that_the_record_does_not_know_is_ignored_and_it_says_so(http: AsyncClient, query: str) -> None:
    response = await http.get(f"/thu-tuc/{BIRTH}?{query}")
    tree = page(response.text)
    assert response.status_code == 200 and IGNORED in text(main_of(tree))
    assert of_class(tree, "own") == [] and "Giấy tờ cần có" in text(main_of(tree))


async def test_of_two_answers_to_one_question_one_counts(http: AsyncClient) -> None:
    tree = page((await http.get(f"/thu-tuc/{BIRTH}?ca=chung_sinh.bo_roi&ca=chung_sinh.co")).text)
    assert IGNORED in text(main_of(tree))
    assert "Theo điều bạn cho biết: Có giấy chứng sinh." in text(main_of(tree))


async def test_the_questions_can_be_answered_without_script(http: AsyncClient, published: Listing) -> None:
    tree = page((await http.get(f"/thu-tuc/{BIRTH}?ca=chung_sinh.bo_roi")).text)
    (form,) = of_class(tree, "case")
    assert form.get("action") == f"/thu-tuc/{BIRTH}#documents" and form.get("method", "get") == "get"
    offered = [[one.get("value") for one in select.iter("option")] for select in form.iter("select")]
    cases = published[BIRTH].cases
    assert offered == [["", *(f"{case.id}.{choice.id}" for choice in case.choices)] for case in cases]
    assert [one.get("value") for one in form.iter("option") if "selected" in one.attrib] == ["chung_sinh.bo_roi"]


async def test_questions_left_open_are_no_mistake(http: AsyncClient) -> None:
    plain, left_open = f"/thu-tuc/{BIRTH}", f"/thu-tuc/{BIRTH}?ca=&ca=&ca="
    assert (await http.get(left_open)).text == (await http.get(plain)).text


async def test_the_case_is_in_what_is_shared_and_the_page_of_all_cases_is_the_one_search_engines_keep(
    http: AsyncClient,
) -> None:
    tree = page((await http.get(f"/thu-tuc/{BIRTH}?ca=nguoi_di.cha_me&ca=chung_sinh.co&ca=x.y")).text)
    shared = f"http://gateway/thu-tuc/{BIRTH}?ca=chung_sinh.co&ca=nguoi_di.cha_me"
    assert shared in hrefs(tree)
    (picture,) = tree.iter("img")
    assert picture.get("src") == f"/thu-tuc/{BIRTH}/qr.svg?ca=chung_sinh.co&ca=nguoi_di.cha_me"
    (canonical,) = (one for one in tree.iter("link") if one.get("rel") == "canonical")
    assert canonical.get("href") == f"http://gateway/thu-tuc/{BIRTH}"
