"""Which questions ask the same in nearly the same words: a cheap grouping, without a model and without an index.

1. A question is folded; words of courtesy and of address ("dạ", "ạ", "cho em hỏi") are left out. What stays are its
   content words. Questions with the same set of them are the same, in whatever order.
2. Of two different sets, the words and the pairs of neighbours are compared: the share of what both have in all that
   either has (Jaccard) is to be at least 0.6. Where each has a word that the other lacks, it is to be 0.75: "khai sinh"
   and "khai tử" are two things, however much is said alike around them. Only in long questions does that slip through.
3. The most frequent wording leads a group; each other one joins the leader it is most like, or leads a group itself.
   Nothing is compared with the followers: a chain of small steps never joins two things that differ.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.text.folding import fold, syllables

ALIKE, EACH_ITS_OWN = 0.6, 0.75
_COURTESY = frozenset(
    "à á ạ ah ak ad admin alo anh bạn bác bot chào cháu chị cho chú dạ em giúp hỏi mình nha nhé nhỉ ok oke ơi rồi thì "
    "tôi tui ừ vâng vậy với xin".split()
)
# "cho em hoi" is courtesy, too; "nuôi chó" is not.
_WITHOUT_MARKS = frozenset(map(fold, _COURTESY))
_folded = lru_cache(maxsize=20_000)(fold)  # of one syllable: there are not many more
_Leader = tuple[int, frozenset[str], frozenset[int]]  # its place, its words, its parts


def content_words(text: str) -> tuple[str, ...]:
    """The folded syllables in their order, without those of courtesy; all of them where nothing else is said."""
    said = syllables(unicodedata.normalize("NFC", text))
    kept = [syllable for syllable in said if syllable not in _COURTESY and syllable not in _WITHOUT_MARKS]
    return tuple(map(_folded, kept or said))


def groups(questions: Sequence[tuple[str, ...]]) -> list[int]:
    """For each question, as its content words, the place of the one that leads its group (its own if it leads).

    Questions with the same words have the same leader. Only sets that share one of their rarest parts are compared:
    50,000 questions take a second or two.
    """
    sets = [frozenset(words) for words in questions]
    first: dict[frozenset[str], int] = {}
    for place, one in enumerate(sets):
        first.setdefault(one, place)
    asked = Counter(sets)
    own = dict(zip(first, _ranked([questions[place] for place in first.values()])))
    leader: dict[frozenset[str], int] = {}
    leaders: dict[int, list[_Leader]] = defaultdict(list)
    for one in sorted(first, key=lambda one: (-asked[one], first[one])):
        place, mine = first[one], own[one]
        # Two sets that are alike share one of these, wherever the others stand: the rest alone would be too few.
        rare = sorted(mine)[: len(mine) - math.ceil(ALIKE * len(mine)) + 1]
        leader[one] = found = _nearest(one, mine, (led for part in rare for led in leaders.get(part, ())), place)
        if found == place:
            for part in rare:
                leaders[part].append((place, one, mine))
    return [leader[one] for one in sets]


def _nearest(words: frozenset[str], mine: frozenset[int], others: Iterable[_Leader], place: int) -> int:
    """The place of the leader that is most like it, the most frequent of several; its own if none is."""
    best, most, seen = place, 0.0, set[int]()
    for other, their_words, theirs in others:
        if other in seen:
            continue
        seen.add(other)
        both = len(mine & theirs)
        share = both / (len(mine) + len(theirs) - both)
        if share < ALIKE or share <= most:
            continue
        if share >= EACH_ITS_OWN or words <= their_words or their_words <= words:
            best, most = other, share
    return best


def _ranked(questions: Sequence[tuple[str, ...]]) -> list[frozenset[int]]:
    """The words and pairs of neighbours of each, as numbers: the rarer, the lower."""
    parts = [frozenset[Hashable]([*words, *pairwise(words)]) for words in questions]
    frequency = Counter(part for own in parts for part in own)
    rank = {part: number for number, (part, _) in enumerate(reversed(frequency.most_common()))}
    return [frozenset(rank[part] for part in own) for own in parts]
