"""Personal numbers masked before anything is stored or logged."""

from __future__ import annotations

import re

# Longest first: an account or card number would otherwise lose only its first twelve digits. Numbers are often glued to
# a word ("cccd0792…") or broken into groups; what matters is that no digit stands right before them.
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?<!\d)(?:\d{13,}|\d{4}(?:[ .-]\d{4}){2,}(?:[ .-]\d{1,4})?)(?!\d)"), "[dãy số]"),
    (re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"), "[số định danh]"),
    (re.compile(r"(?<!\d)\+?84[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<!\d)0\d{2}[ .-]?\d{3}[ .-]?\d{4,5}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<!\d)0\d{2}\d?[ .-]?\d{3,4}[ .-]?\d{4}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<!\d)0\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<!\d)0\d{2,3}(?:[ .-]\d{2}){3}(?!\d)"), "[số điện thoại]"),
    (re.compile(r"(?<!\d)\d{10,}(?!\d)"), "[dãy số]"),
    (re.compile(r"(?<!\d)\d{9}(?!\d)"), "[số giấy tờ]"),
)


def mask(text: str) -> str:
    """Replace phone numbers, identity numbers, account numbers and e-mail addresses by what they are.

    Dossier codes (H12.34-261101-0007) and procedure codes (1.001193) stay.
    """
    for pattern, name in _PATTERNS:
        text = pattern.sub(name, text)
    return text


def has_identity_number(text: str) -> bool:
    """Whether the text carries an identity number or a longer run of digits, which nobody should send us."""
    masked = mask(text)
    return any(name in masked for name in ("[số định danh]", "[số giấy tờ]", "[dãy số]"))
