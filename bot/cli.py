"""The command line: `python -m bot …`. Imports stay inside the commands, so that each starts fast."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.kb import kb
from bot.settings import Settings
from bot.users import users

app = typer.Typer(help="Trợ lý Một cửa", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(kb, name="kb")
app.add_typer(users, name="users")
# Tables are wider than the 80 columns that a pipe is taken for.
_console = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 140)


@app.command()
def serve() -> None:
    """Prepare what is missing, start all processes and print the address."""
    from bot import serve as serving

    serving.serve(Settings())


@app.command()
def prepare() -> None:
    """Weights, knowledge check, index and Rasa model, each only if its sources changed."""
    from bot import prepare as preparing

    preparing.prepare(Settings(), console=_console)


@app.command()
def search(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON question a line in, one result a line out.")
    ] = False,
) -> None:
    """Search alone: questions from standard input, one a line."""
    from bot.search.finder import Finder
    from bot.search.lines import answer_json, answer_text

    settings = Settings()
    if not settings.index.exists():
        prepare()
    finder, names = Finder.of(settings), _names()
    for line in sys.stdin:
        if line.strip():
            print(answer_json(line, finder, names) if as_json else answer_text(line, finder, names), flush=True)


@app.command()
def chat() -> None:
    """Talk in the terminal to the running assistant, or start one for the talk."""
    from bot.terminal import talk

    talk(Settings(), _console)


@app.command(name="eval")
def evaluate(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Question sets, one a folder; those of tests/questions if none.")
    ] = None,
    readme: Annotated[bool, typer.Option("--readme", help="Write the results into README.md, too.")] = False,
) -> None:
    """Measure the answers on question sets, beside two baselines; print the tables, save them, show what flipped."""
    from bot.evaluation.readme import write
    from bot.evaluation.run import SETS, run
    from bot.settings import ROOT

    results = run(Settings(), _console, folders or SETS)
    if readme:
        write(ROOT / "README.md", results)


@app.command()
def golden() -> None:
    """Ask the questions that must always be answered rightly; exit 1 and say what was found instead if one is not."""
    from bot.evaluation.golden import run

    if faults := run(Settings(), _console):
        for fault in faults:
            _console.print(fault, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1)


@app.command()
def dialogues(
    path: Annotated[
        Path | None, typer.Argument(help="A file of dialogues, or a folder; tests/dialogues if none.")
    ] = None,
    at: Annotated[str, typer.Option("--at", help="A running assistant, e.g. http://127.0.0.1:8000")] = "",
) -> None:
    """Hold the scripted dialogues and judge every turn; exit 1 if too few go right or one ends in an error."""
    from bot.evaluation.dialogues import DIALOGUES, run

    if not run(Settings(), _console, path or DIALOGUES, at):
        raise typer.Exit(1)


@app.command()
def words() -> None:
    """Print all that the assistant can say outside the records, as a table."""
    from bot.answers.words import as_table

    print(as_table())


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The questions.jsonl of a run.")],
    after: Annotated[Path, typer.Argument(help="That of a later run on the same set.")],
) -> None:
    """Show the questions whose outcome differs between two evaluations."""
    from bot.evaluation.flips import flip_table
    from bot.evaluation.saved import load_rows

    flip_table(load_rows(before), load_rows(after)).show(_console)


@app.command()
def ablate(
    folder: Annotated[Path | None, typer.Argument(help="A question set; that of development if none.")] = None,
) -> None:
    """Measure what each part of the search adds, by taking one away at a time."""
    from bot.evaluation.ablation import ablate as run
    from bot.evaluation.run import SETS

    table = run(Settings(), _console, folder or SETS[0])
    table.show(_console)
    print(table.as_markdown())


@app.command()
def bench() -> None:
    """Time a turn, the search, the start and the memory beside the stock Rasa bot."""
    from bot.evaluation.bench import bench as run

    run(Settings(), _console)


@app.command()
def screenshots() -> None:
    """Take the README's pictures anew, of an assistant started for it (needs Chromium)."""
    from bot.evaluation.screenshots import run

    run(Settings(), _console)


@app.command()
def scale(source: Annotated[Path, typer.Argument(help="An export of the portal (.jsonl, .jsonl.gz).")]) -> None:
    """Import every procedure of an export into a scratch folder, index and search it, beside our own listing."""
    from bot.evaluation.scale import scale as run

    run(Settings(), _console, source)


@app.command()
def calibrate() -> None:
    """Learn the decision's thresholds again on the development set, and keep them in the repository."""
    from bot.evaluation.calibrate import calibrate as learn

    learn(Settings(), _console.print).save()


@app.command()
def tune(
    hold_out: Annotated[
        str, typer.Option("--hold-out", help="Fields, with commas: keep nothing, measure how those are found untaught.")
    ] = "",
) -> None:
    """Teach the encoder the labelled questions again (a quarter of an hour) and keep the adapter in the repository."""
    from bot.search.lessons import tune_encoder

    tune_encoder(Settings(), _console.print, [name for name in hold_out.split(",") if name])


def _names() -> dict[str, str]:
    from bot.knowledge.live import load_version

    settings = Settings()
    return load_version(settings).listing.names


def main() -> None:
    """Run a command; what an operator can mend is said in one line, without a traceback."""
    from bot.evaluation.chromium import ChromiumMissing
    from bot.knowledge.official.raw import SourceError
    from bot.knowledge.yaml_lines import RecordError
    from bot.prepare import PrepareError
    from bot.supervisor import ServeError

    try:
        app()
    except (RecordError, SourceError, PrepareError, ServeError, ChromiumMissing, FileNotFoundError) as fault:
        _console.print(str(fault), style="red", markup=False, soft_wrap=True)
        raise SystemExit(1) from None
