"""All passages of a version of the knowledge; what no editor changes is read once."""

from __future__ import annotations

from bot.knowledge.live import InForce
from bot.knowledge.signposts import load_signposts
from bot.search.asked import Example, examples, passages_of_examples
from bot.search.passages import (
    Passage,
    passage_of_brief,
    passages_of,
    passages_of_clarification,
    passages_of_signpost,
)
from bot.settings import Settings


class Corpus:
    """Of the records, of the signposts, of the situations, and of the labelled questions."""

    def __init__(self, settings: Settings) -> None:
        signposts = load_signposts(settings.knowledge / "signposts.yml")
        self._signposts = [passage for one in signposts.values() for passage in passages_of_signpost(one)]
        self._examples: list[Example] = list(examples(settings.nlu))

    def __call__(self, version: InForce) -> list[Passage]:
        """The passages of one version."""
        listing, clarifications = version.listing, version.clarifications
        return [
            *(passage for procedure in listing for passage in passages_of(procedure)),
            *self._signposts,
            *(passage_of_brief(brief) for brief in listing.briefs.values()),
            *(passage for one in clarifications.by_id.values() for passage in passages_of_clarification(one)),
            *passages_of_examples(self._examples, set(listing.procedures)),
        ]


def situations_of(version: InForce) -> dict[str, tuple[str, ...]]:
    """By the id of each situation that leaves the procedure open, the procedures it offers."""
    return {id_: tuple(one.codes) for id_, one in version.clarifications.by_id.items()}
