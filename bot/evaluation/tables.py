"""The tables of an evaluation."""

from __future__ import annotations

from bot.evaluation.result import Result
from bot.evaluation.scores import ALL, Ranked
from bot.evaluation.table import Table, number
from bot.evaluation.targets import points_lost, targets


def tables(result: Result) -> list[Table]:
    """Search, chat, refusals and targets."""
    return [
        _search(result),
        *([_fields(result)] if result.fields else []),
        _chat(result),
        *([_briefs(result)] if result.briefs else []),
        _unknown(result),
        _targets(result),
    ]


def _search(result: Result) -> Table:
    scores = {ranker: result.ranked(ranker) for ranker in result.rankings}
    folded = {ranker: result.without_diacritics(ranker) for ranker in result.rankings}
    styles = {style: [scores[ranker][style] for ranker in scores] for style in next(iter(scores.values()))}
    rows = [_ranked(style, of_each) for style, of_each in styles.items()]
    rows.append(_ranked(f"{ALL}, without diacritics", list(folded.values())))
    lost = [points_lost(scores[ranker][ALL].top_1, folded[ranker].top_1) for ranker in scores]
    rows.append(["points lost so", "", *(cell for points in lost for cell in (number(points, places=1), "", ""))])
    intervals = (f"{ranker} {' to '.join(map(number, result.interval(ranker)))}" for ranker in scores)
    return Table(
        "Search: the right procedure among all of the listing",
        ["style", "n", *(f"{ranker} {measure}" for ranker in scores for measure in ("top 1", "top 3", "MRR"))],
        rows,
        note=f"95 % bootstrap interval of top 1 over all: {'; '.join(intervals)}.",
    )


def _ranked(name: str, scores: list[Ranked]) -> list[str]:
    cells = [number(part) for score in scores for part in (score.top_1, score.top_3, score.mean_reciprocal_rank)]
    return [name, str(scores[0].n), *cells]


def _fields(result: Result) -> Table:
    return Table(
        "Search by field",
        ["field", "n", "top 1", "top 3", "MRR"],
        [_ranked(name, [scores]) for name, scores in result.by_field().items()],
    )


def _briefs(result: Result) -> Table:
    score = result.talked_of_briefs()
    return Table(
        "Chat: procedures known in brief",
        ["n", "answered rightly", "answered wrongly", "asked back", "told that nothing fits"],
        [
            [
                str(score.n),
                number(score.names_first),
                number(score.answered_wrongly),
                number(score.asked_back),
                number(score.refused_falsely),
            ]
        ],
    )


def _chat(result: Result) -> Table:
    return Table(
        "Chat: questions that the listing answers",
        [
            "style",
            "n",
            "right procedure first",
            "answered wrongly",
            "asked back",
            "refused falsely",
            "something else",
            "aspect F1",
            "aspects exact",
        ],
        [
            [
                style,
                str(score.n),
                number(score.names_first),
                number(score.answered_wrongly),
                number(score.asked_back),
                number(score.refused_falsely),
                number(score.taken_for_something_else),
                number(score.aspect_f1),
                number(score.aspects_exact),
            ]
            for style, score in result.talked().items()
        ],
        note="First: answered, or first of those offered. Aspects are judged where the right procedure was answered.",
    )


def _unknown(result: Result) -> Table:
    return Table(
        "Chat: questions that the listing does not answer",
        ["kind or style", "n", "unknown recall", "answered wrongly", "asked back", "something else"],
        [
            [
                name,
                str(score.n),
                number(score.unknown_recall),
                number(score.answered_wrongly),
                number(score.asked_back),
                number(score.taken_for_something_else),
            ]
            for name, score in result.refused().items()
        ],
        note="Unknown recall: the share told that nothing fits (card unknown or refused).",
    )


def _targets(result: Result) -> Table:
    return Table(
        "Targets",
        ["target", "wanted", "measured", "met"],
        [
            [
                target.name,
                f"{'≤' if target.at_most else '≥'} {target.wanted:g}",
                f"{target.measured:.3g}",
                "yes" if target.met else "no",
            ]
            for target in targets(result)
        ],
    )
