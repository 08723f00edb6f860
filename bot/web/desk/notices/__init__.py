"""`/thong-bao`: what everybody should read at once, and whether the assistant rests."""

from __future__ import annotations

from bot.web.desk.notices.routes import routes

__all__ = ["routes"]
