"""The page without script as somebody with an old browser uses it: reads it, fills in a form, sends it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from httpx import AsyncClient, Response

from tests.web.markup import assert_sound, text


@dataclass(frozen=True)
class Seen:
    """A page that came back."""

    response: Response
    tree: Element

    @property
    def heading(self) -> str:
        """What it says first."""
        return text(next(self.tree.iter("h1")))

    @property
    def main(self) -> str:
        """All that is read between header and footer."""
        return text(next(self.tree.iter("main")))

    @property
    def typed(self) -> str:
        """What stands in the field; its first line break is the template's."""
        return (next(self.tree.iter("textarea")).text or "").removeprefix("\n")

    @property
    def session(self) -> str:
        """The conversation's token in the form of the field, empty where a new one begins."""
        form = next(form for form in self.tree.iter("form") if form.get("class") == "ask")
        return next((field.get("value", "") for field in form.iter("input") if field.get("name") == "session"), "")

    def form(self, action: str, button: str) -> dict[str, str]:
        """What pressing a button sends to an address."""
        for form in self.tree.iter("form"):
            if form.get("action", "").partition("#")[0] != action:
                continue
            for one in form.iter("button"):
                if text(one) == button:
                    hidden = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
                    return hidden | ({one.get("name", ""): one.get("value", "")} if one.get("name") else {})
        raise AssertionError(f"no button “{button}” for {action}")


def seen(response: Response) -> Seen:
    """A response as a page; fails unless it is a sound one, that needs no script and sets no cookie."""
    assert response.headers["content-type"] == "text/html; charset=utf-8", response.text
    assert "set-cookie" not in response.headers
    return Seen(response, assert_sound(response.text))


async def send(http: AsyncClient, message: str, session: str = "", *, status: int = 200) -> Seen:
    """Fill in the field and send it."""
    return await press(http, "/hoi", {"message": message, **({"session": session} if session else {})}, status=status)


async def press(http: AsyncClient, address: str, fields: dict[str, str], *, status: int = 200) -> Seen:
    """Send a form."""
    response = await http.post(address, data=fields)
    assert response.status_code == status, response.text
    return seen(response)
