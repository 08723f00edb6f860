"""The form as a template draws it: every part of a record with its words, what stands in it, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.web.desk.editing.changes import ADD, DOWN, REMOVE, SET, UP
from bot.web.desk.editing.labels import GROUPS
from bot.web.desk.editing.shape import LISTS, Field, Widget, fields_of
from bot.web.desk.editing.tree import Path, Tree

_IN_A_LINE = 64  # letters of a text box
_MOST_LINES = 12
_OTHER_CODES = frozenset({"Neighbour.code", "Local.code"})  # of another procedure: its name is said beside
Options = Sequence[tuple[str, str]]
Words = Mapping[Path, Sequence[str]]


@dataclass(frozen=True)
class Offered:
    """What may be chosen: fields, the forms and the cases (question, choices) of this record, and all procedures."""

    fields: Options
    forms: Options
    cases: Sequence[tuple[str, Options]]
    names: Mapping[str, str]

    @staticmethod
    def of(tree: Tree, fields: Mapping[str, str], names: Mapping[str, str]) -> Offered:
        """What a record in the making offers to its own parts."""
        forms = [(one["id"], one["name"] or one["id"]) for one in tree["forms"] if one["id"]]
        cases = [
            (
                case["question"] or case["id"],
                [(f"{case['id']}.{one['id']}", one["label"] or one["id"]) for one in case["choices"] if one["id"]],
            )
            for case in tree["cases"]
            if case["id"]
        ]
        return Offered(tuple(fields.items()), forms, cases, names)


@dataclass(frozen=True)
class Button:
    """Changes the form: what it sends, what stands on it, and all that it says to who does not see where it stands."""

    order: str
    sign: str
    words: str
    is_off: bool = False


@dataclass(frozen=True)
class Drawn:
    """One field. `inner` are the fields of a part or the entries of a list; `groups` the choices of a select."""

    kind: str  # a Widget, or 'entry' of a list
    name: str
    label: str
    help: str = ""
    required: bool = False
    value: str = ""
    values: Sequence[str] = ()
    groups: Sequence[tuple[str, Options]] = ()
    faults: Sequence[str] = ()
    inner: Sequence[Drawn] = ()
    buttons: Sequence[Button] = ()
    rows: int = 1
    is_short: bool = False
    is_fixed: bool = False
    offers_codes: bool = False
    hint: str = ""
    has_focus: bool = False
    is_wide: bool = True
    is_again: bool = False  # its help stands already in the entry above

    @property
    def id(self) -> str:
        """Of the element."""
        return "o-" + self.name.replace(".", "-")

    @property
    def fault_id(self) -> str:
        """Of what is said to be wrong."""
        return "loi-" + self.name.replace(".", "-")


@dataclass(frozen=True)
class Group:
    """Parts of a record that stand together below a heading; how many faults there are in them."""

    key: str
    title: str
    fields: Sequence[Drawn]
    faults: int


@dataclass
class Drawing:
    """Draws one form; `focus` is the part where somebody goes on."""

    offered: Offered
    faults: Words
    focus: Path | None = None
    fields: Sequence[Field] = field(default_factory=fields_of)
    headings: Sequence[tuple[str, str, tuple[str, ...]]] = GROUPS

    def groups(self, tree: Tree) -> list[Group]:
        """The whole form."""
        by_name = {one.name: one for one in self.fields}
        return [
            Group(
                key,
                title,
                [self._field(by_name[name], tree[name], (name,)) for name in names],
                sum(len(words) for path, words in self.faults.items() if path and path[0] in names),
            )
            for key, title, names in self.headings
        ]

    def _field(self, one: Field, typed: Any, path: Path) -> Drawn:
        common: dict[str, Any] = {
            "kind": one.widget.value,
            "name": name_of(path),
            "label": one.label.name,
            "help": one.label.help,
            "required": one.required and one.name != "id",  # an id that is left empty is made
            "faults": self.faults.get(path, ()),
            "has_focus": path == self.focus,
            "is_again": any(isinstance(part, int) and part > 0 for part in path),
        }
        if one.widget is Widget.part:
            inner = [self._field(sub, typed[sub.name], (*path, sub.name)) for sub in one.fields]
            return Drawn(**common, inner=inner)
        if one.widget in LISTS:
            inner = [self._entry(one, entry, (*path, at), len(typed)) for at, entry in enumerate(typed)]
            add = Button(f"{ADD}:{name_of(path)}", f"+ Thêm {one.label.entry}", "")
            return Drawn(**common, inner=inner, buttons=[add])
        if one.widget is Widget.ticks:
            # Those of the record stand first, in its order: the order is kept when the form comes back.
            known = dict(one.options)
            options = [(value, known.get(value, value)) for value in dict.fromkeys([*typed, *known])]
            return Drawn(**common, values=typed, groups=[("", options)])
        buttons = [Button(f"{SET}:{name_of(path)}", "Đã xem lại hôm nay", "")] if one.name == "checked_on" else []
        return Drawn(
            **common,
            value=typed,
            groups=self._choices(one, typed) if one.widget is Widget.select else (),
            buttons=buttons,
            rows=rows_of(typed),
            is_short=one.is_short and "\n" not in typed,
            is_fixed=one.key == "Procedure.code",
            offers_codes=one.key in _OTHER_CODES,
            hint=self.offered.names.get(typed.strip(), "") if one.key in _OTHER_CODES else "",
            is_wide=one.widget is Widget.text and not one.is_narrow,
        )

    def _entry(self, one: Field, typed: Any, path: Path, count: int) -> Drawn:
        at, name, entry = path[-1], name_of(path), one.label.entry
        words = f"{entry} {at + 1}"
        buttons = [
            Button(f"{UP}:{name}", "↑", f"Đưa {words} lên", at == 0),
            Button(f"{DOWN}:{name}", "↓", f"Đưa {words} xuống", at == count - 1),
            Button(f"{REMOVE}:{name}", "✕", f"Bỏ {words}"),
        ]
        common: dict[str, Any] = {
            "name": name,
            "label": words[:1].upper() + words[1:],
            "faults": self.faults.get(path, ()),
            "has_focus": path == self.focus,
            "buttons": buttons,
        }
        if one.widget is Widget.parts:
            # Words first: the id beside them is made from them.
            fields = sorted(one.fields, key=lambda sub: sub.name == "id")
            inner = [self._field(sub, typed[sub.name], (*path, sub.name)) for sub in fields]
            return Drawn(kind="entry", inner=inner, **common)
        groups = self._choices(one, typed) if one.widget is Widget.selects else ()
        kind = Widget.select if groups else Widget.text
        is_short = one.is_short and "\n" not in typed
        return Drawn(kind=kind.value, value=typed, groups=groups, rows=rows_of(typed), is_short=is_short, **common)

    def _choices(self, one: Field, value: str) -> list[tuple[str, Options]]:
        groups: list[tuple[str, Options]] = {
            "fields": [("", self.offered.fields)],
            "forms": [("", self.offered.forms)],
            "cases": list(self.offered.cases),
        }.get(one.offered, [("", one.options)])
        known = {value for _, options in groups for value, _ in options}
        gone = [(value, f"{value} (không còn)")] if value and value not in known else []
        return [("", [("", "— Chọn —" if one.required or one.offered == "cases" else "—"), *gone]), *groups]


def name_of(path: Iterable[Any]) -> str:
    """The name that a part is sent under."""
    return ".".join(map(str, path))


def rows_of(text: str) -> int:
    """How many lines a box needs to show a text."""
    lines = sum(1 + len(line) // _IN_A_LINE for line in text.split("\n"))
    return min(max(lines, 1), _MOST_LINES)


def title_of(path: Path, fields: Sequence[Field] | None = None) -> str:
    """Where a part stands, in words: 'Giấy tờ 3 › Tên giấy'."""
    fields = fields or fields_of()
    said: list[str] = []
    found: Field | None = None
    for part in path:
        if isinstance(part, int):
            if said and found is not None:
                entry = found.label.entry or "mục"
                said[-1] = f"{entry[:1].upper()}{entry[1:]} {part + 1}"
            continue
        found = next((one for one in fields if one.name == part), None)
        if found is None:
            return " › ".join([*said, str(part)])
        said.append(found.label.name)
        fields = found.fields
    return " › ".join(said)
