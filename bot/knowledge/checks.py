"""What a valid record may still get wrong: long sentences, officialese, offices that are no more, twins, age."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import BaseModel

from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Procedure

LONGEST_SENTENCE = 25
STALE_AFTER = timedelta(days=180)
# Numbers of laws and official names are quoted, not written by us.
QUOTED = {"official_name", "legal_basis", "source", "questions", "aliases", "code", "differences"}
# Stands in a draft where a person has to write.
TO_WRITE = "CẦN VIẾT"
FORBIDDEN_OFFICES = re.compile(
    r"(UBND|Ủy ban nhân dân|Uỷ ban nhân dân|công an|phòng tư pháp) (cấp )?(quận|huyện)", re.I
)
OFFICIALESE = re.compile(
    r"theo quy định (của|tại)|căn cứ vào quy định|có trách nhiệm|nêu trên|hợp lệ theo|cơ quan có thẩm quyền|"
    r"thành phần hồ sơ|tổ chức, cá nhân|cá nhân, tổ chức|thực hiện thủ tục hành chính|trường hợp quy định tại",
    re.I,
)


def texts_of(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record that citizens read, with the path of keys to it."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, BaseModel):
        for key in part.__fields__:
            if key not in QUOTED:
                yield from texts_of(getattr(part, key), f"{path}.{key}" if path else key)
    elif isinstance(part, (list, tuple)):
        for index, item in enumerate(part):
            yield from texts_of(item, f"{path}.{index}")


def sentences(text: str) -> list[str]:
    """Split at full stops, semicolons and line ends; a dot inside a number does not end a sentence."""
    return [part.strip() for part in re.split(r"(?<!\d)[.;:!?](?:\s|$)|(?<=\d)\.(?:\s|$)|\n", text) if part.strip()]


def faults(listing: Listing) -> list[str]:
    """Faults that must be mended before a record is published."""
    found = [fault for procedure in listing for fault in procedure_faults(procedure)]
    owners: dict[str, list[str]] = defaultdict(list)
    for procedure in listing:
        for phrase in {unicodedata.normalize("NFC", alias).casefold() for alias in procedure.aliases}:
            owners[phrase].append(procedure.code)
    found += [f"alias '{phrase}' stands in {' and '.join(codes)}" for phrase, codes in owners.items() if len(codes) > 1]
    return found


def procedure_faults(procedure: Procedure) -> list[str]:
    """Faults of one record: language and offices."""
    found = []
    for path, text in texts_of(procedure):
        where = f"{procedure.code}: {path}"
        found += [
            f"{where}: a sentence of {len(sentence.split())} words (at most {LONGEST_SENTENCE}): {sentence[:60]}…"
            for sentence in sentences(text)
            if len(sentence.split()) > LONGEST_SENTENCE
        ]
        if TO_WRITE in text:
            found.append(f"{where}: still to be written: '{text[:60]}'")
        for pattern, name in ((FORBIDDEN_OFFICES, "an office that no longer exists"), (OFFICIALESE, "officialese")):
            if match := pattern.search(text):
                found.append(f"{where}: {name}: '{match.group()}'")
    if procedure.source.published_on is None:
        found.append(f"{procedure.code}: source: without the date of its publication")
    if len(sentences(procedure.summary)) > 2:
        found.append(f"{procedure.code}: summary: more than two sentences")
    return found


def warnings(listing: Listing, *, today: date) -> list[str]:
    """What an editor should look at soon."""
    found = []
    for procedure in listing:
        if today - procedure.source.checked_on > STALE_AFTER:
            found.append(f"{procedure.code}: not checked since {procedure.source.checked_on}")
        if procedure.in_force.until and procedure.in_force.until < today:
            found.append(f"{procedure.code}: in force until {procedure.in_force.until} only")
    return found
