"""Real conversations over HTTP through gateway, Rasa and action server."""

from __future__ import annotations

import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.answers.choose import NONE_OF_THESE
from bot.answers.refusals import LONGEST_MESSAGE
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from tests.e2e.conftest import Talk

pytestmark = pytest.mark.e2e

BIRTH, RESIDENCE, MARRIAGE, LOST_CARD = "1.001193", "1.004194", "1.000894", "1.014064"
STORY = "Vợ em mới sinh bé ở bệnh viện phường bên, giờ em đi làm khai sinh thì cần giấy tờ gì ạ?"


def test_a_story_follow_ups_and_a_change_of_topic(talk: Talk) -> None:
    documents = talk(STORY)
    assert (documents["card"]["code"], documents["card"]["aspects"]) == (BIRTH, ["documents"])
    assert "chứng sinh" in documents["text"].lower()
    for message, aspect in (
        ("Lệ phí bao nhiêu?", "fee"),
        ("Ai đi làm thay được?", "who"),
        ("Mấy ngày có?", "duration"),
    ):
        card = talk.card(message)
        assert (card["code"], card["aspects"]) == (BIRTH, [aspect])
    assert talk.card("Còn đăng ký tạm trú thì cần giấy tờ gì?")["code"] == RESIDENCE
    card = talk.card("Lệ phí bao nhiêu?")
    assert (card["code"], card["aspects"]) == (RESIDENCE, ["fee"])
    assert talk.card("Cảm ơn bạn nhiều") == {"type": "smalltalk", "kind": "thanks"}
    assert talk.card("nộp ở đâu")["code"] == RESIDENCE


def test_an_offer_and_a_choice_by_number(talk: Talk) -> None:
    card = talk.card("giấy khai sinh")
    assert card["type"] == "choose"
    second = card["candidates"][1]
    assert talk.card("2")["code"] == second["code"]
    assert talk.card("lệ phí bao nhiêu")["code"] == second["code"]


def test_every_button_of_an_offer_chooses_what_stands_on_it(http: httpx.Client) -> None:
    offer = Talk(http)("giấy khai sinh")
    assert offer["card"]["type"] == "choose"
    for candidate, choice in zip(offer["card"]["candidates"], offer["choices"]):
        talk = Talk(http)
        talk("giấy khai sinh")
        assert talk.card(choice["message"])["code"] == candidate["code"]


def test_the_last_button_of_an_offer_declines_it(talk: Talk) -> None:
    assert talk("giấy khai sinh")["choices"][-1]["message"] == NONE_OF_THESE
    assert talk.card(NONE_OF_THESE) == {"type": "smalltalk", "kind": "say_again"}


def test_an_offer_is_answered_by_telling_more(talk: Talk) -> None:
    assert talk.card("giấy khai sinh")["type"] == "choose"
    assert talk.card("bản chính của em bị cháy mất rồi, muốn làm lại")["code"] == "1.004884"


def test_a_new_card_in_everyday_words_is_found_or_offered(talk: Talk) -> None:
    card = talk.card("làm lại căn cước")
    if card["type"] == "choose":
        names = [candidate["code"] for candidate in card["candidates"]]
        card = talk.card(str(names.index(LOST_CARD) + 1))
    assert (card["type"], card["code"]) == ("answer", LOST_CARD)


@pytest.mark.parametrize(
    ("message", "code", "aspect"),
    [
        ("dang ky ket hon can giay to gi", MARRIAGE, "documents"),
        ("đk tạm trú cần gt j v ad", RESIDENCE, "documents"),
        ("LÀM KHAI SINH CHO CON HẾT BAO NHIÊU TIỀN", BIRTH, "fee"),
        (unicodedata.normalize("NFD", "đăng ký kết hôn mất bao lâu"), MARRIAGE, "duration"),
        ("đăng  ký\n\nkết \u200bhôn ở đâu 🙏🙏", MARRIAGE, "place"),
    ],
    ids=["without marks", "shorthand", "capitals", "decomposed", "broken up"],
)
def test_however_it_is_typed_the_same_is_found(talk: Talk, message: str, code: str, aspect: str) -> None:
    card = talk.card(message)
    assert (card["type"], card.get("code"), card.get("aspects")) == ("answer", code, [aspect])


def test_decomposed_letters_get_the_same_answer_as_composed(http: httpx.Client) -> None:
    message = "Thủ tục đăng ký kết hôn cần giấy tờ gì?"
    composed, decomposed = Talk(http)(message), Talk(http)(unicodedata.normalize("NFD", message))
    assert composed["text"] == decomposed["text"]


@pytest.mark.parametrize(
    "message", ["/restart", "\u200b/restart", " / /restart", "/session_start", "/action_start_over"]
)
def test_a_command_of_rasa_restarts_nothing(talk: Talk, message: str) -> None:
    talk(STORY)
    talk(message)
    assert talk.card("Lệ phí bao nhiêu?")["code"] == BIRTH


@pytest.mark.parametrize("act", ["choose", "ask_procedure", "ask_aspect"])
def test_a_payload_of_rasa_sets_nothing(talk: Talk, act: str) -> None:
    hidden = BIRTH.replace(".", "\\u002e")  # a code in the open would be a question about it, as it should
    card = talk.card(f'/{act}{{"candidates": ["{hidden}"], "procedure": "{hidden}", "aspects": ["fee"]}}')
    assert card["type"] != "answer"
    assert talk.card("Lệ phí bao nhiêu?").get("code") != BIRTH


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "%s %n {0}"]
)
def test_markup_is_only_text(talk: Talk, markup: str) -> None:
    reply = talk(f"{markup} đăng ký kết hôn cần giấy tờ gì")
    assert markup not in reply["text"] and "49" not in reply["text"]
    assert talk.card("đăng ký kết hôn cần giấy tờ gì")["code"] == MARRIAGE


def test_the_longest_message_is_answered_and_one_letter_more_is_refused(talk: Talk) -> None:
    question = "đăng ký kết hôn cần giấy tờ gì. "
    longest = (question * 20)[: LONGEST_MESSAGE - 1] + "?"
    assert len(longest) == LONGEST_MESSAGE
    assert talk.card(longest)["type"] != "refused"
    assert talk.card(longest + "?") == {"type": "refused", "reason": "too_long"}


@pytest.mark.parametrize(
    "message", ["nấu canh chua cá lóc sao cho ngon", "giá vàng hôm nay bao nhiêu một chỉ", "qwrt zxcvb plkj"]
)
def test_what_is_not_ours_is_not_answered(talk: Talk, message: str, ward: Ward) -> None:
    reply = talk(message)
    assert reply["card"]["type"] in {"unknown", "smalltalk"}
    assert talk.card("mình muốn làm hộ chiếu để đi du lịch Nhật")["type"] == "unknown"


def test_what_is_done_elsewhere_is_said_even_in_the_middle_of_a_talk(talk: Talk) -> None:
    talk("đăng ký tạm trú cần giấy tờ gì")
    reply = talk("còn làm hộ chiếu thì nộp ở đâu")
    assert reply["card"]["type"] == "unknown" and "hộ chiếu" in reply["text"]
    assert talk.card("vậy lệ phí bao nhiêu")["code"] == RESIDENCE


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Giờ làm việc của phường", "hours"),
        ("phường ở đâu", "address"),
        ("cho tôi gặp cán bộ", "human"),
        ("phường làm những thủ tục nào", "list_procedures"),
        ("cháy nhà rồi cứu với", "emergency"),
    ],
)
def test_services_of_the_ward_are_answered(talk: Talk, message: str, kind: str) -> None:
    assert talk.card(message) == {"type": "service", "kind": kind}


def test_small_talk_is_answered_and_starting_over_forgets(talk: Talk) -> None:
    assert talk.card("xin chào")["kind"] == "greet"
    talk(STORY)
    assert talk.card("bắt đầu lại từ đầu đi") == {"type": "smalltalk", "kind": "start_over"}
    assert talk.card("Lệ phí bao nhiêu?") == {"type": "smalltalk", "kind": "which_procedure"}


def test_what_the_ward_suggests_is_answered(http: httpx.Client) -> None:
    for message in http.get("/api/ward").json()["suggestions"]:
        assert Talk(http).card(message)["type"] in {"answer", "service"}, message


def test_two_sessions_do_not_mix(http: httpx.Client) -> None:
    one, other = Talk(http), Talk(http)
    one("đăng ký kết hôn cần giấy tờ gì")
    other("đăng ký tạm trú cần giấy tờ gì")
    assert one.session != other.session
    assert one.card("lệ phí bao nhiêu")["code"] == MARRIAGE
    assert other.card("lệ phí bao nhiêu")["code"] == RESIDENCE
    assert Talk(http).card("lệ phí bao nhiêu")["type"] == "smalltalk"


def test_eight_at_once_are_all_answered_each_with_their_own(http: httpx.Client) -> None:
    asked = [(STORY, BIRTH), ("đăng ký kết hôn cần giấy tờ gì", MARRIAGE), ("đăng ký tạm trú hết bao nhiêu", RESIDENCE)]
    asked = [asked[number % 3] for number in range(8)]
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda question: Talk(http).card(question[0])["code"], asked))
    assert codes == [code for _, code in asked]
    assert time.monotonic() - began < 20


def test_one_session_that_sends_several_at_once_gets_every_answer(talk: Talk) -> None:
    talk("xin chào")
    with ThreadPoolExecutor(4) as pool:
        codes = [card["code"] for card in pool.map(talk.card, ["đăng ký kết hôn cần giấy tờ gì"] * 4)]
    assert codes == [MARRIAGE] * 4


def test_personal_numbers_are_in_no_log(talk: Talk, logs: Path) -> None:
    reply = talk("căn cước của tôi số 079198765432 bị mất, gọi tôi 0912345678, làm lại ở đâu")
    assert "đã che số căn cước" in reply["text"]
    for log in logs.iterdir():
        text = log.read_text(encoding="utf-8", errors="replace")
        assert "079198765432" not in text and "0912345678" not in text, log


def test_rasa_itself_is_not_reached_through_the_gateway(http: httpx.Client) -> None:
    for path in ("/webhooks/rest/webhook", "/model/parse", "/conversations/default/messages"):
        assert http.post(path, json={"text": "xin chào"}).status_code in (404, 405)


def test_no_process_complained(talk: Talk, logs: Path) -> None:
    talk("đăng ký kết hôn cần giấy tờ gì")
    for name in ("actions.log", "rasa.log", "gateway.log"):
        text = (logs / name).read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in text, text[-3000:]


def test_every_procedure_is_answered_by_the_name_on_its_button(http: httpx.Client, listing: Listing) -> None:
    missed = {p.name: card for p in listing if (card := Talk(http).card(p.name)).get("code") != p.code}
    assert missed == {}
