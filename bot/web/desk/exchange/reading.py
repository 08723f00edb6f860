"""Any file that an editor sends, read whole before anything is kept. What is in it decides, not what it is called."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.knowledge.listing import in_words, validate
from bot.knowledge.official.procedure import Official
from bot.knowledge.official.raw import SourceError
from bot.knowledge.official.read import read_official
from bot.knowledge.procedure import Draft
from bot.knowledge.record_file import as_data
from bot.knowledge.spreadsheet import is_our_spreadsheet, read_spreadsheet
from bot.knowledge.ward import Ward
from bot.knowledge.yaml_lines import RecordError
from bot.knowledge.yaml_lines import read as read_yaml
from bot.store.drafts import WARD
from bot.store.imports import Item, ItemKind
from bot.web.desk.exchange.faults import Unreadable, all_in_vietnamese
from bot.web.desk.exchange.packed import check_workbook, open_zip, read_part, unpack_gzip

_LONGEST_RECORD = 2_000_000  # bytes


class Source(str, Enum):
    """What kind of file it is."""

    answers = "answers"
    lines = "lines"
    portal_list = "portal_list"
    spreadsheet = "spreadsheet"
    package = "package"
    record = "record"


SOURCE_NAMES = {
    Source.answers: "Trả lời của Cổng (JSON)",
    Source.lines: "Bản xuất nhiều thủ tục (JSON, mỗi dòng một thủ tục)",
    Source.portal_list: "Danh sách Excel của Cổng",
    Source.spreadsheet: "Bảng tính của bàn làm việc",
    Source.package: "Gói xuất của bàn làm việc (.zip)",
    Source.record: "Văn bản gốc của một thủ tục (YAML)",
}


@dataclass(frozen=True)
class Taken:
    """All that a file says; `left_out` counts procedures that no commune handles and no record is of."""

    source: Source
    items: tuple[Item, ...]
    left_out: int = 0


def read_upload(path: Path, known: Collection[str], ward: str) -> Taken:
    """Read a file. `known` are the codes that have a record, `ward` the name of the ward's profile.

    Raises Unreadable with every fault that was found.
    """
    with tempfile.TemporaryDirectory(prefix="nhap-") as folder:
        try:
            return _read(path, Path(folder), known, ward)
        except SourceError as error:
            # Where the file lies here says nothing to who sent it.
            raise Unreadable(*all_in_vietnamese(_without_folders(error, folder, path))) from error


def _without_folders(error: SourceError, folder: str, path: Path) -> list[str]:
    places = (*(f"{folder}/tep{ending}:" for ending in (".xlsx", ".jsonl", ".json")), f"{folder}/", f"{path}:")
    lines = str(error).splitlines()
    for place in places:
        lines = [line.replace(place, "").strip() for line in lines]
    return lines


def _read(path: Path, folder: Path, known: Collection[str], ward: str) -> Taken:
    start = path.read_bytes()[:4]
    if not start.strip():
        raise Unreadable("Tệp trống, không có gì để nhập.")
    if start.startswith(b"PK"):
        return _zip(path, folder, known, ward)
    if start.startswith(b"\x1f\x8b"):
        unpacked = folder / "unpacked"
        unpack_gzip(path, unpacked)
        return _text(unpacked, folder, known)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("Đây là tệp Excel kiểu cũ (.xls). Bạn mở bằng Excel, lưu lại kiểu .xlsx rồi gửi.")
    return _text(path, folder, known)


# Text: an answer of the portal, lines of an export, or one record


def _text(path: Path, folder: Path, known: Collection[str]) -> Taken:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"Byte thứ {error.start}: không phải chữ theo mã UTF-8. Chỉ nhận tệp JSON, Excel (.xlsx), .zip và YAML."
        ) from error
    if not text.strip():
        raise Unreadable("Tệp trống, không có gì để nhập.")
    if not text.lstrip().startswith(("{", "[")):
        return Taken(Source.record, (_record_of(text.encode(), "tep.yml", folder),))
    if _is_an_answer(text):
        target = folder / "tep.json"
        target.write_text(text, encoding="utf-8")
        return Taken(Source.answers, tuple(map(_official, read_official(target).values())))
    target = folder / "tep.jsonl"
    target.write_text(text, encoding="utf-8")
    return _of_officials(Source.lines, read_official(target).values(), known)


def _is_an_answer(text: str) -> bool:
    """Whether a text is one answer of the portal rather than lines of an export; what is broken counts by its start."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        first = text.lstrip().splitlines()[0]
        return '"scope"' not in first and '"linh_vuc"' not in first
    return not (isinstance(whole, dict) and "scope" in whole)


def _of_officials(source: Source, officials: Collection[Official], known: Collection[str]) -> Taken:
    kept = [each for each in officials if each.is_for_communes or not each.complete or each.code in known]
    if not kept:
        raise Unreadable("Trong tệp không có thủ tục nào nộp ở phường, xã.")
    return Taken(source, tuple(map(_official, kept)), len(officials) - len(kept))


def _official(official: Official) -> Item:
    return Item(official.code, official.name, ItemKind.official, json.loads(official.json()))


# Packed: an Excel file, answers of the portal, or what the desk exported


def _zip(path: Path, folder: Path, known: Collection[str], ward: str) -> Taken:
    with open_zip(path) as packed:
        names = [name for name in packed.namelist() if not name.endswith("/")]
        if "[Content_Types].xml" in names:
            check_workbook(packed)
            target = folder / "tep.xlsx"
            target.write_bytes(path.read_bytes())
            return _workbook(target, known)
        if any(_is_record(name) for name in names):
            return _package(packed, names, folder, ward)
        answers = [name for name in names if name.endswith(".json")]
        if not answers:
            raise Unreadable("Trong tệp .zip không có thủ tục (.yml) hay trả lời của Cổng (.json) nào.")
        return _answers(packed, answers, folder)


def _workbook(path: Path, known: Collection[str]) -> Taken:
    try:
        if not is_our_spreadsheet(path):
            return _of_officials(Source.portal_list, read_official(path).values(), known)
        return Taken(Source.spreadsheet, tuple(_record(data, place) for place, data in read_spreadsheet(path)))
    except (Unreadable, SourceError):
        raise
    # What a broken workbook makes the library raise is not to be foreseen, and all of it means the same.
    except Exception as error:
        raise Unreadable("Không phải tệp Excel (.xlsx), hoặc tệp bị hỏng.") from error


def _answers(packed: zipfile.ZipFile, names: list[str], folder: Path) -> Taken:
    into = folder / "answers"
    into.mkdir()
    faults: list[str] = []
    found: dict[str, Item] = {}
    for number, name in enumerate(names):
        target = into / f"{number}.json"
        target.write_bytes(read_part(packed, name))
        try:
            found.update({official.code: _official(official) for official in read_official(target).values()})
        except SourceError as error:
            faults += [line.replace(str(target), name) for line in str(error).splitlines()]
    if faults:
        raise Unreadable(*all_in_vietnamese(faults))
    return Taken(Source.answers, tuple(found.values()))


def _is_record(name: str) -> bool:
    return name.endswith(".yml") and bool({"procedures", "wards"} & set(PurePosixPath(name).parts[:-1]))


def _package(packed: zipfile.ZipFile, names: list[str], folder: Path, ward: str) -> Taken:
    items: dict[str, Item] = {}
    faults: list[str] = []
    for number, name in enumerate(name for name in names if _is_record(name)):
        path = PurePosixPath(name)
        if path.parent.name == "wards" and path.stem != ward:
            continue  # the profile of another ward
        into = folder / str(number)
        into.mkdir()
        content = read_part(packed, name)
        item = _ward_of(content, name, into) if path.parent.name == "wards" else _record_of(content, path.name, into)
        if item.subject in items:
            faults.append(f"{name}: mã {item.subject} có hai lần trong tệp.")
        items[item.subject] = item
    for name in names:
        if PurePosixPath(name).name == "removed.txt":
            codes = read_part(packed, name).decode("utf-8", "replace").split()
            gone = {code: Item(code, code, ItemKind.removed, {}) for code in codes if code not in items}
            items.update(gone)
    if faults:
        raise Unreadable(*faults)
    return Taken(Source.package, tuple(items.values()))


def _record_of(content: bytes, name: str, folder: Path) -> Item:
    """One record; a fault in it is told beside the others, and they are taken."""
    try:
        data, lines, path = _yaml(content, name, folder)
        record = validate(Draft, data, lines, path)
        return _as_item(record)
    except RecordError as error:
        return _refused(name.partition("-")[0].removesuffix(".yml"), name, error, folder)


def _ward_of(content: bytes, name: str, folder: Path) -> Item:
    try:
        data, lines, path = _yaml(content, PurePosixPath(name).name, folder)
        profile = validate(Ward, data, lines, path)
    except RecordError as error:
        return _refused(WARD, name, error, folder)
    return Item(WARD, profile.name, ItemKind.ward, as_json(profile))


def _yaml(content: bytes, name: str, folder: Path) -> tuple[Any, Any, Path]:
    # Names of others never become places on the disk.
    path = folder / "tep.yml"
    if len(content) > _LONGEST_RECORD:
        raise RecordError(f"{path}:1: longer than {_LONGEST_RECORD // 1_000_000} MB")
    path.write_bytes(content)
    return *read_yaml(path), path


def _record(data: dict[str, Any], place: str) -> Item:
    try:
        return _as_item(Draft.parse_obj(data))
    except ValidationError as error:
        place = place.rpartition("tep.xlsx:")[2].strip()
        faults = [f"{place}: {'.'.join(map(str, fault['loc']))}: {in_words(fault)}" for fault in error.errors()]
        code, name = str(data.get("code", "")), str(data.get("name") or data.get("code") or "")
        return Item(code, name, ItemKind.refused, {"faults": all_in_vietnamese(faults)})


def _as_item(record: Draft) -> Item:
    return Item(record.code, record.name, ItemKind.record, as_json(record))


def _refused(subject: str, name: str, error: RecordError, folder: Path) -> Item:
    faults = tuple(_in_words(str(error).splitlines(), folder))
    return Item(subject, name, ItemKind.refused, {"faults": list(faults)})


def _in_words(faults: list[str], folder: Path) -> Iterator[str]:
    for fault in faults:
        line, _, words = fault.replace(f"{folder / 'tep.yml'}:", "").partition(":")
        yield from all_in_vietnamese([f"Dòng {line}: {words.strip()}" if line.isdigit() else fault])


def as_json(part: BaseModel) -> dict[str, Any]:
    """A record or profile as plain data without its defaults; days as text."""
    data: dict[str, Any] = json.loads(json.dumps(as_data(part), default=str))  # type: ignore[arg-type]
    return data
