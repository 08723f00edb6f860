"""What the figures of a period tell, in the order in which one reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.answers.aspects import TITLES
from bot.store.asked_turns import ANSWERED, ASKED_BACK, OUTSIDE, SERVICE, SMALL_TALK, UNKNOWN
from bot.store.figures import AGAIN_WITHIN, LEVELS, QUESTIONS, Figures, OfAProcedure, Satisfaction
from bot.web.desk.figures.chapter import Bar, Chapter
from bot.web.desk.figures.drawing import WEEKDAYS, bar, columns, squares
from bot.web.desk.figures.letters import ON_TIME, STATE_NAMES, Tally
from bot.web.desk.figures.numbers import decimal, seconds, share, whole

DECISIONS = {
    ANSWERED: "Đã trả lời",
    ASKED_BACK: "Hỏi lại",
    UNKNOWN: "Chưa trả lời được",
    OUTSIDE: "Chỉ sang cơ quan khác",
}
LEVEL_NAMES = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Bình thường", 2: "Không hài lòng", 1: "Rất không hài lòng"}
MOST_SHOWN = 15  # in a picture; the table has all
_MINUTES = int(AGAIN_WITHIN.total_seconds() // 60)


def chapters(told: Figures, tally: Tally, names: Mapping[str, str]) -> list[Chapter]:
    """All of them; `names` are those of the procedures by code."""
    return [
        _days(told),
        _procedures(told.procedures, names),
        _aspects(told.aspects),
        _hours(told),
        _satisfaction(told.satisfaction),
        _speed(told),
        _to_review(told.to_review, names),
        _letters(tally),
    ]


def _days(told: Figures) -> Chapter:
    totals = told.totals
    said = "; ".join(
        f"{name.lower()} {whole(totals[one])} ({share(totals[one], told.questions)})" for one, name in DECISIONS.items()
    )
    days = {day: [counts[one] for one in QUESTIONS] for day, counts in told.by_day.items()}
    return Chapter(
        "ngay",
        "Câu hỏi mỗi ngày",
        f"{whole(told.questions)} câu hỏi thủ tục: {said}.",
        ("Ngày", *DECISIONS.values(), "Cộng"),
        tuple((day, *counts, sum(counts)) for day, counts in reversed(days.items())),
        note=f"Không tính chào hỏi, trò chuyện ({whole(totals[SMALL_TALK])} lượt) và lượt hỏi giờ làm việc, địa chỉ, "
        f"gửi thư ({whole(totals[SERVICE])} lượt).",
        picture=columns(days, QUESTIONS, f"Cột theo ngày. {said}."),
        legend=tuple(DECISIONS.items()),
    )


def _procedures(asked: Sequence[OfAProcedure], names: Mapping[str, str]) -> Chapter:
    found = [one for one in asked if one.asked]
    return Chapter(
        "thu-tuc",
        "Thủ tục được hỏi nhiều",
        f"{len(found)} thủ tục có người hỏi.",
        ("Mã", "Thủ tục", "Lượt trả lời", "Cuộc trò chuyện"),
        tuple((one.code, _name(one.code, names), one.asked, one.talks) for one in found),
        bars=_bars((_name(one.code, names), one.asked) for one in found[:MOST_SHOWN]),
    )


def _aspects(told: Mapping[str, int]) -> Chapter:
    lines = [(TITLES.get(aspect, aspect), many) for aspect, many in told.items()]
    return Chapter(
        "khia-canh",
        "Người dân hỏi điều gì",
        "Một câu hỏi có thể hỏi nhiều điều.",
        ("Điều được hỏi", "Lượt"),
        tuple(lines),
        bars=_bars(lines),
    )


def _hours(told: Figures) -> Chapter:
    said = "Chưa có câu hỏi nào."
    if told.by_hour:
        (day, hour), many = max(told.by_hour.items(), key=lambda one: one[1])
        said = f"Hỏi nhiều nhất: {WEEKDAYS[day].lower()}, {hour} đến {hour + 1} giờ ({whole(many)} câu)."
    return Chapter(
        "gio",
        "Giờ nào, ngày nào",
        said,
        ("Giờ", *WEEKDAYS),
        tuple((f"{hour}–{hour + 1}", *(told.by_hour.get((day, hour), 0) for day in range(7))) for hour in range(24)),
        note="Giờ Việt Nam. Ô càng đậm, càng nhiều câu hỏi.",
        picture=squares(told.by_hour, f"Bảy ngày trong tuần, hai mươi bốn giờ. {said}"),
    )


def _satisfaction(told: Satisfaction) -> Chapter:
    lines = [(LEVEL_NAMES[level], told.by_level.get(level, 0)) for level in reversed(LEVELS)]
    if told.count:
        content = sum(many for _, many in lines[:2])
        said = (
            f"Chỉ số hài lòng {share(content, told.count)}: {whole(content)} trong {whole(told.count)} lượt đánh giá "
            f"chọn hài lòng hoặc rất hài lòng. Điểm trung bình {decimal(told.mean or 0, 2)} trên 5."
        )
    else:
        said = "Chưa ai đánh giá."
    return Chapter(
        "hai-long",
        "Mức hài lòng",
        said,
        ("Mức", "Lượt"),
        tuple(lines),
        note="Cách tính: (hài lòng + rất hài lòng) chia cho số lượt đánh giá. "
        "Mỗi cuộc trò chuyện mỗi ngày tính một lượt, là lần chọn sau cùng.",
        bars=_bars(lines),
    )


def _speed(told: Figures) -> Chapter:
    speed = told.speed
    lines = [("Một nửa số câu, nhiều nhất", speed.median), ("95 trong 100 câu, nhiều nhất", speed.p95)]
    return Chapter(
        "toc-do",
        "Trả lời nhanh hay chậm",
        f"Một nửa số câu có trả lời trong {seconds(speed.median)}, 95 trong 100 câu trong {seconds(speed.p95)}."
        if speed.count
        else "Chưa có câu nào.",
        ("Thời gian trả lời", "Mili giây"),
        tuple(lines),
        note=f"Đo ở máy chủ, trên {whole(speed.count)} lượt, cả chào hỏi.",
        bars=tuple(Bar(name, seconds(took), bar(took or 0, speed.p95 or 0)) for name, took in lines),
    )


def _to_review(found: Sequence[OfAProcedure], names: Mapping[str, str]) -> Chapter:
    return Chapter(
        "ra-soat",
        "Thủ tục nên rà soát để đơn giản hóa",
        f"{len(found)} thủ tục mà người dân phải hỏi thêm hoặc chê câu trả lời."
        if found
        else "Chưa thủ tục nào bị chê hay phải hỏi thêm.",
        ("Mã", "Thủ tục", "Hỏi thêm", "Bị chê", "Được khen", "Lượt trả lời", "Vướng trên 100 lượt"),
        tuple(
            (
                *(one.code, _name(one.code, names), one.again, one.downs, one.ups, one.asked),
                round(100 * one.troubles / one.asked, 1) if one.asked else None,
            )
            for one in found
        ),
        note=f"Hỏi thêm: trong cùng cuộc trò chuyện, hỏi lại về thủ tục đó trong {_MINUTES} phút sau câu đầu. "
        "Xếp theo số lần hỏi thêm cộng số lần bị chê. Nhiều chưa chắc là thủ tục khó: có thể nội dung viết chưa rõ.",
        bars=_bars((_name(one.code, names), one.troubles) for one in found[:MOST_SHOWN]),
    )


def _letters(tally: Tally) -> Chapter:
    totals = tally.totals
    lines = [(name, totals[state]) for state, name in STATE_NAMES.items()]
    return Chapter(
        "thu",
        "Thư của người dân",
        f"{whole(tally.count)} thư gửi trong thời gian này. "
        f"Trả lời đúng hạn {whole(totals[ON_TIME])} trong {whole(tally.due)} thư đã đến hạn hoặc đã trả lời "
        f"({share(totals[ON_TIME], tally.due)})."
        if tally.count
        else "Không có thư nào gửi trong thời gian này.",
        ("Loại", *STATE_NAMES.values(), "Cộng"),
        tuple(
            (kind, *(counts[state] for state in STATE_NAMES), sum(counts.values()))
            for kind, counts in tally.by_kind.items()
        ),
        note=f"Đúng hạn: trả lời trong {tally.working_days} ngày làm việc, không tính ngày gửi.",
        bars=_bars(lines),
    )


def _bars(lines: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    lines = list(lines)
    most = max((many for _, many in lines), default=0)
    return tuple(Bar(label, whole(many), bar(many, most)) for label, many in lines)


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code)
