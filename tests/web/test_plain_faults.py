"""The page without script when something is wrong: always a page, in Vietnamese, and what was typed is not lost."""

from __future__ import annotations

import pytest
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.refusals import LONGEST_MESSAGE
from bot.knowledge.ward import Ward
from tests.store.rows import Rows
from tests.web.conftest import Open, StandIn
from tests.web.markup import links
from tests.web.plain import Seen, seen, send

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def post(http: AsyncClient, body: bytes, headers: dict[str, str] = FORM) -> Seen:
    return seen(await http.post("/hoi", content=body, headers=headers))


# Rasa down


@pytest.mark.parametrize("body", [b"[]", b"<html>", b'[{"text": "not ours"}]'])
async def test_a_rasa_that_does_not_answer_costs_no_word(
    http: AsyncClient, rasa: StandIn, ward: Ward, body: bytes
) -> None:
    session = (await send(http, "chào")).session
    rasa.body = body
    page = await send(http, "làm <khai sinh>\ncho bé", session, status=503)
    assert page.typed == "làm <khai sinh>\ncho bé" and page.session == session
    assert page.heading == "Chưa trả lời được"
    assert links(page.tree)[ward.hotline].startswith("tel:")
    assert links(page.tree)["Xem danh mục thủ tục"] == "/thu-tuc"


async def test_without_rasa_the_first_page_is_there(gateway: Open) -> None:
    http = await gateway(rasa_port=1)
    assert seen(await http.get("/hoi")).heading == "Hỏi về thủ tục"
    assert (await send(http, "làm khai sinh", status=503)).typed == "làm khai sinh"


async def test_once_rasa_is_back_the_same_question_is_answered(http: AsyncClient, rasa: StandIn) -> None:
    rasa.status = 500
    failed = await send(http, "làm khai sinh", status=503)
    rasa.status = 200
    assert (await send(http, failed.typed, failed.session)).heading == "Trả lời câu hỏi của bạn"


async def test_who_asks_too_often_keeps_the_question_and_learns_how_long_to_wait(gateway: Open) -> None:
    http = await gateway(session_limit="1/minute")
    session = (await send(http, "làm khai sinh")).session
    page = await send(http, "lệ phí bao nhiêu", session, status=429)
    assert page.typed == "lệ phí bao nhiêu" and page.session == session
    assert f"{page.response.headers['retry-after']} giây" in page.main


# Forms that are none


@pytest.mark.parametrize("message", ["", " ", "\r\n", "...", "😀", "/restart", "\x00"])
async def test_a_question_without_a_word_is_asked_for_again(http: AsyncClient, rasa: StandIn, message: str) -> None:
    assert "Tôi chưa thấy câu hỏi" in (await send(http, message)).main
    assert rasa.got == []


@pytest.mark.parametrize("over", [1, 200, 9000])
async def test_a_question_that_is_too_long_stays_in_the_field_to_be_shortened(
    http: AsyncClient, rasa: StandIn, over: int
) -> None:
    message = "ơ" * (LONGEST_MESSAGE + over)
    page = await send(http, message)
    assert page.typed == message and f"dài quá {LONGEST_MESSAGE} ký tự" in page.main
    assert rasa.got == []


async def test_the_end_of_a_line_counts_as_one_letter_as_in_the_chat(http: AsyncClient, rasa: StandIn) -> None:
    await send(http, "a\r\n" * (LONGEST_MESSAGE // 2))
    assert [len(message) for message in rasa.messages] == [LONGEST_MESSAGE - 1]


@pytest.mark.parametrize(
    "body", [b"", b"&&&", b"session=x", b"text=khai+sinh", b'{"message": "khai sinh"}', b"a&" * 99]
)
async def test_a_form_without_the_question_is_asked_for_it(http: AsyncClient, rasa: StandIn, body: bytes) -> None:
    assert "Tôi chưa thấy câu hỏi" in (await post(http, body)).main
    assert rasa.got == []


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json", ""])
async def test_what_is_sent_in_another_way_gets_a_page_too(http: AsyncClient, kind: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\nkhai sinh\r\n--x--\r\n'
    assert (await post(http, body, {"content-type": kind})).response.status_code == 200


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        (b"message=l%E0m+khai+sinh", "l�m khai sinh"),  # an old keyboard's letters
        (b"message=khai%ED%A0%80sinh", "khai���sinh"),  # half of a surrogate pair
        (b"message=\xff\xfe", "��"),
    ],
)
async def test_letters_that_cannot_be_read_are_shown_to_be_mended(
    http: AsyncClient, rasa: StandIn, body: bytes, typed: str
) -> None:
    page = await post(http, body)
    assert page.response.status_code == 400 and page.typed == typed
    assert "Bạn sửa lại" in page.main and rasa.got == []


async def test_letters_that_are_not_encoded_at_all_are_read(http: AsyncClient, rasa: StandIn) -> None:
    await post(http, "message=làm khai sinh".encode())
    assert rasa.messages == ["làm khai sinh"]


async def test_of_two_questions_in_a_form_the_last_is_answered(http: AsyncClient, rasa: StandIn) -> None:
    await post(http, b"message=mot&message=hai")
    assert rasa.messages == ["hai"]


@pytest.mark.parametrize("path", ["/hoi", "/hoi/xoa", "/hoi/danh-gia"])
async def test_what_is_too_large_gets_a_page_even_from_a_browser_that_asks_for_none(
    http: AsyncClient, rasa: StandIn, path: str
) -> None:
    page = seen(await http.post(path, content=b"message=" + b"a" * 100_000, headers=FORM | {"accept": "*/*"}))
    assert page.response.status_code == 413 and page.heading == "Nội dung dài quá"
    assert "bấm nút quay lại" in page.main and rasa.got == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=200), st.binary(max_size=100).map(lambda sent: b"message=" + sent)))
async def test_whatever_is_sent_comes_back_as_a_sound_page(http: AsyncClient, rows: Rows, body: bytes) -> None:
    for path in ("/hoi", "/hoi/xoa", "/hoi/danh-gia"):
        page = seen(await http.post(path, content=body, headers=FORM))
        assert page.response.status_code in (200, 400)
