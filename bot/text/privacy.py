"""Personal numbers masked before anything is stored or logged."""

from __future__ import annotations

import re

from bot.text.contacts import replace_contacts

# How to reach somebody, as `bot.text.contacts` reads it: these names say that there is a way to answer.
PHONE, EMAIL = "[số điện thoại]", "[email]"
# What looks like a phone number or an address, but is none that somebody could be reached by.
NO_PHONE, NO_EMAIL = "[số máy]", "[địa chỉ]"
_IDENTITY = ("[số định danh]", "[số giấy tờ]", "[dãy số]")
_DATE = r"\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2}(?!\d)"
# Longest first: an account or card number would otherwise lose only its first twelve digits. Numbers are often glued to
# a word ("cccd0792…") or broken into groups; what matters is that no digit stands right before them.
_PATTERNS = (
    (re.compile(r"(?<!\d)(?:\d{13,}|\d{4}(?:[ .-]\d{4}){2,}(?:[ .-]\d{1,4})?)(?!\d)"), "[dãy số]"),
    (re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"), "[số định danh]"),
    (re.compile(rf"(?<!\d)(?<!\d[ .-])(?!{_DATE})0(?:[ .-]?\d){{11}}(?![ .-]?\d)"), "[số định danh]"),
    (re.compile(r"(?<!\d)\+?84[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?!\d)"), NO_PHONE),
    (re.compile(r"(?<!\d)0\d{2}[ .-]?\d{3}[ .-]?\d{4,5}(?!\d)"), NO_PHONE),
    (re.compile(r"(?<!\d)0\d{2}\d?[ .-]?\d{3,4}[ .-]?\d{4}(?!\d)"), NO_PHONE),
    (re.compile(r"(?<!\d)0\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"), NO_PHONE),
    (re.compile(r"(?<!\d)0\d{2,3}(?:[ .-]\d{2}){3}(?!\d)"), NO_PHONE),
    (re.compile(r"(?<!\d)\d{10,}(?!\d)"), "[dãy số]"),
    (re.compile(r"(?<!\d)\d{9}(?!\d)"), "[số giấy tờ]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), NO_EMAIL),
)


def mask(text: str) -> str:
    """Replace phone numbers, identity numbers, account numbers and e-mail addresses in a cleaned text by what they are.

    Dossier codes (H12.34-261101-0007), procedure codes (1.001193), dates and amounts stay.
    """
    masked = _masked(text, PHONE, EMAIL)
    # What stood right beside a masked number may be read only now, by nobody but us: it names no way to answer.
    while (again := _masked(masked, NO_PHONE, NO_EMAIL)) != masked:
        masked = again
    return masked


def _masked(text: str, phone: str, email: str) -> str:
    text = replace_contacts(text, phone=phone, email=email)
    for pattern, name in _PATTERNS:
        text = pattern.sub(name, text)
    return text


def has_contact(masked: str) -> str | None:
    """What stands for a phone number or an e-mail address in a masked text ("số điện thoại", "email"), if anything."""
    return next((name.strip("[]") for name in (PHONE, EMAIL) if name in masked), None)


def has_identity_number(text: str) -> bool:
    """Whether the text carries an identity number or a longer run of digits, which nobody should send us."""
    masked = mask(text)
    return any(name in masked for name in _IDENTITY)
