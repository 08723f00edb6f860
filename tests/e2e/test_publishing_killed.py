"""The gateway killed while it publishes many records: the old version is in force or the new one, never half."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from bot.knowledge.live import load_version
from bot.knowledge.versions import ABOUT, FOLDERS, PARTIAL, Edit, Versions
from bot.settings import Settings
from tests.e2e.desk import Approver, approver
from tests.e2e.served import Served, serving, wait_until
from tests.e2e.test_publishing import CODE, edits, with_note

pytestmark = pytest.mark.e2e

AGAIN = 60.0  # seconds until the assistant answers again
MANY = 40  # records


@dataclass
class Publishing:
    """What lies on the disk while version `number` is written."""

    folder: Path
    number: int

    def has_begun(self) -> bool:
        """Its first records are written."""
        return any(self._partial.glob("procedures/*/*.yml"))

    def is_being_synced(self) -> bool:
        """All of it is written, and on its way from memory to the disk."""
        return (self._partial / ABOUT).exists()

    def is_whole(self) -> bool:
        """It has its name, and is put in force next."""
        return self._there.exists()

    def is_in_force(self) -> bool:
        """It is in force; its drafts are still to be dropped."""
        return Versions(self.folder).current() == self.number

    @property
    def _there(self) -> Path:
        return self.folder / FOLDERS / f"{self.number:05d}"

    @property
    def _partial(self) -> Path:
        return self._there.with_name(self._there.name + PARTIAL)


# Which version may be in force when it is killed at this moment: the one before (0), the new one (1).
MOMENTS: tuple[tuple[Callable[[Publishing], bool], set[int]], ...] = (
    (Publishing.has_begun, {0}),
    (Publishing.is_being_synced, {0, 1}),  # it may have gone on between the look and the kill
    (Publishing.is_whole, {0, 1}),
    (Publishing.is_in_force, {1}),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of its own: what is hurt here serves nobody else."""
    folder = tmp_path_factory.mktemp("killed")
    return replace(Settings(), database=f"sqlite:///{folder}/assistant.db", published=f"{folder}/published")


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[Served]:
    with serving(settings, settings.published_folder.parent / "serve.log") as served:
        yield served


@pytest.fixture(scope="module")
def desk(served: Served, settings: Settings) -> Approver:
    """Somebody who publishes; they stay signed in whatever happens to the gateway."""
    return approver(served.address, settings, "hoa")


Publish = Callable[[], int]


def some(settings: Settings, mark: str) -> list[Edit]:
    """Many records with a remark, that of CODE among them."""
    everything = edits(settings, with_note(mark))
    return sorted(everything, key=lambda edit: edit.change.code != CODE)[:MANY]


def kill_at(moment: Callable[[Publishing], bool], publishing: Publishing, served: Served, publish: Publish) -> None:
    """Kill the gateway at this moment of what `publish` does."""
    gateway = served.listener("PORT")

    def cut_off() -> None:
        with suppress(httpx.HTTPError):
            publish()

    thread = threading.Thread(target=cut_off)
    thread.start()
    deadline = time.monotonic() + AGAIN
    while not moment(publishing):
        assert time.monotonic() < deadline, "nothing was published"
    gateway.kill()
    thread.join(AGAIN)


# One after the other: each publishes over what the one before left lying about.
@pytest.mark.parametrize(("moment", "left"), MOMENTS, ids=[moment.__name__ for moment, _ in MOMENTS])
def test_killed_at_any_moment_one_whole_version_answers(
    served: Served, desk: Approver, settings: Settings, moment: Callable[[Publishing], bool], left: set[int]
) -> None:
    desk.drop_drafts()
    versions = Versions(settings.published_folder)
    before, mark = versions.current(), f"Lời dặn {moment.__name__}."
    many = some(settings, mark)
    desk.submit(many, before)
    check = desk.check()
    kill_at(moment, Publishing(settings.published_folder, before + 1), served, lambda: desk.publish(check))
    served.recovers(AGAIN)

    is_new = versions.current() > before
    print(f"\nkilled when {moment.__name__}: {'the new' if is_new else 'the old'} version is in force")
    assert versions.current() - before in left
    listing = load_version(settings).listing
    assert {mark in listing[edit.change.code].notes for edit in many} == {is_new}
    wait_until(lambda: (mark in served.ask()[0].json()["replies"][0]["card"]["notes"]) == is_new, 10)
    assert (mark in httpx.get(f"{served.address}/thu-tuc/{CODE}", trust_env=False).text) == is_new
    # A draft goes once it is published; one that is cut off in between goes on waiting, and says that it is in force.
    assert len(desk.store.drafts.all()) in ({0, MANY} if is_new else {MANY})


def test_what_was_left_lying_about_stands_in_nobodys_way(served: Served, desk: Approver, settings: Settings) -> None:
    desk.drop_drafts()
    versions = Versions(settings.published_folder)
    before, mark = versions.current(), "Lời dặn sau cùng."
    desk.submit(edits(settings, with_note(mark), {CODE}), before)
    assert desk.publish(desk.check()) == before + 1
    wait_until(lambda: mark in served.ask()[0].json()["replies"][0]["card"]["notes"], 10)
    assert not list(settings.published_folder.rglob(f"*{PARTIAL}"))
