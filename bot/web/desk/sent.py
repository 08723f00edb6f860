"""What a request of the desk brings along: the fields of a form, and numbers that somebody may have typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request

_TOO_LARGE = 1_000_000_000  # no database of ours counts so far, and none takes just any number
PathNumber = Annotated[int, Path(lt=_TOO_LARGE)]  # of a thing, in an address
PageNumber = Annotated[int, Query(lt=_TOO_LARGE)]  # of a page of a list


async def sent_by(request: Request) -> dict[str, str]:
    """The fields of a form, the last of a name."""
    return {name: str(value) for name, value in (await request.form()).items()}


def number_in(typed: str, otherwise: int = -1) -> int:
    """A number out of a field; `otherwise` for what is none. -1 is no revision: it counts as seen too long ago."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else otherwise
