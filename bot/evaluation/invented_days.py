"""A month at a ward that does not exist: what citizens asked and wrote, and what its staff keep, all of it invented.

For pictures of the desk: everything goes into a database made for them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Engine

from bot.settings import ROOT
from bot.store import clock
from bot.store.accounts import Role
from bot.store.desk import Desk
from bot.store.golden import Wanted
from bot.store.messages import Messages
from bot.store.ratings import Ratings
from bot.store.replies import Replies
from bot.store.turns import Turns

PASSWORD = "bốn quả cam trên bàn"
STAFF, EDITOR, APPROVER = "lan", "hoa", "minh"
CHANGED = "2.000884"  # the record that has a draft which waits to be approved
WHY = "Người dân hay ký sẵn ở nhà nên phải về làm lại."
_NOTE, _CLEARER = (
    "Đừng ký trước ở nhà, phải ký trước mặt cán bộ.",
    "Đừng ký trước ở nhà. Bạn ký tại quầy, trước mặt cán bộ.",
)
_DAYS, _SEED = 30, 7
_AT_COUNTER = range(7, 21)  # hours at which people ask


class Asked(NamedTuple):
    """A question, what became of it, and how often a week; `kind` tells one that is done elsewhere."""

    message: str
    card: str = "answer"
    procedure: str | None = None
    aspects: Sequence[str] = ()
    weekly: int = 1
    kind: str | None = None


COMMON = (
    Asked("sinh bé được hai tuần rồi giờ ra phường cần những gì", "answer", "1.001193", ["documents"], 12),
    Asked("làm giấy khai sinh cho cháu mất mấy ngày ạ", "answer", "1.001193", ["duration"], 8),
    Asked("em thue tro muon dang ky tam tru", "answer", "1.004194", ["documents"], 10),
    Asked("đăng ký tạm trú qua mạng được không", "answer", "1.004194", ["online"], 5),
    Asked("sao y bằng lái bao nhiêu một tờ", "answer", "2.000815", ["fee"], 9),
    Asked("giấy độc thân để mua nhà thì xin ở đâu", "answer", "1.004873", ["place"], 6),
    Asked("hai đứa em định tháng sau đăng ký kết hôn", "answer", "1.000894", ["documents"], 6),
    Asked("xin lại bản sao khai sinh cho con đi học", "answer", "2.000635", ["documents"], 4),
    Asked("nhập hộ khẩu cho vợ cần chủ nhà ký không", "answer", "1.004222", ["documents"], 4),
    Asked("chứng thực chữ ký trên giấy ủy quyền hết bao nhiêu tiền", "answer", CHANGED, ["fee"], 4),
    Asked("xin giấy xác nhận", "choose", None, (), 5),
    Asked("đổi bằng lái xe máy bị mờ", "unknown", None, (), 2, "elsewhere"),
    Asked("chào em", "smalltalk", None, (), 4, "greet"),
    Asked("phường làm việc tới mấy giờ", "service", None, (), 6, "hours"),
)
FAILED = (
    ("xin treo bảng hiệu quán cà phê trước nhà", 1),
    ("dạ cho em hỏi xin treo bảng hiệu quán cà phê trước nhà ạ", 2),
    ("mượn sân nhà văn hóa tổ chức đám cưới", 4),
)
FOUND_BAD = ("mang hộ khẩu giấy cũ ra sao y được không", "2.000815", "không nói rõ sổ cũ còn dùng được không")
GOLDEN = (
    Wanted("chứng thực chữ ký giấy ủy quyền hết bao nhiêu", "answer", CHANGED, ("fee",), ("10.000 đồng",)),
    Wanted("làm khai sinh cho bé mới sinh cần gì", "answer", "1.001193", ("documents",)),
    Wanted("sao y bằng cấp mất bao nhiêu tiền", "answer", "2.000815", ("fee",)),
    Wanted("dang ky tam tru mat may ngay", "answer", "1.004194", ("duration",)),
    Wanted("xin giấy phép bay vào vũ trụ", "unknown"),
)
LETTERS = (
    (6, "question", "Mẹ tôi đang nằm viện, không đi lại được. Phường có đến tận nơi chứng thực chữ ký không?", CHANGED),
    (1, "complaint", "Chiều qua quầy hộ tịch treo bảng nghỉ lúc 15 giờ 30, tôi xin nghỉ làm mà phải về không.", None),
    (0, "feedback", "Khu ngồi chờ nên có thêm quạt và bình nước.", None),
)


def fill(engine: Engine) -> None:
    """Write it all, up to now. The database should be empty."""
    desk = Desk(engine)
    desk.accounts.add(STAFF, "Lan", Role.staff, PASSWORD, must_change=False)
    desk.accounts.add(EDITOR, "Hoa", Role.editor, PASSWORD, must_change=False)
    desk.accounts.add(APPROVER, "Minh", Role.approver, PASSWORD, must_change=False)
    _ask(engine)
    for wanted in GOLDEN:
        desk.golden.add(wanted, by=STAFF)
    (record,) = (ROOT / "knowledge" / "procedures").glob(f"*/{CHANGED}-*.yml")
    text = record.read_text(encoding="utf-8").replace(_NOTE, _CLEARER)
    draft = desk.drafts.save(CHANGED, text, by=EDITOR, seen=0, base=0)
    desk.drafts.submit(CHANGED, by=EDITOR, why=WHY, seen=draft.revision)
    _write(engine, desk)


def _ask(engine: Engine) -> None:
    chance, now, number = random.Random(_SEED), clock.now(), 0
    for ago in range(_DAYS - 1, -1, -1):
        for asked in COMMON:
            for _ in range(_times(chance, asked.weekly, now - timedelta(days=ago))):
                number += 1
                _turn(engine, number, asked, _moment(chance, now, ago), chance)
    for message, ago in FAILED:
        number += 1
        _turn(engine, number, Asked(message, "unknown"), _moment(chance, now, ago), chance)
    message, procedure, reason = FOUND_BAD
    number += 1
    _turn(engine, number, Asked(message, "answer", procedure, ["documents"]), _moment(chance, now, 1), chance)
    Ratings(engine).mark(f"turn{number}", f"talk{number}", "down", reason)


def _times(chance: random.Random, weekly: int, day: datetime) -> int:
    """How often something is asked on a day: fewer ask at the weekend."""
    daily = weekly / 7 * (0.4 if day.astimezone(clock.VIETNAM).weekday() >= 5 else 1.25)
    return int(daily) + (chance.random() < daily % 1)


def _moment(chance: random.Random, now: datetime, ago: int) -> datetime:
    """Some moment of the day so many days ago, not after now."""
    day = now.astimezone(clock.VIETNAM) - timedelta(days=ago)
    return min(now, day.replace(hour=chance.choice(_AT_COUNTER), minute=chance.randrange(60)))


def _turn(engine: Engine, number: int, asked: Asked, at: datetime, chance: random.Random) -> None:
    turn, talk = f"turn{number}", f"talk{number}"
    Replies(engine, now=_always(at)).add(
        turn, talk, card_type=asked.card, kind=asked.kind, procedure=asked.procedure, aspects=asked.aspects
    )
    Turns(engine, now=_always(at)).add(turn, talk, asked.message, took_ms=chance.randrange(60, 240))
    if asked.procedure and chance.random() < 0.12:
        Ratings(engine, now=_always(at)).rate(talk, chance.choice((3, 4, 4, 5, 5, 5)))
    if asked.procedure and chance.random() < 0.06:
        Ratings(engine, now=_always(at)).mark(turn, talk, "up")


def _write(engine: Engine, desk: Desk) -> None:
    numbers = []
    for ago, kind, text, procedure in LETTERS:
        at = clock.now() - timedelta(days=ago, hours=1)
        messages = Messages(engine, now=_always(at))
        messages.draft(f"thu{ago}", kind, text, procedure)
        numbers.append(messages.send(f"thu{ago}"))
    desk.letters.take(numbers[1], by=STAFF, seen=desk.letters.get(numbers[1]).revision)


def _always(moment: datetime) -> clock.Clock:
    return lambda: moment
