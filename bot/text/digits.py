"""Long runs of digits, however they are broken up: a person's numbers, told from dates, amounts and codes."""

from __future__ import annotations

import re
from collections.abc import Callable

# What people put between the groups of one number. A comma only without a space: with one it separates two numbers.
SIGN_BETWEEN = r"[ ._)·–—-]"
BETWEEN = rf"(?:{SIGN_BETWEEN}{{1,3}}|,(?=\d))"
SHORTEST = 9  # digits of an old identity number; nothing shorter is known as somebody's by its digits alone

_ENDS = rf"(?!\d|{BETWEEN}\d)"
_MONEY = r"(?:[ ]?(?:đồng|dong|đ|vnđ|vnd|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|ty|tỉ|usd)\b|(?:k|tr)\b)"
_GROUPED = r"[1-9]\d{0,2}(?:[.,]\d{3}){1,2}|[1-9]\d?(?:[.,]\d{3}){3}"
_YEAR = r"(?:19|20)\d{2}"
# A longer group behind it would make it part of a number ("07 03 2000 1234"), but for slashes.
DATE = (
    rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}(?!\d)"
    rf"|(?:\d{{1,2}}[ .–-]\d{{1,2}}[ .–-]{_YEAR}|{_YEAR}[.–-]\d{{1,2}}[.–-]\d{{1,2}})(?!\d|{BETWEEN}?\d{{3,}})"
)
PROCEDURE = r"[1-9]\.\d{6,7}(?!\d)(?:\.\d{2,3})*"
DOSSIER = (
    r"(?:\d{3}(?:\.\d{2}){2}\.)?[A-Za-z]\d{2}(?:\.\d{2,3})*-\d{6}-\d{3,5}"
    rf"|2\d[01]\d[0-3]\d-\d{{4}}{_ENDS}"  # the end alone: its first half is a day
)
AMOUNT = (
    rf"(?:{_GROUPED})(?![ .,]?\d)"
    rf"|[1-9]\d{{0,2}}(?: \d{{3}})+(?={_MONEY})"
    rf"|[1-9]\d{{3,5}}[ ]?[–-][ ]?[1-9]\d{{3,6}}(?={_MONEY})"
    rf"|[1-9]\d{{5,8}}000(?={_MONEY})"
)
IS_MONEY = re.compile(_MONEY, re.IGNORECASE)
_LINK = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # the end of an address on the portal
_YEARS = rf"{_YEAR}(?:{BETWEEN}{_YEAR}){{2,}}{_ENDS}"

# Twelve digits in one piece from a 0 on are complete: what stands beside them is another number.
_CITIZEN = re.compile(r"(?<!\d)0\d{11}(?!\d)")
_STAYS_OR_RUN = re.compile(
    rf"(?P<stays>{_LINK}|{DOSSIER}|{PROCEDURE}|{DATE}|{AMOUNT}|{_YEARS})|\+?\d+(?:{BETWEEN}\d+)*", re.IGNORECASE
)


def replace_runs(text: str, name: Callable[[str], str]) -> str:
    """A text with a word in place of each run of nine digits or more; `name` gets its digits ("+84…" with the plus).

    >>> replace_runs("số 079 203 001 234, phí 1.500.000 đồng, thủ tục 1.001193", len)
    'số 12, phí 1.500.000 đồng, thủ tục 1.001193'
    """

    def replaced(match: re.Match[str]) -> str:
        digits = re.sub(r"[^\d+]", "", match[0])
        is_run = match["stays"] is None and len(digits) >= SHORTEST
        return str(name(digits)) if is_run else match[0]

    text = _CITIZEN.sub(lambda match: str(name(match[0])), text)
    return _STAYS_OR_RUN.sub(replaced, text)
