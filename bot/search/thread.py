"""Which procedure a message means in the middle of a talk: the one talked about, one of those offered, or another.

The bounds were read off talks written for development; docs/decisions/008 shows how well they part the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.search.decision import Decision
from bot.search.finder import Found
from bot.text.folding import syllables

# A message without a procedure of its own is a follow-up if it is at most so much nearer to chatter than to follow-ups;
# where it is like something that is done elsewhere, the bound is narrower.
CHATTER, ELSEWHERE = -0.6, -0.2
# So much nearer to chatter than to follow-ups, it is chatter.
SURELY_CHATTER = -1.5
# The procedure talked about is meant where another is ahead of it by no more than this; by a little more, if the
# message together with the question before it still means it.
NEARLY_THE_SAME, PERHAPS_THE_SAME = 0.35, 1.0
# A message changes the procedure where, alone and together with the question before it, another is ahead by this; only
# one that is hardly a bare follow-up ("lệ phí bao nhiêu") can.
CHANGES, BARE_FOLLOW_UP = 2.5, 0.3
# Of those offered, one is picked by telling more if it is ahead of the others by this.
PICKS = 0.4
# In fewer syllables nothing is told ("trời đất"); vectors of so few mean little.
LEAST_TOLD = 3
# Another than those offered is meant if it is ahead of all of them by this.
FAR_AHEAD = 1.5
# A correction may fit with the question by so much worse than what it corrects.
NOT_MUCH_WORSE = 1.5
# Of those talked about, one is gone back to if it is ahead of the others by this, else the one before. Something else
# is meant where it is ahead of all of them by so much.
RETURNS, NEW = 0.5, 1.5
# Another procedure is surely named.
SURELY = 0.75

Find = Callable[[str], Found]


@dataclass(frozen=True)
class Thread:
    """What the talk left: the procedure talked about, the words that led to it, all so far, and what is on offer."""

    procedure: str | None = None
    question: str = ""
    topics: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    def with_question(self, message: str) -> str:
        """A message together with the question before it."""
        return f"{self.question}. {message}" if self.question else message


def is_about_the_same(found: Found, thread: Thread, find: Find, *, asks: bool) -> bool:
    """Whether a message is a follow-up about the procedure talked about.

    `asks` says that the message asks something about procedures, as far as its act is known: no chatter.
    """
    if thread.procedure is None:
        return False
    if found.over_procedures > 0 and found.over_chatter > CHATTER:
        return True
    behind = found.score(found.best) - found.score(thread.procedure)
    if found.decision is not Decision.unknown:
        if behind < NEARLY_THE_SAME:
            return True
        return behind < PERHAPS_THE_SAME and find(thread.with_question(message_of(found))).best == thread.procedure
    if found.topic and found.over_chatter < ELSEWHERE:
        return False
    if found.over_chatter > CHATTER or behind < NEARLY_THE_SAME:
        return True
    return asks and find(thread.with_question(message_of(found))).best == thread.procedure


def message_of(found: Found) -> str:
    """The message as it was read: marks restored, slips mended."""
    return found.reading.text


def changed_to(found: Found, thread: Thread, find: Find) -> str | None:
    """The procedure that a message makes of the question before it, if that is another than the one talked about."""
    if not thread.question or thread.procedure is None or found.over_procedures > BARE_FOLLOW_UP:
        return None
    together, scores = _with_question(found, thread, find)
    best = max(scores, key=scores.__getitem__)
    is_far_ahead = scores[best] - scores.get(thread.procedure, 0.0) > CHANGES
    return best if is_far_ahead and together.decision is not Decision.unknown else None


def corrected_to(found: Found, thread: Thread, find: Find) -> str | None:
    """The procedure that a correction means; None where it only adds to the one talked about.

    It is one that the correction alone fits better than the one talked about, and with the question not much worse.
    """
    if thread.procedure is None:
        return None
    _, scores = _with_question(found, thread, find)
    better = {code: scores[code] for code in scores if found.score(code) > found.score(thread.procedure)}
    if not better:
        return None
    best = max(better, key=better.__getitem__)
    return best if better[best] > scores.get(thread.procedure, 0.0) - NOT_MUCH_WORSE else None


def picked_by_telling(found: Found, thread: Thread, find: Find, *, corrects: bool = False) -> str | None:
    """The one of those offered that a message tells apart, or another that is far ahead of them; else None.

    `corrects` says that the citizen corrects something: then another needs no more than to be far ahead.
    """
    if len(syllables(message_of(found))) < LEAST_TOLD:
        return None
    together, scores = _with_question(found, thread, find)
    offered = {code: scores.get(code, 0.0) for code in thread.candidates}
    best = max(scores, key=scores.__getitem__)
    if scores[best] - max(offered.values()) > FAR_AHEAD:
        return best if corrects or together.decision is not Decision.unknown else None
    return _ahead(offered, PICKS)


def _with_question(found: Found, thread: Thread, find: Find) -> tuple[Found, dict[str, float]]:
    """The message with the question before it, searched; and by procedure the score of both searches together."""
    together = find(thread.with_question(message_of(found)))
    return together, {code: found.score(code) + together.score(code) for code in found.scores}


def gone_back_to(found: Found, thread: Thread, *, first: bool, aside: bool) -> str | None:
    """The procedure of the talk that a message goes back to; None where it means another, or nothing else was said.

    After an `aside` (something that nothing here answers) the one talked about before it may be meant, too.
    """
    topics = list(dict.fromkeys(code for code in thread.topics if aside or code != thread.procedure))
    if not topics:
        return None
    if first:
        return thread.topics[0]
    nearest_of_them = max(found.score(code) for code in thread.topics)
    if found.decision is not Decision.unknown and found.score(found.best) - nearest_of_them > NEW:
        return None
    return _ahead({code: found.score(code) for code in topics}, RETURNS) or (
        thread.topics[-1] if aside else thread_before(thread)
    )


def thread_before(thread: Thread) -> str:
    """The procedure talked about before the present one."""
    return next(code for code in reversed(thread.topics) if code != thread.procedure)


def known_of_several(offered: Sequence[str], thread: Thread) -> str | None:
    """Of several that a message may mean, the one already talked about, if that is one only."""
    known = [code for code in offered if code in thread.topics]
    return known[0] if len(known) == 1 else None


def nearest(found: Found, without: Collection[str], most: int) -> Sequence[str]:
    """The next best candidates, best first."""
    return [one.code for one in found.candidates if one.code not in without][:most]


def _ahead(scores: Mapping[str, float], lead: float) -> str | None:
    best, *rest = sorted(scores, key=scores.__getitem__, reverse=True)
    return best if not rest or scores[best] - scores[rest[0]] > lead else None
