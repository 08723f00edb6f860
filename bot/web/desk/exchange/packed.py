"""What is refused before a packed file is unpacked: too much in it, or things that only an attack holds."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from pathlib import Path

from bot.web.desk.exchange.faults import Unreadable

MOST_UNPACKED = 150_000_000  # bytes; all records of the country's communes take 5
MOST_PARTS = 5_000
MOST_ROWS = 200_000  # a row's number far below the others would have all rows between made
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_PIECE, _OVERLAP = 1 << 20, 512


def open_zip(path: Path) -> zipfile.ZipFile:
    """A zip file that may be unpacked. Raises Unreadable."""
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("Tệp nén bị hỏng hoặc bị cắt cụt.") from error
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        packed.close()
        raise Unreadable(
            f"Tệp giải nén ra quá lớn: chỉ nhận đến {MOST_UNPACKED // 1_000_000} MB và {MOST_PARTS} tệp con."
        )
    if any(part.flag_bits & 1 for part in parts):
        packed.close()
        raise Unreadable("Tệp nén có mật khẩu. Bạn bỏ mật khẩu rồi gửi lại.")
    return packed


def read_part(packed: zipfile.ZipFile, name: str) -> bytes:
    """One file out of a zip, never more than its directory says. Raises Unreadable."""
    try:
        with packed.open(name) as part:
            content = part.read(packed.getinfo(name).file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Unreadable(f"{name}: không giải nén được, tệp nén bị hỏng.") from error
    return content


def check_workbook(packed: zipfile.ZipFile) -> None:
    """Look through the XML of an Excel file without building anything. Raises Unreadable."""
    for name in packed.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            with packed.open(name) as part:
                _look_through(part, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise Unreadable(f"{name}: không giải nén được, tệp Excel bị hỏng.") from error


def _look_through(part: object, name: str) -> None:
    before = b""
    while piece := part.read(_PIECE):  # type: ignore[attr-defined]
        seen = before + piece
        if _DECLARED.search(seen):
            raise Unreadable(f"{name}: có khai báo lạ (DOCTYPE), không phải tệp do Excel lưu.")
        if any(int(row) > MOST_ROWS for row in _ROW.findall(seen)):
            raise Unreadable(f"{name}: có hơn {MOST_ROWS} dòng, không phải danh sách thủ tục.")
        before = seen[-_OVERLAP:]


def unpack_gzip(path: Path, into: Path) -> None:
    """Unpack a .gz file, up to the limit. Raises Unreadable."""
    total = 0
    try:
        with gzip.open(path, "rb") as packed, into.open("wb") as out:
            while piece := packed.read(_PIECE):
                total += len(piece)
                if total > MOST_UNPACKED:
                    raise Unreadable(f"Tệp giải nén ra quá lớn: chỉ nhận đến {MOST_UNPACKED // 1_000_000} MB.")
                out.write(piece)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable("Tệp nén bị hỏng hoặc bị cắt cụt.") from error
