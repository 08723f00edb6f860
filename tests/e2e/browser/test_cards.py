"""Every kind of answer about a procedure, drawn by a real browser from what the real assistant replies."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.answers.answer import MY_CASE
from bot.answers.aspects import TITLES
from bot.answers.choose import NONE_OF_THESE
from tests.e2e.browser.visit import BIRTH, OFFER, STORY, Visit

pytestmark = pytest.mark.e2e

NEW_TAB = " (mở trang mới)"
TABLES = [
    ("Đăng ký tạm trú hết bao nhiêu tiền?", "fee", "Lệ phí"),
    ("Đăng ký tạm trú mấy ngày xong?", "duration", "Thời gian"),
]


def section_of(reply: dict[str, Any], aspect: str) -> dict[str, Any]:
    """The section of a card about one aspect."""
    return next(section for section in reply["card"]["sections"] if section["aspect"] == aspect)


def test_what_was_asked_lies_open_and_the_rest_is_folded(visit: Visit) -> None:
    reply = visit.ask(STORY)
    card = visit.card
    expect(card.get_by_role("heading", level=2)).to_have_text(reply["card"]["name"])
    expect(card).to_contain_text(f"Mã thủ tục {BIRTH}")
    titles = [section["title"] for section in reply["card"]["sections"]]
    assert card.locator("> section h3").all_inner_texts()[0] == titles[0] == TITLES["documents"]
    assert card.locator("> details summary").all_inner_texts() == [*titles[1:], "Nguồn và ngày kiểm tra"]
    expect(card.locator("details[open]")).to_have_count(0)


def test_asked_in_general_the_papers_lie_open_too(visit: Visit) -> None:
    assert visit.ask("Đăng ký khai sinh")["card"]["aspects"] == ["overview"]
    titles = visit.card.locator("> section h3").all_inner_texts()
    assert [title for title in titles if title in TITLES.values()] == [TITLES["overview"], TITLES["documents"]]


def test_a_fold_opens_and_closes(visit: Visit) -> None:
    reply = visit.ask(STORY)
    fold = visit.card.locator("details", has_text="Ai được làm, ai làm thay")
    first = fold.get_by_text(section_of(reply, "who")["items"][0]["text"], exact=True)
    expect(first).to_be_hidden()
    visit.press(fold.locator("summary"))
    expect(first).to_be_visible()
    visit.press(fold.locator("summary"))
    expect(first).to_be_hidden()


def test_the_source_is_the_last_fold(visit: Visit) -> None:
    source = visit.ask(STORY)["card"]["source"]
    fold = visit.card.locator("> details").last
    visit.press(fold.locator("summary"))
    link = fold.get_by_role("link", name=source["decision"])
    expect(link).to_be_visible()
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (source["url"], "noopener")
    expect(fold).to_contain_text(f"Kiểm tra ngày {date.fromisoformat(source['checked_on']):%d/%m/%Y}")


def test_papers_are_ticked_counted_and_still_ticked_after_a_reload(visit: Visit) -> None:
    items = section_of(visit.ask(STORY), "documents")["items"]
    everybodys, one_case = visit.card.get_by_role("checkbox").first, visit.card.locator(".case + .ticks input").first
    visit.press(everybodys)
    count = visit.card.locator(".count")
    most = int(re.findall(r"^Đã có 1/(\d+) giấy tờ\.", count.inner_text())[0])
    assert 1 <= most <= sum(not item.get("sub") for item in items)
    visit.press(one_case)
    expect(count).to_contain_text(f"Đã có 1/{most} giấy tờ, thêm 1 giấy tùy trường hợp.")
    visit.page.reload()
    expect(everybodys).to_be_checked()
    expect(count).to_contain_text(f"Đã có 1/{most} giấy tờ, thêm 1 giấy tùy trường hợp.")
    visit.press(everybodys)
    visit.press(one_case)
    expect(count).to_contain_text(f"Đã có 0/{most} giấy tờ.")
    expect(visit.card.locator("input:checked")).to_have_count(0)


def test_what_differs_by_the_way_to_file_is_a_table(visit: Visit) -> None:
    for question, aspect, column in TABLES:
        items = section_of(visit.ask(question), aspect)["items"]
        table = visit.card.get_by_role("table", name=f"{TITLES[aspect]}, theo cách nộp")
        expected: dict[str, list[str]] = {}
        for row in (item["row"] for item in items if item.get("row")):
            expected.setdefault(row["channel"], []).extend(row["lines"])
        assert table.get_by_role("columnheader").all_inner_texts() == ["Cách nộp", column]
        drawn = {row.get_by_role("rowheader").inner_text(): row for row in table.locator("tbody tr").all()}
        assert {channel: row.locator("td p").all_inner_texts() for channel, row in drawn.items()} == expected
        others = visit.card.locator("> section").first.locator(".items > li")
        assert others.count() == sum(not item.get("row") for item in items), "drawn once"


def test_what_can_be_filed_online_has_a_button(visit: Visit) -> None:
    link = section_of(visit.ask("Đăng ký tạm trú có làm qua mạng được không?"), "online")["link"]
    for place in (visit.card.locator("> section").first, visit.card.locator("> footer")):
        button = place.get_by_role("link", name="Nộp trực tuyến" + NEW_TAB, exact=True)
        expect(button).to_be_visible()
        assert (button.get_attribute("href"), button.get_attribute("target")) == (link["url"], "_blank")


def test_notes_stand_out(visit: Visit) -> None:
    notes = visit.ask("Đăng ký tạm trú cần giấy tờ gì?")["card"]["notes"]
    drawn = visit.card.locator("> section", has=visit.page.get_by_role("heading", name="Lưu ý", exact=True))
    assert notes and drawn.get_by_role("listitem").all_inner_texts() == notes


def test_a_follow_up_is_one_press(visit: Visit) -> None:
    visit.ask(STORY)
    reply = visit.choose(visit.button("Lệ phí"))
    assert (reply["card"]["code"], reply["card"]["aspects"]) == (BIRTH, ["fee"])
    expect(visit.log.locator("article.card")).to_have_count(2)
    expect(visit.card.locator("section h3").first).to_have_text("Lệ phí")
    expect(visit.mine.last).to_contain_text("Lệ phí")


def test_when_it_is_ready_is_told_before_how_that_was_counted(visit: Visit) -> None:
    visit.ask("Đăng ký tạm trú cần giấy tờ gì?")
    due = visit.ask("thứ sáu này nộp thì bao giờ xong")["card"]["due"]
    days = [f"{date.fromisoformat(one['due']):%d/%m/%Y}" for one in due["dates"] if one["due"]]
    box = visit.card.locator(".due")
    expect(box.locator("strong")).to_have_count(len(days))
    assert days and [drawn.split()[-1] for drawn in box.locator("strong").all_inner_texts()] == days
    expect(box).to_contain_text("Ngày chắc chắn là ngày ghi trên giấy hẹn.")
    filed = box.get_by_text(f"{date.fromisoformat(due['filed']):%d/%m/%Y}")
    expect(filed.first).to_be_hidden()
    visit.press(box.get_by_text("Cách tính"))
    expect(filed.first).to_be_visible()


def test_the_papers_for_ones_own_case_are_asked_for_and_told_apart(visit: Visit) -> None:
    visit.ask(STORY)
    reply = visit.choose(visit.button(MY_CASE.label))
    for number in range(1, reply["card"]["count"] + 1):
        assert (reply["card"]["type"], reply["card"]["number"]) == ("ask", number)
        expect(visit.last).to_contain_text(f"Câu {number} trong {reply['card']['count']}")
        expect(visit.last.locator(".question")).to_have_text(reply["card"]["question"])
        labels = [choice["label"] for choice in reply["choices"]]
        assert visit.last.get_by_role("list", name=reply["card"]["question"]).locator("li").all_inner_texts() == labels
        reply = visit.choose(visit.last.get_by_role("button").first)
    drawn = {
        title: visit.card.locator(f"h4:text-is('{title}') + ul > li").all_inner_texts()
        for title in visit.card.locator("h4").all_inner_texts()
    }
    assert {"Theo điều bạn cho biết", "Nộp", "Đưa ra xem rồi mang về"} == set(drawn)
    for title, part in (("Nộp", "hand_in"), ("Đưa ra xem rồi mang về", "show")):
        assert [" ".join(text.split()) for text in drawn[title]] == reply["card"]["checklist"][part]
    told = [(one["question"], one["answer"]) for one in reply["card"]["checklist"]["answers"]]
    assert list(zip(visit.card.locator("dt").all_inner_texts(), visit.card.locator("dd").all_inner_texts())) == told


def test_an_answer_about_ones_case_can_be_changed(visit: Visit) -> None:
    visit.ask(STORY)
    visit.choose(visit.button(MY_CASE.label))
    for _ in range(3):
        visit.choose(visit.last.get_by_role("button").first)
    expect(visit.card.get_by_text("Giấy ủy quyền")).to_have_count(0)
    question = "Ai đi làm giấy cho bé?"
    assert visit.choose(visit.button(f"Đổi: {question}"))["card"]["question"] == question
    visit.choose(visit.button("Người khác được ủy quyền"))
    expect(visit.card.locator("dd").last).to_have_text("Người khác được ủy quyền")
    expect(visit.card.get_by_text("Giấy ủy quyền")).to_be_visible()


def test_what_was_left_out_stays_as_it_depends(visit: Visit) -> None:
    visit.ask(STORY)
    visit.choose(visit.button(MY_CASE.label))
    for _ in range(3):
        reply = visit.choose(visit.last.get_by_role("button", name="Bỏ qua", exact=True))
    depends = visit.card.locator("h4:text-is('Còn tùy') + ul > li")
    assert [" ".join(text.split()) for text in depends.all_inner_texts()] == reply["card"]["checklist"]["depends"]
    visit.press(depends.first.get_by_role("checkbox"))
    expect(visit.card.locator(".count")).to_contain_text("thêm 1 giấy tùy trường hợp")


def test_of_several_procedures_one_is_picked_with_one_press(visit: Visit) -> None:
    offer = visit.ask(OFFER)
    names = [candidate["name"] for candidate in offer["card"]["candidates"]]
    candidates = visit.last.locator(".candidate")
    assert candidates.get_by_role("button").all_inner_texts() == names
    assert all(line in offer["text"] for line in candidates.locator(".aside").all_inner_texts())
    expect(visit.button(NONE_OF_THESE)).to_be_visible()
    assert visit.choose(candidates.get_by_role("button").nth(1))["card"]["type"] == "answer"
    expect(visit.card.get_by_role("heading", level=2)).to_have_text(names[1])
    expect(visit.mine.last).to_contain_text(names[1])


def test_none_of_them_is_one_press_too(visit: Visit) -> None:
    visit.ask(OFFER)
    reply = visit.choose(visit.button(NONE_OF_THESE))
    assert reply["card"] == {"type": "smalltalk", "kind": "say_again"}
    expect(visit.last).to_contain_text(reply["text"])
