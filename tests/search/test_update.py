"""An index brought to another version: as if it had been built so, and cheaper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.search import updates_kept
from bot.search.features import Features
from bot.search.index import Index, assemble, write
from bot.search.passages import OUTSIDE, Kind, Passage
from bot.search.ranking import rank
from bot.search.update import plan, updated
from bot.settings import Settings
from bot.text.reading import Reader
from tests.search.conftest import Describe

NEW = [Passage("9.000004", Kind.question, text) for text in ("xin phép rước kiệu", "hội làng rước kiệu", "rước đền")]
Update = Callable[[Sequence[Passage]], Index]


@pytest.fixture
def update(small: tuple[Index, Describe], reader: Reader) -> Update:
    """The small index brought to these passages; a new one points where none of the old ones does."""
    index, _ = small
    width = index.meaning.vectors().shape[1]

    def encode(texts: Sequence[str]) -> np.ndarray:
        return np.tile(np.eye(width, dtype=np.float32)[width - 1], (len(texts), 1))

    return lambda passages: updated(index, passages, index.situations, reader=reader, encode=encode)


def best(index: Index, features: Features) -> str:
    return rank(index, features).codes[0]


def test_the_same_passages_leave_the_same_index(small: tuple[Index, Describe], update: Update) -> None:
    index, _ = small
    assert update(index.passages) is index
    assert update(list(reversed(index.passages))) is index, "in whatever order they come"


def test_other_situations_alone_cost_nothing_else(small: tuple[Index, Describe], reader: Reader) -> None:
    index, _ = small
    other = updated(index, index.passages, {"x": ("9.000001",)}, reader=reader, encode=np.array)
    assert other.situations == {"x": ("9.000001",)} and other.classifier is index.classifier


def test_only_what_differs_is_to_be_done(small: tuple[Index, Describe]) -> None:
    index, _ = small
    gone, *left = index.passages
    todo = plan(index, [*left, *NEW])
    assert todo.added == tuple(NEW)
    assert todo.changed == {gone.code, "9.000004"}
    assert [index.passages[place] for place in todo.kept] == left


def test_a_new_procedure_is_found_by_words_it_shares_with_nobody(small: tuple[Index, Describe], update: Update) -> None:
    index, describe = small
    other = update([*index.passages, *NEW])
    assert "9.000004" in other.owners.codes and len(other.passages) == len(index.passages) + len(NEW)
    assert best(other, describe("xin phép rước kiệu")) == "9.000004"
    assert best(other, describe("đăng ký kết hôn")) == "9.000002", "the others are found as before"


def test_a_procedure_that_is_gone_is_not_found(small: tuple[Index, Describe], update: Update) -> None:
    index, describe = small
    other = update([passage for passage in index.passages if passage.code != "9.000002"])
    assert "9.000002" not in other.owners.codes
    assert best(other, describe("đăng ký kết hôn")) != "9.000002"


def test_a_text_that_stands_twice_and_goes_once_stands_once(small: tuple[Index, Describe], update: Update) -> None:
    index, _ = small
    twice = update([*index.passages, index.passages[0]])
    assert twice.passages.count(index.passages[0]) == 2
    assert plan(twice, index.passages).changed == {index.passages[0].code}


def test_it_ranks_as_an_index_built_anew_would(small: tuple[Index, Describe], update: Update, reader: Reader) -> None:
    """The words known stay those of the last build, so scores may differ a little: the order must not."""
    index, describe = small
    passages = [passage for passage in index.passages if passage.text != "cưới vợ cần giấy gì"]
    passages.append(Passage("9.000002", Kind.question, "làm giấy cho hai đứa cưới"))
    other = update(passages)
    words, pieces = index.lexicon([reader(passage.text) for passage in other.passages])
    anew = assemble(other.passages, Features(other.meaning.vectors(), words, pieces), index.lexicon)
    for question in (
        "đăng ký khai sinh",
        "hai đứa muốn kết hôn",
        "khai báo tạm trú cho người thuê",
        "giá vàng hôm nay",
    ):
        old, new = rank(other, describe(question)), rank(anew, describe(question))
        assert old.codes == new.codes
        np.testing.assert_allclose(old.scores, new.scores, atol=0.05)


def test_the_index_given_stays_as_it_was(small: tuple[Index, Describe], update: Update) -> None:
    index, describe = small
    before = rank(index, describe("đăng ký kết hôn"))
    update([passage for passage in index.passages if passage.code == OUTSIDE] + NEW)
    after = rank(index, describe("đăng ký kết hôn"))
    assert (before.codes, before.scores.tolist()) == (after.codes, after.scores.tolist())


# Kept on disk


@pytest.fixture
def on_disk(small: tuple[Index, Describe], settings: Settings, tmp_path: Path) -> Settings:
    """An installation whose index is the small one."""
    installed = replace(settings, var=tmp_path)
    write(small[0], installed.index)
    return installed


def test_what_is_kept_is_read_at_the_next_start(
    update: Update, small: tuple[Index, Describe], on_disk: Settings
) -> None:
    updates_kept.keep(update([*small[0].passages, *NEW]), on_disk)
    assert updates_kept.newest(on_disk).passages == [*small[0].passages, *NEW]


def test_what_was_kept_counts_no_more_once_the_index_was_built_again(
    update: Update, small: tuple[Index, Describe], on_disk: Settings
) -> None:
    updates_kept.keep(update([*small[0].passages, *NEW]), on_disk)
    write(small[0], on_disk.index)
    assert updates_kept.newest(on_disk).passages == small[0].passages


def test_a_file_cut_off_is_not_read(update: Update, small: tuple[Index, Describe], on_disk: Settings) -> None:
    updates_kept.keep(update([*small[0].passages, *NEW]), on_disk)
    (model,) = on_disk.var.glob("index-*/model.joblib")
    model.write_bytes(model.read_bytes()[:1000])
    assert updates_kept.newest(on_disk).passages == small[0].passages
