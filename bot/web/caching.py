"""How long an answer may be kept by a browser, and by what stands between."""

from __future__ import annotations

A_WHILE = {"Cache-Control": "public, max-age=300"}  # seconds
# What editors and staff change: a new version or a notice is seen soon, the guards' ETag saves sending it again.
SOON = {"Cache-Control": "public, max-age=10"}
ASKED_AGAIN = {"Cache-Control": "no-cache"}  # kept, but never shown without asking whether it still holds
NEVER = {"Cache-Control": "no-store"}
