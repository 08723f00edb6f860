"""The desk over HTTP, as an approver's browser uses it: signed in, one form at a time, each with its key."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import httpx

from bot.knowledge.versions import Edit
from bot.settings import Settings
from bot.store.accounts import Role
from bot.store.database import connect
from bot.store.desk import Desk
from bot.web.desk.door import DESK, SIGN_IN

PASSWORD = "ba con mèo nằm sưởi nắng"
GOING_ON = "<h1>Đang kiểm tra</h1>"
_KEY = re.compile(r'name="khoa" value="([^"]+)"')


@dataclass
class Approver:
    """Somebody signed in who may publish; `store` is what the gateway keeps."""

    address: str
    store: Desk
    name: str
    client: httpx.Client = field(init=False)
    key: str = ""

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=300, trust_env=False)
        sent = {"ten": self.name, "mat-khau": PASSWORD, "den": DESK}
        assert self.client.post(SIGN_IN, data=sent).status_code == 303
        match = _KEY.search(self.client.get(DESK).text)
        assert match, "the desk's page has no form of ours"
        self.key = match[1]

    def send(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form of the desk; the path of the page that it leads to."""
        response = self.client.post(f"{DESK}{path}", data={**fields, "khoa": self.key})
        assert response.status_code == 303, response.text
        return response.headers["location"].removeprefix(DESK)

    def submit(self, edits: Iterable[Edit], base: int) -> None:
        """Have these wait for a review, as an editor would who has written them."""
        for edit in edits:
            drafts, code = self.store.drafts, edit.change.code
            there = drafts.get(code)
            seen = there.revision if there else 0
            draft = drafts.save(code, edit.text, by=self.name, seen=seen, base=base)
            drafts.submit(code, by=self.name, why="thử", seen=draft.revision)

    def check(self) -> str:
        """Check all that waits; the number of the check, once its page says that it has gone well."""
        page = self.send("/duyet/thu", {"tat-ca": "1"})
        while GOING_ON in (text := self.client.get(f"{DESK}{page}").text):
            time.sleep(0.2)
        assert 'name="lan"' in text, text
        return page.rpartition("/")[2]

    def publish(self, check: str) -> int:
        """Publish what was checked; the number of the version."""
        return int(self.send("/duyet/xuat-ban", {"lan": check, "vi-sao": "thử"}).rpartition("/")[2])

    def roll_back(self, number: int) -> int:
        """Put the whole listing back, at once; the number of the new version."""
        return int(self.send(f"/duyet/phien-ban/{number}/quay-lai", {"vi-sao": "thử"}).rpartition("/")[2])

    def drop_drafts(self) -> None:
        """Leave nothing that waits."""
        for draft in self.store.drafts.all():
            self.store.drafts.discard(draft.subject, seen=draft.revision)


def approver(address: str, settings: Settings, name: str) -> Approver:
    """An approver of this name, whose account is made now."""
    store = Desk(connect(settings))
    store.accounts.add(name, name.capitalize(), Role.approver, PASSWORD, must_change=False)
    return Approver(address, store, name)
