"""How a request may end in vain, as the description of the API tells it."""

from __future__ import annotations

from typing import Any

from bot.web.bodies import Error

_WHEN = {
    400: "Not the contract.",
    413: "A body above 64 KiB.",
    429: "Too many from one address or in one conversation; `Retry-After` says after how many seconds to send again.",
    500: "A fault of ours.",
    503: "What runs behind does not answer; said within 5 seconds.",
}
_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds"}}


def may_end(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors, each with the contract's body, besides those that every request may end in."""
    described: dict[int | str, dict[str, Any]] = {
        status: {"model": Error, "description": _WHEN[status]} for status in sorted((*statuses, 429, 500))
    }
    described[429]["headers"] = _RETRY_AFTER
    return {**described, "4XX": {"model": Error, "description": "Any other request that is none of these."}}
