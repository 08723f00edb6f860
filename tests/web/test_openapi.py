"""The description of the API, held against the gateway by schemathesis: what it says is what is done."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from httpx import AsyncClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import CHECKS
from schemathesis.generation.case import Case
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.web.app import create_app
from tests.web.conftest import StandIn

EXAMPLES = 60  # of each operation
DOORS = {
    "/api/chat": {"post", "delete"},
    "/api/feedback": {"post"},
    "/api/ward": {"get"},
    "/api/health": {"get"},
    "/api/ready": {"get"},
}
schema = schemathesis.pytest.from_fixture("described")


@pytest.fixture
def described(gateway_settings: Settings, engine: Engine, well: StandIn) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(gateway_settings))


@schema.parametrize()
@hypothesis_settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_as_described(case: Case) -> None:
    excluded = []
    if case.operation.path == "/api/feedback":
        # A mark of the right form may be on a reply that was never given.
        excluded = CHECKS.get_by_names(["positive_data_acceptance"])
    response = case.call_and_validate(excluded_checks=excluded)
    assert response.status_code < 500
    assert response.headers["x-content-type-options"] == ["nosniff"]


async def test_all_doors_for_programs_are_described_and_nothing_else(http: AsyncClient) -> None:
    paths = (await http.get("/api/openapi.json")).json()["paths"]
    assert {path: set(methods) for path, methods in paths.items()} == DOORS


async def test_every_way_to_end_is_described(http: AsyncClient) -> None:
    paths = (await http.get("/api/openapi.json")).json()["paths"]
    for path, methods in paths.items():
        for operation in methods.values():
            ends = operation["responses"]
            assert {"200", "429", "500", "4XX"} <= set(ends) and "422" not in ends
            assert "Retry-After" in ends["429"]["headers"]
            for end in ends.values():
                assert "$ref" in end["content"]["application/json"]["schema"]
            if "requestBody" in operation:
                assert {"400", "413"} <= set(ends)
            assert ("503" in ends) is (path in ("/api/chat", "/api/ready"))
