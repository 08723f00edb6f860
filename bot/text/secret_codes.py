"""Numbers that only the words beside them give away: one-time codes, PINs, short account numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bot.text.digits import AMOUNT, BETWEEN, DATE, DOSSIER, IS_MONEY, PROCEDURE, SIGN_BETWEEN
from bot.text.folding import fold

# All patterns are read on letters without marks: "mã xác nhận" and "ma xac nhan" are one.
_CARD_CODE = r"cvv2?|cvc2?"
_CODE = (
    r"(?:smart ?)?otp|ma(?: so)? (?:otp|pin|xac (?:nhan|thuc|minh)|kich hoat|bao mat|dang nhap)|(?:so|nhap) pin"
    rf"|mat khau|passcode|password|pin(?=\s*(?:[:=]|la\b))|{_CARD_CODE}"
)
_ACCOUNT = (
    r"cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|(?:so|ma) dinh danh(?: ca nhan)?"
    r"|stk|so tk|so tai khoan|tai khoan(?: ngan hang)?|so the|the (?:atm|ngan hang|tin dung|visa|napas)"
)
# What people say between the word and the number: "mã OTP 6 số tôi vừa nhận được là 482913".
_SMALL_WORDS = (
    "so|cua|toi|em|minh|chau|con|anh|chi|ong|ba|bac|chu|me|bo|vo|chong|ban|nha|a|ah|ne|nay|day|do|gui|nhan|nhap|duoc"
    r"|vua|moi|ve|may|den|la|ghi|bao|hien|cho|sms|tin|vneid|zalo|momo|atm|the|ngan|hang|cu|\d so|\d chu so"
)
_GAP = r"[\s:=\-–\"'“”()\[\]]*"
_LINK = rf"(?:{_GAP}\b(?:{_SMALL_WORDS})\b){{0,6}}{_GAP}"
_SAYS = r"(?:[\s\[\]]+(?!ma\b)[^\W\d_]+){0,8}[\s\]]+la\b[\s:\"“(]*"


def _digits(fewest: int, most: int) -> str:
    """So many digits in whatever groups, and no more of them on either side."""
    none_before = "".join(rf"(?<!\d{SIGN_BETWEEN * signs})" for signs in range(4))
    return rf"{none_before}\d(?:{BETWEEN}?\d){{{fewest - 1},{most - 1}}}(?!{BETWEEN}?\d|/\d)"


def _before(words: str, fewest: int) -> str:
    number = rf"(?<![\w.,/-])(?P<number>{_NO_CODE}{_NO_YEAR}(?!{AMOUNT}){_digits(fewest, 8)})"
    return rf"{number}[\s:=\-–(]*(?:\b(?:day|do|nay|ne|la|cai|so)\b\s*){{0,3}}(?:{words})\b"


_NO_CODE = rf"(?!{DATE}|{PROCEDURE}|{DOSSIER})"
_NO_YEAR = rf"(?!(?:19|20)\d{{2}}(?!{BETWEEN}?\d))"
_BESIDE = (
    # A year is a code only where somebody says so: "mã PIN là 2001".
    ("code", rf"\b(?:{_CODE})(?:{_SAYS}|\s*[:=]\s*)(?P<number>{_NO_CODE}{_digits(3, 8)})"),
    ("code", rf"\b(?:{_CODE}){_LINK}(?P<number>{_NO_CODE}{_NO_YEAR}{_digits(3, 8)})"),
    ("code", _before(_CODE, 4)),
    ("code", _before(_CARD_CODE, 3)),
    ("account", rf"\b(?:{_ACCOUNT}){_LINK}(?P<number>{_NO_CODE}{_digits(6, 19)})"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _BESIDE)


def replace_named(text: str, name: Callable[[str, str], str]) -> str:
    """A text with a word in place of each number that stands beside its name; `name` gets "code" or "account", and
    the digits. An amount of money, a date, a year and the code of a procedure or dossier stay.

    >>> replace_named("ma otp la 482913", lambda kind, digits: f"[{kind}]")
    'ma otp la [code]'
    """
    for kind, pattern in _PATTERNS:
        for match in reversed(list(pattern.finditer(_folded(text)))):
            start, end = match.span("number")
            if not IS_MONEY.match(text, end):
                text = text[:start] + name(kind, re.sub(r"\D", "", match["number"])) + text[end:]
    return text


def _folded(text: str) -> str:
    """Without marks, sign by sign, so that places in it are places in the text."""
    return "".join(map(_folded_sign, text))


@lru_cache(4096)
def _folded_sign(sign: str) -> str:
    plain = fold(sign)
    return plain if len(plain) == 1 else sign
