from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Write = Callable[..., Path]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with two fields and no records."""
    (tmp_path / "procedures").mkdir()
    (tmp_path / "fields.yml").write_text("ho_tich: Hộ tịch\ncu_tru: Cư trú\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(knowledge: Path, make_record: Callable[..., dict[str, Any]]) -> Write:
    """Write a record with some parts changed; `without` names parts left out; `file` changes the file's name."""

    def write_record(file: str = "", without: tuple[str, ...] = (), **parts: Any) -> Path:
        record = {key: value for key, value in make_record(**parts).items() if key not in without}
        path = knowledge / "procedures" / (file or f"{record.get('code', 'none')}-thu.yml")
        path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return write_record
