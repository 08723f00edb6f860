from __future__ import annotations

import pytest

from bot.web import sessions
from bot.web.sessions import Sessions


def test_a_token_leads_back_to_its_conversation() -> None:
    ours = Sessions("secret")
    token, conversation = ours.new()
    assert ours.open(token) == (token, conversation)


def test_no_token_opens_a_new_conversation_each_time() -> None:
    ours = Sessions("secret")
    opened = [ours.open(None) for _ in range(50)]
    assert len({token for token, _ in opened}) == len({conversation for _, conversation in opened}) == 50


def test_tokens_outlive_the_process_where_the_secret_is_kept() -> None:
    token, conversation = Sessions("secret").new()
    assert Sessions("secret").open(token) == (token, conversation)


@pytest.mark.parametrize("secret", ["other", ""])
def test_a_token_signed_with_another_secret_is_worth_nothing(secret: str) -> None:
    token, conversation = Sessions("secret").new()
    reopened, other = Sessions(secret).open(token)
    assert reopened != token and other != conversation


def test_without_a_secret_every_process_signs_with_its_own() -> None:
    token, conversation = Sessions("").new()
    assert Sessions("").open(token)[1] != conversation


def test_a_conversation_ends_after_its_lifetime(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Sessions("secret")
    token, conversation = ours.new()
    monkeypatch.setattr(sessions, "LIFETIME", -1)
    assert ours.open(token)[1] != conversation
