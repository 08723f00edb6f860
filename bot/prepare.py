"""What must exist before serving, each part made again only when what it is made from has changed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.knowledge.imports import FOLDER as DRAFTS
from bot.processes import environment, last_lines, module
from bot.settings import ROOT, Settings

Report = Callable[[float], None]  # takes the share done, 0 to 1


class PrepareError(Exception):
    """Why serving cannot start, and what to do about it, in words for the person at the terminal."""


@dataclass(frozen=True)
class Step:
    """One part: how to make it, what it is made from (files, folders, values), and the file or folder that results."""

    name: str
    make: Callable[[Report], None]
    made_from: tuple[Path | str, ...]
    result: Path | None = None

    def fingerprint(self) -> str:
        """Changes exactly when the content of something this part is made from does."""
        digest = hashlib.sha256()
        for source in self.made_from:
            for name, content in _contents(source):
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
        return digest.hexdigest()


def prepare(settings: Settings, *, console: Console) -> None:
    """Make what is missing or out of date, one printed line a part. Raises PrepareError."""
    state = settings.var / "state.json"
    with _alone(settings.var, console):
        for step in steps(settings, console):
            fingerprint = step.fingerprint()
            done = _read(state)
            if done.get(step.name) == fingerprint and (step.result is None or step.result.exists()):
                console.print(f"  {step.name}: unchanged", style="dim")
                continue
            started = time.monotonic()
            _make(step, console)
            _write(state, {**done, step.name: fingerprint})
            console.print(f"  {step.name}: done in {time.monotonic() - started:.1f} s", highlight=False)


def steps(settings: Settings, console: Console) -> list[Step]:
    """The parts in the order in which they are made."""
    # Drafts are read by nobody yet.
    knowledge = sorted(path for path in settings.knowledge.iterdir() if path.name != DRAFTS)
    words, aspects = settings.knowledge / "words.yml", ROOT / "bot" / "answers" / "aspects.py"
    model, text = ROOT / "bot" / "knowledge", ROOT / "bot" / "text"
    # Not the calibration beside it: what is decided on a ranking does not change the index.
    search = sorted((ROOT / "bot" / "search").glob("*.py"))
    data, configuration, domain = settings.nlu.parent, ROOT / "config.yml", ROOT / "domain.yml"
    encoder = ROOT / "bot" / "encoder"
    weights = Step(
        "Encoder weights",
        lambda report: _unpack_weights(settings, report),
        (encoder / "weights.py",),
        settings.weights,
    )
    return [
        *([] if settings.encoder else [weights]),
        Step(
            "Knowledge check",
            lambda report: _check_knowledge(settings, console),
            (*knowledge, model, settings.ward),
        ),
        Step("Encoder", lambda report: _build_encoder(settings), (encoder, settings.encoder), settings.encoder_folder),
        Step(
            "Search index",
            lambda report: _build_index(settings, report),
            (*knowledge, settings.ward, settings.nlu, model, *search, text, encoder, settings.encoder),
            settings.index,
        ),
        Step(
            "Rasa model",
            lambda report: _train(settings, data, configuration, domain),
            (configuration, domain, data, words, ROOT / "bot" / "nlu", aspects, text, encoder, settings.encoder),
            settings.var / "models" / "assistant.tar.gz",
        ),
    ]


def _unpack_weights(settings: Settings, report: Report) -> None:
    from bot.encoder import weights

    try:
        weights.unpack(weights.find_source(), settings.weights, report)
    except FileNotFoundError as error:
        raise PrepareError(f"{error}. Run 'make setup', or name an encoder of your own: ENCODER=…") from error


def _build_encoder(settings: Settings) -> None:
    from bot.encoder.build import build

    build(settings)


def _check_knowledge(settings: Settings, console: Console) -> None:
    from bot.knowledge import checks
    from bot.knowledge.live import load_version
    from bot.knowledge.yaml_lines import RecordError

    faults: list[str] = []
    try:
        faults += checks.faults(load_version(settings, 0).listing)
        load_version(settings)  # what editors published has to fit this release; how well it reads was seen to then
    except RecordError as error:
        faults += str(error).splitlines()
    for fault in faults:
        console.print(fault.replace(f"{ROOT}/", ""), style="red", markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise PrepareError(f"The knowledge has {len(faults)} fault(s), listed above. Mend them and try again.")


def _build_index(settings: Settings, report: Report) -> None:
    from bot.search import index

    index.build(settings, report)


def _train(settings: Settings, data: Path, configuration: Path, domain: Path) -> None:
    log = settings.var / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # Forced, since Rasa's own cache looks at the source of a component's class but not at what that class calls. What
    # the data says is validated by the tests: that takes as long as a sixth of the training.
    command = module(
        "rasa",
        "train",
        "--force",
        "--skip-validation",
        *("--fixed-model-name", "assistant"),
        *("--out", settings.var / "models"),
        *("--data", data),
        *("--config", configuration),
        *("--domain", domain),
    )
    with log.open("wb") as output:
        trained = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if trained.returncode:
        raise PrepareError(f"Training the Rasa model failed; the end of {log}:\n{last_lines(log)}")


def _make(step: Step, console: Console) -> None:
    if not console.is_terminal:
        console.print(f"  {step.name} …")
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(step.name, total=None)
        step.make(lambda share: progress.update(task, completed=share, total=1.0))


def _contents(source: Path | str) -> Iterator[tuple[str, bytes]]:
    if isinstance(source, str):
        yield source, b""
    elif source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."):
                yield str(path.relative_to(source)), path.read_bytes()
    elif source.exists():
        yield source.name, source.read_bytes()


def _read(state: Path) -> dict[str, str]:
    try:
        done = json.loads(state.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return done if isinstance(done, dict) else {}


def _write(state: Path, done: dict[str, str]) -> None:
    partial = state.with_name(state.name + ".partial")
    partial.write_text(json.dumps(done, indent=1), encoding="utf-8")
    os.replace(partial, state)


@contextmanager
def _alone(var: Path, console: Console) -> Iterator[None]:
    """Hold the folder's lock, so that two that start at once don't write the same files."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "prepare.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("  Waiting for another 'prepare' to finish …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
