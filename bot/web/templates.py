"""Pages made on the server: templates in which everything is text unless a template says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.knowledge.ward import Ward
from bot.web.assets import Assets

FOLDER = Path(__file__).with_name("templates")


class Templates:
    """The templates of `bot/web/templates`, loaded once; each knows `ward`, `asset(name)`, `|day` and `|tel`."""

    def __init__(self, ward: Ward, assets: Assets) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(ward=ward, asset=assets.path)
        self._environment.filters.update(day=_day, tel=_tel)

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


def _tel(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
