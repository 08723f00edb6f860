"""`/so-lieu`: what citizens asked in a period, in pictures, tables and as a spreadsheet."""

from __future__ import annotations

from bot.web.desk.figures.routes import routes

__all__ = ["routes"]
