"""Pages of information and of errors: what they promise, and that they lead on."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient

from bot.knowledge.ward import Ward
from bot.web.pages.prose import pieces
from tests.web.conftest import Open, StandIn
from tests.web.markup import assert_sound, links, text
from tests.web.plain import Seen, seen

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
INFORMATION = ["/rieng-tu", "/tro-nang"]


async def read(http: AsyncClient, path: str) -> Seen:
    response = await http.get(path)
    assert response.status_code == 200
    return seen(response)


@pytest.mark.parametrize("path", INFORMATION)
async def test_information_needs_no_rasa_and_may_be_kept_for_a_while(
    http: AsyncClient, rasa: StandIn, path: str
) -> None:
    assert (await read(http, path)).response.headers["cache-control"] == "public, max-age=10"
    assert rasa.got == []


@pytest.mark.parametrize("path", [*INFORMATION, "/hoi"])
async def test_every_link_within_the_house_leads_somewhere(http: AsyncClient, path: str) -> None:
    for address in links((await read(http, path)).tree).values():
        if address.startswith("/"):
            assert (await http.get(address)).status_code == 200, address


@pytest.mark.parametrize("path", INFORMATION)
async def test_information_says_how_to_reach_a_person(http: AsyncClient, ward: Ward, path: str) -> None:
    found = links((await read(http, path)).tree)
    assert found[ward.hotline].startswith("tel:") and found[ward.email] == f"mailto:{ward.email}"


@pytest.mark.parametrize("days", [90, 7])
async def test_the_privacy_page_says_how_long_this_gateway_keeps_what_is_asked(gateway: Open, days: int) -> None:
    page = await read(await gateway(retention_days=days), "/rieng-tu")
    assert set(re.findall(r"(\d+) ngày", page.main)) == {str(days)}


async def test_the_privacy_page_says_who_answers_what_is_kept_and_how_it_is_deleted(http: AsyncClient) -> None:
    page = (await read(http, "/rieng-tu")).main
    for promise in (
        "Trả lời bạn là máy, không phải cán bộ",
        "che đi trước khi lưu",
        "Không ghi lại địa chỉ mạng (IP)",
        "Không dùng cookie",
        "chỉ cán bộ",
        "bản nháp tự xóa",
        "số hoặc địa chỉ này tự xóa",
        "Xóa cuộc trò chuyện",
        "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15",
        "công ty làm ra trình duyệt",
    ):
        assert promise in page, promise


async def test_the_gateway_keeps_the_promise_of_no_cookies(http: AsyncClient) -> None:
    for path in ("/", "/hoi", "/rieng-tu", "/tro-nang", "/thu-tuc", "/widget.js", "/api/ward"):
        assert "set-cookie" not in (await http.get(path)).headers


async def test_the_accessibility_page_says_what_was_not_tested_and_what_is_missing(
    http: AsyncClient, ward: Ward
) -> None:
    page = (await read(http, "/tro-nang")).main
    for said in ("WCAG 2.2 mức AA", "Chưa có người khuyết tật dùng thử", "giọng đọc tiếng Việt", ward.office):
        assert said in page, said


# Errors


async def test_who_comes_with_a_browser_gets_errors_as_a_page(http: AsyncClient, ward: Ward) -> None:
    response = await http.get("/khong-co", headers=PAGE)
    page = seen(response)
    assert response.status_code == 404 and page.heading == "Không có trang này"
    assert links(page.tree)["Xem danh mục thủ tục"] == "/thu-tuc"
    assert links(page.tree)[ward.hotline].startswith("tel:")


@pytest.mark.parametrize("path", ["/api/khong-co", "/api", "/metrics"])
async def test_programs_get_errors_as_json_whatever_they_accept(http: AsyncClient, path: str) -> None:
    assert (await http.get(path, headers=PAGE)).headers["content-type"] == "application/json"


async def test_the_plain_page_has_pages_for_errors_whatever_an_old_browser_accepts(http: AsyncClient) -> None:
    response = await http.get("/hoi/xoa", headers={"accept": "image/gif, */*"})
    assert response.status_code == 405
    seen(response)


async def test_who_sends_too_much_keeps_the_time_to_wait_on_the_page(gateway: Open) -> None:
    http = await gateway(address_limit="1/minute")
    await http.get("/hoi")
    response = await http.get("/hoi")
    assert response.status_code == 429 and seen(response).heading == "Bạn đợi một chút nhé"
    assert f"{response.headers['retry-after']} giây" in seen(response).main


# Links within sentences


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Gọi 0900 000 000 nhé.", ["0900 000 000"]),
        ("Gọi 0900.000.000, +84 912 345 678 hoặc 1900 1234.", ["0900.000.000", "+84 912 345 678", "1900 1234"]),
        ("Xem https://dichvucong.gov.vn/tra-cuu?x=1.", ["https://dichvucong.gov.vn/tra-cuu?x=1"]),
        ("(https://a.vn) “https://b.vn”", ["https://a.vn", "https://b.vn"]),
        ("http://a.vn javascript:alert(1) ftp://b.vn", []),
        ("Nghị định 123/2015/NĐ-CP, 15.000 đồng, 01/01/2026, H12.34-261101-0007, mã 1.001193, gọi 114", []),
    ],
)
def test_numbers_and_addresses_are_found_within_a_sentence(sentence: str, found: list[str]) -> None:
    assert [piece.text for piece in pieces(sentence) if piece.kind] == found
    assert "".join(piece.text for piece in pieces(sentence)) == sentence


def test_three_digits_are_a_number_to_call_only_in_an_emergency() -> None:
    told = [piece.text for piece in pieces("Gọi 114 hoặc 115, số nhà 1140, khoản 1.113", emergency=True) if piece.kind]
    assert told == ["114", "115"]


# How pages are read here


def test_a_reader_of_markup_sees_what_is_not_sound() -> None:
    sound = '<html lang="vi"><head><title>t</title></head><body><h1>a</h1>{}</body></html>'
    assert text(assert_sound(sound.format("<p>b</p>"))) == "tab"
    for broken in ("<p>", "<p></b>", "<h1>b</h1>", "<input name=x>", "<script></script>", '<p style="x">b</p>'):
        with pytest.raises(AssertionError):
            assert_sound(sound.format(broken))
