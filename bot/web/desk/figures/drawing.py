"""Pictures of numbers as SVG, drawn on the server: colours by class, so that dark mode and print have their own; no
script, no style. Beside each stands a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

from bot.web.desk.figures.numbers import whole

WIDTH, HEIGHT = 480, 190
_LEFT, _TOP, _FLOOR = 46, 12, 160
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
SHADES = 5
MOST_COLUMNS = 100  # more would be thinner than a line: then a column is a week


def columns(days: Mapping[date, Sequence[int]], classes: Sequence[str], said: str) -> Markup:
    """A column for each day, in layers from below, a colour each; `said` is what a picture says that is not seen."""
    stacks = _weekly(days) if len(days) > MOST_COLUMNS else dict(days)
    top = _round_up(max((sum(layers) for layers in stacks.values()), default=0))
    wide, tall = (WIDTH - _LEFT - 4) / max(len(stacks), 1), _FLOOR - _TOP
    parts = [_line(_FLOOR - tall * step / 2, top * step // 2) for step in range(3)]
    for number, (day, layers) in enumerate(stacks.items()):
        left, floor = _LEFT + number * wide, float(_FLOOR)
        for name, many in zip(classes, layers):
            height = tall * many / top
            floor -= height
            if many:
                parts.append(_box(name, left + wide * 0.1, floor, wide * 0.8, height))
        if _is_named(number, len(stacks)):
            parts.append(_text(left + wide / 2, _FLOOR + 18, f"{day:%d/%m}", "middle"))
    return _picture(parts, HEIGHT, said)


def squares(counts: Mapping[tuple[int, int], int], said: str) -> Markup:
    """Weekdays below each other, hours side by side; the darker, the more."""
    most, size = max(counts.values(), default=0), (WIDTH - _LEFT - 4) / 24
    parts = []
    for day, name in enumerate(_SHORT):
        top = _TOP + 14 + day * size
        parts.append(_text(_LEFT - 8, top + size * 0.7, name, "end"))
        for hour in range(24):
            shade = -(-counts.get((day, hour), 0) * SHADES // most) if most else 0
            parts.append(_box(f"shade-{shade}", _LEFT + hour * size + 0.75, top + 0.75, size - 1.5, size - 1.5))
    for hour in range(0, 24, 3):
        parts.append(_text(_LEFT + (hour + 0.5) * size, _TOP + 8, f"{hour}h", "middle"))
    return _picture(parts, round(_TOP + 18 + 7 * size), said)


def bar(part: float, of: float, name: str = "one") -> Markup:
    """One bar, as long as its share; its label stands beside it as text."""
    wide = round(100 * part / of, 2) if of else 0
    head = Markup('<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">')
    return head + _box(name, 0, 0, wide, 10) + Markup("</svg>")


def _weekly(days: Mapping[date, Sequence[int]]) -> dict[date, list[int]]:
    weeks: dict[date, list[int]] = {}
    for day, layers in days.items():
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = [one + other for one, other in zip(weeks.get(monday, [0] * len(layers)), layers)]
    return weeks


def _is_named(number: int, of: int) -> bool:
    return number % max(1, -(-of // 8)) == 0


def _round_up(most: int) -> int:
    """The top of the scale: an even number, two digits and zeros."""
    step = max(2, 10 ** (len(str(most)) - 1) // 5)
    return max(step, -(-most // step) * step)


def _line(y: float, number: int) -> Markup:
    grid = Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(_LEFT, WIDTH - 4, y, y)
    return grid + _text(_LEFT - 6, y + 4, whole(number), "end")


def _box(name: str, x: float, y: float, wide: float, tall: float) -> Markup:
    return Markup('<rect class="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>').format(
        name, x, y, wide, tall
    )


def _text(x: float, y: float, words: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def _picture(parts: Sequence[Markup], height: int, said: str) -> Markup:
    head = Markup('<svg class="picture" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        WIDTH, height, escape(said)
    )
    return head + Markup("").join(parts) + Markup("</svg>")
