"""An example question put into the draft of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.knowledge import yaml_lines
from bot.knowledge.live import InForce
from bot.knowledge.record_file import as_text
from bot.store.desk import Desk
from bot.store.drafts import WARD
from bot.text.folding import fold, syllables
from bot.text.privacy import NAMES, mask
from bot.text.unicode import clean
from bot.web.desk.golden.examples import Examples
from bot.web.desk.records import Records

LONGEST = 300  # characters
_EMPTY = "Bạn chưa viết câu ví dụ."
_TOO_LONG = f"Câu ví dụ dài quá {LONGEST} ký tự. Bạn viết ngắn lại."
_PERSONAL = "Câu ví dụ còn phần che số trong ngoặc vuông, hoặc có số riêng của ai đó. Bạn bỏ phần đó đi."
_NO_RECORD = "Bạn chọn một thủ tục trong danh sách."
_EXAMPLE = "Câu này đã là câu ví dụ của thủ tục {name} rồi."
_IN_DRAFT = "Câu này đã có trong bản nháp của thủ tục {name} rồi."
_GOLDEN = "Câu này đang là câu chuẩn, nên không làm câu ví dụ được: trợ lý học rồi thì hỏi thử không biết thêm gì."
_LEAVES = "Bản nháp của thủ tục này là bỏ nó khỏi danh mục. Bạn xem lại bản nháp trước."
_BROKEN = "Bản nháp của thủ tục này có chỗ sai nên chưa thêm được. Bạn sửa bản nháp trước."


class NotAdded(ValueError):
    """Why a question is not added, in words for the editor."""


class Adding:
    """Puts questions into drafts, against the examples of one version and all drafts and golden questions there are."""

    def __init__(self, desk: Desk, records: Records, version: InForce) -> None:
        self._desk, self._records, self._version = desk, records, version
        self._examples = Examples(version.listing)

    def add(self, code: str, question: str, *, by: str) -> None:
        """Append a question to the record's draft, which is made if there is none. Raises NotAdded; EditedElsewhere."""
        question = clean(question)
        if code not in self._version.listing:
            raise NotAdded(_NO_RECORD)
        self._refuse(question)
        draft = self._desk.drafts.get(code)
        if draft and not draft.text:
            raise NotAdded(_LEAVES)
        data = _data(draft.text if draft else self._records.text_of(code))
        data["questions"] = [*data["questions"], question]
        seen = draft.revision if draft else 0
        self._desk.drafts.save(code, as_text(data), by=by, seen=seen, base=self._version.number)
        self._desk.audit.add(by, "example_added", code, question)

    def _refuse(self, question: str) -> None:
        """Raises NotAdded."""
        if not question:
            raise NotAdded(_EMPTY)
        if len(question) > LONGEST:
            raise NotAdded(_TOO_LONG)
        if mask(question) != question or any(name in question for name in NAMES):
            raise NotAdded(_PERSONAL)
        names = self._version.listing.names
        if code := self._examples.code_of(question):
            raise NotAdded(_EXAMPLE.format(name=names[code]))
        # Without its marks a golden question would be learnt by heart just as well.
        if _folded(question) in {_folded(golden.question) for golden in self._desk.golden.all()}:
            raise NotAdded(_GOLDEN)
        for draft in self._desk.drafts.all():
            if draft.subject != WARD and draft.text and _asks(draft.text, question):
                raise NotAdded(_IN_DRAFT.format(name=names.get(draft.subject, draft.subject)))


def _data(text: str) -> dict[str, Any]:
    """A record's file as data. Raises NotAdded."""
    try:
        data = yaml_lines.parse(text, Path("draft.yml"))[0]
        if isinstance(data["questions"], list):
            return dict(data)
    except (yaml_lines.RecordError, KeyError, TypeError):
        pass
    raise NotAdded(_BROKEN)


def _asks(text: str, question: str) -> bool:
    try:
        return any(_same(question) == _same(str(one)) for one in _data(text)["questions"])
    except NotAdded:  # another record's draft: whoever works on it sees that it is broken
        return False


def _same(question: str) -> str:
    return " ".join(syllables(clean(question)))


def _folded(question: str) -> str:
    return fold(_same(question))
