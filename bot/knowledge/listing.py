"""The ward's listing: every procedure of `knowledge/procedures/`, loaded and validated as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge import yaml_lines
from bot.knowledge.briefs import FILE, Brief, load_briefs
from bot.knowledge.overlay import NOTHING, Overlay
from bot.knowledge.procedure import Procedure
from bot.knowledge.yaml_lines import RecordError

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Listing:
    """All procedures by code, in the order of their files, the names of their fields, and what is known in brief."""

    procedures: dict[str, Procedure]
    fields: dict[str, str]
    briefs: dict[str, Brief] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        """What a citizen reads for each code, those known in brief included."""
        written = {procedure.code: procedure.name for procedure in self}
        return {**{code: brief.name for code, brief in self.briefs.items()}, **written}

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self.procedures.values())

    def __len__(self) -> int:
        return len(self.procedures)

    def __getitem__(self, code: str) -> Procedure:
        return self.procedures[code]

    def __contains__(self, code: str) -> bool:
        return code in self.procedures


def load(knowledge: Path, more: Path | None = None, overlay: Overlay = NOTHING) -> Listing:
    """Load every record below `knowledge/procedures`, and below `more` if that folder is there, as an overlay has them.

    Raises RecordError with one line a fault (`file:line: …`) over all files.
    """
    faults: list[str] = []
    procedures: dict[str, Procedure] = {}
    fields, _ = yaml_lines.read(knowledge / "fields.yml")
    folders = [knowledge / "procedures", *([more] if more else [])]
    ours = [path for folder in folders for path in sorted(folder.rglob("*.yml"))]
    for path in overlay.over(ours):
        try:
            procedure = _unchanged(path, *_stamp(path))
        except RecordError as error:
            faults.append(str(error))
            continue
        if procedure.field not in fields:
            faults.append(f"{path}:1: field '{procedure.field}' is not one of {', '.join(fields)}")
        if procedure.code in procedures:
            faults.append(f"{path}:1: code {procedure.code} already has a record")
        procedures[procedure.code] = procedure
    briefs = load_briefs(knowledge / FILE)
    # A record that did not load is not missing: references are judged once all have loaded.
    procedures = {code: _without(procedure, overlay.removed) for code, procedure in procedures.items()}
    faults = faults or _dangling(procedures, knowledge)
    if faults:
        raise RecordError("\n".join(faults))
    # What has been written out since counts; its row goes when the file is made next.
    briefs = {code: brief for code, brief in briefs.items() if code not in procedures and code not in overlay.removed}
    return Listing(procedures=procedures, fields=fields, briefs=briefs)


@lru_cache(2048)
def _unchanged(path: Path, changed_at: int, size: int) -> Procedure:
    """A record read once for as long as its file stays as it is: of a new version most records are the old ones."""
    return load_procedure(path)


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


def _without(procedure: Procedure, removed: Collection[str]) -> Procedure:
    """The record without its neighbours that are listed no more."""
    if not removed:
        return procedure
    kept = {
        kind: [neighbour for neighbour in getattr(procedure, kind) if neighbour.code not in removed]
        for kind in ("related", "confusable")
    }
    return procedure.copy(update=kept)


def load_procedure(path: Path, model: type[Procedure] = Procedure) -> Procedure:
    """Load one record, or with `Draft` one draft. Raises RecordError, one line a fault."""
    data, lines = yaml_lines.read(path)
    procedure = validate(model, data, lines, path)
    faults = _inner_references(procedure, lines, path)
    if not path.name.startswith(procedure.code):
        faults.append(f"{path}:{lines.get(('code',), 1)}: the file's name must start with the code {procedure.code}")
    if faults:
        raise RecordError("\n".join(faults))
    return procedure


def validate(model: type[Model], data: object, lines: dict[yaml_lines.Location, int], path: Path) -> Model:
    """Check data against a model. Raises RecordError naming file, line, key and what is allowed."""
    if not isinstance(data, dict):
        raise RecordError(f"{path}:1: expected keys and values, found {type(data).__name__}")
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        raise RecordError(
            "\n".join(
                f"{path}:{yaml_lines.line_of(fault['loc'], lines)}: "
                f"{'.'.join(map(str, fault['loc']))}: {in_words(fault)}"
                for fault in error.errors()
            )
        ) from error


def in_words(fault: Any) -> str:
    """What is wrong with a part, for the person who wrote it."""
    context = fault.get("ctx", {})
    if "enum_values" in context:
        return f"must be one of {', '.join(value.value for value in context['enum_values'])}"
    if fault["type"] == "value_error.extra":
        return "this key is not part of a record (a slip of the pen?)"
    if fault["type"] == "value_error.missing":
        return "this part is required and missing"
    return fault["msg"]


def _inner_references(procedure: Procedure, lines: dict, path: Path) -> list[str]:
    refs, forms = procedure.case_refs(), {form.id for form in procedure.forms}
    faults = []
    for index, document in enumerate(procedure.documents):
        line = yaml_lines.line_of(("documents", index), lines)
        faults += [
            f"{path}:{line}: documents.{index}.when: '{ref}' is no case of this record; allowed: "
            f"{', '.join(sorted(refs)) or 'none'}"
            for ref in document.when
            if ref not in refs
        ]
        if document.form and document.form not in forms:
            faults.append(f"{path}:{line}: documents.{index}.form: '{document.form}' is not listed under forms")
    for index, filing in enumerate(procedure.channels):
        line = yaml_lines.line_of(("channels", index), lines)
        faults += [
            f"{path}:{line}: channels.{index}.fees.when: '{ref}' is no case of this record"
            for fee in filing.fees
            for ref in fee.when
            if ref not in refs
        ]
    return faults


def _dangling(procedures: dict[str, Procedure], knowledge: Path) -> list[str]:
    return [
        f"{knowledge / 'procedures'}: {procedure.code} names {neighbour.code} as {kind}, which has no record"
        for procedure in procedures.values()
        for kind, neighbours in (("related", procedure.related), ("confusable", procedure.confusable))
        for neighbour in neighbours
        if neighbour.code not in procedures
    ]
