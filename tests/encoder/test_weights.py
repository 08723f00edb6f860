"""The encoder unpacked for real: a minute of work at most, and the ground that the search stands on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import weights
from bot.encoder.build import load
from bot.encoder.encoder import PROMPT
from bot.knowledge.listing import Listing
from bot.text.unicode import clean

pytestmark = pytest.mark.slow

Encode = Callable[[list[str]], np.ndarray]
TEXTS = [
    "Đăng ký khai sinh cho con mới sinh ở đâu?",
    "UBND phường, 15.000 đồng/bản; mẫu CT01 (2026) – “sao y”!",
    "quần áo, nghỉ dưỡng, khuỷu tay, ngoằn ngoèo, thuở xưa",
    "lam lai can cuoc bi mat o dau",
]


@pytest.fixture(scope="module")
def source() -> Path:
    return weights.find_source()


@pytest.fixture(scope="module")
def progress() -> list[float]:
    return []


@pytest.fixture(scope="module")
def unpacked(source: Path, progress: list[float], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights, unpacked once for this module."""
    target = tmp_path_factory.mktemp("var") / "encoder"
    weights.unpack(source, target, progress.append)
    return target


@pytest.fixture(scope="module")
def vectors(unpacked: Path) -> Encode:
    """What the unpacked model makes of questions."""
    model = load(unpacked)

    def encode(texts: list[str]) -> np.ndarray:
        return model.encode([PROMPT + text for text in texts], normalize_embeddings=True, show_progress_bar=False)

    return encode


@pytest.fixture(scope="module")
def tokenizer(unpacked: Path):
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(unpacked / "tokenizer.json"))


def test_the_folder_is_whole_and_nothing_partial_is_left(unpacked: Path, progress: list[float]) -> None:
    names = {path.name for path in unpacked.iterdir()}
    assert {"config.json", "modules.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"} <= names
    assert [path.name for path in unpacked.parent.iterdir()] == ["encoder"]
    assert progress == sorted(progress) and progress[-1] == 1.0


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_from_its_pieces(tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids) == text


def test_no_piece_of_vietnamese_is_unknown(tokenizer, listing: Listing) -> None:
    unknown = tokenizer.token_to_id("<unk>")
    said = [text for p in listing for text in (p.name, p.official_name, p.summary, *p.questions, *p.steps)]
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for text in [*map(clean, said), *TEXTS, " ".join(letters), " ".join(letters.upper()), "0123456789"]:
        assert unknown not in tokenizer.encode(text).ids, text


def test_every_text_begins_and_ends_with_its_marks(tokenizer) -> None:
    assert tokenizer.encode("khai sinh").tokens[0] == "<s>"
    assert tokenizer.encode("khai sinh").tokens[-1] == "</s>"


def test_vectors_are_unit_vectors_of_384_numbers(vectors: Encode) -> None:
    found = vectors(TEXTS)
    assert (found.shape, found.dtype) == ((len(TEXTS), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_longer_ones(vectors: Encode) -> None:
    alone, among = vectors(["khai sinh"])[0], vectors(["khai sinh", *TEXTS])[0]
    np.testing.assert_allclose(alone, among, atol=1e-4)


def test_what_means_the_same_lies_closer_than_what_does_not(vectors: Encode) -> None:
    asked, same, other = vectors(
        ["vợ tôi mới sinh em bé, làm giấy tờ gì", "đăng ký khai sinh cho trẻ sơ sinh", "giá xăng hôm nay tăng hay giảm"]
    )
    assert asked @ same > asked @ other + 0.03


def test_what_fails_midway_leaves_no_folder_and_the_old_one_stays(source: Path, tmp_path: Path) -> None:
    def fail(share: float) -> None:
        if share > 0.3:
            raise OSError("disk full")

    target = tmp_path / "encoder"
    with pytest.raises(OSError, match="disk full"):
        weights.unpack(source, target, fail)
    assert not target.exists()
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(OSError, match="disk full"):
        weights.unpack(source, target, fail)
    assert (target / "old").exists()


def test_another_kind_of_file_is_refused_by_name(tmp_path: Path) -> None:
    source = tmp_path / "weights.bin"
    source.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=re.escape(f"{source} does not start with E5S1")):
        weights.unpack(source, tmp_path / "encoder")
    assert not (tmp_path / "encoder").exists()
