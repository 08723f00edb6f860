"""How long an answer may be kept by a browser, and by what stands between."""

from __future__ import annotations

A_WHILE = {"Cache-Control": "public, max-age=300"}  # seconds
NEVER = {"Cache-Control": "no-store"}
