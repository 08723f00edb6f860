"""The page of the figures and its spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from bot.knowledge.calendar import Calendar
from bot.store.figures import Figures, Period, figures
from bot.web.caching import NEVER
from bot.web.context import Context
from bot.web.desk.door import Door, Visitor
from bot.web.desk.figures.chapter import Chapter
from bot.web.desk.figures.chapters import chapters
from bot.web.desk.figures.chosen import OFFERED, period_of, until_today
from bot.web.desk.figures.letters import tally
from bot.web.desk.figures.numbers import seconds, share, whole
from bot.web.desk.figures.workbook import as_workbook
from bot.web.desk.pages import page
from bot.web.desk.permissions import May
from bot.web.desk.trail import XLSX
from bot.web.pages.listing.today import today
from bot.web.per_version import PerVersion


@dataclass(frozen=True)
class _Told:
    figures: Figures
    chapters: list[Chapter]


def routes(context: Context, door: Door) -> APIRouter:
    """`/so-lieu` and `/so-lieu.xlsx`; both take `tu` and `den`, days."""
    router = APIRouter()
    viewer = Depends(door.allows(May.look))
    calendar = PerVersion(context, lambda version: Calendar(version.ward))

    def told(period: Period) -> _Told:
        counted = figures(context.database, period)
        letters = tally(context.desk.letters.all(), period, calendar(), today())
        return _Told(counted, chapters(counted, letters, context.listing.names))

    @router.get("/so-lieu")
    async def read(tu: str = "", den: str = "", visitor: Visitor = viewer) -> Response:
        day = today()
        period, fault = period_of(tu, den, day)
        shown = await run_in_threadpool(told, period)
        return page(
            context,
            "figures.html",
            visitor,
            period=period,
            fault=fault,
            offered={days: until_today(days, day) for days in OFFERED},
            tiles=_tiles(shown.figures),
            chapters=shown.chapters,
            cell=_cell,
            is_number=lambda value: isinstance(value, (int, float)),
            kept=context.settings.retention_days,
        )

    @router.get("/so-lieu.xlsx")
    async def export(tu: str = "", den: str = "", visitor: Visitor = viewer) -> Response:
        period, _ = period_of(tu, den, today())
        shown = await run_in_threadpool(told, period)
        content = await run_in_threadpool(as_workbook, shown.chapters, period)
        name = f"so-lieu-{period.first}-{period.last}.xlsx"
        headers = {**NEVER, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=XLSX, headers=headers)

    return router


def _tiles(counted: Figures) -> list[tuple[str, str]]:
    """The four numbers that stand above all, and what each is."""
    satisfaction = counted.satisfaction
    index = satisfaction.index
    return [
        (whole(counted.questions), "câu hỏi thủ tục"),
        (share(counted.totals["answered"], counted.questions), "trả lời được ngay"),
        ("–" if index is None else share(index, 1), f"hài lòng, trong {whole(satisfaction.count)} lượt đánh giá"),
        (seconds(counted.speed.p95), "nhiều nhất, cho 95 trong 100 câu"),
    ]


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return whole(value) if isinstance(value, int) else str(value)
