"""What stands here already: the draft of a subject, or its file in the version in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from bot.knowledge import yaml_lines
from bot.knowledge.overlay import code_of
from bot.knowledge.procedure import Draft
from bot.knowledge.versions import Versions
from bot.knowledge.ward import Ward
from bot.store.drafts import WARD
from bot.web.context import Context


@dataclass(frozen=True)
class Base:
    """What a file is compared with, and what accepted parts are written into.

    `part` is None where nothing is there, or where `broken` says that the draft cannot be read.
    """

    part: BaseModel | None
    revision: int  # of the draft; 0 where there is none
    number: int  # of the version that a draft is begun from
    broken: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether somebody works on it already."""
        return self.revision > 0


class Bases:
    """All that stands here now, looked up once for a whole page."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        versions = Versions(settings.published_folder)
        self.number = versions.current()
        overlay = versions.overlay(self.number)
        wards = settings.knowledge / "wards"
        own = [*(settings.knowledge / "procedures").rglob("*.yml"), *(wards / settings.ward).rglob("*.yml")]
        self.files: dict[str, Path] = {code_of(path): path for path in overlay.over(sorted(own))}
        self.removed = overlay.removed
        self.profile = overlay.wards.get(settings.ward, wards / f"{settings.ward}.yml")
        self._drafts = {draft.subject: draft for draft in context.desk.drafts.all()}

    def codes(self) -> set[str]:
        """Every code that is listed, or that somebody drafts."""
        return {*self.files, *(subject for subject in self._drafts if subject != WARD)}

    def of(self, subject: str) -> Base:
        """What stands here of a subject."""
        model: type[BaseModel] = Ward if subject == WARD else Draft
        if draft := self._drafts.get(subject):
            part = _parsed(draft.text, model) if draft.text else None
            return Base(part, draft.revision, draft.base, broken=bool(draft.text) and part is None)
        path = self.profile if subject == WARD else self.files.get(subject)
        return Base(_in_file(path, *_stamp(path), model) if path else None, 0, self.number)


@lru_cache(2048)
def _in_file(path: Path, changed_at: int, size: int, model: type[BaseModel]) -> BaseModel | None:
    return _parsed(path.read_text(encoding="utf-8"), model)


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


def _parsed(text: str, model: type[BaseModel]) -> BaseModel | None:
    try:
        return model.parse_obj(yaml_lines.parse(text, Path("draft.yml"))[0])
    except (ValueError, TypeError):
        return None
