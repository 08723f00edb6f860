"""Files for browsers, under an address that changes with their content: they may be kept for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).with_name("assets")
HTMX = ("django_htmx", "static/django_htmx")  # the desk's helper, out of a wheel
FOR_EVER = "public, max-age=31536000, immutable"


class Assets:
    """The files of `bot/web/assets`, their version, and where each is found."""

    def __init__(self) -> None:
        self.version = _version(FOLDER)
        self.app = _Lasting(directory=FOLDER, packages=[HTMX])
        # The one file whose address stands on other websites; it names the version of the rest.
        self.widget = (FOLDER / "widget.js").read_text(encoding="utf-8").replace("{version}", self.version)

    @property
    def prefix(self) -> str:
        """The path below which all files lie, relative to one another as in the folder."""
        return f"/assets/{self.version}"

    def path(self, name: str) -> str:
        """The path of one file. Raises FileNotFoundError for a file that isn't there."""
        if not self.app.lookup_path(name)[1]:
            raise FileNotFoundError(FOLDER / name)
        return f"{self.prefix}/{name}"


class _Lasting(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        if "\0" in path:  # no part of any path; the file system would refuse it less politely
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER
        return response


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
