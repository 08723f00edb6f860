"""An index brought up to date since it was built, kept beside it so that a start need not do the same again.

The one that was built is never touched: prepare knows it by its files.
"""

from __future__ import annotations

import logging
from pathlib import Path

from bot.search.index import Index, read, read_from, write
from bot.settings import Settings

BUILT = "built"  # names the index that the one kept was made from
_log = logging.getLogger(__name__)


def keep(index: Index, settings: Settings) -> None:
    """Write it; one that was kept before goes."""
    folder = _folder(settings)
    write(index, folder)
    (folder / BUILT).write_text(_stamp(settings), encoding="ascii")  # the last: without it, it is not read


def newest(settings: Settings) -> Index:
    """The one kept, if it was made from the index there is now, else that. Raises FileNotFoundError as `read` does."""
    folder = _folder(settings)
    try:
        if (folder / BUILT).read_text(encoding="ascii") == _stamp(settings):
            return read_from(folder)
    except FileNotFoundError:
        pass
    except Exception:  # of a file cut off; what was built is whole
        _log.exception("the index kept cannot be used")
    return read(settings)


def _folder(settings: Settings) -> Path:
    return settings.index.with_name(f"{settings.index.name}-updated")


def _stamp(settings: Settings) -> str:
    about = (settings.index / "model.joblib").stat()
    return f"{about.st_mtime_ns} {about.st_size}"
