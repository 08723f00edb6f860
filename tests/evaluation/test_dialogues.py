"""Scripted talks: how they are read, and that the judge finds every kind of fault and none where there is none."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from bot import serve
from bot.evaluation import dialogues
from bot.evaluation.dialogues import (
    CARDS,
    FLOOR,
    WANTED,
    Dialogue,
    Heard,
    Line,
    errors,
    faults,
    hold,
    load,
    run,
    share_right,
    summary,
)
from bot.knowledge.yaml_lines import RecordError
from bot.settings import Settings

TURN = {"user": "cần giấy gì", "expect": "answer"}
GOOD = {"id": "d-001", "note": "why", "turns": [TURN]}
ANSWER = {"type": "answer", "code": "1.001193", "aspects": ["fee"]}
CHOOSE = {"type": "choose", "candidates": [{"code": "1.1", "name": "a"}, {"code": "1.2", "name": "b"}]}
HOURS = {"type": "service", "kind": "hours"}


def write(path: Path, *lines: object) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


# Reading


def test_a_dialogue_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    second = {**TURN, "codes": ["1.1", "1.2"], "aspects": ["fee", "place"], "must": ["miễn", r"\d+"]}
    third = {"user": "mấy giờ mở cửa", "expect": "service", "kind": "hours"}
    path = write(tmp_path / "a.jsonl", {**GOOD, "turns": [TURN, second, third]}, {"id": "d-002", "turns": [TURN]})
    one, two = load(path)
    assert (one.id, one.note, two.id, two.note) == ("d-001", "why", "d-002", "")
    assert one.lines == (
        Line("cần giấy gì", "answer"),
        Line("cần giấy gì", "answer", ("1.1", "1.2"), ("fee", "place"), ("miễn", r"\d+")),
        Line("mấy giờ mở cửa", "service", kind="hours"),
    )


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", {**GOOD, "id": "d-002"})
    write(tmp_path / "a.jsonl", GOOD)
    write(tmp_path / "README.md", "no dialogue")
    assert [one.id for one in load(tmp_path)] == ["d-001", "d-002"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.jsonl"):
        load(tmp_path / "nothing.jsonl")


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {**GOOD, "turns": [{**TURN, "user": "mất\u2028thẻ"}]})
    assert [one.lines[0].user for one in load(path)] == ["mất\u2028thẻ"]


@pytest.mark.parametrize("expect", CARDS)
def test_every_kind_of_turn_can_be_expected(tmp_path: Path, expect: str) -> None:
    (one,) = load(write(tmp_path / "a.jsonl", {**GOOD, "turns": [{**TURN, "expect": expect}]}))
    assert one.lines[0].expect == expect


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "Expecting"),
        ("", "Expecting value"),
        ("[]", "list indices"),
        ("7", "not subscriptable"),
        ({"id": "d-002"}, "'turns'"),
        ({"turns": [TURN]}, "'id'"),
        ({**GOOD, "turns": 7}, "not iterable"),
        ({**GOOD, "turns": ["cần giấy gì"]}, ""),
        ({**GOOD, "turns": [{"expect": "answer"}]}, "'user'"),
        ({**GOOD, "turns": [{"user": "a"}]}, "'expect'"),
        ({**GOOD, "turns": [{**TURN, "expect": "maybe"}]}, "expect must be one of answer, clarify, ask, abstain"),
        ({**GOOD, "turns": [TURN, {**TURN, "aspects": ["fee", "price"]}]}, "no such aspects: price"),
        ({**GOOD, "turns": [{**TURN, "must": ["phí", "(15"]}]}, "missing )"),
        ({**GOOD, "turns": [{**TURN, "mist": ["phí"]}]}, "'mist'"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_number(tmp_path: Path, line: object, fault: str) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, line, GOOD)
    with pytest.raises(RecordError) as error:
        load(tmp_path)
    assert str(error.value).startswith(f"{path}:2: ") and fault in str(error.value)


@pytest.mark.parametrize("part", ["codes", "aspects", "must"])
def test_a_text_where_a_list_belongs_is_a_broken_line(tmp_path: Path, part: str) -> None:
    """Read as a list of its letters it would judge something else, in silence."""
    path = write(tmp_path / "a.jsonl", {**GOOD, "turns": [{**TURN, part: "fee"}]})
    with pytest.raises(RecordError, match=r"a\.jsonl:1: "):
        load(path)


# One turn judged


def gateway(*replies: dict[str, Any]) -> httpx.Client:
    """A gateway that says the same at every turn."""
    body = {"session": "s", "replies": [{"text": "", **reply} for reply in replies]}
    return client(lambda request: httpx.Response(200, json=body))


def client(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(base_url="http://gateway", transport=httpx.MockTransport(handler))


def judged(line: Line, card: dict[str, Any], text: str = "") -> tuple[str, ...]:
    (heard,) = hold(gateway({"card": card, "text": text}), Dialogue("d", "", (line,)))
    return heard.faults


@pytest.mark.parametrize(
    ("line", "card", "text"),
    [
        (Line("a", "answer"), ANSWER, ""),
        (Line("a", "answer", codes=("1.001193",)), ANSWER, ""),
        (Line("a", "answer", codes=("1.1", "1.001193")), ANSWER, ""),
        (Line("a", "answer", aspects=("fee",)), ANSWER, ""),
        (Line("a", "answer", aspects=("fee",)), {**ANSWER, "aspects": ["overview", "fee"]}, ""),
        (Line("a", "answer", aspects=("overview", "fee")), ANSWER, ""),
        # Asked for nothing in particular: whatever the talk was about serves. An overview brings the essentials.
        (Line("a", "answer", aspects=("overview",)), ANSWER, ""),
        (Line("a", "answer", aspects=("fee",)), {**ANSWER, "aspects": ["overview"]}, ""),
        (Line("a", "answer", aspects=("place", "fee")), {**ANSWER, "aspects": ["fee", "who", "place"]}, ""),
        (Line("a", "answer", must=("miễn", r"15[.]000")), ANSWER, "Miễn phí; nộp trực tiếp 15.000 đồng."),
        (Line("a", "answer", must=("tờ khai.*mẫu",)), ANSWER, "- Tờ khai\n- theo mẫu"),
        (Line("a", "answer", must=(r"(?s)\A(?!.*CH-)",)), ANSWER, "không có mã"),
        (Line("a", "clarify", codes=("1.2",)), CHOOSE, ""),
        (Line("a", "clarify", codes=("9.9", "1.1")), CHOOSE, ""),
        (Line("a", "clarify"), CHOOSE, ""),
        (Line("a", "ask"), {"type": "ask", "question": "b"}, ""),
        (Line("a", "abstain"), {"type": "unknown"}, ""),
        (Line("a", "service"), HOURS, ""),
        (Line("a", "service", kind="hours"), HOURS, ""),
        (Line("a", "smalltalk", kind="thanks"), {"type": "smalltalk", "kind": "thanks"}, ""),
        (Line("a", "refused"), {"type": "refused", "reason": "empty"}, ""),
    ],
)
def test_a_right_turn_has_no_fault(line: Line, card: dict[str, Any], text: str) -> None:
    assert judged(line, card, text) == ()


@pytest.mark.parametrize(
    ("line", "card", "text", "fault"),
    [
        (Line("a", "answer"), HOURS, "", "service hours instead of answer"),
        (Line("a", "answer"), CHOOSE, "", "choose 1.1, 1.2 instead of answer"),
        (Line("a", "service", kind="hours"), ANSWER, "", "answer 1.001193 instead of service"),
        (Line("a", "clarify", codes=("1.001193",)), ANSWER, "", "answer 1.001193 instead of clarify"),
        (Line("a", "answer", codes=("1.1", "1.2")), ANSWER, "", "1.001193 instead of 1.1 or 1.2"),
        (Line("a", "answer", codes=("1.00119",)), ANSWER, "", "1.001193 instead of 1.00119"),
        (Line("a", "clarify", codes=("9.9",)), CHOOSE, "", "none of the right ones offered"),
        (Line("a", "service", kind="address"), HOURS, "", "hours instead of address"),
        (Line("a", "smalltalk", kind="greet"), {"type": "smalltalk", "kind": "thanks"}, "", "thanks instead of greet"),
        (Line("a", "answer", aspects=("place",)), ANSWER, "", "aspects fee instead of place"),
        (Line("a", "answer", aspects=("fee", "place")), ANSWER, "", "aspects fee instead of fee, place"),
        (Line("a", "answer", aspects=("form",)), ANSWER, "", "aspects fee instead of form"),
        (
            Line("a", "answer", aspects=("form",)),
            {**ANSWER, "aspects": ["overview"]},
            "",
            "aspects overview instead of form",
        ),
        (Line("a", "answer", must=("miễn", "trang")), ANSWER, "Miễn phí.", "not said: trang"),
        (Line("a", "service", kind="human", must=("CH-",)), {"type": "service", "kind": "human"}, "", "not said: CH-"),
        (
            Line("a", "service", must=("(?s)^(?!.*CH-).*",)),
            HOURS,
            "Mã số của bạn:\nCH-4K7-M2P",
            "not said: (?s)^(?!.*CH-).*",
        ),
    ],
)
def test_a_fault_says_what_was_found_instead(line: Line, card: dict[str, Any], text: str, fault: str) -> None:
    assert judged(line, card, text) == (fault,)


@pytest.mark.parametrize("expect", CARDS)
def test_another_card_is_a_fault_whatever_is_expected(expect: str) -> None:
    for card_type in {"answer", "choose", "ask", "unknown", "service", "smalltalk", "refused", "error"} - {
        *CARDS[expect]
    }:
        (fault,) = judged(Line("a", expect), {"type": card_type})
        assert fault.startswith(card_type) and fault.endswith(f"instead of {expect}")


def test_all_that_is_wrong_with_a_turn_is_said() -> None:
    line = Line("a", "answer", aspects=("place",), must=("quầy", "tầng"))
    assert judged(line, ANSWER, "Miễn phí.") == (
        "aspects fee instead of place",
        "not said: quầy",
        "not said: tầng",
    )


def test_vietnamese_is_found_however_it_is_composed() -> None:
    text = unicodedata.normalize("NFD", "Nộp tờ khai.")
    assert judged(Line("a", "answer", must=("tờ khai",)), ANSWER, text) == ()


def test_of_several_replies_the_first_card_counts_and_all_words() -> None:
    http = gateway({"card": HOURS, "text": "Đang mở."}, {"card": ANSWER, "text": "Miễn phí."})
    (heard,) = hold(http, Dialogue("d", "", (Line("a", "service", kind="hours", must=("mở.*miễn",)),)))
    assert heard.faults == () and heard.card == HOURS and heard.text == "Đang mở.\n\nMiễn phí."


# A talk


def test_a_talk_is_held_in_one_session_line_by_line() -> None:
    said: list[tuple[str, str | None]] = []

    def hear(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        said.append((asked["message"], asked["session"]))
        return httpx.Response(200, json={"session": "s", "replies": [{"text": "b", "card": ANSWER}]})

    heard = hold(client(hear), Dialogue("d", "", (Line("một", "answer"), Line("hai", "ask"), Line("ba", "answer"))))
    assert said == [("một", None), ("hai", "s"), ("ba", "s")]
    assert [bool(one.faults) for one in heard] == [False, True, False]


def test_each_talk_has_a_session_of_its_own() -> None:
    sessions: list[str | None] = []

    def hear(request: httpx.Request) -> httpx.Response:
        sessions.append(json.loads(request.content)["session"])
        return httpx.Response(200, json={"session": "s", "replies": [{"text": "b", "card": ANSWER}]})

    with client(hear) as http:
        for _ in range(2):
            hold(http, Dialogue("d", "", (Line("a", "answer"),)))
    assert sessions == [None, None]


def test_a_turn_that_fails_is_an_error_and_the_talk_goes_on() -> None:
    broken = httpx.Response(503, json={"error": {"code": "unavailable", "message": "Hệ thống đang bận."}})
    right = httpx.Response(200, json={"session": "s", "replies": [{"text": "b", "card": ANSWER}]})
    responses = iter([broken, right])
    talk = Dialogue("d", "", (Line("a", "answer"), Line("b", "answer")))
    heard = hold(client(lambda request: next(responses)), talk)
    assert [one.card["type"] for one in heard] == ["error", "answer"]
    assert "Hệ thống đang bận." in heard[0].text and heard[0].faults and not heard[1].faults
    assert errors([(talk, heard)]) == 1


# All talks


def talks(*wrong: int, turns: int = 4) -> list[tuple[Dialogue, list[Heard]]]:
    """Talks, in each of which so many of the turns are wrong."""
    line = Line("cần giấy gì", "answer")
    return [
        (
            Dialogue(f"d-{number}", "", (line,) * turns),
            [Heard(line, "", ANSWER, ("sai", "thiếu") if turn < count else ()) for turn in range(turns)],
        )
        for number, count in enumerate(wrong, 1)
    ]


def test_turns_and_talks_without_a_fault_are_counted() -> None:
    some = talks(0, 1, 2, 0, 0)
    assert share_right(some) == pytest.approx(17 / 20) and errors(some) == 0
    assert [row[1:] for row in summary(some).rows] == [("17 of 20", "0.850"), ("3 of 5", "0.600"), ("0", "")]


def test_every_turn_that_went_wrong_is_named_with_all_its_faults() -> None:
    assert list(faults(talks(0, 2))) == [
        "d-2 turn 1: 'cần giấy gì': sai; thiếu",
        "d-2 turn 2: 'cần giấy gì': sai; thiếu",
    ]


def held(monkeypatch: pytest.MonkeyPatch, folder: Path, *cards: dict[str, Any], at: str = "") -> tuple[bool, str]:
    """Hold one talk, each turn answered by one of these cards: whether it passed, and what was printed."""
    path = write(folder / "a.jsonl", {**GOOD, "turns": [TURN] * len(cards)})
    answers = iter(cards)

    def hear(request: httpx.Request) -> httpx.Response:
        card = next(answers)
        if card["type"] == "error":
            return httpx.Response(500, json={"error": {"code": "internal", "message": "Có lỗi xảy ra."}})
        return httpx.Response(200, json={"session": "s", "replies": [{"text": "b", "card": card}]})

    called: list[str] = []

    def connect(address: str) -> httpx.Client:
        called.append(address)
        return client(hear)

    monkeypatch.setattr(dialogues, "client", connect)
    shown = io.StringIO()
    passed = run(Settings(), Console(file=shown, width=200), path, at)
    assert called == [at or "http://started"]
    return passed, shown.getvalue()


@pytest.fixture
def nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: Settings) -> None:
        raise AssertionError("an assistant was started")

    monkeypatch.setattr(serve, "running", refuse)


AT = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("wrong", "passed"), [([], True), ([HOURS] * 2, True), ([HOURS] * 3, False), ([{"type": "error"}], False)]
)
@pytest.mark.usefixtures("nothing_is_started")
def test_enough_turns_must_be_right_and_none_may_end_in_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: list[dict[str, Any]], passed: bool
) -> None:
    assert (WANTED, FLOOR) == (0.95, 0.86)
    cards = [*wrong, *[ANSWER] * (20 - len(wrong))]
    outcome, shown = held(monkeypatch, tmp_path, *cards, at=AT)
    assert outcome is passed
    assert f"{20 - len(wrong)} of 20" in shown and shown.count("d-001 turn") == len(wrong)


def test_without_an_address_an_assistant_is_started_and_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str] = []

    class Running:
        def __init__(self, settings: Settings) -> None: ...
        def __enter__(self) -> str:
            seen.append("started")
            return "http://started"

        def __exit__(self, *error: object) -> None:
            seen.append("stopped")

    monkeypatch.setattr(serve, "running", Running)
    assert held(monkeypatch, tmp_path, ANSWER)[0]
    assert seen == ["started", "stopped"]


def test_broken_dialogues_are_told_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nothing_is_started: None
) -> None:
    with pytest.raises(RecordError, match=r"a\.jsonl:1: "):
        run(Settings(), Console(file=io.StringIO()), write(tmp_path / "a.jsonl", "{"))


def test_a_folder_without_dialogues_is_told_before_anything_is_started(
    tmp_path: Path, nothing_is_started: None
) -> None:
    with pytest.raises((RecordError, FileNotFoundError), match="dialogues"):
        run(Settings(), Console(file=io.StringIO()), tmp_path)
