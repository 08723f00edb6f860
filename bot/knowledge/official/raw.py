"""What the readers of published files share: the shapes of the raw data, and the faults that name file and place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge.official.procedure import OfficialUnit

VIETNAM = timezone(timedelta(hours=7))
Model = TypeVar("Model", bound=BaseModel)


class SourceError(ValueError):
    """A published file that cannot be taken: `file: place: what is wrong`."""


class Raw(BaseModel):
    """Raw data of others: what we do not read may be anything."""

    class Config:
        extra = "ignore"


def parse(model: type[Model], data: object, place: str) -> Model:
    """Check raw data. Raises SourceError naming the first part that is wrong."""
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise SourceError(f"{place}: {where}: {fault['msg']}") from error


def read_text(path: Path, *, most_bytes: int) -> str:
    """Read a text file. Raises SourceError if it is too large or no UTF-8."""
    check_size(path, most_bytes=most_bytes)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: byte {error.start}: not UTF-8 text") from error


def check_size(path: Path, *, most_bytes: int) -> None:
    """Refuse what no honest export reaches. Raises SourceError."""
    if path.stat().st_size > most_bytes:
        raise SourceError(f"{path}: larger than {most_bytes // 1_000_000} MB, so it is no export of the portal")


def tidy(text: str | None) -> str:
    """Spaces of every kind made one; line ends kept."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


def tidy_all(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Tidied texts without the empty ones."""
    return tuple(text for text in map(tidy, texts) if text)


def time_of(amount: float | str | None, unit: OfficialUnit | None, text: str | None) -> dict[str, Any]:
    """Amount, unit and text of a published time; where the portal has words in place of a number, they are the text."""
    if isinstance(amount, str):
        return {"amount": 0, "unit": OfficialUnit.other, "text": tidy(f"{amount}\n{text or ''}")}
    return {"amount": amount or 0, "unit": unit or OfficialUnit.other, "text": tidy(text)}


def day_of(milliseconds: int | None) -> date | None:
    """The day in Vietnam of a time stamp."""
    return datetime.fromtimestamp(milliseconds / 1000, VIETNAM).date() if milliseconds else None
