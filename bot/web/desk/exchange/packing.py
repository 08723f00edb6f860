"""Everything in force as one package: a folder of knowledge that the program can start with, and two spreadsheets."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from bot.knowledge import listing as listings
from bot.knowledge.listing import Listing
from bot.knowledge.overlay import PROCEDURES, REMOVED, Overlay, code_of
from bot.knowledge.spreadsheet import write_spreadsheet
from bot.knowledge.versions import Versions
from bot.settings import Settings
from bot.web.desk.sheets import cells

KNOWLEDGE = "knowledge"
_README = """Gói này là toàn bộ dữ liệu đang dùng của trợ lý, lúc {at}.

knowledge/     từng thủ tục, thông tin phường và các tệp đi kèm, đúng dạng thư mục knowledge/
version.json   bản nào đang dùng, ai xuất bản, lúc nào
{removed}thu-tuc.xlsx   mọi thủ tục trong một bảng tính, sửa rồi nhập lại được
danh-muc.xlsx  danh mục thủ tục để đọc và in

Nhập lại: bàn làm việc, mục "Nhập, xuất", gửi cả gói này hoặc tệp thu-tuc.xlsx.
"""


def package(settings: Settings, now: datetime) -> bytes:
    """A zip file with all that is in force at this moment."""
    versions = Versions(settings.published_folder)
    number = versions.current()
    overlay = versions.overlay(number)
    listing = national(settings, overlay)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, path in sorted(_files(settings, overlay)):
            packed.write(path, f"{KNOWLEDGE}/{name}")
        if overlay.removed:
            packed.writestr(REMOVED, "".join(f"{code}\n" for code in sorted(overlay.removed)))
        packed.writestr("version.json", _about(versions, number, settings, now))
        packed.writestr("thu-tuc.xlsx", spreadsheet(listing))
        packed.writestr("danh-muc.xlsx", directory(listing))
        line = "removed.txt    mã các thủ tục đã bỏ khỏi danh mục\n" if overlay.removed else ""
        packed.writestr("doc-truoc.txt", _README.format(at=f"{now:%H:%M %d/%m/%Y}", removed=line))
    return out.getvalue()


def national(settings: Settings, overlay: Overlay) -> Listing:
    """The records as they are written, without what holds in the ward only."""
    return listings.load(settings.knowledge, more=settings.knowledge / "wards" / settings.ward, overlay=overlay)


def _files(settings: Settings, overlay: Overlay) -> Iterator[tuple[str, Path]]:
    """Every file in force with its path in `knowledge/`."""
    knowledge, ward = settings.knowledge, settings.ward
    own = {path: path.relative_to(knowledge) for path in _records(settings)}
    for path in overlay.over(sorted(own)):
        # What was published of a record of the ward's own belongs beside its profile, as that one does.
        mine = next((place for file, place in own.items() if code_of(file) == code_of(path)), None)
        yield str(mine if mine else _in_procedures(path)), path
    yield f"wards/{ward}.yml", overlay.wards.get(ward, knowledge / "wards" / f"{ward}.yml")
    for path in sorted(knowledge.glob("*.*")):
        yield path.name, path
    for path in sorted((knowledge / "clarifications").glob("*.yml")):
        yield f"clarifications/{path.name}", path


def _records(settings: Settings) -> list[Path]:
    folders = (settings.knowledge / PROCEDURES, settings.knowledge / "wards" / settings.ward)
    return [path for folder in folders for path in folder.rglob("*.yml")]


def _in_procedures(path: Path) -> Path:
    return Path(PROCEDURES, path.parent.name, path.name)


def _about(versions: Versions, number: int, settings: Settings, now: datetime) -> str:
    about = {"number": number, "ward": settings.ward, "exported_at": now.isoformat()}
    if number:
        version = versions.version(number)
        about |= {"at": version.at.isoformat(), "by": version.by, "why": version.why}
    return json.dumps(about, ensure_ascii=False, indent=1)


def spreadsheet(listing: Listing) -> bytes:
    """All records as the spreadsheet that can be taken in again."""
    with tempfile.TemporaryDirectory(prefix="xuat-") as folder:
        path = Path(folder) / "thu-tuc.xlsx"
        write_spreadsheet(listing, path)
        return path.read_bytes()


def directory(listing: Listing) -> bytes:
    """The listing to read and to print: one row a procedure."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh mục"
    sheet.append(["Mã", "Tên", "Tên chính thức", "Lĩnh vực", "Quyết định", "Ngày công bố", "Ngày xem lại"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for procedure in listing:
        source = procedure.source
        row = [
            procedure.code,
            procedure.name,
            procedure.official_name,
            listing.fields.get(procedure.field, procedure.field),
            source.decision,
            source.published_on,
            source.checked_on,
        ]
        sheet.append(cells(sheet, row))
    for letter, width in zip("ABCDEFG", (12, 50, 70, 28, 24, 14, 14)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
