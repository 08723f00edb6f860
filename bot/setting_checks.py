"""Settings that face the internet, checked before anything starts."""

from __future__ import annotations

from urllib.parse import urlsplit

from limits import RateLimitItem, parse_many

from bot.settings import Settings

SHORTEST_SECRET = 16  # characters
_REDIS = ("redis", "rediss")
_PORTS = {"http": 80, "https": 443}


class SettingsError(Exception):
    """Which setting is wrong and what is expected, in words for the person at the terminal."""


def check(settings: Settings) -> None:
    """Raise SettingsError for the first setting that cannot be meant so."""
    limit("ADDRESS_LIMIT", settings.address_limit)
    limit("SESSION_LIMIT", settings.session_limit)
    origins(settings.origins)
    if settings.public_url:
        _origin("PUBLIC_URL", settings.public_url)
    if settings.limits_storage and urlsplit(settings.limits_storage).scheme not in _REDIS:
        raise SettingsError("REDIS_URL is no address of a Redis server: expected redis://host:6379/0")
    if settings.retention_days < 1:
        raise SettingsError(f"RETENTION_DAYS is {settings.retention_days}: expected 1 day or more")
    for variable, secret in (("SESSION_SECRET", settings.session_secret), ("METRICS_TOKEN", settings.metrics_token)):
        if 0 < len(secret) < SHORTEST_SECRET:
            raise SettingsError(f"{variable} is too short to be safe: expected at least {SHORTEST_SECRET} characters")


def limit(variable: str, text: str) -> RateLimitItem:
    """How often one may ask, from "120/minute". Raises SettingsError."""
    try:
        (found,) = parse_many(text)
    except ValueError:
        found = None
    if found is None or found.amount < 1 or found.multiples < 1:
        raise SettingsError(f"{variable} is {text!r}: expected a number for a time, like 120/minute or 30/10second")
    return found


def origins(text: str) -> tuple[str, ...]:
    """The websites of a list with commas, each as a browser names it. Raises SettingsError."""
    return tuple(_origin("ALLOWED_ORIGINS", part.strip()) for part in text.split(",") if part.strip())


def _origin(variable: str, text: str) -> str:
    named = _as_browsers_name_it(text)
    if named is None:
        raise SettingsError(f"{variable} names {text!r}: expected whole addresses, like https://phuong.example.vn")
    if named != text:
        raise SettingsError(f"{variable} names {text!r}: write it as {named}")
    return named


def _as_browsers_name_it(text: str) -> str | None:
    """Scheme, host and port alone, in small letters; None for what is no address of a website."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or "*" in host or not host.isascii() or any(map(str.isspace, text)):
        return None
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")
