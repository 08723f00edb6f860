"""Personal numbers masked before anything is stored or logged."""

from __future__ import annotations

import re

from bot.text.contacts import replace_contacts
from bot.text.digits import replace_runs
from bot.text.secret_codes import replace_named

# How to reach somebody, as `bot.text.contacts` reads it: these names say that there is a way to answer.
PHONE, EMAIL = "[số điện thoại]", "[email]"
# What looks like a phone number or an address, but is none that somebody could be reached by.
NO_PHONE, NO_EMAIL = "[số máy]", "[địa chỉ]"
CITIZEN, PAPER, LONG, CODE = "[số định danh]", "[số giấy tờ]", "[dãy số]", "[mã bí mật]"
NAMES = (CITIZEN, PAPER, LONG, CODE, PHONE, NO_PHONE, EMAIL, NO_EMAIL)
_LIKE_A_PHONE = re.compile(r"0\d{9,10}|\+?(?:00)?84\d{9,10}|\+\d+")
_LIKE_AN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def mask(text: str) -> str:
    """Replace phone numbers, e-mail addresses, identity, card and account numbers, one-time codes in a cleaned text by
    what they are.

    Dossier codes (H12.34-261101-0007), procedure codes (1.001193), dates and amounts stay.
    """
    masked = _masked(text, PHONE, EMAIL)
    # What stood right beside a masked number may be read only now, by nobody but us: it names no way to answer.
    while (again := _masked(masked, NO_PHONE, NO_EMAIL)) != masked:
        masked = again
    return masked


def found_in(text: str) -> list[str]:
    """Which of `NAMES` masking puts into a cleaned text, each once."""
    masked = mask(text)
    return [name for name in NAMES if masked.count(name) > text.count(name)]


def has_contact(masked: str) -> str | None:
    """What stands for a phone number or an e-mail address in a masked text ("số điện thoại", "email"), if anything."""
    return next((name.strip("[]") for name in (PHONE, EMAIL) if name in masked), None)


def _masked(text: str, phone: str, email: str) -> str:
    text = replace_contacts(text, phone=phone, email=email)
    text = _LIKE_AN_EMAIL.sub(NO_EMAIL, text)
    text = replace_named(text, lambda kind, digits: CODE if kind == "code" else _name(digits))
    return replace_runs(text, _name)


def _name(digits: str) -> str:
    if _LIKE_A_PHONE.fullmatch(digits):
        return NO_PHONE
    return {12: CITIZEN, 9: PAPER}.get(len(digits), LONG)
