from __future__ import annotations

import time

import pytest
from itsdangerous import URLSafeTimedSerializer

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


@pytest.mark.parametrize("token", ["x" * 1_000_000, "." * 1_000_000, "a.b." + "c" * 1_000_000])
def test_a_huge_token_costs_nothing(token: str) -> None:
    ours = Sessions("secret")
    began = time.perf_counter()
    for _ in range(100):
        assert ours.open(token)[0] != token
    assert (time.perf_counter() - began) / 100 < 0.001


def test_our_own_tokens_are_well_below_the_longest() -> None:
    assert all(len(Sessions("secret").new()[0]) < sessions.LONGEST_TOKEN / 2 for _ in range(20))


def test_a_token_of_another_purpose_is_worth_nothing() -> None:
    """Whatever else the secret may sign one day is no conversation."""
    ours = Sessions("secret")
    token = URLSafeTimedSerializer("secret", salt="another purpose").dumps("a conversation")
    assert ours.open(token)[1] != "a conversation"


def test_a_conversation_lasts_a_day() -> None:
    assert sessions.LIFETIME == 24 * 60 * 60


def test_a_conversation_ends_after_its_lifetime(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Sessions("secret")
    token, conversation = ours.new()
    monkeypatch.setattr(sessions, "LIFETIME", -1)
    assert ours.open(token)[1] != conversation


def test_what_is_too_old_to_go_on_with_can_still_be_named_to_delete_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Sessions("secret")
    token, conversation = ours.new()
    later = time.time() + sessions.LIFETIME + 10
    monkeypatch.setattr(time, "time", lambda: later)
    assert ours.open(token)[1] != conversation
    assert ours.conversation(token) == conversation
    assert ours.conversation("forged") is None
