"""Drafts: one a subject, nothing that was saved is lost, and the second editor is told of the first."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from bot.store.drafts import DRAFT, REVIEW, WARD, Drafts, EditedElsewhere
from tests.store.watch import Watch

CODE = "1.001193"


@pytest.fixture
def drafts(engine: Engine, watch: Watch) -> Drafts:
    return Drafts(engine, now=watch)


def saved(drafts: Drafts, text: str = "a", by: str = "lan", seen: int = 0) -> int:
    return drafts.save(CODE, text, by=by, seen=seen, base=3).revision


def test_a_draft_is_kept_with_who_when_and_what_it_began_from(drafts: Drafts, watch: Watch) -> None:
    assert drafts.get(CODE) is None
    draft = drafts.save(CODE, "a", by="lan", seen=0, base=3)
    assert drafts.get(CODE) == draft and drafts.all() == [draft]
    assert (draft.text, draft.base, draft.revision, draft.state, draft.by, draft.at) == (
        *("a", 3, 1, DRAFT, "lan"),
        watch.time,
    )


def test_who_saves_over_what_they_saw_goes_on(drafts: Drafts) -> None:
    second = drafts.save(CODE, "b", by="hoa", seen=saved(drafts), base=9)
    assert (second.revision, second.text, second.by, second.base) == (2, "b", "hoa", 3)


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_the_second_of_two_is_told_and_nothing_is_lost(drafts: Drafts, seen: int) -> None:
    saved(drafts, "của Hoa", "hoa", saved(drafts))
    with pytest.raises(EditedElsewhere) as told:
        saved(drafts, "của Lan", "lan", seen)
    assert told.value.draft == drafts.get(CODE)
    assert drafts.get(CODE).text == "của Hoa"  # type: ignore[union-attr]


def test_a_form_open_while_the_draft_was_published_is_told(drafts: Drafts) -> None:
    first = saved(drafts)
    drafts.published({CODE: first})
    with pytest.raises(EditedElsewhere) as told:
        saved(drafts, "b", seen=first)
    assert told.value.draft is None
    assert saved(drafts, "b") == first + 1, "numbers go on: an old form cannot be taken for a new one"


def test_review_and_back(drafts: Drafts) -> None:
    seen = saved(drafts)
    submitted = drafts.submit(CODE, by="lan", why="Nghị định mới", seen=seen)
    assert (submitted.state, submitted.why, submitted.text) == (REVIEW, "Nghị định mới", "a")
    back = drafts.hand_back(CODE, by="minh", why="Thiếu căn cứ", seen=seen)
    assert (back.state, back.why, back.by) == (DRAFT, "Thiếu căn cứ", "minh")


def test_what_is_saved_under_review_is_a_draft_again(drafts: Drafts) -> None:
    seen = saved(drafts)
    drafts.submit(CODE, by="lan", why="", seen=seen)
    assert drafts.save(CODE, "b", by="lan", seen=seen, base=3).state == DRAFT


def test_nothing_is_submitted_that_was_saved_by_another_or_is_gone(drafts: Drafts) -> None:
    seen = saved(drafts)
    saved(drafts, "b", "hoa", seen)
    for old in (seen, 0):
        with pytest.raises(EditedElsewhere):
            drafts.submit(CODE, by="lan", why="", seen=old)
    with pytest.raises(EditedElsewhere):
        drafts.submit("9.000009", by="lan", why="", seen=0)


def test_publishing_leaves_what_was_saved_after_the_check(drafts: Drafts) -> None:
    checked = saved(drafts)
    later = saved(drafts, "b", seen=checked)
    ward = drafts.save(WARD, "w", by="lan", seen=0, base=3).revision
    drafts.published({CODE: checked, WARD: ward})
    assert [(draft.subject, draft.revision) for draft in drafts.all()] == [(CODE, later)]


def test_every_text_that_was_saved_can_be_read_again(drafts: Drafts) -> None:
    drafts.published({CODE: saved(drafts, "b", "hoa", saved(drafts, "a"))})
    drafts.discard(CODE, seen=saved(drafts, "c"))
    assert drafts.get(CODE) is None
    assert [(one.number, one.text, one.by) for one in drafts.revisions(CODE)] == [
        (3, "c", "lan"),
        (2, "b", "hoa"),
        (1, "a", "lan"),
    ]


def test_who_wrote_a_text_is_known_whoever_submitted_it(drafts: Drafts) -> None:
    seen = saved(drafts, "b", "hoa", saved(drafts, "a"))
    drafts.submit(CODE, by="mai", why="xong", seen=seen)
    assert [drafts.writer(CODE, number) for number in (1, 2, 3)] == ["lan", "hoa", ""]
    assert drafts.writer(WARD, 1) == ""


def test_a_draft_that_another_changed_is_not_dropped(drafts: Drafts) -> None:
    first = saved(drafts)
    saved(drafts, "b", "hoa", first)
    with pytest.raises(EditedElsewhere):
        drafts.discard(CODE, seen=first)
    assert drafts.get(CODE)
