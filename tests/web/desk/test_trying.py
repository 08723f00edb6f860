"""Staff ask as a citizen would: the same answer, beside it why, and nothing of it is kept but what they think of it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
import uvicorn
from httpx import AsyncClient, Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.responses import Response as Answer
from starlette.routing import Route

from bot.answers.answer import answer
from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.store import desk_tables, tables
from bot.store.desk import Desk
from bot.store.trials import is_trial
from tests.store.rows import Rows
from tests.web import markup
from tests.web.conftest import StandIn
from tests.web.desk.conftest import SignedIn, form
from tests.web.test_metrics import TOKEN, figures

PATH = "/ban-lam-viec/thu"
BIRTH, AGAIN = "1.001193", "1.004884"
QUESTION = "lam giay ks cho con can gi"


def explained(**parts: Any) -> dict[str, Any]:
    """What `action_explain` says of a question that one procedure answers, another being not far behind."""

    def candidate(code: str, score: float, behind: float) -> dict[str, Any]:
        passage = {"code": code, "kind": "alias", "text": f"tên khác của {code}", "topic": ""}
        legs = {"meaning": 0.91, "words": 0.48, "pieces": 0.81, "classifier": 0.37}
        matches = [{"leg": leg, "passage": passage, "score": 0.77} for leg in ("meaning", "words", "pieces")]
        return {"code": code, "score": score, "behind": behind, "legs": legs, "matches": matches}

    said = {
        "reading": {
            "typed": QUESTION,
            "text": "làm giấy khai sinh cho con cần gì",
            "words": ["làm", "giấy_khai_sinh", "cho", "con", "cần", "gì"],
            "restored": True,
            "changes": [["ks", "khai sinh"]],
            "meant": [],
        },
        "decision": "answer",
        "offered": [BIRTH],
        "fits": 0.97,
        "topic": "",
        "over_procedures": -2.0,
        "over_chatter": -1.0,
        "candidates": [candidate(BIRTH, 4.39, 0.0), candidate(AGAIN, 4.09, 0.3), candidate("2.000635", 1.2, 3.19)],
        "outside": {},
        "bounds": {"least_fit": 0.34, "close": 0.18, "open": -0.55, "brief": -0.13},
        "measured": {"least_fit": 0.97, "close": 0.3, "open": -1.85},
        "weights": {"classifier": 1.0, "meaning": 3.0, "words": 1.0, "pieces": 1.0},
        "aspects": {"asked": ["documents"], "by_words": {"documents": 0.99}, "by_meaning": {"documents": 0.98}},
        "took": {"read": 3.4, "encode": 0.0, "search": 27.0},
        "version": 7,
    }
    return {**said, **parts}


def last_turn(act: str = "ask_procedure", **slots: Any) -> dict[str, Any]:
    intent = {"name": act, "confidence": 0.98}
    understood = {"text": QUESTION, "intent": intent, "intent_ranking": [intent]}
    return {"understood": understood, "actions": ["action_find_procedure"], "slots": slots}


@dataclass
class Behind(StandIn):
    """The stand-in that says why, too."""

    last: dict[str, Any] | None = None
    why: dict[str, Any] = field(default_factory=explained)
    asked_why: list[dict[str, Any]] = field(default_factory=list)
    why_status: int = 200

    async def last_turn(self, request: Request) -> Answer:
        """Rasa's channel."""
        return JSONResponse(self.last) if self.last else Answer(status_code=404)

    async def search(self, request: Request) -> Answer:
        """The action server."""
        body = await request.json()
        if body["next_action"] != "action_explain":
            return await super().search(request)
        self.asked_why.append(body["tracker"])
        return JSONResponse({"events": [], "responses": [{"custom": self.why}]}, status_code=self.why_status)


@pytest.fixture(scope="module")
def listening() -> Iterator[Behind]:
    """In place of the smaller one of all tests of the gateway."""
    taken = socket.create_server(("127.0.0.1", 0))
    behind = Behind(taken.getsockname()[1])
    routes = [
        Route("/webhooks/rest/webhook", behind.hear, methods=["POST"]),
        Route("/webhooks/rest/conversations/{sender}", behind.forget, methods=["DELETE"]),
        Route("/webhooks/rest/conversations/{sender}", behind.last_turn, methods=["GET"]),
        Route("/webhook", behind.search, methods=["POST"]),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield behind
    server.should_exit = server.force_exit = True
    thread.join(10)


@pytest.fixture
def behind(rasa: Behind, listing: Listing) -> Behind:
    """It answers about birth certificates: the papers and, since they are asked for, the fee."""
    rasa.says(answer(listing[BIRTH], ["documents"], listing, today=date(2026, 7, 6)).as_json())
    rasa.last, rasa.why, rasa.asked_why, rasa.why_status = last_turn(), explained(), [], 200
    return rasa


@pytest.fixture
async def staff(behind: Behind, signed_in: SignedIn) -> AsyncClient:
    return await signed_in("staff")


@pytest.fixture
def gateway_settings(gateway_settings: Settings) -> Settings:
    return replace(gateway_settings, metrics_token=TOKEN)


async def ask(client: AsyncClient, question: str = QUESTION, **fields: Any) -> Response:
    return await form(client, PATH, {"cau": question, **fields})


def sent_by(response: Response, action: str) -> dict[str, Any]:
    """What the form with that address sends, as a browser would: hidden and typed fields, chosen ones."""
    tree = markup.read(response.text)
    found = next(one for one in tree.iter("form") if one.get("action", "").split("#")[0] == action)
    fields: dict[str, Any] = {}
    for one in found.iter():
        name, kind = one.get("name"), one.get("type", "")
        if (
            not name
            or one.tag not in ("input", "textarea")
            or (kind in ("radio", "checkbox") and "checked" not in one.attrib)
        ):
            continue
        value = (one.get("value") or "") if one.tag == "input" else (one.text or "").lstrip("\n")
        fields.setdefault(name, []).append(value)
    return fields


async def judge(client: AsyncClient, asked: Response, **fields: Any) -> Response:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return await client.post(f"{PATH}/danh-gia", data={**sent_by(asked, f"{PATH}/danh-gia"), **named})


def words(response: Response) -> str:
    return markup.text(markup.read(response.text))


# Asking


async def test_the_page_begins_with_a_question(staff: AsyncClient) -> None:
    page = await staff.get(f"{PATH}?cau=khai+sinh")
    markup.assert_sound(page.text, with_script=True)
    assert sent_by(page, PATH)["cau"] == ["khai sinh"]
    assert "no-store" in page.headers["cache-control"]


async def test_who_only_looks_cannot_ask(behind: Behind, signed_in: SignedIn) -> None:
    viewer = await signed_in("viewer")
    assert (await viewer.get(PATH)).status_code == 403
    assert (await ask(viewer)).status_code == 403
    assert behind.got == []


async def test_the_answer_is_drawn_as_a_citizen_sees_it(staff: AsyncClient, nobody: AsyncClient) -> None:
    seen = markup.read((await ask(staff)).text)
    citizens = markup.read((await nobody.post("/hoi", data={"message": QUESTION})).text)
    (mine,), (theirs,) = list(seen.iter("article")), list(citizens.iter("article"))
    assert markup.text(mine) == markup.text(theirs) != ""
    (offered,) = [one for one in seen.iter("form") if markup.of_class(one, "choices")]
    sent = {button.get("value"): markup.text(button) for button in offered.iter("button")}
    (of_citizens,) = [one for one in citizens.iter("form") if markup.of_class(one, "choices")]
    assert sent == {button.get("value"): markup.text(button) for button in of_citizens.iter("button")}


async def test_nothing_of_it_is_kept_or_counted(staff: AsyncClient, behind: Behind, rows: Rows) -> None:
    before = await figures(staff)
    behind.got.clear()  # whoever reads the figures asks whether all is ready
    await ask(staff)
    assert [is_trial(one["sender"]) for one in behind.got] == [True]
    assert rows(tables.turns) == rows(tables.replies) == []
    assert {name: value for name, value in (await figures(staff)).items() if "turn" in name} == {
        name: value for name, value in before.items() if "turn" in name
    }


async def test_a_talk_goes_on_and_its_memory_is_told(staff: AsyncClient, behind: Behind) -> None:
    first = await ask(staff)
    behind.last = last_turn("ask_aspect", procedure=BIRTH)
    carried = sent_by(first, PATH)
    second = await ask(staff, "lệ phí", phien=carried["phien"], truoc=carried["truoc"])
    assert len({one["sender"] for one in behind.got}) == 1
    assert behind.asked_why[-1]["slots"] == {"procedure": BIRTH}
    assert "Đang nói về" in words(second) and QUESTION in words(second)
    assert len(sent_by(second, PATH)["truoc"]) == 2


async def test_a_citizens_conversation_is_never_gone_on_with(
    staff: AsyncClient, nobody: AsyncClient, behind: Behind
) -> None:
    token = (await nobody.post("/api/chat", json={"message": "chào"})).json()["session"]
    await ask(staff, phien=token)
    citizens, trial = (one["sender"] for one in behind.got)
    assert citizens != trial and is_trial(trial) and not is_trial(citizens)


async def test_a_trial_cannot_be_rated(staff: AsyncClient, nobody: AsyncClient, rows: Rows) -> None:
    asked = await ask(staff)
    reply, token = sent_by(asked, f"{PATH}/danh-gia")["tra-loi"][0], sent_by(asked, PATH)["phien"][0]
    marked = await nobody.post("/api/feedback", json={"session": token, "reply": reply, "mark": "up"})
    assert marked.status_code == 400 and rows(tables.marks) == []


async def test_a_new_talk_is_forgotten_by_rasa(staff: AsyncClient, behind: Behind) -> None:
    token = sent_by(await ask(staff), PATH)["phien"]
    response = await form(staff, f"{PATH}/moi", {"phien": token})
    assert (response.status_code, response.headers["location"]) == (303, PATH)
    assert behind.forgot == [behind.got[0]["sender"]]
    await ask(staff, phien=token)
    assert behind.got[1]["sender"] != behind.got[0]["sender"] and is_trial(behind.got[1]["sender"])


async def test_no_citizens_conversation_is_forgotten_that_way(
    staff: AsyncClient, nobody: AsyncClient, behind: Behind
) -> None:
    token = (await nobody.post("/api/chat", json={"message": "chào"})).json()["session"]
    await form(staff, f"{PATH}/moi", {"phien": token})
    assert behind.forgot == []


async def test_htmx_gets_the_part_that_it_swaps(staff: AsyncClient) -> None:
    key = sent_by(await staff.get(PATH), PATH)["khoa"][0]
    response = await staff.post(PATH, data={"cau": QUESTION}, headers={"hx-request": "true", "x-khoa": key})
    assert "<html" not in response.text and 'id="tra-loi"' in response.text


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", "\t", "a" * 600, "/restart", "câu\r\nhai dòng"])
async def test_whatever_is_typed_is_only_words(staff: AsyncClient, question: str) -> None:
    response = await ask(staff, question, truoc=[question, "\t", "a\tb\tc"])
    assert response.status_code == 200
    markup.assert_sound(response.text, with_script=True)
    assert "<script>alert" not in response.text


async def test_while_rasa_is_silent_the_question_stays(staff: AsyncClient, behind: Behind) -> None:
    behind.status = 500
    response = await ask(staff)
    assert response.status_code == 503
    assert sent_by(response, PATH)["cau"] == [QUESTION]


# Why


async def test_beside_the_answer_stands_why(staff: AsyncClient, listing: Listing) -> None:
    response = await ask(staff)
    tree = markup.assert_sound(response.text, with_script=True)
    said = markup.text(tree)
    for told in (
        "làm giấy khai sinh cho con cần gì",  # as read
        "giấy_khai_sinh",  # segmented
        "Hỏi về một thủ tục (98%)",  # the act
        "Trợ lý chắc 97% là danh mục có việc này (cần ít nhất 34%)",
        "hơn thủ tục thứ hai 0,30 điểm",
        "+0,12",  # the margin
        "Bản đang dùng: 7",
        "tên khác của 1.001193",  # the passage that matched
        "27 ms",
    ):
        assert told in said, told
    assert markup.links(tree)[listing[BIRTH].name] == f"/thu-tuc/{BIRTH}"
    assert "ks" in [markup.text(one) for one in tree.iter("del")]


async def test_who_was_taken_who_just_missed_and_who_was_far_behind(staff: AsyncClient) -> None:
    tree = markup.read((await ask(staff)).text)
    (table,) = [
        one for one in markup.of_class(tree, "nearest")[0].iter("table") if "try-matches" not in one.get("class", "")
    ]
    states = [row.get("class") for row in table.iter("tr") if row.get("class")]
    assert states == ["taken", "near", "behind"]
    assert (
        "suýt được" in markup.text(table) and "thiếu 0,12" in markup.text(table) and "thiếu 3,01" in markup.text(table)
    )


async def test_what_the_talk_decided_is_told(staff: AsyncClient, behind: Behind, listing: Listing) -> None:
    carried = sent_by(await ask(staff), PATH)
    behind.last = last_turn("ask_aspect", procedure=BIRTH)
    behind.why = explained(decision="unknown", offered=[], fits=0.01, over_procedures=4.2)
    said = words(await ask(staff, "lệ phí", phien=carried["phien"], truoc=carried["truoc"]))
    assert f"Người dân đang nói về “{listing[BIRTH].name}”" in said
    assert "Trợ lý chỉ chắc 1% là danh mục có việc này; cần ít nhất 34%" in said
    assert "Giống hỏi nối hơn giống một thủ tục" in said and "+4,20" in said


async def test_without_a_reason_there_still_is_the_answer(staff: AsyncClient, behind: Behind, listing: Listing) -> None:
    behind.why_status = 500
    response = await ask(staff)
    assert listing[BIRTH].name in words(response) and "Chưa lấy được lý do" in words(response)
    assert (await judge(staff, response, y_kien="right")).status_code == 200


async def test_what_never_reached_rasa_is_not_explained(staff: AsyncClient, behind: Behind) -> None:
    response = await ask(staff, "a" * 501)
    assert "bị chặn ở cửa" in words(response)
    assert behind.got == behind.asked_why == []


# Judging


async def test_a_right_answer_becomes_golden_with_one_click(staff: AsyncClient, desk: Desk) -> None:
    judged = await judge(staff, await ask(staff), y_kien="right")
    (kept,) = desk.judgements.all()
    assert (kept.by, kept.verdict.verdict, kept.said.question, kept.said.version) == ("staff", "right", QUESTION, 7)
    assert (kept.said.outcome, kept.said.procedure, kept.said.aspects) == ("answer", BIRTH, ("documents",))
    (noted,) = desk.audit.entries(action="answer_judged")
    assert (noted.account, noted.subject) == ("staff", BIRTH)
    sends = sent_by(judged, "/ban-lam-viec/cau-chuan")
    assert (sends["cau"], sends["ket-qua"], sends["thu-tuc"], sends["khia-canh"]) == (
        [QUESTION],
        ["answer"],
        [BIRTH],
        ["documents"],
    )
    assert sends["su-that"][0] and sends["khoa"]
    markup.assert_sound(judged.text, with_script=True)


async def test_a_fee_and_the_days_are_the_facts(staff: AsyncClient, behind: Behind, listing: Listing) -> None:
    procedure = next(
        one for one in listing if any(fee.text.startswith("8.000 đồng") for c in one.channels for fee in c.fees)
    )
    behind.says(answer(procedure, ["fee"], listing, today=date(2026, 7, 6)).as_json())
    judged = await judge(staff, await ask(staff), y_kien="right")
    assert "8.000 đồng" in sent_by(judged, "/ban-lam-viec/cau-chuan")["su-that"][0].splitlines()


async def test_a_wrong_one_says_what_would_be_right(staff: AsyncClient, desk: Desk) -> None:
    judged = await judge(
        staff,
        await ask(staff),
        y_kien="wrong",
        nen="answer",
        nen_thu_tuc=AGAIN,
        nen_khia_canh=["fee", "documents", "made-up"],
        nhan_xet="Gọi 0912345678",
    )
    (kept,) = desk.judgements.all(verdict="wrong")
    verdict = kept.verdict
    assert (verdict.right_outcome, verdict.right_procedure, verdict.right_aspects) == (
        "answer",
        AGAIN,
        ("documents", "fee"),
    )
    assert verdict.remark == "Gọi [số điện thoại]"
    assert sent_by(judged, "/ban-lam-viec/cau-chuan")["thu-tuc"] == [AGAIN]
    assert f"/ban-lam-viec/ho-so/{AGAIN}" in judged.text


@pytest.mark.parametrize("outcome", ["unknown", "choose", "outside"])
async def test_it_may_be_right_to_answer_nothing(staff: AsyncClient, desk: Desk, outcome: str) -> None:
    await judge(staff, await ask(staff), y_kien="wrong", nen=outcome, nen_khia_canh=["fee"])
    (kept,) = desk.judgements.all()
    assert (kept.verdict.right_outcome, kept.verdict.right_procedure, kept.verdict.right_aspects) == (outcome, "", ())


async def test_another_procedure_is_looked_for_first(staff: AsyncClient, behind: Behind, desk: Desk) -> None:
    behind.found = ["2.000635", "no.such"]
    asked = await ask(staff)
    filled = {"y_kien": "wrong", "nen": "answer", "nhan_xet": "Nhầm."}
    again = await judge(staff, asked, **filled, tim_thu_tuc="bản sao")
    assert again.status_code == 400 and behind.searched == ["bản sao"] and desk.judgements.all() == []
    tree = markup.assert_sound(again.text, with_script=True)
    offered = [one.get("value") for one in tree.iter("input") if one.get("name") == "nen-thu-tuc"]
    assert "2.000635" in offered
    assert sent_by(again, f"{PATH}/danh-gia")["nhan-xet"] == ["Nhầm."]
    await judge(staff, again, nen_thu_tuc="2.000635")
    (kept,) = desk.judgements.all()
    assert kept.verdict.right_procedure == "2.000635" and kept.said.question == QUESTION


async def test_looking_for_a_procedure_as_one_types(staff: AsyncClient, behind: Behind, listing: Listing) -> None:
    behind.found = [AGAIN]
    part = await staff.get(f"{PATH}/tim", params={"tim-thu-tuc": "cấp lại"}, headers={"hx-request": "true"})
    assert listing[AGAIN].name in part.text and "<html" not in part.text
    named = await staff.get(f"{PATH}/tim", params={"tim-thu-tuc": BIRTH}, headers={"hx-request": "true"})
    assert re.findall(r'value="([^"]+)"', named.text) == [BIRTH]


@pytest.mark.parametrize(
    "fields", [{}, {"y_kien": "good"}, {"y_kien": "right", "da_lam": "x"}, {"y_kien": "right", "cau": ""}]
)
async def test_without_a_verdict_nothing_is_kept(staff: AsyncClient, desk: Desk, fields: dict[str, str]) -> None:
    response = await judge(staff, await ask(staff), **fields)
    assert response.status_code == 400 and desk.judgements.all() == []


async def test_a_version_that_is_no_number_is_none(staff: AsyncClient, desk: Desk) -> None:
    await judge(staff, await ask(staff), y_kien="unclear", phien_ban="x" * 50)
    assert [one.said.version for one in desk.judgements.all()] == [0]


async def test_a_follow_up_is_asked_alone_before_it_is_golden(staff: AsyncClient, desk: Desk) -> None:
    carried = sent_by(await ask(staff), PATH)
    judged = await judge(
        staff, await ask(staff, "lệ phí", phien=carried["phien"], truoc=carried["truoc"]), y_kien="right"
    )
    assert "/ban-lam-viec/cau-chuan" not in [one.get("action") for one in markup.read(judged.text).iter("form")]
    assert "Thử riêng câu này" in words(judged)
    assert desk.judgements.all()[0].said.before == (QUESTION,)


async def test_they_are_read_by_verdict_and_dropped(staff: AsyncClient, desk: Desk, signed_in: SignedIn) -> None:
    for verdict in ("right", "wrong", "unclear"):
        await judge(staff, await ask(staff, f"câu {verdict}"), y_kien=verdict, nhan_xet=f"vì {verdict}")
    page = await staff.get(f"{PATH}/danh-gia?y=wrong")
    markup.assert_sound(page.text, with_script=True)
    assert "vì wrong" in words(page) and "vì right" not in words(page) and "Sai (1)" in words(page)
    viewer = await signed_in("viewer")
    assert "vì unclear" in words(await viewer.get(f"{PATH}/danh-gia"))
    number = desk.judgements.all(verdict="wrong")[0].id
    assert (await form(viewer, f"{PATH}/danh-gia/bo", {"so": number})).status_code == 403
    response = await form(staff, f"{PATH}/danh-gia/bo", {"so": number, "y": "wrong"})
    assert response.headers["location"] == f"{PATH}/danh-gia?y=wrong"
    assert [one.verdict.verdict for one in desk.judgements.all()] == ["unclear", "right"]
    assert len(desk.audit.entries(action="judgement_removed")) == 1
    assert (await form(staff, f"{PATH}/danh-gia/bo", {"so": "x"})).status_code == 303


async def test_what_was_judged_stays_without_the_trial(staff: AsyncClient, rows: Rows) -> None:
    asked = await ask(staff)
    await judge(staff, asked, y_kien="unclear")
    await form(staff, f"{PATH}/moi", {"phien": sent_by(asked, PATH)["phien"]})
    assert len(rows(desk_tables.judgements)) == 1
