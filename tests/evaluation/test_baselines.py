import numpy as np
import pytest

from bot.evaluation.baselines import DEPTH, Bm25, EncoderAlone
from bot.knowledge.listing import Listing
from bot.search.encoder import Encoder
from bot.settings import Settings


def test_bm25_finds_an_official_name(listing: Listing) -> None:
    procedure = next(iter(listing))
    (ranking,) = Bm25(listing)([procedure.official_name])
    assert ranking[0] == procedure.code
    assert len(ranking) <= DEPTH


@pytest.mark.parametrize("text", ["", "…", "xyzzy"])
def test_bm25_ranks_nothing_without_a_word_in_common(listing: Listing, text: str) -> None:
    assert Bm25(listing)([text]) == [[]]


class LetterEncoder(Encoder):
    """Counts of letters as vectors: enough to tell names apart without weights."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def _encode(self, prefix: str, texts: object) -> np.ndarray:
        assert isinstance(texts, list)
        self.asked += [prefix + text for text in texts]
        counts = np.array([np.bincount([ord(letter) % 97 for letter in text], minlength=97) for text in texts], float)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def test_the_encoder_alone_compares_with_official_names(listing: Listing) -> None:
    encoder = LetterEncoder()
    names = [procedure.official_name for procedure in listing]
    rankings = EncoderAlone(listing, encoder)(names)
    assert [ranking[0] for ranking in rankings] == [procedure.code for procedure in listing]
    assert all(len(ranking) == DEPTH for ranking in rankings)
    assert encoder.asked[0] == f"passage: {names[0]}"
    assert encoder.asked[-1] == f"query: {names[-1]}"


@pytest.mark.slow
def test_the_encoder_alone_with_the_real_encoder(listing: Listing, settings: Settings) -> None:
    procedure = next(iter(listing))
    assert EncoderAlone(listing, Encoder.of(settings))([procedure.official_name])[0][0] == procedure.code
