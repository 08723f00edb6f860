"""A setting that cannot be meant so is named before anything starts, with what is expected."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.setting_checks import SettingsError, check, origins
from bot.settings import ROOT, Settings
from bot.web.app import create_app


def settings(**parts: str) -> Settings:
    plain = Settings(origins="", public_url="", limits_storage="", session_secret="", metrics_token="")
    return replace(plain, **parts)


def test_the_defaults_are_fine() -> None:
    check(settings(address_limit="120/minute", session_limit="30/minute"))


@pytest.mark.parametrize(
    "parts",
    [
        {"address_limit": "1000/hour"},
        {"session_limit": "10 per 30 second"},
        {"origins": "https://phuong.example.vn,https://xa.example.vn:8443, http://localhost:3000"},
        {"origins": "https://xn--phng-tta.example.vn"},
        {"origins": " , "},
        {"public_url": "https://hoi.example.vn"},
        {"limits_storage": "redis://:geheim@127.0.0.1:6379/0"},
        {"limits_storage": "rediss://redis.example.vn:6379"},
        {"session_secret": "0123456789abcdef"},
    ],
    ids=str,
)
def test_what_can_be_meant_is_taken(parts: dict[str, str]) -> None:
    check(settings(**parts))


@pytest.mark.parametrize(
    "text", ["", "120", "minute", "120/fortnight", "0/minute", "-1/minute", "1/minute;2/hour", "∞"]
)
@pytest.mark.parametrize(("part", "variable"), [("address_limit", "ADDRESS_LIMIT"), ("session_limit", "SESSION_LIMIT")])
def test_a_limit_that_is_none_is_named(part: str, variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is .*like 120/minute"):
        check(settings(**{part: text}))


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("*", "like https://phuong.example.vn"),
        ("https://*.example.vn", "like https://phuong.example.vn"),
        ("phuong.example.vn", "like https://phuong.example.vn"),
        ("null", "like https://phuong.example.vn"),
        ("ftp://phuong.example.vn", "like https://phuong.example.vn"),
        ("https://", "like https://phuong.example.vn"),
        ("https://phường.example.vn", "like https://phuong.example.vn"),
        ("https://phuong.example.vn:x", "like https://phuong.example.vn"),
        ("https://a.example.vn https://b.example.vn", "like https://phuong.example.vn"),
        ("https://phuong.example.vn/", "write it as https://phuong.example.vn"),
        ("https://phuong.example.vn/tro-ly", "write it as https://phuong.example.vn"),
        ("https://phuong.example.vn?", "write it as https://phuong.example.vn"),
        ("https://Phuong.example.vn", "write it as https://phuong.example.vn"),
        ("https://phuong.example.vn:443", "write it as https://phuong.example.vn"),
        ("http://phuong.example.vn:80", "write it as http://phuong.example.vn"),
        ("https://a:b@phuong.example.vn", "write it as https://phuong.example.vn"),
    ],
)
@pytest.mark.parametrize(("part", "variable"), [("origins", "ALLOWED_ORIGINS"), ("public_url", "PUBLIC_URL")])
def test_an_address_that_no_browser_sends_is_named_with_what_to_write(
    part: str, variable: str, text: str, advice: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} names ") as fault:
        check(settings(**{part: text}))
    assert advice in str(fault.value)


def test_one_wrong_address_among_right_ones_is_the_one_that_is_named() -> None:
    with pytest.raises(SettingsError, match=r"names 'https://b\.example\.vn/'"):
        check(settings(origins="https://a.example.vn, https://b.example.vn/"))


def test_the_list_of_websites_is_read_with_commas_and_spaces() -> None:
    assert origins(" https://a.example.vn ,http://b.example.vn:8080,") == (
        "https://a.example.vn",
        "http://b.example.vn:8080",
    )


@pytest.mark.parametrize("text", ["memcached://127.0.0.1", "127.0.0.1:6379", "http://:geheim@redis"])
def test_what_is_no_redis_is_said_without_its_password(text: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL") as fault:
        check(settings(limits_storage=text))
    assert "geheim" not in str(fault.value)


@pytest.mark.parametrize("secret", ["geheim", "0123456789abcde"])
@pytest.mark.parametrize("part", ["session_secret", "metrics_token"])
def test_a_secret_that_could_be_guessed_is_refused_and_not_told(part: str, secret: str) -> None:
    with pytest.raises(SettingsError, match=f"{part.upper()} .* at least 16 characters") as fault:
        check(settings(**{part: secret}))
    assert secret not in str(fault.value)


def test_with_a_wrong_setting_there_is_no_gateway(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        create_app(settings(origins="*", var=tmp_path))


@pytest.mark.parametrize(
    ("variable", "value"), [("ALLOWED_ORIGINS", "*"), ("ADDRESS_LIMIT", "often"), ("SESSION_SECRET", "short")]
)
def test_serving_with_a_wrong_setting_ends_at_once_with_one_line_for_the_operator(variable: str, value: str) -> None:
    command = [sys.executable, "-m", "bot", "serve"]
    environment = {**os.environ, variable: value}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr.startswith(variable) and ended.stderr.count("\n") == 1
