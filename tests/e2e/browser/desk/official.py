"""What an official does at the desk, and what is looked at there; a press that leads to another page is waited for."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from bot.web.desk.door import DESK, SIGN_IN
from tests.e2e.browser.visit import Visit

__all__ = ["DESK", "SIGN_IN", "faults", "fill_in_sign_in", "go", "overflow", "press", "refuse", "send"]


def go(page: Page, path: str) -> None:
    """Open a page of the desk: `/hop-thu`; it has to be there."""
    response = page.goto(f"{DESK}{path}")
    assert response is not None and response.status == 200, f"{response and response.status} at {path}"


def press(page: Page, target: Locator) -> None:
    """Press a link or button that leads to a page, and be there."""
    with page.expect_navigation():
        target.click()


def fill_in_sign_in(page: Page, name: str, password: str) -> None:
    """Sign in on the page of the sign-in form."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    press(page, page.get_by_role("button", name="Đăng nhập", exact=True))


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds against WCAG 2.2 AA: the rule, and the first place. The page's context needs `bypass_csp=True`."""
    return Visit(page, "").faults()


def overflow(page: Page) -> int:
    """How far one could scroll sideways, in CSS pixels."""
    return Visit(page, "").overflow()


def send(page: Page, path: str, fields: dict[str, str], *, with_key: bool = True) -> int:
    """Send a form from the page that is open, as a script on it would; the status of the answer (a redirect counts as
    what it leads to)."""
    return int(
        page.evaluate(
            """async ([path, fields, withKey]) => {
              const form = new URLSearchParams(fields);
              if (withKey) form.set('khoa', document.querySelector('input[name=khoa]').value);
              return (await fetch(path, {method: 'POST', body: form})).status;
            }""",
            [f"{DESK}{path}", fields, with_key],
        )
    )


def refuse(page: Page, path: str, fields: dict[str, str] | None = None) -> None:
    """Nobody gets through with this form: neither with the key of their own sign-in nor without one."""
    assert [send(page, path, fields or {}, with_key=key) for key in (True, False)] == [403, 403], path
