import pytest

from bot.evaluation.baselines import DEPTH, Bm25, EncoderAlone
from bot.knowledge.listing import Listing
from bot.settings import Settings


def test_bm25_finds_an_official_name(listing: Listing) -> None:
    procedure = next(iter(listing))
    (ranking,) = Bm25(listing)([procedure.official_name])
    assert ranking[0] == procedure.code
    assert len(ranking) <= DEPTH


@pytest.mark.parametrize("text", ["", "…", "xyzzy"])
def test_bm25_ranks_nothing_without_a_word_in_common(listing: Listing, text: str) -> None:
    assert Bm25(listing)([text]) == [[]]


@pytest.mark.slow
def test_the_encoder_alone_compares_with_official_names(listing: Listing, settings: Settings) -> None:
    procedures = list(listing)[::20]
    rankings = EncoderAlone(listing, settings.weights)([procedure.official_name for procedure in procedures])
    assert [ranking[0] for ranking in rankings] == [procedure.code for procedure in procedures]
    assert all(len(ranking) == DEPTH for ranking in rankings)
