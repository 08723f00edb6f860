"""How to reach a citizen: phone numbers and e-mail addresses in what somebody typed."""

from __future__ import annotations

import re

from bot.text.unicode import clean

_EMAIL = r"(?<![\w.%+-])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w@])"
_SEP = r"[ .()·–-]{0,3}"
_ABROAD = rf"\(?(?:\+|00)84\)?{_SEP}(?:\(?0\)?{_SEP})?"
_MOBILE = rf"[35789](?:{_SEP}[0-9]){{8}}"
_LANDLINE = rf"2(?:{_SEP}[0-9]){{9}}"
# After a bare 84 only a mobile phone: with a landline's twelve digits it could be an identity number.
_PHONE = rf"(?:(?:{_ABROAD}|\(?0{_SEP})(?:{_MOBILE}|{_LANDLINE})|84{_SEP}{_MOBILE})"
_UNBROKEN = r"(?:(?:\+84|0)(?:[35789][0-9]{8}|2[0-9]{9})|84[35789][0-9]{8})(?![0-9@])"
_DATE = r"\(?[0-9]{1,2}[ .–-][0-9]{1,2}[ .–-](?:19|20)[0-9]{2}(?![0-9])"
# Numbers in groups, until no more digits follow: they could be part of an identity number ("07 92 03 00 12 34").
_GROUPED = rf"(?<![0-9] )(?!{_DATE}){_PHONE}(?:{_SEP}{_PHONE})*(?![ .–-]?[0-9]|@)"
_CONTACT = re.compile(rf"{_EMAIL}|(?<![0-9])(?<![0-9][.–-])(?:{_UNBROKEN}|{_GROUPED})")
_ONE = re.compile(rf"{_EMAIL}|{_PHONE}")


def contacts_in(text: str) -> list[str]:
    """Phone numbers of Vietnam as 0912345678 or +84912345678, and e-mail addresses, as said, none twice.

    >>> contacts_in("gọi 0912.345.678 hoặc thư a@b.vn")
    ['0912345678', 'a@b.vn']
    """
    found = (match[0] for match in _CONTACT.finditer(clean(text)))
    return list(dict.fromkeys(_normal(contact) for each in found for contact in _ONE.findall(each)))


def replace_contacts(text: str, *, phone: str, email: str) -> str:
    """A cleaned text with a word in place of each contact that `contacts_in` reads.

    >>> replace_contacts("gọi 0912.345.678 nhé", phone="[máy]", email="[thư]")
    'gọi [máy] nhé'
    """

    def replaced(match: re.Match[str]) -> str:
        return _ONE.sub(lambda one: email if "@" in one[0] else phone, match[0])

    return _CONTACT.sub(replaced, text)


def is_contact(text: str) -> bool:
    """Whether the text is one phone number or one e-mail address and nothing else."""
    return bool(contacts_in(text)) and _ONE.fullmatch(clean(text)) is not None


def _normal(contact: str) -> str:
    if "@" in contact:
        return contact
    digits = re.sub("[^0-9]", "", contact).removeprefix("00")
    return f"+84{digits[2:].removeprefix('0')}" if digits.startswith("84") else digits
