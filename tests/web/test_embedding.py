"""What the web master is told of embedding is so."""

from __future__ import annotations

import re

from bot.settings import ROOT
from tests.web.conftest import Open


def embedding() -> str:
    return (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")


def test_every_setting_that_the_web_master_is_told_of_exists() -> None:
    settings = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", embedding(), re.MULTILINE))
    assert len(named) == 6 and {name for name in named if f'"{name}"' not in settings} == {"FORWARDED_ALLOW_IPS"}


def test_every_attribute_and_method_that_the_web_master_is_told_of_exists() -> None:
    widget = (ROOT / "bot" / "web" / "assets" / "widget.js").read_text(encoding="utf-8")
    attributes = re.findall(r"^\| `data-(\w+)` \|", embedding(), re.MULTILINE)
    methods = re.findall(r"^\| `(\w+)\(", embedding(), re.MULTILINE)
    assert len(attributes) == 5 and all(f"given.{name}" in widget for name in attributes)
    assert methods == ["open", "close", "ask"] and all(re.search(rf"\b{name} = function", widget) for name in methods)
    assert "tro-ly-mot-cua" in widget


async def test_every_address_that_the_web_master_is_told_of_exists(gateway: Open) -> None:
    http = await gateway(metrics_token="a token for tests only")
    told = set(re.findall(r"example\.vn(/[\w./-]*)", embedding())) | {"/api/health", "/rieng-tu"}
    assert {"/widget.js", "/hoi", "/api/ready", "/metrics", "/api/chat"} <= told
    for path in told - {"/fullchain.pem", "/privkey.pem"}:
        assert (await http.get(path)).status_code != 404, path
