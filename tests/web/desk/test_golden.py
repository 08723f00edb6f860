"""Golden questions at the desk: kept, asked, compared, out to a spreadsheet and in again."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from openpyxl import Workbook, load_workbook

from bot.knowledge.listing import Listing
from bot.settings import Settings
from bot.store.desk import Desk
from bot.store.golden import Wanted
from bot.store.golden_runs import Result
from bot.web.behind import Behind, BehindUnavailable, Tried
from bot.web.context import Context, load_context
from bot.web.desk.golden import running
from bot.web.desk.golden.running import AT_ONCE, BrokenCandidate, Run, flips, run
from tests.web.desk.conftest import SignedIn, form
from tests.web.markup import assert_sound, links, read, text

GOLDEN = "/ban-lam-viec/cau-chuan"
BIRTH = "1.001193"
QUESTION = "sinh bé xong ra phường làm giấy tờ hết nhiêu tiền"
FIELDS = {"cau": QUESTION, "ket-qua": "answer", "thu-tuc": BIRTH, "khia-canh": ["fee"], "su-that": "không thu"}


def answered(code: str, *aspects: str, said: str = "Không thu lệ phí.") -> dict[str, Any]:
    return {"text": said, "card": {"type": "answer", "code": code, "aspects": list(aspects)}, "choices": []}


class Answers:
    """Answers in place of what runs behind: to each question the same, or what `by_text` says."""

    def __init__(self) -> None:
        self.reply, self.version, self.faults = answered(BIRTH, "fee"), 0, ()
        self.by_text: dict[str, dict[str, Any]] = {}
        self.asked: list[list[str]] = []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.error: Exception | None = None

    async def __call__(self, behind: Behind, texts: Sequence[str], folder: Path | None = None) -> Tried:
        await self.may_go_on.wait()
        if self.error:
            raise self.error
        self.asked.append(list(texts))
        return Tried(tuple(self.by_text.get(one, self.reply) for one in texts), self.faults, {}, self.version)


@pytest.fixture
async def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    answers = Answers()
    monkeypatch.setattr(Behind, "answers", lambda *given: answers(*given))
    return answers


@pytest.fixture
async def context(gateway_settings: Settings, answers: Answers) -> Context:
    return load_context(gateway_settings)


@pytest.fixture
async def staff(signed_in: SignedIn) -> AsyncClient:
    return await signed_in("staff")


async def page(client: AsyncClient, path: str = "", status: int = 200) -> str:
    response = await client.get(GOLDEN + path)
    assert response.status_code == status
    assert_sound(response.text, with_script=True)
    return response.text


async def ended(desk: Desk, number: int) -> None:
    until = time.monotonic() + 5
    while desk.golden.runs.get(number).is_running:
        assert time.monotonic() < until, "the run does not end"
        await asyncio.sleep(0.02)


# The form


async def test_a_question_is_kept_and_shown_in_the_list(staff: AsyncClient, desk: Desk, listing: Listing) -> None:
    assert "Chưa có câu chuẩn nào" in await page(staff)
    sent = await form(staff, GOLDEN, {**FIELDS, "ghi-chu": "hay hỏi"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{GOLDEN}?da=them")
    (kept,) = desk.golden.all()
    assert (kept.question, kept.outcome, kept.procedure) == (QUESTION, "answer", BIRTH)
    assert (kept.aspects, kept.facts, kept.note, kept.by) == (("fee",), ("không thu",), "hay hỏi", "staff")
    shown = text(read(await page(staff, "?da=them")))
    for words in (
        "Đã thêm câu chuẩn",
        QUESTION,
        listing.names[BIRTH],
        "lệ phí",
        "không thu",
        "hay hỏi",
        "Chưa hỏi thử",
    ):
        assert words in shown
    assert [entry.action for entry in desk.audit.entries(action="golden_added")] == ["golden_added"]


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/ban-lam-viec/thu?a=1", "/ban-lam-viec/thu?a=1"),
        ("https://example.org/ban-lam-viec", f"{GOLDEN}?da=them"),
        ("//example.org/ban-lam-viec/thu", f"{GOLDEN}?da=them"),
        ("/ban-lam-viec-khac", f"{GOLDEN}?da=them"),
    ],
)
async def test_one_click_elsewhere_leads_back_to_the_desk_only(staff: AsyncClient, back: str, location: str) -> None:
    assert (await form(staff, GOLDEN, {**FIELDS, "ve": back})).headers["location"] == location


async def test_the_form_comes_filled_in(staff: AsyncClient, listing: Listing) -> None:
    shown = await page(staff, f"/moi?cau=hỏi gì&ket-qua=choose&thu-tuc={BIRTH}&khia-canh=fee&khia-canh=place")
    tree = read(shown)
    assert [one.text for one in tree.iter("textarea") if one.get("id") == "cau"] == ["hỏi gì"]
    checked = {one.get("value") for one in tree.iter("input") if "checked" in one.attrib}
    assert checked == {"choose", "fee", "place"}
    assert f'value="{listing.names[BIRTH]} ({BIRTH})"' in shown


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cau": "  "}, "cau"),
        ({"cau": "a" * 501}, "cau"),
        ({"ket-qua": "maybe"}, "ket-qua"),
        ({"thu-tuc": ""}, "thu-tuc"),
        ({"thu-tuc": "không có việc này đâu"}, "thu-tuc"),
        ({"su-that": "gọi 0912345678"}, "su-that"),
        ({"su-that": "\n".join(map(str, range(21)))}, "su-that"),
        ({"ket-qua": "other"}, "su-that"),
        ({"ghi-chu": "a" * 501}, "ghi-chu"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    staff: AsyncClient, desk: Desk, wrong: dict[str, str], field: str
) -> None:
    refused = await form(staff, GOLDEN, {**FIELDS, **wrong})
    assert refused.status_code == 400 and desk.golden.all() == []
    tree = assert_sound(refused.text, with_script=True)
    at = next(one for one in tree.iter() if one.get("id") == field)
    assert at.get("aria-invalid") == "true" and f"{field}-sai" in at.get("aria-describedby", "").split()
    assert text(next(one for one in tree.iter() if one.get("id") == f"{field}-sai"))
    assert f"#{field}" in links(tree).values()  # the summary leads there


async def test_a_procedure_is_named_by_its_name_or_picked_from_some(
    staff: AsyncClient, desk: Desk, listing: Listing
) -> None:
    unclear = await form(staff, GOLDEN, {**FIELDS, "thu-tuc": "khai sinh"})
    offered = [one.get("value") for one in read(unclear.text).iter("input") if one.get("name") == "y-thu-tuc"]
    assert unclear.status_code == 400 and len(offered) > 1 and BIRTH in offered
    picked = {**FIELDS, "thu-tuc": "khai sinh", "y-thu-tuc": BIRTH}
    assert (await form(staff, GOLDEN, picked)).status_code == 303
    by_name = {**FIELDS, "cau": "câu khác", "thu-tuc": listing.names[BIRTH].upper()}
    assert (await form(staff, GOLDEN, by_name)).status_code == 303
    assert [one.procedure for one in desk.golden.all()] == [BIRTH, BIRTH]


async def test_what_the_outcome_has_no_use_for_is_left_out(staff: AsyncClient, desk: Desk) -> None:
    await form(staff, GOLDEN, {**FIELDS, "ket-qua": "unknown", "thu-tuc": "gì đó"})
    (kept,) = desk.golden.all()
    assert (kept.procedure, kept.aspects, kept.facts) == ("", (), ("không thu",))


async def test_a_question_that_was_taught_is_warned_of_once(staff: AsyncClient, desk: Desk, listing: Listing) -> None:
    taught = listing[BIRTH].questions[0].upper() + " ?"
    warning = "Câu này đã là câu ví dụ của thủ tục"
    assert warning in await page(staff, f"/moi?cau={taught}")
    part = await form(staff, f"{GOLDEN}/kiem-tra", {"cau": taught})
    assert warning in part.text and "<html" not in part.text
    assert warning not in (await form(staff, f"{GOLDEN}/kiem-tra", {"cau": QUESTION})).text
    fields = {**FIELDS, "cau": taught, "da-bao": "0"}  # sent before any warning was seen
    refused = await form(staff, GOLDEN, fields)
    assert refused.status_code == 400 and warning in refused.text and desk.golden.all() == []
    assert 'name="da-bao" value="1"' in refused.text
    assert (await form(staff, GOLDEN, {**fields, "da-bao": "1"})).status_code == 303
    assert "Trùng câu ví dụ" in await page(staff)


async def test_the_same_question_leads_to_the_one_there_is(staff: AsyncClient, desk: Desk) -> None:
    await form(staff, GOLDEN, FIELDS)
    twin = await form(staff, GOLDEN, {**FIELDS, "cau": QUESTION.upper()})
    assert twin.status_code == 409 and len(desk.golden.all()) == 1
    assert f"{GOLDEN}/{desk.golden.all()[0].id}" in links(read(twin.text)).values()


async def test_a_question_is_changed_and_removed(staff: AsyncClient, desk: Desk) -> None:
    kept = desk.golden.add(Wanted(QUESTION, "answer", BIRTH, ("fee",), ("không thu",)), by="lan")
    address = f"{GOLDEN}/{kept.id}"
    assert QUESTION in await page(staff, f"/{kept.id}")
    changed = await form(staff, address, {**FIELDS, "ket-qua": "unknown", "ban": "1"})
    assert changed.headers["location"] == f"{GOLDEN}?da=sua" and desk.golden.get(kept.id).outcome == "unknown"
    assert (await form(staff, f"{address}/xoa")).headers["location"] == f"{GOLDEN}?da=xoa"
    assert desk.golden.all() == []
    actions = [entry.action for entry in desk.audit.entries() if entry.action.startswith("golden")]
    assert actions == ["golden_removed", "golden_changed"]
    for gone in (await staff.get(address), await form(staff, address, FIELDS), await form(staff, f"{address}/xoa")):
        assert gone.status_code == 404


async def test_of_two_who_change_it_the_second_sees_what_the_first_made(staff: AsyncClient, desk: Desk) -> None:
    kept = desk.golden.add(Wanted(QUESTION, "answer", BIRTH, ("fee",)), by="lan")
    desk.golden.change(kept.id, Wanted("lời của hoa", "unknown"), seen=1, by="hoa")
    refused = await form(staff, f"{GOLDEN}/{kept.id}", {**FIELDS, "cau": "lời của tôi", "ban": "1"})
    assert refused.status_code == 409 and desk.golden.get(kept.id).question == "lời của hoa"
    shown = text(assert_sound(refused.text, with_script=True))
    assert "hoa vừa sửa" in shown and "lời của hoa" in shown and "lời của tôi" in shown
    assert 'name="ban" value="2"' in refused.text
    again = await form(staff, f"{GOLDEN}/{kept.id}", {**FIELDS, "cau": "lời của tôi", "ban": "2"})
    assert again.status_code == 303 and desk.golden.get(kept.id).question == "lời của tôi"


async def test_who_only_looks_has_nothing_to_press(signed_in: SignedIn, desk: Desk) -> None:
    kept = desk.golden.add(Wanted(QUESTION, "answer", BIRTH), by="lan")
    viewer = await signed_in("viewer")
    for path in ("", f"/{kept.id}", "/nhap", "/chay"):
        forms = [one.get("action", "") for one in read(await page(viewer, path)).iter("form")]
        buttons = [text(one) for one in read(await page(viewer, path)).iter("button")]
        assert "Lưu" not in buttons and not any(one.startswith(f"{GOLDEN}/") for one in forms)


# The list


async def test_the_list_is_filtered(staff: AsyncClient, desk: Desk, listing: Listing) -> None:
    fee = desk.golden.add(Wanted("hỏi tiền khai sinh", "answer", BIRTH), by="lan")
    desk.golden.add(Wanted("hỏi chuyện trời mưa", "unknown", note="mùa bão"), by="lan")
    desk.golden.add(Wanted("chào em", "other"), by="lan")
    number = desk.golden.runs.begin(0, 2)
    desk.golden.runs.end(number, 0, [Result(fee.id, fee.question, False, "Thiếu điều được hỏi: lệ phí", "…")], 5)
    field = listing.fields[listing[BIRTH].field]
    for query, found in {
        "tim=KHAI+sinh": {"hỏi tiền khai sinh"},
        "tim=mua+bao": {"hỏi chuyện trời mưa"},
        f"thu-tuc={BIRTH}": {"hỏi tiền khai sinh"},
        f"linh-vuc={field}": {"hỏi tiền khai sinh"},
        "ket-qua=other": {"chào em"},
        "lan-cuoi=khong-dat": {"hỏi tiền khai sinh"},
        "lan-cuoi=chua-chay": {"hỏi chuyện trời mưa", "chào em"},
        "lan-cuoi=dat": set(),
    }.items():
        shown = links(read(await page(staff, f"?{query}")))
        assert {name for name in shown if name in {one.question for one in desk.golden.all()}} == found, query


async def test_a_long_list_comes_in_pages(staff: AsyncClient, desk: Desk) -> None:
    desk.golden.take([Wanted(f"câu số {number} đó", "unknown") for number in range(120)], by="lan")
    first, last = await page(staff), await page(staff, "?trang=3&tim=đó")
    assert "câu số 119 đó" in first and "câu số 69 đó" not in first and "Trang 1 trong 3" in first
    assert "câu số 0 đó" in last and "Trang 3 trong 3" in last and "tim=" in links(read(last))["Trang trước"]
    assert "Trang 3 trong 3" in await page(staff, "?trang=99999999999999999999999")


# Asking them


async def test_all_are_asked_in_the_background_and_judged(staff: AsyncClient, desk: Desk, answers: Answers) -> None:
    desk.golden.take([Wanted(f"câu {number}", "answer", BIRTH, ("fee",)) for number in range(AT_ONCE + 3)], by="lan")
    desk.golden.add(Wanted("sai thủ tục", "answer", BIRTH), by="lan")
    desk.golden.add(Wanted("thiếu lời", "answer", BIRTH, ("fee",), ("8.000 đồng",)), by="lan")
    answers.by_text["sai thủ tục"] = answered("2.000815", "fee")
    answers.may_go_on.clear()
    started = await form(staff, f"{GOLDEN}/chay")
    assert (started.status_code, started.headers["location"]) == (303, f"{GOLDEN}/chay/1")
    going_on = await page(staff, "/chay/1")
    assert "Đã hỏi 0 trong 25 câu" in going_on and 'http-equiv="refresh"' in going_on
    # While one goes on, another is not begun; whoever wants one is led to it.
    assert (await form(staff, f"{GOLDEN}/chay")).headers["location"] == f"{GOLDEN}/chay/1"
    assert f"{GOLDEN}/chay/1" in links(read(await page(staff))).values()
    part = await staff.get(f"{GOLDEN}/chay/1/tien-do")
    assert 'hx-trigger="every 1s"' in part.text and "hx-refresh" not in part.headers
    answers.may_go_on.set()
    await ended(desk, 1)
    assert [len(some) for some in answers.asked] == [AT_ONCE, 5]
    assert (await staff.get(f"{GOLDEN}/chay/1/tien-do")).headers["hx-refresh"] == "true"
    shown = text(read(await page(staff, "/chay/1")))
    assert "23 trong 25 câu đạt. 2 câu không đạt." in shown
    assert "Trả lời thủ tục khác: " in shown and "Không thấy trong câu trả lời: 8.000 đồng" in shown
    assert "23 trong 25 câu đạt" in await page(staff, "/chay") and "23 trong 25 câu đạt" in await page(staff)
    assert [entry.subject for entry in desk.audit.entries(action="golden_run")] == ["1"]


async def test_without_questions_nothing_is_asked(
    staff: AsyncClient, desk: Desk, context: Context, answers: Answers
) -> None:
    assert (await form(staff, f"{GOLDEN}/chay")).headers["location"] == GOLDEN
    assert (await run(context, context.behind)).results == ()
    assert desk.golden.runs.all() == [] and answers.asked == []


async def test_a_run_without_an_answer_says_so(staff: AsyncClient, desk: Desk, answers: Answers) -> None:
    desk.golden.add(Wanted(QUESTION, "answer", BIRTH), by="lan")
    answers.error = BehindUnavailable("down")
    await form(staff, f"{GOLDEN}/chay")
    await ended(desk, 1)
    assert "Trợ lý chưa trả lời được lúc này" in await page(staff, "/chay/1")
    assert desk.golden.runs.last() is None
    answers.error = None
    assert (await form(staff, f"{GOLDEN}/chay")).headers["location"] == f"{GOLDEN}/chay/2"
    await ended(desk, 2)


async def test_what_flipped_since_the_version_before(staff: AsyncClient, desk: Desk) -> None:
    one, two, three = (desk.golden.add(Wanted(f"câu {n}", "answer", BIRTH), by="lan") for n in "abc")

    def became(version: int, *passed: bool) -> int:
        number = desk.golden.runs.begin(version, 3)
        results = [
            Result(question.id, question.question, well, "" if well else "Thiếu điều được hỏi: lệ phí", "…", revision)
            for question, well, revision in zip((one, two, three), passed, (1, 1, version))
        ]
        desk.golden.runs.end(number, version, results, 5)
        return number

    became(1, False, False, True)
    became(1, True, False, True)  # the last run of the version before counts
    number = became(2, False, True, False)  # the third was changed in between: no flip of the version's
    shown = text(read(await page(staff, f"/chay/{number}")))
    assert "Trước đạt, nay không đạt: 1 câu câu a" in shown and "Trước không đạt, nay đạt: 1 câu câu b" in shown
    assert "Chưa có lần hỏi thử nào của bản trước" in await page(staff, "/chay/1")


def test_flips_are_seen_from_what_is_now() -> None:
    def made(*passed: bool) -> Run:
        return Run(1, tuple(Result(n, f"câu {n}", well, "", "") for n, well in enumerate(passed)), 5)

    before, after = made(True, True, False, False), made(True, False, True, False, True)
    changed = flips(before, after)
    assert changed.broken == (after.results[1],) and changed.mended == (after.results[2],)


async def test_a_run_waits_for_another_to_end(
    context: Context, desk: Desk, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WAIT", 0.01)
    desk.golden.add(Wanted(QUESTION, "answer", BIRTH), by="lan")
    first, second = await asyncio.gather(run(context, context.behind), run(context, context.behind))
    assert {first.id, second.id} == {1, 2} and first.results == second.results


async def test_a_run_begins_anew_where_a_version_is_published_meanwhile(
    context: Context, desk: Desk, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.golden.take([Wanted(f"câu {number}", "answer", BIRTH) for number in range(AT_ONCE + 1)], by="lan")
    say = answers.__call__

    async def publishing(behind: Behind, texts: Sequence[str], folder: Path | None = None) -> Tried:
        tried = await say(behind, texts, folder)
        answers.version = 7
        return tried

    monkeypatch.setattr(Behind, "answers", lambda *given: publishing(*given))
    done = await run(context, context.behind, by="lan")
    assert (done.version, len(done.results), len(answers.asked)) == (7, AT_ONCE + 1, 4)


async def test_a_broken_candidate_is_asked_nothing(
    context: Context, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    desk.golden.add(Wanted(QUESTION, "answer", BIRTH), by="lan")
    broken = tmp_path / "abc" / "procedures" / "ho_tich" / f"{BIRTH}-x.yml"
    broken.parent.mkdir(parents=True)
    broken.write_text("name: [", encoding="utf-8")
    with pytest.raises(BrokenCandidate) as refused:
        await run(context, context.behind, tmp_path / "abc")
    assert refused.value.faults and answers.asked == []
    (kept,) = desk.golden.runs.all()
    assert (kept.candidate, kept.is_running) == ("abc", False) and "chưa hỏi thử được" in kept.fault


async def test_a_run_is_given_up_while_the_gateway_stops_and_has_no_threads(
    context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.golden.add(Wanted(QUESTION, "answer", BIRTH), by="lan")
    asked = asyncio.Event()

    async def never(*given: object) -> Tried:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    def no_threads(*given: object) -> None:
        raise RuntimeError("no threads")

    monkeypatch.setattr(Behind, "answers", never)
    task = asyncio.create_task(run(context, context.behind))
    await asked.wait()
    monkeypatch.setattr(running, "run_in_threadpool", no_threads)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    (kept,) = desk.golden.runs.all()
    assert not kept.is_running and "bị ngắt" in kept.fault


# Spreadsheets

HEAD = ("Câu hỏi", "Trợ lý cần làm", "Mã thủ tục", "Điều được hỏi", "Chữ phải có", "Ghi chú")


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


async def sent(client: AsyncClient, content: bytes) -> Any:
    response = await form(client, f"{GOLDEN}/nhap", files={"tep": ("cau.xlsx", content)})
    assert_sound(response.text)
    return response


async def test_all_goes_out_and_comes_in_again_as_it_was(staff: AsyncClient, desk: Desk) -> None:
    desk.golden.take(
        [
            Wanted(QUESTION, "answer", BIRTH, ("fee", "online", "form", "who"), ("không thu", "=1+1"), "nhớ"),
            Wanted("=2+3 là mấy", "other"),
            Wanted("đổi bằng lái", "outside", facts=("công an",)),
        ],
        by="lan",
    )
    before = desk.golden.all()
    file = await staff.get(f"{GOLDEN}.xlsx")
    cells = load_workbook(io.BytesIO(file.content)).active
    assert cells["A3"].value == "=2+3 là mấy" and cells["A3"].data_type == "s"
    told = await sent(staff, file.content)
    assert "thêm 0, sửa 0, giữ nguyên 3" in told.text and desk.golden.all() == before
    for one in before:
        desk.golden.remove(one.id)
    assert "thêm 3" in (await sent(staff, file.content)).text
    parts: Callable[[Any], tuple] = lambda one: (one.question, one.outcome, one.procedure, one.aspects, one.facts)  # noqa: E731
    assert [parts(one) for one in desk.golden.all()] == [parts(one) for one in before]


async def test_a_file_as_people_make_it_is_understood(staff: AsyncClient, desk: Desk) -> None:
    told = await sent(
        staff,
        workbook(
            ("khác", QUESTION, 1.001193, "fee, Nơi làm; Làm qua mạng, bưu điện"),
            (None, None, None, None),
            ("khác", "hỏi chuyện khác", None, None),
            head=("Số thứ tự", " câu hỏi ", "MA THU TUC", "điều được hỏi"),
        ),
    )
    assert told.status_code == 400 and "<td>Mã thủ tục</td>" in told.text  # the second says no procedure
    assert desk.golden.all() == []
    content = 'Câu hỏi;Trợ lý cần làm;Điều được hỏi\n"hỏi; chuyện";viec khac;\nlàm gì;unknown;\n'
    for number, encoded in enumerate((content.encode("utf-8-sig"), content.encode("utf-16")), 1):
        told = await sent(staff, encoded)
        assert told.status_code == 200, number
    assert [(one.question, one.outcome) for one in desk.golden.all()] == [
        ("hỏi; chuyện", "other"),
        ("làm gì", "unknown"),
    ]


async def test_where_a_row_is_wrong_all_faults_are_told_and_nothing_is_taken(staff: AsyncClient, desk: Desk) -> None:
    refused = await sent(
        staff,
        workbook(
            (QUESTION, "Trả lời một thủ tục", BIRTH, "Lệ phí"),
            (QUESTION.upper(), None, BIRTH),
            ("câu b", "làm gì đó"),
            ("câu c", None, "9.999999", "giá vàng"),
            (None, None, BIRTH),
        ),
    )
    assert refused.status_code == 400 and desk.golden.all() == []
    rows = [[text(cell) for cell in row] for row in read(refused.text).iter("tr")][1:]
    assert [row[:2] for row in rows] == [
        ["3", "Câu hỏi"],
        ["4", "Trợ lý cần làm"],
        ["5", "Điều được hỏi"],
        ["5", "Mã thủ tục"],
        ["6", "Câu hỏi"],
    ]
    assert "giá vàng" in rows[2][2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Bạn chọn một tệp"),
        (b"PK\x03\x04 broken", "Không đọc được"),
        (b"\xff\x00\xd8 a picture", "không phải .xlsx"),
        ("Tên,Mã\na,b\n".encode(), "phải là tiêu đề cột"),
        ("Câu hỏi\n".encode(), "chưa có câu hỏi nào"),
        ('Câu hỏi\n"dở dang\n'.encode(), "ngoặc kép"),
    ],
)
async def test_a_file_that_is_none_of_ours_is_refused(staff: AsyncClient, content: bytes, said: str) -> None:
    refused = await sent(staff, content)
    assert refused.status_code == 400 and said in refused.text


async def test_a_file_that_claims_rows_and_columns_without_end_is_refused_at_once(staff: AsyncClient) -> None:
    book = Workbook()
    book.active.cell(1, 1, "Câu hỏi")
    book.active.cell(1_048_576, 16_384, "x")
    out = io.BytesIO()
    book.save(out)
    began = time.monotonic()
    response = await form(staff, f"{GOLDEN}/nhap", files={"tep": ("cau.xlsx", out.getvalue())})
    assert response.status_code == 400 and "hơn 2000 dòng" in response.text
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("back", ("/ban-lam-viec/../thu-tuc", "//example.org/ban-lam-viec", "https://example.org", "x"))
async def test_after_a_golden_question_nobody_is_led_away(staff: AsyncClient, back: str) -> None:
    sent = {"cau": "mấy giờ mở cửa", "ket-qua": "other", "ve": back}
    added = await form(staff, GOLDEN, sent)
    assert added.status_code == 303 and added.headers["location"] == f"{GOLDEN}?da=them"
