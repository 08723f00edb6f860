"""`python -m bot kb …`: what an editor does with the knowledge.

Imports stay inside the commands, so that each starts fast.

Exit codes: 0 all is well; 1 something needs work, or an input could not be taken; 2 the command was called wrongly.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.knowledge.imports import Planned
    from bot.knowledge.listing import Listing
    from bot.knowledge.procedure import Procedure

kb = typer.Typer(help="The knowledge base: check, import, export, compare with the portal.", no_args_is_help=True)
# What is asked for goes to standard output, remarks to standard error; a pipe is wide enough for tables.
_out = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
_err = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 200)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")]
Source = Annotated[
    Path, typer.Argument(help="The portal's JSON answers (file or folder), an export (.jsonl, .jsonl.gz), or .xlsx.")
]


@kb.command()
def check() -> None:
    """Check records, wards, signposts and clarifications: schema, references, language, dates. Exit 1 on faults."""
    from bot.knowledge import checks
    from bot.knowledge.clarifications import load_clarifications
    from bot.knowledge.local import load_ward_listing
    from bot.knowledge.signposts import load_signposts
    from bot.knowledge.words import load_words

    settings = Settings()
    records = _listing(settings)
    faults = checks.faults(records)
    for ward in sorted((settings.knowledge / "wards").glob("*.yml")):
        local, _ = load_ward_listing(settings.knowledge, ward.stem)
        faults += [fault for fault in checks.faults(local) if fault not in faults]
    signposts = load_signposts(settings.knowledge / "signposts.yml")
    clarifications = load_clarifications(settings.knowledge / "clarifications", records.procedures)
    load_words(settings.knowledge / "words.yml")
    for warning in checks.warnings(records, today=date.today()):
        _err.print(f"warning: {warning}", markup=False)
    for fault in faults:
        _err.print(fault, markup=False, style="red", soft_wrap=True)
    _err.print(
        f"{len(records)} records, {len(records.briefs)} known in brief, {len(signposts)} signposts, "
        f"{len(clarifications.by_id)} clarifications: {len(faults)} faults"
    )
    raise typer.Exit(1 if faults else 0)


@kb.command(name="import")
def import_(
    sources: Annotated[
        list[Path], typer.Argument(help="What `kb drift` takes, or a spreadsheet that `kb export` wrote.")
    ],
    into: Annotated[Path | None, typer.Option(help="The folder of the drafts; knowledge/drafts if left out.")] = None,
    dry_run: DryRun = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Only the counts, no differences.")] = False,
) -> None:
    """Make drafts. A record, or a draft that a person has changed, is never overwritten: the difference is shown."""
    from bot.knowledge import imports

    settings = Settings()
    folder, listing = into or settings.knowledge / imports.FOLDER, _listing(settings)
    # All sources are read before anything is written: one that is broken changes nothing.
    planned = [each for source in sources for each in _plan(source, listing, folder)]
    if not quiet:
        for each in planned:
            _show(each)
    if not dry_run:
        imports.write(planned)
    for outcome in imports.Outcome:
        if count := sum(each.outcome is outcome for each in planned):
            _out.print(f"{count:6} {outcome.value}")
    written = sum(each.is_written for each in planned)
    _out.print(f"{written} drafts {'would be ' if dry_run else ''}written to {folder}", markup=False, soft_wrap=True)


@kb.command()
def export(
    path: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
    codes: Annotated[list[str] | None, typer.Argument(help="Only these procedures.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Write the records as a spreadsheet that `kb import` reads back without loss."""
    from bot.knowledge.spreadsheet import write_spreadsheet

    if path.suffix != ".xlsx":
        raise typer.BadParameter("the file's name must end in .xlsx")
    listing = _listing(Settings())
    if unknown := [code for code in codes or () if code not in listing]:
        raise typer.BadParameter(f"no record: {', '.join(unknown)}")
    records = [listing[code] for code in codes] if codes else list(listing)
    if not dry_run:
        write_spreadsheet(records, path)
    _out.print(
        f"{len(records)} records {'would be ' if dry_run else ''}written to {path}", markup=False, soft_wrap=True
    )


@kb.command()
def briefs(
    source: Source,
    checked_on: Annotated[str, typer.Option(help="The day of the export, like 2026-07-18; today if left out.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Make knowledge/briefs.csv anew: every commune procedure of the country without a record, by its facts alone."""
    from bot.knowledge import briefs as brief
    from bot.knowledge.official.read import read_official

    settings = Settings()
    day = _day(checked_on) if checked_on else date.today()
    listing, path = _listing(settings), settings.knowledge / brief.FILE
    made = brief.briefs_of(read_official(source), listing.procedures, checked_on=day)
    _out.print(
        f"{len(made)} procedures, {len(set(made) - set(listing.briefs))} of them new, "
        f"{len(set(listing.briefs) - set(made))} gone, "
        f"{sum(listing.briefs.get(code) not in (None, each) for code, each in made.items())} changed"
    )
    if not made:
        raise typer.BadParameter(f"{source} holds no procedure of communes with its facts: nothing written")
    if not dry_run:
        path.write_text(brief.briefs_as_csv(made.values()), encoding="utf-8")
    _out.print(f"{'would be ' if dry_run else ''}written to {path}", markup=False, soft_wrap=True)


@kb.command()
def drift(
    source: Source,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what agrees, or whose difference is explained.")
    ] = False,
) -> None:
    """Compare the records with a newer export: gone, new, and facts that changed. Exit 1 if there is work to do."""
    from bot.knowledge.drift import State
    from bot.knowledge.drift import drift as compare
    from bot.knowledge.official.read import read_official

    listing, officials = _listing(Settings()), read_official(source)
    complete = any(official.complete for official in officials.values())
    found = compare(listing, officials)
    table = Table("code", "fact", "record", "portal", "state", box=None, header_style="bold")
    for row in found.rows if everything else found.open_rows:
        table.add_row(row.code, row.fact, row.ours, row.official, f"{row.state.value} {row.why}".strip())
    if table.row_count:
        _out.print(table)
    for code in found.gone:
        _out.print(f"gone   {code}  {listing[code].name}", markup=False)
    for official in found.new:
        _out.print(f"new    {official.code}  {official.name}", markup=False)
    counts = Table("fact", *(state.value for state in State), box=None, header_style="bold")
    for fact in dict.fromkeys(row.fact for row in found.rows):
        states = [row.state for row in found.rows if row.fact == fact]
        counts.add_row(fact, *(str(states.count(state)) for state in State))
    if complete:
        _out.print(counts)
    else:
        _out.print("This source only names procedures: facts were not compared.")
    _out.print(
        f"{len(listing)} records, {len(found.gone)} gone, {len(found.new)} new for communes, "
        f"{len(found.open_rows)} facts to look at"
    )
    raise typer.Exit(1 if found.open_rows or found.gone or found.new else 0)


@kb.command()
def stats() -> None:
    """Records by field, questions per record, age of the checks."""
    settings = Settings()
    listing = _listing(settings)
    today = date.today()
    table = Table("field", "records", "questions", "fewest", "reviewed", "oldest check", box=None, header_style="bold")
    for key, name in listing.fields.items():
        if records := [procedure for procedure in listing if procedure.field == key]:
            table.add_row(name, *_stats(records, today))
    table.add_row("all", *_stats(list(listing), today), style="bold")
    _out.print(table)
    _out.print(f"known in brief: {len(listing.briefs)}")
    online = sum(any(filing.channel.value == "online" for filing in procedure.channels) for procedure in listing)
    _out.print(f"with an online channel: {online}; with cases: {sum(bool(p.cases) for p in listing)}")


@kb.command()
def schema(
    path: Annotated[Path | None, typer.Argument(help="Where to; docs/record.schema.json if left out.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Write the JSON Schema of a record, for editors whose program can use it."""
    from bot.knowledge.record_schema import FILE, record_schema

    target = path or FILE
    if not dry_run:
        target.write_text(record_schema(), encoding="utf-8")
    _out.print(f"{'would be ' if dry_run else ''}written to {target}", markup=False, soft_wrap=True)


def _listing(settings: Settings) -> Listing:
    from bot.knowledge import listing

    return listing.load(settings.knowledge)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no day like 2026-07-18") from None


def _plan(source: Path, listing: Listing, folder: Path) -> list[Planned]:
    from bot.knowledge import imports
    from bot.knowledge import listing as listings
    from bot.knowledge.official.raw import SourceError
    from bot.knowledge.official.read import read_official
    from bot.knowledge.procedure import Draft
    from bot.knowledge.spreadsheet import is_our_spreadsheet, read_spreadsheet

    if source.suffix == ".xlsx" and source.exists() and is_our_spreadsheet(source):
        from pydantic import ValidationError

        records = []
        for place, data in read_spreadsheet(source):
            try:
                records.append(Draft.parse_obj(data))
            except ValidationError as error:
                lines = "\n".join(
                    f"{place}: {'.'.join(map(str, fault['loc']))}: {listings.in_words(fault)}"
                    for fault in error.errors()
                )
                raise SourceError(lines) from error
        return imports.plan_records(records, listing, folder)
    return imports.plan_official(read_official(source).values(), listing, folder, today=date.today())


def _show(planned: Planned) -> None:
    if planned.outcome.value == "unchanged":
        return
    _out.print(f"{planned.code}  {planned.outcome.value}  {planned.path.name}", style="bold", markup=False)
    for line in planned.lines:
        style = {"+": "green", "-": "red"}.get(line[:1])
        _out.print(f"    {line}", style=style, markup=False, soft_wrap=True)


def _stats(records: list[Procedure], today: date) -> tuple[str, ...]:
    questions = [len(procedure.questions) for procedure in records]
    oldest = max((today - procedure.source.checked_on).days for procedure in records)
    reviewed = sum(procedure.reviewed for procedure in records)
    return str(len(records)), str(sum(questions)), str(min(questions)), str(reviewed), f"{oldest} days"
