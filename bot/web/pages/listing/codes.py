"""Codes under which a procedure of the listing was, or will be, known elsewhere."""

from __future__ import annotations

from bot.knowledge.listing import Listing


def other_codes(listing: Listing) -> dict[str, list[str]]:
    """For each former or later code the codes of the records that it stands for."""
    others: dict[str, list[str]] = {}
    for procedure in listing:
        for code in (*procedure.former_codes, *procedure.later_codes):
            if code not in listing.names:
                others.setdefault(code, []).append(procedure.code)
    return others
