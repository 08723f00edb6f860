"""The chat endpoint of contract 1: what goes in, what comes out, and what Rasa gets to see."""

from __future__ import annotations

import time
import unicodedata
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import answer
from bot.answers.refusals import LONGEST_MESSAGE
from bot.knowledge.ward import Ward
from bot.store import tables
from bot.text.privacy import mask
from bot.text.unicode import clean
from bot.web.rasa import as_plain_words
from tests.contract import assert_reply
from tests.store.rows import Rows
from tests.web.conftest import StandIn
from tests.web.words import words


async def say(http: AsyncClient, message: str, session: str | None = None) -> dict[str, Any]:
    """The one reply to a message."""
    response = await http.post("/api/chat", json={"message": message, "session": session})
    assert response.status_code == 200, response.text
    (reply,) = response.json()["replies"]
    assert_reply(reply)
    return reply


async def test_a_message_is_passed_on_and_the_reply_gets_an_id(http: AsyncClient, rasa: StandIn, ward: Ward) -> None:
    reply = await say(http, "Cảm ơn bạn")
    assert rasa.messages == ["Cảm ơn bạn"]
    assert {key: reply[key] for key in ("text", "card", "choices")} == words("utter_thanks", ward)


async def test_several_replies_come_in_order_each_with_an_id_of_its_own(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    rasa.says(words("utter_thanks", ward), words("utter_which_procedure", ward))
    replies = (await http.post("/api/chat", json={"message": "chào"})).json()["replies"]
    assert [assert_reply(reply)["kind"] for reply in replies] == ["thanks", "which_procedure"]
    assert replies[0]["id"] != replies[1]["id"]


async def test_the_same_reply_twice_has_two_ids(http: AsyncClient) -> None:
    assert (await say(http, "chào"))["id"] != (await say(http, "chào"))["id"]


async def test_vietnamese_travels_as_it_is(http: AsyncClient) -> None:
    response = await http.post("/api/chat", json={"message": "chào"})
    assert response.headers["content-type"].startswith("application/json")
    assert "Không có gì" in response.content.decode("utf-8")


# What cannot be handled


@pytest.mark.parametrize(
    "message",
    [
        "",
        " ",
        "\n\n\t",
        "😀😀🎉",
        "👨‍👩‍👧",
        "❤️",
        "\u200b\u200d\ufeff",
        "\u00ad\u2060",
        "\u202e",
        "...",
        "?!",
        "—",
        "///",
        "\x00\x07",
    ],
)
async def test_a_message_without_a_word_is_refused_and_rasa_never_hears_it(
    http: AsyncClient, rasa: StandIn, message: str
) -> None:
    card = (await say(http, message))["card"]
    assert card == {"type": "refused", "reason": "empty"}
    assert rasa.got == []


@pytest.mark.parametrize("message", ["1", "ạ", "中", "a 😀", "\u200bà"])
async def test_one_letter_or_digit_is_enough(http: AsyncClient, rasa: StandIn, message: str) -> None:
    await say(http, message)
    assert len(rasa.got) == 1


@pytest.mark.parametrize("over", [1, 100, 5000])
async def test_a_message_that_is_too_long_is_refused_kindly(http: AsyncClient, rasa: StandIn, over: int) -> None:
    reply = await say(http, "ơ" * (LONGEST_MESSAGE + over))
    assert reply["card"] == {"type": "refused", "reason": "too_long"}
    assert str(LONGEST_MESSAGE) in reply["text"]
    assert rasa.got == []


async def test_a_message_that_is_far_too_long_is_refused_before_anything_is_done_with_it(
    http: AsyncClient, rows: Rows
) -> None:
    """To put so many marks in order would take a second, and keep everybody waiting."""
    message = "a" + "\u0301\u0323" * 15_000
    began = time.process_time()
    clean(message)
    cleaned = time.process_time()
    assert (await say(http, message))["card"] == {"type": "refused", "reason": "too_long"}
    assert time.process_time() - cleaned < (cleaned - began) / 2
    assert [row["message"] for row in rows(tables.turns)] == [""]


@pytest.mark.parametrize(
    "message",
    ["ơ" * LONGEST_MESSAGE, unicodedata.normalize("NFD", "ỡ" * LONGEST_MESSAGE), "ơ\u200b" * LONGEST_MESSAGE],
    ids=["composed", "decomposed", "with invisible characters"],
)
async def test_the_limit_counts_letters_as_people_see_them(http: AsyncClient, rasa: StandIn, message: str) -> None:
    assert (await say(http, message))["card"]["type"] == "smalltalk"
    assert [len(message) for message in rasa.messages] == [LONGEST_MESSAGE]


# What Rasa gets to see


@pytest.mark.parametrize(
    "message",
    [
        "/restart",
        " /restart",
        "//restart",
        "/ /restart",
        "/ / / restart",
        "\n/restart",
        "\t/restart",
        "\r\n /restart",
        "\u200b/restart",
        "\ufeff/restart",
        "\u200b \u200d/\u2060/restart",
        "/\u200b/restart",
        "\u00a0/restart",
        "\u3000/restart",
        "\u2028/restart",
        "\x1f/restart",
        "\x85/restart",
        "\ud800/restart",
        '/choose{"candidates": ["1.001193"]}',
        '\u2003/choose{"procedure": "1.001193"}',
        "/session_start",
        "/greet@1.0",
    ],
)
async def test_a_command_of_rasa_is_only_ever_words(http: AsyncClient, rasa: StandIn, message: str) -> None:
    # Written out by hand: the client's own encoder takes no half of a surrogate pair.
    body = '{"message": "' + "".join(f"\\u{ord(letter):04x}" for letter in message) + '"}'
    response = await http.post("/api/chat", content=body)
    assert response.status_code == 200
    if any(sign in message for sign in "{@\ud800"):  # something beside the command
        (heard,) = rasa.messages
        assert heard.strip() and not heard.strip().startswith("/")
    else:  # nothing but a command says nothing: it never gets as far
        assert rasa.messages == []
        assert response.json()["replies"][0]["card"] == {"type": "refused", "reason": "empty"}


@given(
    st.text(alphabet=st.sampled_from("/ \n\t\r\u200b\ufeff\u00a0\u3000\u2028\x1c\x85\u0338\uff0f\u2215?"), max_size=12)
)
def test_no_mixture_of_slashes_and_spaces_makes_a_command(before: str) -> None:
    heard = as_plain_words(mask(clean(f"{before}/restart")))
    assert heard.strip() and not heard.strip().startswith("/")


@given(st.text(max_size=60))
def test_whatever_is_typed_rasa_gets_words_and_never_a_command(typed: str) -> None:
    heard = as_plain_words(mask(clean(typed)))
    assert heard and not heard.strip().startswith("/")


async def test_a_slash_inside_a_message_stays(http: AsyncClient, rasa: StandIn) -> None:
    await say(http, "bé sinh 2/9/2026 và/hoặc 3/9")
    assert rasa.messages == ["bé sinh 2/9/2026 và/hoặc 3/9"]


async def test_decomposed_letters_reach_rasa_composed(http: AsyncClient, rasa: StandIn) -> None:
    await say(http, unicodedata.normalize("NFD", "Đăng ký tạm trú cần giấy tờ gì"))
    assert rasa.messages == ["Đăng ký tạm trú cần giấy tờ gì"]


async def test_halves_of_surrogate_pairs_do_no_harm(http: AsyncClient, rasa: StandIn) -> None:
    response = await http.post("/api/chat", content=r'{"message": "khai sinh \ud83d cho b\u00e9 \udc00"}')
    assert response.status_code == 200
    assert rasa.messages == ["khai sinh ? cho bé ?"]


async def test_markup_is_passed_on_as_text(http: AsyncClient, rasa: StandIn) -> None:
    await say(http, "<script>alert(1)</script> khai sinh")
    assert rasa.messages == ["<script>alert(1)</script> khai sinh"]


# Personal numbers


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("079123456789", "[số định danh]"),
        ("079 123 456 789", "[số định danh]"),
        ("024680135", "[số giấy tờ]"),
        ("19036789012345", "[dãy số]"),
        ("0901234567", "[số điện thoại]"),
        ("+84 901 234 567", "[số điện thoại]"),
        ("nguyenvana@example.org", "[email]"),
        ("0\u200b79123456789", "[số định danh]"),
        ("4111 1111 1111 1111", "[dãy số]"),
    ],
)
async def test_personal_numbers_are_masked_before_rasa_sees_them(
    http: AsyncClient, rasa: StandIn, number: str, shown: str
) -> None:
    await say(http, f"số của tôi là {number} nhờ xem giúp")
    assert rasa.messages == [f"số của tôi là {shown} nhờ xem giúp"]


@pytest.mark.parametrize(
    ("message", "note"),
    [
        ("căn cước 079123456789 của tôi bị mất", "Tôi đã che số căn cước trong tin của bạn, không lưu số đó."),
        ("làm lại thẻ, cmnd cũ 024680135", "Tôi đã che số giấy tờ trong tin của bạn, không lưu số đó."),
        ("chuyển vào 19036789012345 à", "Tôi đã che dãy số trong tin của bạn, không lưu dãy số đó."),
        ("ai đó hỏi mã OTP 482913", "Mã bí mật thì đừng đưa cho ai, kể cả cán bộ."),
        ("gọi tôi 0901234567", "Tôi đã che số điện thoại trong tin của bạn, không lưu số đó."),
        ("gửi vào lan@example.vn", "Tôi đã che địa chỉ email trong tin của bạn, không lưu địa chỉ đó."),
        ("cccd 079123456789, gọi 0901234567", "Tôi đã che số căn cước và số điện thoại trong tin của bạn"),
    ],
)
async def test_whoever_sends_a_personal_number_is_told_what_was_masked(
    http: AsyncClient, ward: Ward, message: str, note: str
) -> None:
    reply = await say(http, message)
    assert note in reply["text"] and reply["text"].startswith(words("utter_thanks", ward)["text"])


@pytest.mark.parametrize(
    ("message", "asked_not_to"),
    [("căn cước 079123456789", True), ("otp 482913", True), ("gọi 0901234567", False), ("thư lan@example.vn", False)],
)
async def test_only_who_sends_what_nobody_needs_is_asked_not_to(
    http: AsyncClient, message: str, asked_not_to: bool
) -> None:
    text = (await say(http, message))["text"]
    assert ("Bạn đừng gửi" in text) is asked_not_to and ("tôi sẽ hỏi" in text) is not asked_not_to


async def test_the_note_stands_among_the_notes_of_an_answer(
    http: AsyncClient, rasa: StandIn, make_procedure: Any, make_listing: Any
) -> None:
    procedure = make_procedure(notes=["Nhớ mang bút."])
    rasa.says(answer(procedure, ["fee"], make_listing(procedure), today=date(2026, 7, 6)).as_json())
    reply = await say(http, "căn cước 079123456789 của tôi bị mất")
    first, note = reply["card"]["notes"]
    assert first == "Nhớ mang bút." and "đã che số căn cước" in note and note in reply["text"]


async def test_the_note_stands_in_the_first_of_several_replies_and_the_others_stay(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    rasa.says(words("utter_thanks", ward), words("utter_which_procedure", ward))
    replies = (await http.post("/api/chat", json={"message": "căn cước 079123456789"})).json()["replies"]
    assert ["đã che số căn cước" in reply["text"] for reply in replies] == [True, False]


@pytest.mark.parametrize("message", ["079123456789", "0901234567 / lan@example.vn", "cmnd 024680135"])
async def test_whoever_sends_a_number_is_told_even_where_nothing_is_known(
    http: AsyncClient, rasa: StandIn, ward: Ward, message: str
) -> None:
    rasa.says(words("utter_unknown", ward))
    assert "Tôi đã che" in (await say(http, message))["text"]


@pytest.mark.parametrize("message", ["079123456789", "0901234567 / lan@example.vn", "(079 123 456 789)"])
async def test_a_number_alone_is_refused_rather_than_not_known(
    http: AsyncClient, rasa: StandIn, ward: Ward, message: str
) -> None:
    rasa.says(words("utter_unknown", ward))
    assert (await say(http, message))["card"] == {"type": "refused", "reason": "personal_data"}


@pytest.mark.parametrize("message", ["079123456789", "(079 123 456 789)", "19036789012345"])
async def test_an_identity_number_alone_is_no_answer_to_what_was_asked(
    http: AsyncClient, rasa: StandIn, message: str
) -> None:
    reply = await say(http, message)
    assert reply["card"] == {"type": "refused", "reason": "personal_data"} and "Tôi đã che" in reply["text"]
    assert rasa.got == []


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ("mã otp của tôi là 482913, làm căn cước cho con cần gì", "làm căn cước cho con cần gì"),
        ("Làm căn cước cho con cần gì? Mã OTP 482913.", "Làm căn cước cho con cần gì?"),
        ("otp 482913 làm căn cước", "otp [mã bí mật] làm căn cước"),
    ],
)
async def test_what_is_said_of_a_one_time_code_does_not_stand_in_the_way_of_the_question(
    http: AsyncClient, rasa: StandIn, message: str, heard: str
) -> None:
    assert "Tôi đã che" in (await say(http, message))["text"]
    assert rasa.messages == [heard]


async def test_a_question_that_is_not_known_still_gets_who_can_help(
    http: AsyncClient, rasa: StandIn, ward: Ward
) -> None:
    rasa.says(words("utter_unknown", ward))
    reply = await say(http, "tôi số 079123456789 muốn bán xe máy")
    assert reply["card"] == words("utter_unknown", ward)["card"] and "đã che số căn cước" in reply["text"]


@pytest.mark.parametrize(
    "message", ["hồ sơ H12.34-261101-0007", "thủ tục 1.001193", "năm 2026", "phí 15.000 đồng", "gõ [số định danh] à"]
)
async def test_other_numbers_bring_no_note(http: AsyncClient, ward: Ward, message: str) -> None:
    assert (await say(http, message))["text"] == words("utter_thanks", ward)["text"]


# Sessions


async def test_a_session_goes_on_and_another_is_another(http: AsyncClient, rasa: StandIn) -> None:
    first = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    second = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    again = (await http.post("/api/chat", json={"message": "chào", "session": first})).json()["session"]
    assert first != second and again == first
    senders = [part["sender"] for part in rasa.got]
    assert senders[0] == senders[2] != senders[1]


@pytest.mark.parametrize("message", ["", "ơ" * 501])
async def test_a_refused_message_keeps_its_session(http: AsyncClient, message: str) -> None:
    session = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    body = (await http.post("/api/chat", json={"message": message, "session": session})).json()
    assert body["session"] == session


async def test_a_token_does_not_tell_the_secret_and_cannot_be_made_up(http: AsyncClient, rasa: StandIn) -> None:
    """Whoever names the conversation of somebody else gets one of their own instead."""
    theirs = (await http.post("/api/chat", json={"message": "chào"})).json()["session"]
    sender = rasa.got[0]["sender"]
    said, when, signature = theirs.split(".")
    other = ("A" if signature[0] != "A" else "B") + signature[1:]
    for forged in (sender, f"{said}.{when}.{other}", f"{said}.{when}.", f"{theirs}x", f'"{sender}"', "x" * 5000):
        body = (await http.post("/api/chat", json={"message": "chào", "session": forged})).json()
        assert body["session"] not in (forged, theirs)
        assert rasa.got[-1]["sender"] != sender


@pytest.mark.parametrize("session", ["", "null", "a.b.c", "..", "\u00e0\u1ea1", "\x00", "😀", "../../etc"])
async def test_a_token_that_is_none_opens_a_new_session(http: AsyncClient, session: str) -> None:
    response = await http.post("/api/chat", json={"message": "chào", "session": session})
    assert response.status_code == 200 and response.json()["session"] not in ("", session)


async def test_half_a_surrogate_pair_as_a_token_opens_a_new_session(http: AsyncClient) -> None:
    response = await http.post("/api/chat", content=r'{"message": "ch\u00e0o", "session": "\ud800"}')
    assert response.status_code == 200 and response.json()["session"]
