import json
from collections.abc import Callable

import httpx
import pytest

from bot.evaluation.conversation import ChatError, Conversation, Heard, ask

Handler = Callable[[httpx.Request], httpx.Response]


def gateway(handler: Handler) -> httpx.Client:
    return httpx.Client(base_url="http://gateway", transport=httpx.MockTransport(handler))


def replying(card: dict[str, object], text: str = "") -> httpx.Client:
    reply = {"id": "1", "text": text, "card": card, "choices": []}
    return gateway(lambda request: httpx.Response(200, json={"session": "s", "replies": [reply]}))


def test_an_answer_is_heard_with_its_code_aspects_and_text() -> None:
    http = replying({"type": "answer", "code": "1.001193", "aspects": ["fee", "place"]}, "Miễn phí.")
    assert ask(http, "…") == Heard("answer", ("1.001193",), ("fee", "place"), "Miễn phí.")


def test_a_choice_is_heard_with_its_candidates_best_first() -> None:
    http = replying({"type": "choose", "candidates": [{"code": "2", "name": "b"}, {"code": "1", "name": "a"}]})
    assert ask(http, "…") == Heard("choose", ("2", "1"))


def test_other_cards_name_no_procedure() -> None:
    assert ask(replying({"type": "unknown"}), "…") == Heard("unknown")


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(503, json={"error": {"code": "unavailable", "message": "Hệ thống đang bận."}}),
        httpx.Response(502, text="<html>"),
        httpx.Response(200, json=[]),
    ],
)
def test_a_failed_turn_is_heard_as_an_error(response: httpx.Response) -> None:
    assert ask(gateway(lambda request: response), "…") == Heard("error")


def test_a_conversation_keeps_its_session_and_a_question_opens_a_new_one() -> None:
    sessions = []

    def handler(request: httpx.Request) -> httpx.Response:
        sessions.append(json.loads(request.content)["session"])
        return httpx.Response(200, json={"session": "s", "replies": [{"text": "", "card": {"type": "unknown"}}]})

    http = gateway(handler)
    conversation = Conversation(http)
    conversation.send("a")
    conversation.send("b")
    ask(http, "c")
    assert sessions == [None, "s", None]


def test_errors_of_the_gateway_are_passed_on_in_its_words() -> None:
    http = gateway(lambda request: httpx.Response(400, json={"error": {"code": "x", "message": "Viết ngắn lại."}}))
    with pytest.raises(ChatError, match="Viết ngắn lại"):
        Conversation(http).send("a")


def test_a_gateway_that_is_down_is_named() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ChatError, match="http://gateway không trả lời"):
        Conversation(gateway(handler)).send("a")
