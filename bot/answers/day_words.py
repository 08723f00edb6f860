"""Days that were counted, in a citizen's words: what was left out, and why a day is off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.knowledge.calendar import Calendar, date_text, day_text
from bot.knowledge.hours import clock_text, weekday_text

OUT_OF_RANGE = "Ngày này xa quá nên tôi không tính được. Bạn hỏi quầy nhé."


def not_counted(first: date, last: date, calendar: Calendar) -> str:
    """What is left out between two days: ', không tính thứ bảy, chủ nhật và 02/09/2026 (Quốc khánh)'; '' if nothing."""
    weekends = ["thứ bảy, chủ nhật"] if calendar.weekends_between(first, last) else []
    runs = [_run_text(run) for run in _runs(calendar.days_off_between(first, last))]
    left_out = " và ".join([*weekends, *([", ".join(runs)] if runs else [])])
    worked = ", ".join(day_text(day) for day in calendar.working_weekends_between(first, last))
    return (f", không tính {left_out}" if left_out else "") + (f", có tính {worked} (làm bù)" if worked else "")


def moment_text(moment: datetime) -> str:
    """A time on a day: '14 giờ 30 thứ sáu 17/07/2026'."""
    return f"{clock_text(moment.time())} {day_text(moment.date())}"


def off_text(day: date, calendar: Calendar) -> str:
    """A day off at the start of a sentence, with its reason: 'Thứ tư 02/09/2026 (Quốc khánh)'."""
    why = calendar.why_off(day)
    text = day_text(day) + (f" ({why})" if why != weekday_text(day) else "")
    return text[0].upper() + text[1:]


def _runs(days: Iterable[tuple[date, str]]) -> list[list[tuple[date, str]]]:
    """Days off that follow on each other, together."""
    runs: list[list[tuple[date, str]]] = []
    for day, reason in days:
        if runs and runs[-1][-1][0] + timedelta(days=1) == day:
            runs[-1].append((day, reason))
        else:
            runs.append([(day, reason)])
    return runs


def _run_text(run: list[tuple[date, str]]) -> str:
    """'02/09/2026 (Quốc khánh)'; a long run by its ends: '04/02/2027 đến 10/02/2027 (29 Tết đến Mùng năm …)'."""
    (first, since), (last, until) = run[0], run[-1]
    if len(run) > 2 or (len(run) == 2 and since == until):
        return f"{date_text(first)} đến {date_text(last)} ({since if since == until else f'{since} đến {until}'})"
    return ", ".join(f"{date_text(day)} ({reason})" for day, reason in run)
