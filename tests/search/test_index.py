"""An index of three copied records, built, searched and built again with the real encoder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.encoder.encoder import Encoder
from bot.knowledge.live import load_version
from bot.knowledge.yaml_lines import RecordError
from bot.search import index as indexes
from bot.search.corpus import Corpus
from bot.search.decision import Calibration
from bot.search.finder import Finder
from bot.search.index import Vectors
from bot.settings import Settings
from bot.text import language

pytestmark = pytest.mark.slow

COPIED = {"1.001193": "ho-tich", "1.000894": "ho-tich", "1.004194": "cu-tru"}
NLU = "nlu:\n- intent: out_of_scope\n  examples: |\n    - mai trời mưa không\n    - giá vàng hôm nay\n"
SIGNPOSTS = """\
- {id: ho_chieu, name: Làm hộ chiếu, office: Công an tỉnh, questions: [làm hộ chiếu ở đâu, hộ chiếu hết hạn]}
"""


def change(path: Path, **parts: object) -> None:
    record = yaml.safe_load(path.read_text(encoding="utf-8")) | parts
    path.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def small_town(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of three procedures, with its index built."""
    folder = tmp_path_factory.mktemp("town")
    knowledge = folder / "knowledge"
    (knowledge / "procedures").mkdir(parents=True)
    for name in ("fields.yml", "words.yml"):
        shutil.copy(settings.knowledge / name, knowledge)
    (knowledge / "signposts.yml").write_text(SIGNPOSTS, encoding="utf-8")
    (knowledge / "wards").mkdir()
    ward = (settings.knowledge / "wards" / f"{settings.ward}.yml").read_text(encoding="utf-8")
    # What differs in the ward is about procedures that this town does not have.
    (knowledge / "wards" / f"{settings.ward}.yml").write_text(ward.partition("\nlocal:")[0], encoding="utf-8")
    for code, field in COPIED.items():
        (source,) = (settings.knowledge / "procedures" / field).glob(f"{code}-*.yml")
        shutil.copy(source, knowledge / "procedures")
        change(knowledge / "procedures" / source.name, related=[], confusable=[])
    (folder / "nlu").mkdir()
    (folder / "nlu" / "asked.yml").write_text(NLU, encoding="utf-8")
    (folder / "var").mkdir()
    (folder / "var" / "encoder").symlink_to(settings.var / "encoder")
    town = replace(settings, knowledge=knowledge, nlu=folder / "nlu", var=folder / "var")
    indexes.build(town)
    return town


@pytest.fixture(scope="module")
def encoder(small_town: Settings) -> Encoder:
    return Encoder.of(small_town)


def find(town: Settings, encoder: Encoder, question: str) -> list[str]:
    """Codes best first, by the index as it stands on disk now."""
    finder = Finder(
        reader=language.load(town), encoder=encoder, index=indexes.read(town), calibration=Calibration.load()
    )
    return [candidate.code for candidate in finder(question).candidates]


@pytest.fixture
def records(small_town: Settings) -> Iterator[dict[str, Path]]:
    """The files of the records by code; what a test changes in them is undone."""
    paths = {path.name[:8]: path for path in (small_town.knowledge / "procedures").iterdir()}
    before = {path: path.read_bytes() for path in paths.values()}
    yield paths
    for path, content in before.items():
        path.write_bytes(content)
    indexes.build(small_town)


def test_the_three_records_are_found_and_no_other(small_town: Settings, encoder: Encoder) -> None:
    for question, code in {
        "bé mới sinh cần giấy tờ gì": "1.001193",
        "dang ky ket hon o phuong": "1.000894",
        "thuê trọ đăng ký tạm trú": "1.004194",
    }.items():
        found = find(small_town, encoder, question)
        assert found[0] == code
        assert set(found) == set(COPIED)


def test_nothing_partial_is_left_beside_the_index(small_town: Settings) -> None:
    assert {path.name for path in small_town.index.iterdir()} == {"passages.json", "dense.faiss", "model.joblib"}
    assert not list(small_town.var.glob("*.partial*"))


def test_an_index_read_from_disk_knows_its_passages(small_town: Settings) -> None:
    read = indexes.read(small_town)
    assert read.passages == Corpus(small_town)(load_version(small_town))


def test_a_changed_record_is_found_after_the_next_build(
    small_town: Settings, encoder: Encoder, records: dict[str, Path]
) -> None:
    question = "rước kiệu hội làng phải xin phép ai"
    *_, last = before = find(small_town, encoder, question)
    change(records[last], aliases=["rước kiệu hội làng", "xin phép rước kiệu", "hội làng rước kiệu xin phép"])
    assert find(small_town, encoder, question) == before, "publishing is a step of its own"
    indexes.build(small_town)
    assert find(small_town, encoder, question)[0] == last


def test_a_removed_record_is_no_longer_found(small_town: Settings, encoder: Encoder, records: dict[str, Path]) -> None:
    records["1.000894"].unlink()
    indexes.build(small_town)
    assert set(find(small_town, encoder, "dang ky ket hon o phuong")) == set(COPIED) - {"1.000894"}


def test_a_broken_record_leaves_the_old_index_in_place(small_town: Settings, records: dict[str, Path]) -> None:
    before = {path.name: path.read_bytes() for path in small_town.index.iterdir()}
    records["1.000894"].write_text("code: [", encoding="utf-8")
    with pytest.raises(RecordError, match=r"1\.000894.*not valid YAML"):
        indexes.build(small_town)
    assert {path.name: path.read_bytes() for path in small_town.index.iterdir()} == before


def test_vectors_of_texts_that_did_not_change_are_kept(small_town: Settings, tmp_path: Path) -> None:
    (tmp_path / "encoder").symlink_to(small_town.var / "encoder")
    town = replace(small_town, var=tmp_path)
    encoded: list[float] = []
    first = Vectors(town)(["khai sinh", "kết hôn"], encoded.append)
    again = Vectors(town)(["kết hôn", "khai sinh"], encoded.append)
    assert encoded == [1.0], "nothing is encoded twice"
    assert (first[::-1] == again).all()
    third = Vectors(town)(["kết hôn", "tạm trú"], encoded.append)
    assert len(encoded) == 2
    assert (third[0] == first[1]).all()
