"""The tables of an evaluation of one set."""

from __future__ import annotations

from bot.evaluation.result import OURS, Result
from bot.evaluation.scores import ALL, Ranked
from bot.evaluation.table import Table, number
from bot.evaluation.targets import points_lost, targets


def tables(result: Result) -> list[Table]:
    """Targets first, then what they come from."""
    return [
        _targets(result),
        _search(result),
        *([_noise(result)] if result.noisy else []),
        *([_fields(result)] if result.fields else []),
        _chat(result),
        *([_briefs(result)] if result.talked_of_briefs().n else []),
        *([_open(result)] if result.asked_back().n else []),
        *([_unknown(result)] if result.refused()[ALL].n else []),
    ]


def _search(result: Result) -> Table:
    scores = {ranker: result.ranked(ranker) for ranker in result.rankings}
    styles = {style: [scores[ranker][style] for ranker in scores] for style in next(iter(scores.values()))}
    intervals = (f"{ranker} {' to '.join(map(number, score[ALL].interval))}" for ranker, score in scores.items())
    note = f"95 % bootstrap interval of top 1 over all: {'; '.join(intervals)}."
    if result.leakage is not None:
        note += (
            f" Of the set's questions {number(result.leakage.equal)} stand in what is learnt from,"
            f" {number(result.leakage.nearly_equal)} nearly so (95 of 100 letters),"
            f" {number(result.leakage.alike)} are alike (85 of 100)."
        )
    return Table(
        "Search: the right procedure among all of the listing",
        ["style", "n", *(f"{ranker} {measure}" for ranker in scores for measure in ("top 1", "top 3", "MRR"))],
        [_ranked(style, of_each) for style, of_each in styles.items()],
        note=note,
    )


def _ranked(name: str, scores: list[Ranked]) -> list[str]:
    cells = [number(part) for score in scores for part in (score.top_1, score.top_3, score.mean_reciprocal_rank)]
    return [name, str(scores[0].n), *cells]


def _noise(result: Result) -> Table:
    clean = result.ranked(OURS)[ALL].top_1
    rows = [
        [noise, number(score.top_1), number(score.top_3), number(points_lost(clean, score.top_1), places=1)]
        for noise, score in result.ranked_noisy().items()
    ]
    for ranker in result.baselines_folded:
        folded, typed = result.ranked_folded(ranker), result.ranked(ranker)[ALL]
        lost = number(points_lost(typed.top_1, folded.top_1), places=1)
        rows.append([f"{ranker}, without diacritics", number(folded.top_1), number(folded.top_3), lost])
    return Table("Search: the same questions from a less careful hand", ["", "top 1", "top 3", "points lost"], rows)


def _fields(result: Result) -> Table:
    return Table(
        "Search by field",
        ["field", "n", "top 1", "top 3", "MRR"],
        [_ranked(name, [scores]) for name, scores in result.by_field().items()],
    )


def _briefs(result: Result) -> Table:
    score = result.talked_of_briefs()
    return _one_row(
        "Chat: procedures known in brief",
        score.n,
        {
            "answered rightly": score.names_first,
            "answered wrongly": score.answered_wrongly,
            "asked back": score.asked_back,
            "told that nothing fits": score.refused_falsely,
        },
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
            "two or more exact",
            "facts said",
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
                number(score.several_aspects_exact),
                number(score.facts_said),
            ]
            for style, score in result.talked().items()
        ],
        note=(
            "First: answered, or first of those offered. Aspects and facts are judged where the right procedure was "
            "answered."
        ),
    )


def _open(result: Result) -> Table:
    score = result.asked_back()
    return _one_row(
        "Chat: questions that leave the procedure open",
        score.n,
        {
            "asked back": score.asked_back,
            "all that fit were offered": score.all_offered,
            "answered": score.answered,
            "refused": score.refused,
        },
    )


def _one_row(title: str, n: int, shares: dict[str, float]) -> Table:
    return Table(title, ["n", *shares], [[str(n), *map(number, shares.values())]])


def _unknown(result: Result) -> Table:
    return Table(
        "Chat: questions that the listing does not answer",
        ["kind", "n", "unknown recall", "answered wrongly", "asked back", "something else"],
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
        ["target", "n", "wanted", "measured", "met"],
        [
            [
                target.name,
                str(target.n),
                f"{'≤' if target.at_most else '≥'} {target.wanted:g}",
                f"{target.measured:.3g}",
                "yes" if target.met else "no",
            ]
            for target in targets(result)
        ],
    )
