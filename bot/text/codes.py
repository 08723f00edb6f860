"""The code of a procedure, as the national listing writes it, inside what somebody typed."""

from __future__ import annotations

import re

# Ministries add their own numbers: "1.001193.000.00.00.H15" is 1.001193.
_CODE = re.compile(r"(?<![\w.])(\d\.\d{6})(?:\.\w+)*(?!\w)")


def codes_in(text: str) -> tuple[str, ...]:
    """All different codes, in the order in which they are named: "phí của 1.001193?" -> ("1.001193",)."""
    return tuple(dict.fromkeys(_CODE.findall(text)))
