"""What a citizen meets while something behind the gateway is down or hangs; served as an operator serves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from tests.e2e.served import Served, serving, wait_until

pytestmark = pytest.mark.e2e

SOON = 5.0  # seconds within which somebody who waits is told something


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    settings = replace(Settings(), database=f"sqlite:///{folder}/assistant.db", published=f"{folder}/published")
    with serving(settings, folder / "serve.log") as served:
        yield served


def error_of(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 503, response.text
    assert "Traceback" not in response.text
    return dict(response.json()["error"])


@pytest.mark.parametrize("port", ["RASA_PORT", "ACTIONS_PORT"])
def test_what_hangs_is_said_within_five_seconds_and_heals(served: Served, port: str) -> None:
    hanging = served.listener(port)
    hanging.suspend()
    try:
        response, seconds = served.ask()
    finally:
        hanging.resume()
    error = error_of(response)
    assert seconds < SOON
    assert error["hotline"] in error["message"] and error["listing"] == "/thu-tuc"
    served.recovers(30)


@pytest.mark.parametrize("port", ["RASA_PORT", "ACTIONS_PORT"])
def test_what_dies_is_said_within_five_seconds_and_comes_back_by_itself(served: Served, port: str) -> None:
    served.listener(port).kill()
    response, seconds = served.ask()
    assert error_of(response)["code"] == "unavailable" and seconds < SOON
    wait_until(lambda: served.readiness() == 503, 8)  # what it found is kept for five seconds
    assert httpx.get(f"{served.address}/api/health", trust_env=False).status_code == 200, "the gateway itself lives"
    assert httpx.get(f"{served.address}/thu-tuc/1.001193", trust_env=False).status_code == 200, "so does the listing"
    served.recovers(120)
    wait_until(lambda: served.readiness() == 200, 30)
