"""Every kind of reply on the page without script: drawn for what it is, with all that its card says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from bot.answers.answer import answer
from bot.answers.brief import answer_brief
from bot.answers.cases import asked_of
from bot.answers.checklist import checklist, question
from bot.answers.choose import choose
from bot.answers.dated import Dates, with_dates
from bot.answers.next_steps import following, next_steps
from bot.answers.words import load_words
from bot.knowledge.calendar import Calendar
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.text.days import Said
from tests.contract import assert_said
from tests.web.conftest import StandIn
from tests.web.markup import links, of_class, text
from tests.web.plain import Seen, send
from tests.web.words import words

TODAY = date(2026, 11, 23)
BIRTH = "1.001193"


async def shown(http: AsyncClient, rasa: StandIn, *replies: dict[str, Any]) -> Seen:
    """The page with these replies."""
    for reply in replies:
        assert_said(reply)
    rasa.says(*replies)
    return await send(http, "làm giấy tờ")


def facts(card: dict[str, Any]) -> Iterator[str]:
    """All that an answer says, in its own words."""
    yield from (card["name"], card["code"], card["source"]["decision"], *card["notes"])
    own = card.get("checklist")
    if own:
        yield from (*own["hand_in"], *own["show"], *own["depends"])
        yield from (said for one in own["answers"] for said in (one["question"], one["answer"]))
    for section in card["sections"]:
        yield section["title"]
        for item in section["items"]:
            if "row" in item:
                yield from (item["row"]["channel"], *item["row"]["lines"])
            elif not (own and section["aspect"] == "documents"):
                yield from (item["text"], *item.get("sub", ()), *([item["note"]] if "note" in item else []))


def one_line(fact: str) -> str:
    return " ".join(fact.split())


async def test_every_record_is_drawn_with_all_its_facts(http: AsyncClient, rasa: StandIn, listing: Listing) -> None:
    replies = [answer(one, ["overview"], listing, today=TODAY).as_json() for one in listing]
    articles = of_class((await shown(http, rasa, *replies)).tree, "answer")
    assert len(articles) == len(replies)
    for article, reply in zip(articles, replies):
        read = text(article)
        assert [fact for fact in facts(reply["card"]) if one_line(fact) not in read] == [], reply["card"]["name"]
        assert reply["card"]["source"]["url"] in links(article).values()


async def test_every_list_for_ones_own_case_is_drawn_with_all_its_papers(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    told = {one.code: {case.id: case.choices[0].id for case in asked_of(one)[:2]} for one in listing if asked_of(one)}
    replies = [checklist(listing[code], answers, today=TODAY).as_json() for code, answers in told.items()]
    articles = of_class((await shown(http, rasa, *replies)).tree, "answer")
    assert len(articles) == len(replies) > 100
    for article, reply in zip(articles, replies):
        read = text(article)
        assert [fact for fact in facts(reply["card"]) if one_line(fact) not in read] == [], reply["card"]["name"]


async def test_what_was_asked_lies_open_and_the_rest_is_folded(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    page = await shown(http, rasa, answer(listing[BIRTH], ["fee", "place"], listing, today=TODAY).as_json())
    (article,) = of_class(page.tree, "answer")
    assert [text(heading) for heading in article.findall("h3")] == ["Lệ phí", "Nơi làm"]
    folded = [text(summary) for summary in article.iter("summary")]
    assert "Giấy tờ cần có" in folded and not {"Lệ phí", "Nơi làm"} & set(folded)


async def test_asked_in_general_the_papers_lie_open_too(http: AsyncClient, rasa: StandIn, listing: Listing) -> None:
    page = await shown(http, rasa, answer(listing[BIRTH], [], listing, today=TODAY).as_json())
    (article,) = of_class(page.tree, "answer")
    assert [text(heading) for heading in article.findall("h3")] == ["Việc này là gì", "Giấy tờ cần có"]


async def test_times_and_fees_are_a_table_by_channel_and_said_once(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    page = await shown(http, rasa, answer(listing[BIRTH], ["fee"], listing, today=TODAY).as_json())
    (article,) = of_class(page.tree, "answer")
    table = next(article.iter("table"))
    assert [text(head) for head in table.iter("th") if head.get("scope") == "col"] == ["Cách nộp", "Lệ phí"]
    assert all(text(row) for row in table.iter("th") if row.get("scope") == "row")
    open_lists = " ".join(text(part) for part in article.findall("ul"))
    assert [text(line) for line in table.iter("p") if text(line) in open_lists] == []


async def test_days_counted_from_a_day_told_stand_in_a_box(
    http: AsyncClient, rasa: StandIn, listing: Listing, ward: Ward
) -> None:
    dates = Dates(Said(TODAY, None, "thứ hai", True))
    aspects, computed = with_dates(listing["1.004194"], ["duration"], dates, Calendar(ward), TODAY)
    reply = answer(listing["1.004194"], aspects, listing, today=TODAY, computed=computed).as_json()
    (box,) = of_class((await shown(http, rasa, reply)).tree, "due")
    assert "Tính từ ngày nộp 23/11/2026" in text(box)
    for item in computed["duration"].items:
        assert all(one_line(said) in text(box) for said in (item.text, item.note, *item.sub))


async def test_a_list_leads_to_the_page_with_the_papers_of_this_very_case(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    (case, *_) = asked_of(listing[BIRTH])
    told = {case.id: case.choices[0].id}
    page = await shown(http, rasa, checklist(listing[BIRTH], told, today=TODAY).as_json())
    assert links(page.tree)["Xem trang thủ tục, in được"] == f"/thu-tuc/{BIRTH}?ca={case.id}.{case.choices[0].id}"


async def test_what_is_filed_online_has_a_button_to_the_portal(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    page = await shown(http, rasa, answer(listing[BIRTH], ["online"], listing, today=TODAY).as_json())
    assert links(page.tree)["Nộp trực tuyến"] == listing[BIRTH].source.url


async def test_a_procedure_known_by_its_facts_alone_leads_to_no_page_of_ours(
    http: AsyncClient, rasa: StandIn, listing: Listing, ward: Ward
) -> None:
    brief = next(iter(listing.briefs.values()))
    reply = answer_brief(brief, ["documents"], ward).as_json()
    page = await shown(http, rasa, reply)
    assert [fact for fact in facts(reply["card"]) if one_line(fact) not in page.main] == []
    assert f"/thu-tuc/{brief.code}" not in page.response.text


def texts(listing: Listing, ward: Ward) -> Iterator[dict[str, Any]]:
    """Replies of every other kind: offers, questions, and all words of the domain that the ward's profile fills."""
    yield choose([BIRTH, "1.004194"], listing).as_json()
    asked = listing[BIRTH]
    cases = asked_of(asked)
    yield question(asked, cases[0], 1, len(cases)).as_json()
    yield next_steps(BIRTH, following(BIRTH, listing), listing).as_json()
    for name in load_words():
        try:
            yield words(name, ward)
        except KeyError:
            continue


async def test_all_other_replies_say_the_same_text_as_in_the_chat(
    http: AsyncClient, rasa: StandIn, listing: Listing, ward: Ward
) -> None:
    replies = list(texts(listing, ward))
    assert {"choose", "ask", "unknown", "service", "smalltalk"} <= {reply["card"]["type"] for reply in replies}
    page = await shown(http, rasa, *replies)
    drawn = of_class(page.tree, "said")
    assert len(drawn) == len(replies) > 25
    for element, reply in zip(drawn, replies):
        said = [text(part) for part in element.findall("p") if not of_class(part, "button")]
        assert " ".join(said) == one_line(reply["text"])


async def test_choices_are_buttons_that_send_their_message(http: AsyncClient, rasa: StandIn, listing: Listing) -> None:
    reply = answer(listing[BIRTH], ["fee"], listing, today=TODAY).as_json()
    page = await shown(http, rasa, reply)
    for choice in reply["choices"]:
        assert page.form("/hoi", choice["label"]) == {"session": page.session, "message": choice["message"]}


async def test_who_is_in_charge_elsewhere_is_a_link(http: AsyncClient, rasa: StandIn, ward: Ward) -> None:
    reply = words("utter_unknown", ward)
    referral = reply["card"]["referral"]
    page = await shown(http, rasa, reply)
    assert links(page.tree)[f"{referral['name']} · {referral['office']}"] == referral["url"]


async def test_numbers_to_call_are_links_and_those_of_an_emergency_too(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    page = await shown(http, rasa, words("utter_hotline", ward), words("utter_emergency_fire", ward))
    hotline, emergency = of_class(page.tree, "said")
    assert links(hotline)[ward.hotline] == "tel:" + ward.hotline.replace(" ", "")
    assert links(emergency)["114"] == "tel:114" and links(emergency)["115"] == "tel:115"


@pytest.mark.parametrize("card", [{"type": "song"}, {"type": "answer", "name": "Khai sinh"}, {"type": "unknown"}])
async def test_a_card_of_an_unknown_kind_or_without_its_parts_is_its_text(
    http: AsyncClient, rasa: StandIn, card: dict[str, Any]
) -> None:
    rasa.says({"text": "Dòng một\nDòng hai", "card": card, "choices": []})
    (said,) = of_class((await send(http, "khai sinh")).tree, "said")
    assert text(said) == "Dòng một Dòng hai"


async def test_markup_in_a_reply_is_text_and_no_link_runs_anything(
    http: AsyncClient, rasa: StandIn, listing: Listing
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"
    reply = answer(listing[BIRTH], ["online"], listing, today=TODAY).as_json()
    card = {
        **reply["card"],
        "name": evil,
        "notes": [evil],
        "source": {**reply["card"]["source"], "url": "javascript:x"},
    }
    card["sections"] = [{**reply["card"]["sections"][0], "title": evil, "link": {"label": evil, "url": "javascript:x"}}]
    card["sections"][0]["items"] = [{"text": evil, "note": evil, "sub": [evil]}]
    rasa.says({"text": evil, "card": card, "choices": [{"label": evil, "message": evil}]})
    page = await send(http, evil)
    assert page.main.count(evil) == 9 and "javascript:" not in page.response.text
    assert page.form("/hoi", evil)["message"] == evil
