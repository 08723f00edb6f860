"""Pages read as a browser would, but strictly: every element that is opened is closed, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder, self.open = TreeBuilder(), list[str]()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {names}"
        self.builder.start(tag, {name: value or "" for name, value in attributes})
        if tag in _VOID:
            self.builder.data("\n" if tag == "br" else "")
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes none of {self.open}"
        self.builder.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def read(page: str) -> Element:
    """The page as a tree. Fails where it is not sound markup."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [], f"never closed: {reader.open}"
    return reader.builder.close()


def text(element: Element) -> str:
    """What is read on it, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def of_class(tree: Element, name: str) -> list[Element]:
    """The elements that have a class."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def links(tree: Element) -> dict[str, str]:
    """Where the links lead, by what stands on them."""
    return {text(link): link.get("href", "") for link in tree.iter("a")}


def assert_sound(page: str, *, with_script: bool = False) -> Element:
    """Fail unless a page is what every page of ours is: one h1, a title, labels on fields, ids once, nothing inline."""
    tree = read(page)
    assert tree.get("lang") == "vi"
    assert len(list(tree.iter("h1"))) == 1 and text(next(tree.iter("title")))
    twice = [one for one, times in Counter(element.get("id") for element in tree.iter()).items() if one and times > 1]
    assert twice == []
    labelled = {label.get("for") for label in tree.iter("label")}
    assert [field.attrib for field in _fields(tree) if field.get("id") not in labelled] == []
    assert [button.attrib for button in tree.iter("button") if not text(button)] == []
    assert [link.attrib for link in tree.iter("a") if not link.get("href") or not text(link)] == []
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"], element.attrib
        assert element.tag != "style"
        assert not element.get("href", "").lower().startswith("javascript:")
    assert with_script or not list(tree.iter("script"))
    return tree


def _fields(tree: Element) -> Iterator[Element]:
    for field in tree.iter():
        if field.tag in ("textarea", "select") or (field.tag == "input" and field.get("type") != "hidden"):
            yield field
