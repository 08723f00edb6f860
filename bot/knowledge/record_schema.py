"""The JSON Schema of a record, generated from the model, kept in `docs/` for editors' programs."""

from __future__ import annotations

import json

from bot.knowledge.procedure import Procedure
from bot.settings import ROOT

FILE = ROOT / "docs" / "record.schema.json"


def record_schema() -> str:
    """JSON Schema as text, the same for the same model."""
    return json.dumps(Procedure.schema(), ensure_ascii=False, indent=2) + "\n"
