"""One JSON line a turn, and one for whatever else is logged: no words, no addresses, no conversations."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

_log: BoundLogger = structlog.wrap_logger(
    logging.getLogger("gateway"), wrapper_class=BoundLogger, processors=[ProcessorFormatter.wrap_for_formatter]
)


def turn_answered(replies: Sequence[dict[str, Any]], *, characters: int, took_ms: int) -> None:
    """A turn by its first reply; `characters` is the length of the message."""
    first = replies[0]
    card = first["card"]
    _log.info(
        "turn",
        turn=first["id"],
        card=card["type"],
        kind=card.get("kind"),
        code=card.get("code"),
        aspects=card.get("aspects"),
        choices=len(first["choices"]),
        characters=characters,
        took_ms=took_ms,
        status=200,
    )


def turn_failed(code: str, *, took_ms: int, reason: str) -> None:
    """A turn without a reply; `reason` is for operators."""
    _log.error("turn_failed", code=code, took_ms=took_ms, reason=reason)


def configure(stream: TextIO = sys.stderr) -> None:
    """Write all records of this process as JSON lines: ours and the server's from INFO on, others from WARNING on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(allow=())],
            processors=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
                ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("gateway", "uvicorn", "uvicorn.error"):  # the server has set up a format of its own
        ours = logging.getLogger(name)
        ours.handlers, ours.propagate = [], True
        ours.setLevel(logging.INFO)
