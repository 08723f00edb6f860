"""Drafts: records to be written, made from published facts. Never where a person has written already.

A draft carries the portal's wording as raw material, with `TO_WRITE` where a person has to say it in plain words; it is
read by nobody until it has been rewritten, moved to `procedures/` and passed the check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.knowledge.briefs import plain_name
from bot.knowledge.checks import TO_WRITE
from bot.knowledge.official.procedure import Official, OfficialFee, OfficialFiling, OfficialUnit
from bot.knowledge.procedure import Draft, FeeBasis, TimeUnit
from bot.knowledge.record_file import as_data
from bot.text.folding import fold

_UNITS = {
    OfficialUnit.working_day: (TimeUnit.working_day, "ngày làm việc"),
    OfficialUnit.day: (TimeUnit.day, "ngày"),
    OfficialUnit.hour: (TimeUnit.hour, "giờ"),
}
_FREE = re.compile(r"miễn phí|không thu (phí|lệ phí)|không mất phí|^không$", re.I)
_COUNCIL = re.compile(r"Hội đồng nhân dân", re.I)
NO_FEE_STATED = "Cổng Dịch vụ công không ghi lệ phí. Bạn hỏi quầy trước khi nộp."


def draft_of(official: Official, fields: Mapping[str, str], *, checked_on: date) -> dict[str, Any]:
    """The data of a draft. Raises ValueError if the published code is none that a record may have."""
    data = {
        "code": official.code,
        "name": plain_name(official.name),
        "official_name": official.name.replace("\n", " "),
        "field": _field(official.field, fields),
        "levels": [level.value for level in official.levels] or ["xa"],
        "aliases": [],
        "questions": [],
        "summary": f"{TO_WRITE}: việc này để làm gì. {TO_WRITE}: ai giải quyết.",
        "who": {"may_apply": list(official.subjects) or [f"{TO_WRITE}: ai được làm"]},
        "documents": [
            {
                "name": document.name,
                "originals": min(document.originals, 10),
                "copies": min(document.copies, 10),
                **({"note": document.case} if document.case else {}),
            }
            for document in official.documents
            if document.name
        ],
        "steps": [line for step in official.steps for line in step.splitlines()],
        "place": {"text": f"{TO_WRITE}: nộp ở đâu. {' '.join(official.agencies)}".strip()},
        "channels": _channels(official),
        "result": list(official.results),
        "conditions": official.conditions.splitlines(),
        "legal_basis": [{"code": law.code, "name": law.name or law.code} for law in official.legal_basis if law.code],
        "source": {
            "url": official.url or "https://dichvucong.gov.vn",
            "decision": official.decision or TO_WRITE,
            "published_on": official.published_on,
            "checked_on": checked_on,
            "listed_papers": len(official.documents),
        },
    }
    return as_data(Draft.parse_obj(data))


def _field(name: str, fields: Mapping[str, str]) -> str:
    """The key of a field: ours where the name is the same, else made from the name for an editor to decide."""
    same = {fold(ours): key for key, ours in fields.items()}
    return same.get(fold(name)) or re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_") or "chua_ro"


def _channels(official: Official) -> list[dict[str, Any]]:
    """One entry a channel; the portal may list a channel several times."""
    channels: dict[str, dict[str, Any]] = {}
    for filing in official.filings:
        entry = channels.setdefault(
            filing.channel.value,
            {
                "channel": filing.channel.value,
                "how": filing.text or f"{TO_WRITE}: nộp thế nào",
                "times": [],
                "fees": [],
            },
        )
        entry["times"].append(_time(filing))
        entry["fees"] += [_fee(fee) for fee in filing.fees] or [_fee(OfficialFee(amount=0))]
    return list(channels.values())


def _time(filing: OfficialFiling) -> dict[str, Any]:
    amount = round(filing.amount)
    if filing.unit in _UNITS and amount == filing.amount and amount > 0:
        unit, words = _UNITS[filing.unit]
        return {"amount": amount, "unit": unit.value, "text": f"{amount} {words}."}
    return {"unit": TimeUnit.by_text.value, "text": filing.text or f"{TO_WRITE}: mất bao lâu"}


def _fee(fee: OfficialFee) -> dict[str, Any]:
    if fee.amount >= 1 and not fee.currency:
        return {"basis": FeeBasis.fixed.value, "amount": round(fee.amount), "text": fee.text or TO_WRITE}
    if _COUNCIL.search(fee.text):
        return {"basis": FeeBasis.province.value, "text": fee.text}
    # A number that is 0 never means free; only words do.
    if _FREE.search(fee.text):
        return {"basis": FeeBasis.free.value, "text": fee.text}
    return {"basis": FeeBasis.not_stated.value, "text": fee.text or NO_FEE_STATED}
