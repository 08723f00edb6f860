"""What browsers are told beside the content: what may run, who may embed and read it, how long it may be kept."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from httpx import AsyncClient, Response

from bot.web.assets import FOLDER, Assets
from tests.web.conftest import Open

WEBSITE, OTHER = "https://phuong.example.vn", "https://elsewhere.example"
ICON = "/assets/{version}/icon.svg"
EVERYWHERE = [
    ("GET", "/"),
    ("GET", "/widget.js"),
    ("GET", ICON),
    ("GET", "/nothing"),
    ("PUT", "/"),
    ("POST", "/api/chat"),
    ("POST", "/api/feedback"),
    ("GET", "/api/ward"),
    ("GET", "/api/health"),
    ("GET", "/metrics"),
]


def at(path: str) -> str:
    """The path of a file as of today."""
    return path.replace("{version}", Assets().version)


def crossing(response: Response) -> list[str]:
    """The headers by which another website is let in."""
    return [name for name in response.headers if name.startswith("access-control-")]


# What may run


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
async def test_every_response_carries_the_security_headers(http: AsyncClient, method: str, path: str) -> None:
    headers = (await http.request(method, at(path))).headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in policy.split("; ")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"] == "microphone=(self), camera=(), geolocation=()"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in headers and "server" not in headers


@pytest.mark.parametrize(("address", "encrypted"), [("https://hoi.example.vn", True), ("http://hoi.example.vn", False)])
async def test_only_who_is_reached_by_https_asks_for_it_from_now_on(
    gateway: Open, address: str, encrypted: bool
) -> None:
    headers = (await (await gateway(public_url=address)).get("/")).headers
    assert ("strict-transport-security" in headers) is encrypted


class Inline(HTMLParser):
    """Collects what the policy would block in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        executed = tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        if executed or tag == "style" or any(name.startswith("on") or name == "style" for name in given):
            self.blocked.append(tag)
        if (given.get("href") or given.get("src") or "").startswith(("javascript:", "data:", "//")):
            self.blocked.append(tag)


@pytest.mark.parametrize("path", ["/", "/hoi", "/thu-tuc", "/thu-tuc/1.001193", "/rieng-tu", "/tro-nang", "/nothing"])
async def test_no_page_holds_what_the_policy_would_block(http: AsyncClient, path: str) -> None:
    page = await http.get(path, headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    seen = Inline()
    seen.feed(page.text)
    assert seen.blocked == []


def test_it_is_seen_when_a_page_holds_what_the_policy_would_block() -> None:
    seen = Inline()
    seen.feed('<script>x</script><p style="x"><a href="javascript:x"><img onerror=x><style></style><script src=x>')
    assert seen.blocked == ["script", "p", "a", "img", "style"]


# Other websites


@pytest.mark.parametrize("path", ["/api/chat", "/api/feedback"])
async def test_without_the_setting_no_website_is_let_in(http: AsyncClient, path: str) -> None:
    asked = {"origin": OTHER, "access-control-request-method": "POST"}
    assert crossing(await http.options(path, headers=asked)) == []
    assert crossing(await http.post(path, json={"message": "chào"}, headers={"origin": OTHER})) == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_a_website_that_is_named_may_ask(gateway: Open, method: str) -> None:
    http = await gateway(origins=f"{WEBSITE}, https://xa.example.vn:8443")
    asked = {
        "origin": WEBSITE,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
    }
    headers = (await http.options("/api/chat", headers=asked)).headers
    assert headers["access-control-allow-origin"] == WEBSITE
    assert method in headers["access-control-allow-methods"]
    assert "content-type" in headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/chat"), ("GET", "/api/ward"), ("GET", ICON)])
async def test_a_website_that_is_named_may_read_what_it_gets(gateway: Open, method: str, path: str) -> None:
    http = await gateway(origins=WEBSITE)
    response = await http.request(method, at(path), headers={"origin": WEBSITE})
    assert response.headers["access-control-allow-origin"] == WEBSITE
    assert "retry-after" in response.headers["access-control-expose-headers"].lower()


async def test_a_website_that_is_named_reads_errors_too(gateway: Open) -> None:
    http = await gateway(origins=WEBSITE, address_limit="1/minute", rasa_port=1)
    for status in (503, 429):
        response = await http.post("/api/chat", json={"message": "chào"}, headers={"origin": WEBSITE})
        assert response.status_code == status and response.headers["access-control-allow-origin"] == WEBSITE


@pytest.mark.parametrize(
    "origin",
    [
        OTHER,
        "null",
        "http://phuong.example.vn",
        "https://phuong.example.vn:444",
        "https://phuong.example.vn.elsewhere.example",
        "https://xphuong.example.vn",
        "https://PHUONG.example.vn",
    ],
)
async def test_no_other_website_is_let_in(gateway: Open, origin: str) -> None:
    http = await gateway(origins=WEBSITE)
    asked = {"origin": origin, "access-control-request-method": "POST"}
    for response in (
        await http.options("/api/chat", headers=asked),
        await http.post("/api/chat", json={"message": "chào"}, headers={"origin": origin}),
        await http.get("/api/ward", headers={"origin": origin}),
    ):
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/api/ward", ICON])
@pytest.mark.parametrize("origin", [None, WEBSITE, OTHER])
async def test_what_one_website_got_is_kept_for_that_one_only(gateway: Open, path: str, origin: str | None) -> None:
    """Else a copy without leave would be handed to the website that has it."""
    http = await gateway(origins=WEBSITE)
    headers = (await http.get(at(path), headers={"origin": origin} if origin else {})).headers
    assert [part.strip().lower() for part in headers["vary"].split(",")].count("origin") == 1


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/widget.js", "cross-origin"),
        (ICON, "cross-origin"),
        ("/thu-tuc/1.001193/qr.svg", "cross-origin"),
        ("/", "same-origin"),
        ("/thu-tuc/1.001193", "same-origin"),
        ("/api/ward", "same-origin"),
    ],
)
async def test_other_websites_load_the_parts_of_the_widget_and_nothing_else(
    http: AsyncClient, path: str, policy: str
) -> None:
    response = await http.get(at(path))
    assert response.status_code == 200 and response.headers["cross-origin-resource-policy"] == policy


# Compression


@pytest.mark.parametrize("path", ["/thu-tuc", "/api/openapi.json", "/assets/{version}/pages.css"])
async def test_text_is_compressed_for_who_can_read_it(http: AsyncClient, path: str) -> None:
    path = at(path)
    plain = await http.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and "accept-encoding" in plain.headers["vary"].lower()
    for name in ("br", "gzip"):
        sent = await http.get(path, headers={"accept-encoding": name})
        assert sent.headers["content-encoding"] == name
        assert sorted(sent.headers["vary"].split(", ")) == sorted(plain.headers["vary"].split(", "))
        assert int(sent.headers["content-length"]) < len(plain.content) / 2
        assert sent.content == plain.content


async def test_brotli_is_preferred(http: AsyncClient) -> None:
    sent = await http.get("/thu-tuc", headers={"accept-encoding": "gzip, deflate, br"})
    assert sent.headers["content-encoding"] == "br"


async def test_what_is_tiny_or_compressed_already_stays_as_it_is(http: AsyncClient) -> None:
    for path in ("/api/health", "/thu-tuc.xlsx"):
        sent = await http.get(path, headers={"accept-encoding": "br, gzip"})
        assert sent.status_code == 200 and "content-encoding" not in sent.headers


# What is kept


async def test_files_for_browsers_are_kept_for_ever_under_an_address_that_changes_with_them(http: AsyncClient) -> None:
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        name = path.relative_to(FOLDER).as_posix()
        response = await http.get(Assets().path(name))
        assert response.content == path.read_bytes()
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["x", "%00", "..%2fapp.py", "../app.py", "assistant", "", "a" * 300])
async def test_beside_the_files_there_is_nothing(http: AsyncClient, path: str) -> None:
    response = await http.get(f"{Assets().prefix}/{path}")
    assert response.status_code == 404 and "immutable" not in response.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/", "/widget.js", "/hoi", "/thu-tuc", "/api/ward", ICON])
@pytest.mark.parametrize("encoding", ["identity", "br"])
async def test_what_a_browser_has_already_is_not_sent_again(http: AsyncClient, path: str, encoding: str) -> None:
    path = at(path)
    first = await http.get(path, headers={"accept-encoding": encoding})
    for tag in (first.headers["etag"], f'"other", {first.headers["etag"]}'):
        again = await http.get(path, headers={"if-none-match": tag, "accept-encoding": encoding})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        for name in ("cache-control", "vary"):
            assert again.headers.get(name) == first.headers.get(name)
        assert "content-security-policy" in again.headers
    other = await http.get(path, headers={"if-none-match": '"other"', "accept-encoding": encoding})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("GET", "/thu-tuc/9.999999"), ("GET", "/assets/x"), ("PUT", "/"), ("POST", "/api/feedback")],
)
async def test_an_error_is_kept_by_nobody(http: AsyncClient, method: str, path: str) -> None:
    response = await http.request(method, path)
    assert response.status_code >= 400 and response.headers["cache-control"] == "no-store"


async def test_the_script_that_websites_embed_is_asked_for_again_after_five_minutes(http: AsyncClient) -> None:
    response = await http.get("/widget.js")
    assert response.headers["cache-control"] == "public, max-age=300"
    assert re.match("(text|application)/javascript", response.headers["content-type"])


async def test_what_was_said_is_kept_by_no_browser_and_nobody_in_between(http: AsyncClient) -> None:
    response = await http.post("/api/chat", json={"message": "chào"})
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/api/ward", "/api/health", ICON, "/nothing"])
async def test_who_asks_for_the_headers_alone_gets_those_of_the_whole(http: AsyncClient, path: str) -> None:
    uncompressed = {"accept-encoding": "identity"}
    whole, head = await http.get(at(path), headers=uncompressed), await http.head(at(path), headers=uncompressed)
    assert head.status_code == whole.status_code and head.headers == whole.headers
    assert head.content == b""
