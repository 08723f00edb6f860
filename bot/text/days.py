"""Days, and their hours, as a citizen names them in a message: "chiều thứ sáu này hơn 4 giờ", "15/12", "mai 9h".

Rules are written with all marks. They read text without them or without the tone, never with others: "mốt" is found in
"mot", not in "một". They are tried in order; what one has read, be it no day at all, later ones no longer see.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.text.folding import fold, syllables
from bot.text.restoration import is_bare

_Read = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True)
class Said:
    """A day that somebody named, and the words typed for it; the hour may stand elsewhere in the message."""

    day: date
    hour: time | None
    words: str
    has_year: bool


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    kind: int
    said: Said


def days_in(message: str, now: datetime) -> list[Said]:
    """Each day once, in the order said, with the first hour that stands nearest to it. Days gone by count, too."""
    message = text = unicodedata.normalize("NFC", message)
    if not is_bare(syllables(message)):
        text = re.sub(r"\bngay(?= [0-9])", "####", text)  # "nộp ngay 2 bản"
    found: list[_Found] = []
    for pattern, read in _RULES:
        for match in list(pattern.finditer(text)):
            day = read(match, now.date()) if read else None
            if read and day and not _LUNAR.match(text, match.end()):
                said = Said(day, None, match[0], bool(match.groupdict().get("year")))
                found.append(_Found(match.start(), match.end(), _KINDS.get(read, 1), said))
            text = text[: match.start()] + "#" * len(match[0]) + text[match.end() :]
    days = _joined(sorted(found, key=lambda one: one.start), message)
    for match in _HOUR.finditer(text) if days else ():
        at = min(range(len(days)), key=lambda one: max(days[one].start - match.end(), match.start() - days[one].end))
        said = days[at].said
        days[at] = replace(days[at], said=replace(said, hour=said.hour or _hour(match, message, days[at])))
    once: dict[date, Said] = {}
    for one in days:
        kept = once.setdefault(one.said.day, one.said)
        once[one.said.day] = replace(kept, hour=kept.hour or one.said.hour)
    return list(once.values())


def _joined(found: list[_Found], message: str) -> list[_Found]:
    """Neighbours of two kinds are one day said twice, and the lower kind is surer: "thứ sáu, 17/7", "mai thứ hai"."""
    days: list[_Found] = []
    for one in found:
        between = message[days[-1].end : one.start] if days else "no neighbour"
        kinds = {days[-1].kind, one.kind} if days else {one.kind}
        # "Sinh hôm 2/11, thứ sáu này em ra": a date and, after a comma, another day of the week to come are two.
        two = (
            kinds == {0, 2}
            and one.kind == 2
            and "," in between
            and days[-1].said.day != one.said.day
            and fold(one.said.words).endswith(" nay")
        )
        if len(kinds) == 2 and _SAME.fullmatch(between) and ("," not in between or 1 not in kinds) and not two:
            one = replace(min(days[-1], one, key=lambda either: either.kind), start=days.pop().start, end=one.end)
        days.append(one)
    return days


def _compile(pattern: str) -> re.Pattern[str]:
    """The pattern with marks left to choice, and any white space for a space."""

    def loose(letter: str) -> str:
        base, *marks = list(unicodedata.normalize("NFD", letter.replace("đ", "d")))
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in "\u0302\u0306\u031b"))
        forms = sorted({letter, base, shape})
        return r"\s+" if letter == " " else f"[{''.join(forms)}]" if len(forms) > 1 else letter

    return re.compile("".join(map(loose, pattern)), re.IGNORECASE)


# A letter written as \u keeps its mark: bare "toi" is mostly "tôi", "sang" to go over, "dem" to bring, "sau" next.
_ONES = "một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|tám|chín"
_NUMBER = rf"(?:[0-9]{{1,3}}|(?:(?:(?:hai|ba) )?mười(?: (?:{_ONES}))?|một|hai|ba|bốn|năm|s\u00e1u|bảy|tám|chín)(?=\s))"
_VALUES = dict(zip(fold(_ONES).split("|"), (1, 1, 2, 3, 4, 4, 5, 5, 5, 6, 7, 8, 9)))
_BACK = frozenset({"truoc", "roi", "qua", "ngoai", "gio", "h"})
_NOON = r"(?<!hộ\s)(?<!đối\s)chiều"
_PART = rf"(?<!\w)(?:s\u00e1ng|sáng(?= (?:nay|mai|mốt|thứ|ngày|hôm))|trưa|{_NOON}|t\u1ed1i|đ\u00eam)(?!\w)"
_PARTS, _BEHIND = _compile(_PART), _compile(rf"\s*({_PART})")
_HOUR = _compile(
    rf"(?<![\w:.,/-])(?<!trong\s)(?<!vòng\s)(?<!chờ\s|đợi\s|mất\s)(?!bay\s)(?P<hour>{_NUMBER})(?:-[0-9]+)?"
    r"(?:\s*(?:giờ|h|g(?=[0-9]))\s*|:(?=[0-9])| (?=rưỡi))"
    r"(?:(?P<less>kém\s*)?(?P<minute>[0-5][0-9])(?:\s*(?:phút|p))?|(?P<half>rưỡi))?"
    r"(?!\w)(?!\s*(?:đồng|nữa|làm việc|liền|triệu|tháng|tuổi|tuần))"
)
# Hours by the clock's twelve that lie after noon; nobody means three at night who does not say so.
_AFTER_NOON = {"trua": range(1, 4), "chieu": range(1, 9), "toi": range(4, 12), "dem": range(6, 12), "": range(1, 6)}


def _hour(match: re.Match[str], message: str, day: _Found) -> time | None:
    """The hour by 24, after the half of the day that is named behind it or along with the day."""
    behind = _BEHIND.match(message, match.end())
    around = _PARTS.findall(message, min(match.start(), day.start), max(match.end(), day.end))
    parts = [fold(part) for part in (*around, *(behind.groups() if behind else ()))]
    if "sang" in parts and len(set(parts)) > 1:
        return None  # "11 giờ đêm. Sáng nay ..."
    part = parts[-1] if parts else "sang" if match["hour"][0] == "0" else ""
    hour, minutes = _number(match["hour"]), 30 if match["half"] else int(match["minute"] or 0)
    minutes = 60 * (hour + 12 * (hour in _AFTER_NOON.get(part, ()))) + (-minutes if match["less"] else minutes)
    return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None


def _number(words: str) -> int:
    value = 0
    for word in fold(words).split():
        value = int(word) if word.isdecimal() else (value or 1) * 10 if word == "muoi" else value + _VALUES[word]
    return value


def _shift(words: str | None) -> int:
    """How many weeks, months or years away: "tuần trước" -1, "này" 0, "tới" 1, "sau nữa" 2."""
    last = fold(words or "này").split()[-1]
    return -1 if last in _BACK else {"nay": 0, "nua": 2}.get(last, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date) -> date | None:
    days = (_day(today.year + years, month, day) for years in (1, 0, -1))
    return min(filter(None, days), key=lambda one: abs(one - today), default=None)


def _months_away(today: date, months: int, day: int) -> date:
    """That day of another month, or the last if the month is shorter."""
    year, month = divmod(12 * today.year + today.month - 1 + months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _written(match: re.Match[str], today: date) -> date | None:
    day, month, year = _number(match["day"]), _number(match["month"]), match["year"] or ""
    if year.isdecimal():
        century = 0 if len(year) > 2 else 2000 if int(year) < today.year - 1990 else 1900
        return _day(century + int(year), month, day)
    if year:
        return _day(today.year + _shift(year), month, day)
    # A half, round the clock, from three to five, a decimal and "ba tháng tư" are days only if called so.
    doubtful = {"/": day < month <= 4 or (day, month) == (24, 7), "-": day <= month, ".": True}
    called = match["lead"] or _CALLED.search(match.string, 0, match.start())
    return _nearest(month, day, today) if called or not doubtful.get(match["sep"], match["day"].isalpha()) else None


def _of_month(match: re.Match[str], today: date) -> date | None:
    gone, which = bool(_GONE_BY.search(match.string, 0, match.start())), match["which"]
    months = [_shift(which)] if which else [0, -1 if gone else 1]
    days = (_months_away(today, away, int(match["day"])) for away in months)
    meant = (one for one in days if which or one == today or (one < today) == gone)
    return next((one for one in meant if one.day == int(match["day"])), None)


def _weekday(match: re.Match[str], today: date) -> date | None:
    name, near, week = fold(match["name"]), match["near"], match["week"] or match["first"]
    weekday = 6 if name in ("nhat", "cn") else _number(name) - 2
    ahead = (weekday - today.weekday()) % 7
    if week:
        return today + timedelta(7 * _shift(week) + weekday - today.weekday())
    if not near and "thu nhat" in fold(match.string[: match.start()]):
        return None  # counting: "thứ nhất ..., thứ hai ..."
    if not near and fold(match["lead"]).split()[-1:] in (["hom"], ["bua"]):
        near = "rồi"  # "em nộp hôm thứ hai"
    return today + timedelta({-1: ahead - 7, 0: ahead}.get(_shift(near), ahead or 7))


def _edge(match: re.Match[str], today: date) -> date | None:
    begins, which = fold(match["edge"]) == "dau", match["which"]
    if fold(match["span"]) == "tuan":
        day = today + timedelta(7 * _shift(which) + (0 if begins else 5) - today.weekday())
        return day if day >= today or (which and begins) or _shift(which) else day + timedelta(7)
    first = today if not which or which.isalpha() else _nearest(int(which), 1, today)
    away = _shift(which) if which and which.isalpha() else 0
    return first and _months_away(first, away, 1 if begins else 31)


def _counted(match: re.Match[str], today: date) -> date | None:
    number, unit = _number(match["number"]), fold(match["unit"])
    number = -number if match["ago"] or _shift(match["way"]) < 0 else number
    if unit == "thang":
        return _months_away(today, number, today.day)
    return today + timedelta(number * (7 if unit == "tuan" else 1))


def _away(days: int) -> _Read:
    return lambda match, today: today + timedelta(days)


_WEEK = r"tuần (?:này|sau nữa|sau|tới|kế|trước|rồi|qua|vừa rồi|vừa qua)"
# "cn" is also short for "công nhận" and "chứng nhận".
_CN = r"(?:(?<=7\W)|(?<=7,\s)|(?<=sáng\s|ngày\s)|(?<=chiều\s)|(?<!giấy\s)(?=cn (?:này|tuần|tới|vừa|có|làm|nghỉ)))(?=cn)"
_WEEKDAY = rf"(?:thứ\s*(?!nh|cn)|t(?=[2-7])|chủ\s*(?=nhật)|{_CN})(?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7]|nhật|cn)"
_ORDINAL = r"(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-9])|t[2-9])"
_NOUNS = (
    "cái|mục|câu|người|đứa|lần|bước|điểm|khoản|ý|vợ|chồng|số|theo|đúng|loại|bên|đời|dòng|hàng"
    "|nút|ô|hợp|thửa|quầy|chiếc|căn|cuốn|đợt|kỳ|tháng|bán|tỉnh"
)
_MONTH = r"(?:[0-9]{1,2}|mười một|mười hai|mười|một|hai|ba|tư|bốn|năm|s\u00e1u|bảy|tám|chín)"
_YEAR = r"(?:\s?(?P=sep)\s?|,?\s*năm\s*|,? (?=(?:19|20)[0-9]{2}))(?P<year>[0-9]{4}|[0-9]{2}|nay|sau|tới|ngoái|trước)"
_UNITS = "tháng|lần|giờ|h|tiếng|buổi|lượt|ngày|đêm|bản|bộ|tờ|cái|loại|hồ sơ"
_LEAD = rf"(?<!\w)(?P<lead>(?:(?:sáng|trưa|{_NOON}|t\u1ed1i) )?(?:ngày |hôm |bữa |mùng |mồng ){{0,2}})"
_CALLED = _compile(rf"(?<!\w)(?:sinh|sanh|đẻ|mất|{_WEEKDAY})[\s,]*$")
_GONE_BY = _compile(r"(?<!\w)(?:sinh|sanh|đẻ|mất) (?:vào )?$")
_LUNAR = _compile(r"\s*\(?(?:âm|âl|al|tết)(?!\w)")
_SAME = _compile(r"[\s,(:–-]*(?:(?:là|tức|tức là|nhằm|vào) )?")
_KINDS: dict[_Read, int] = {_written: 0, _of_month: 0, _weekday: 2}  # any other: 1
_GRAMMAR: tuple[tuple[_Read | None, str], ...] = (
    (_away(1), rf"(?:ngày|bữa|sáng|trưa|{_NOON}|t\u1ed1i) mai(?! táng)"),
    # Names, other words (without marks: roofs, and in vain), and "mai mốt", which is some day.
    (None, r"(?:chị|bà|cô|em|chú|bác|ông|anh|bé|tên|thị|hoa|cây|cành|thương|khuyến|hoàng|bạch|một|nay|cho) mai"),
    (None, r"mai (?:táng|mối|mốt|vàng|kia|này|đó|đào|sau(?! (?:khi|[0-9]|giờ)))|(?<=[\w,;:][\t\x20])(?-i:Mai)"),
    (None, r"(?:ap|tren|len|lop|mat|sap|thay|luc|nhau|xai|tam) mai|mai (?:nha|ton|che|hien|am|chua|mai|khong thay)"),
    # Ordinals and order, money, addresses and school years.
    (None, rf"(?:{_NOUNS}) {_ORDINAL}|(?:con|cháu|bé) {_ORDINAL}(?! (?:này|tuần|tới|sau|rồi|vừa))"),
    (None, rf"{_ORDINAL} (?:trong(?! tuần)|ở|kể|bản|bộ|tờ|lần|khoản|tháng)|thu tu (?:lam|cac|sang|thao|ra|sao)"),
    (None, r"(?:thứ )?[0-9]+(?:[.,][0-9]+)*(?:\s?(?:triệu|tr|nghìn|ngàn|đồng|tỷ|tỉ)|k|đ)"),
    (None, r"(?:đường|hẻm|ngõ|ngách|kiệt|số|nhà|tổ|lô|thửa|lớp|độ|hộ|hồ|vấn|điểm) [0-9]+\s?[/.-]\s?[0-9]+"),
    (
        _written,
        rf"(?<![/.,:-])(?P<day>{_NUMBER})(?:\s?(?P<sep>[/.-])\s?|\s*(?:tháng|thg)\s*)(?P<month>{_MONTH})(?:{_YEAR})?"
        r"(?!(?P=sep)\w|[/.][0-9]|[/-][^\W\d])(?!\w)(?! (?:lần|ngày|tuần))",
    ),
    (
        _of_month,
        r"(?<![0-9]\sngày\s)(?<!mỗi\sngày\s|một\sngày\s)"
        r"(?:(?<=ngày\s)(?:mùng |mồng )?|(?<=mùng\s|mồng\s)(?=[0-9]+ tháng))"
        r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?!\w|[/.:-][0-9])(?: tháng (?P<which>này|sau|tới|trước|rồi))?"
        rf"(?! (?:{_UNITS})(?!\w))",
    ),
    (_edge, r"(?P<edge>đầu|cuối) (?P<span>tuần|tháng)(?: (?P<which>này|sau|tới|trước|rồi|\d+))?(?! ?\d| chạp| giêng)"),
    (_away(-2), "hôm kia"),
    (_away(-1), rf"(?:hôm|bữa|{_NOON}|s\u00e1ng|t\u1ed1i|đ\u00eam) qua"),
    (_away(0), rf"(?<!mấy\s)(?:(?<![0-9]\s)(?:hôm|bữa|sáng|trưa|{_NOON}|t\u1ed1i) (?:nay|ni)|hnay)"),
    (_away(0), r"(?:^|(?<=[,.!?]\s))toi nay"),
    (_away(1), "mai"),
    (_away(2), rf"(?:ngày|bữa|{_NOON}|t\u1ed1i) mốt|sáng mốt(?! (?:lan|xa|bien|nguoi|noi))|ngày kia"),
    (_away(2), r"(?<!mươi\s)(?<!trăm\s|chục\s)m\u1ed1t(?! (?:thời|tuổi))"),
    (
        _weekday,
        rf"(?:(?P<first>{_WEEK})[\s,]+(?:vào )?(?:sáng |chiều |ngày )?)?{_WEEKDAY}"
        rf"(?:,? (?P<week>{_WEEK})| (?P<near>này|tới (?:giờ|h)|tới|rồi|vừa rồi|vừa qua))?",
    ),
    (
        _counted,
        rf"(?P<ago>cách (?:đây|nay) (?:khoảng )?)?(?P<number>{_NUMBER})\s*(?P<unit>ngày|hôm|bữa|tuần|tháng)"
        r"(?: (?P<way>nữa|nửa|trước)(?! (?:khi|đó|ngày|tết|lễ|hạn))|(?(ago)|(?!)))",
    ),
)
_RULES = [(_compile(rf"{_LEAD}(?:{body})(?!\w)"), read) for read, body in _GRAMMAR]
