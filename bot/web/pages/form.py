"""What a form without script sends: a few urlencoded fields in UTF-8, read with patience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

MOST_FIELDS = 20


@dataclass(frozen=True)
class Form:
    """The fields by name, the last of a name; `readable` unless some of it was no UTF-8."""

    fields: Mapping[str, str]
    readable: bool = True

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_form(request: Request) -> Form:
    """Read the body. What is no UTF-8 becomes signs of replacement, so that the citizen sees what to mend."""
    body = await request.body()
    try:
        return Form(_fields(body, errors="strict"))
    except UnicodeDecodeError:
        return Form(_fields(body, errors="replace"), readable=False)


def _fields(body: bytes, *, errors: str) -> dict[str, str]:
    sent = body.decode("utf-8", errors)
    if sent.count("&") >= MOST_FIELDS:  # no form of ours
        return {}
    # A form sends the end of a line as two signs, the chat as one: the longest message is counted alike.
    pairs = parse_qsl(sent, keep_blank_values=True, errors=errors)
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
