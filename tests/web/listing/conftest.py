"""What tests of the public listing share: the listing as a ward publishes it, and small listings of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml

from bot.knowledge.listing import Listing
from bot.knowledge.local import load_ward_listing
from bot.settings import Settings
from tests.web.markup import assert_sound

WARD = "phuong-an-binh-mau"
Publish = Callable[..., Path]


@pytest.fixture(scope="session")
def published(settings: Settings) -> Listing:
    """The listing with what holds in the ward only."""
    return load_ward_listing(settings.knowledge, WARD)[0]


@pytest.fixture
def publish(settings: Settings, tmp_path: Path, make_record: Callable[..., dict[str, Any]]) -> Publish:
    """Makes a knowledge folder of small records: `publish({"code": …}, {…})`, each with other parts than usual."""

    def made(*records: dict[str, Any]) -> Path:
        knowledge = tmp_path / "knowledge"
        (knowledge / "wards").mkdir(parents=True)
        (knowledge / "procedures").mkdir()
        for name in ("fields.yml", "words.yml"):
            (knowledge / name).write_bytes((settings.knowledge / name).read_bytes())
        profile = yaml.safe_load((settings.knowledge / "wards" / f"{WARD}.yml").read_text(encoding="utf-8"))
        write(knowledge / "wards" / f"{WARD}.yml", {**profile, "local": []})
        for parts in records:
            record = make_record(**parts)
            write(knowledge / "procedures" / f"{record['code']}.yml", record)
        return knowledge

    return made


def write(path: Path, data: object) -> None:
    """Put data into a YAML file."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def page(text: str) -> Element:
    """A page of the listing as a tree. Fails if it isn't sound."""
    return assert_sound(text, with_script=True)


def hrefs(tree: Element) -> Iterator[str]:
    """Where all links lead, in the order of the page."""
    for link in tree.iter("a"):
        yield link.get("href", "")


def main_of(tree: Element) -> Element:
    """What stands between header and footer."""
    return next(tree.iter("main"))
