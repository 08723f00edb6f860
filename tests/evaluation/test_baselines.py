import pytest

from bot.evaluation.baselines import DEPTH, Bm25, EncoderAlone
from bot.knowledge.listing import Listing
from bot.settings import Settings


@pytest.fixture(scope="module")
def bm25(listing: Listing) -> Bm25:
    return Bm25(listing)


def test_bm25_finds_an_official_name(bm25: Bm25, listing: Listing) -> None:
    procedure = next(iter(listing))
    (ranking,) = bm25([procedure.official_name])
    assert ranking[0] == procedure.code
    assert len(ranking) <= DEPTH


@pytest.mark.parametrize("text", ["", "…", "xyzzy"])
def test_bm25_ranks_nothing_without_a_word_in_common(bm25: Bm25, text: str) -> None:
    assert bm25([text]) == [[]]


@pytest.mark.slow
def test_the_encoder_alone_compares_with_official_names(listing: Listing, settings: Settings) -> None:
    procedures = list(listing)[::20]
    rankings = EncoderAlone(listing, settings.weights)([procedure.official_name for procedure in procedures])
    assert [ranking[0] for ranking in rankings] == [procedure.code for procedure in procedures]
    assert all(len(ranking) == DEPTH for ranking in rankings)
