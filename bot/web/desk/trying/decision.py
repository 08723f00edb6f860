"""The decision in words, and each of its bounds with what was held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.answers.verdict import Outcome, outcome_of
from bot.web.desk.trying.candidates import NEARLY
from bot.web.desk.trying.figures import decimal, percent

Names = Mapping[str, str]
_WHAT = {
    "least_fit": ("Danh mục có việc này", "Dưới mức thì nói là không có."),
    "close": ("Thủ tục đầu hơn thủ tục thứ hai", "Dưới mức thì hỏi lại giữa các thủ tục."),
    "open": ("Câu nói chung hơn thủ tục đầu", "Trên mức thì hỏi lại, dù có một thủ tục dẫn đầu."),
    "brief": ("Việc mới có bản tóm tắt hơn mọi việc khác", "Trên mức thì trả lời theo bản tóm tắt ấy."),
}
_LITTLE = 0.1  # of a chance: so near the bound that the decision may well be another tomorrow


@dataclass(frozen=True)
class Bound:
    """One bound: what was measured, where it lies, and how far the one is from the other."""

    name: str
    means: str
    measured: str
    bound: str
    margin: str
    above: bool


def bounds_of(explained: Mapping[str, Any], slots: Mapping[str, Any]) -> Iterator[Bound]:
    """Those that something was held against; `slots` are those before the message."""
    if slots.get("procedure"):
        over = explained["over_procedures"]
        written = decimal(over), decimal(0), decimal(over, sign=True)
        yield Bound(
            "Giống hỏi nối hơn giống một thủ tục", "Trên mức thì coi là hỏi nối việc đang nói.", *written, over > 0
        )
    for key, (name, means) in _WHAT.items():
        if key not in explained["measured"]:
            continue
        measured, bound = explained["measured"][key], explained["bounds"][key]
        write = percent if key == "least_fit" else decimal
        margin = (
            f"{decimal(100 * (measured - bound), 0, sign=True)} điểm phần trăm"
            if key == "least_fit"
            else decimal(measured - bound, sign=True)
        )
        yield Bound(name, means, write(measured), write(bound), margin, measured >= bound)


def sentences_of(
    explained: Mapping[str, Any], slots: Mapping[str, Any], reply: Mapping[str, Any], names: Names, *,
    act: str, by_code: bool,
) -> Iterator[str]:  # fmt: skip
    """The decision step by step: what the talk made of the message, and what it says alone."""
    got = outcome_of(reply)
    if got is Outcome.other and act not in ("ask_procedure", "ask_aspect", "out_of_scope", "nlu_fallback"):
        yield "Trợ lý hiểu đây không phải câu hỏi thủ tục, nên trả lời theo loại câu. Các số tìm kiếm chỉ để tham khảo."
        return
    about = _by_talk(explained, slots, reply, got, names)
    if about is not None:
        yield about
        yield "Nếu hỏi riêng câu này, không có câu trước, thì:"
    yield from _alone(explained, names, by_code)


def _alone(explained: Mapping[str, Any], names: Names, by_code: bool) -> Iterator[str]:
    decision = explained["decision"]
    fits, least = explained["fits"], explained["bounds"]["least_fit"]
    if by_code:
        yield "Câu có ghi mã thủ tục, nên trợ lý lấy đúng mã ấy, không đoán."
        return
    if decision == "unknown":
        if fits < least:
            yield (
                f"Trợ lý chỉ chắc {percent(fits)} là danh mục có việc này; cần ít nhất {percent(least)} mới trả lời."
            )
        else:
            yield "Câu gần như không có chữ nào chung với danh mục, nên trợ lý không đoán."
    else:
        sure = f"Trợ lý chắc {percent(fits)} là danh mục có việc này (cần ít nhất {percent(least)})."
        yield sure if fits >= least else "Câu nhắc tên một việc mà trợ lý mới có bản tóm tắt."
        yield from _among(explained, names)
    if abs(fits - least) < _LITTLE:
        yield "Con số này sát mức: đổi một chữ là kết quả có thể khác."
    if decision == "unknown" and explained["candidates"]:
        first = explained["candidates"][0]["code"]
        yield f"Gần nhất là “{names.get(first, first)}”."


def _among(explained: Mapping[str, Any], names: Names) -> Iterator[str]:
    offered = [f"“{names.get(code, code)}”" for code in explained["offered"]]
    lead, bound = explained["measured"].get("close"), explained["bounds"]["close"]
    if explained["decision"] == "choose":
        is_open = explained["measured"].get("open", float("-inf")) > explained["bounds"]["open"]
        if is_open:
            yield f"Câu nói chung, chưa rõ việc nào, nên hỏi lại giữa {len(offered)} thủ tục."
        else:
            yield f"{len(offered)} thủ tục sát điểm nhau (cách dưới {decimal(bound)}), nên hỏi lại để người dân chọn."
    elif lead is not None and offered:
        yield (
            f"{offered[0]} đứng đầu, hơn thủ tục thứ hai {decimal(lead)} điểm (hơn {decimal(bound)} thì trả lời luôn)."
        )
        if bound < lead <= bound + NEARLY:
            yield "Hơn không nhiều: thủ tục thứ hai suýt được đưa ra để chọn."


def _by_talk(
    explained: Mapping[str, Any], slots: Mapping[str, Any], reply: Mapping[str, Any], got: Outcome, names: Names
) -> str | None:
    """Where the talk decided otherwise than the message alone would have."""
    alone, card = explained["decision"], reply["card"]
    if got is Outcome.answer:
        code = card.get("code")
        if alone == "answer" and code in explained["offered"]:
            return None
        if code == slots.get("procedure"):
            return f"Người dân đang nói về “{names.get(code, code)}”, nên câu này được hiểu là hỏi nối việc ấy."
        if code in (slots.get("candidates") or ()):
            return f"Câu này được hiểu là chọn “{names.get(code, code)}” trong những mục vừa đưa ra."
        return f"Ghép với câu hỏi trước, trợ lý hiểu là “{names.get(code, code)}”."
    if got.value == alone or (got is Outcome.outside and alone == "unknown"):
        return None
    return "Trợ lý trả lời theo mạch trò chuyện và loại câu, khác với kết quả tìm riêng câu này."
