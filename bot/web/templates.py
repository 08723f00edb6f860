"""Pages made on the server: templates in which everything is text unless a template says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.knowledge.ward import Ward
from bot.store.clock import VIETNAM
from bot.store.notices import Standing
from bot.web.assets import Assets
from bot.web.resting import announced

FOLDER = Path(__file__).with_name("templates")


class Templates:
    """The templates of `bot/web/templates`, loaded once; all know `ward`, `asset(name)`, `announced()` (kind
    and text of what everybody should read now), `|day`, `|moment`, `|tel`."""

    def __init__(self, ward: Ward, assets: Assets, standing: Callable[[], Standing]) -> None:
        self._ward = ward
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(ward=ward, asset=assets.path)
        self._environment.globals.update(announced=lambda: list(announced(standing(), self._ward)))
        self._environment.filters.update(day=_day, moment=_moment, tel=_tel)

    def speak_for(self, ward: Ward) -> None:
        """From now on `ward` is this one."""
        self._ward = ward
        self._environment.globals.update(ward=ward)

    def page(
        self, name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """A page as a response."""
        return HTMLResponse(self.render(name, **values), status_code=status, headers=dict(headers or {}))

    def render(self, name: str, **values: Any) -> str:
        """The text of a page. Raises jinja2.TemplateNotFound."""
        return self._environment.get_template(name).render(**values)


def _day(day: date | str) -> str:
    return (date.fromisoformat(day) if isinstance(day, str) else day).strftime("%d/%m/%Y")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _tel(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
