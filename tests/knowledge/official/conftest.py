"""Made-up procedures in the shapes in which the national portal publishes them."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.knowledge.official.workbook import HEADER
from tests.published import LINE

ANSWER: dict[str, Any] = {
    "code": "OK",
    "message": "OK",
    "data": {
        "id": "aaaa-bbbb",
        "code": "9.000001",
        "name": "Đăng ký\xa0 thử",
        "type": "STANDARD",
        "isWard": True,
        "isProvince": False,
        "category": {"name": "Hộ tịch", "code": "X"},
        "executionSteps": [{"name": "Bước 1", "description": "Nộp giấy.\nChờ."}],
        "executionMethods": [
            {
                "submissionMethod": "DIRECT",
                "processingTime": 3,
                "processingTimeUnit": "WORKING_DAY",
                "description": "Nộp tại quầy",
                "fees": [{"value": 8000, "currencyId": "", "description": "Mỗi bản"}],
            },
            {
                "submissionMethod": "ONLINE",
                "processingTime": "Theo mô tả",
                "processingTimeUnit": "OTHER",
                "description": "",
                "fees": None,
            },
        ],
        "executionCases": [
            {"name": "Nếu mất", "profileComponents": [{"name": "Đơn", "originalQty": 1, "copyQty": 0}]},
            {"name": "", "profileComponents": [{"name": "Ảnh", "originalQty": 0, "copyQty": 2}]},
        ],
        "resultsDetails": [{"name": "Giấy thử"}],
        "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
        "legalBasisesDetails": [{"code": "1/2026/QH15", "name": "Luật Thử"}],
        "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
        "requirementsAndConditions": "",
        # 2026-04-25 18:00 in UTC is the next day in Vietnam.
        "procedureProposal": {"proposalNumber": "12/QĐ-THU", "publicationDate": 1777140000000},
        "somethingNew": {"nobody": "knows"},
    },
}


@pytest.fixture
def answer_data() -> dict[str, Any]:
    """An answer of the portal, free to be changed."""
    return copy.deepcopy(ANSWER)


@pytest.fixture
def line_data() -> dict[str, Any]:
    """A line of an export, free to be changed."""
    return copy.deepcopy(LINE)


@pytest.fixture
def write_json(tmp_path: Path) -> Callable[..., Path]:
    """Write data as one JSON file."""

    def write(data: object, name: str = "9.000001.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def write_lines(tmp_path: Path) -> Callable[..., Path]:
    """Write data as JSON lines, packed if the name says so."""

    def write(*rows: object, name: str = "export.jsonl.gz") -> Path:
        path = tmp_path / name
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


@pytest.fixture
def write_list(tmp_path: Path) -> Callable[..., Path]:
    """Write rows below a title and a header, as the portal's list has them."""

    def write(*rows: tuple[Any, ...], header: tuple[str, ...] = HEADER, name: str = "danh-sach.xlsx") -> Path:
        book = Workbook()
        sheet = book.active
        for row in (("CỘNG HÒA …\nDANH SÁCH",), header, *rows):
            sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write
