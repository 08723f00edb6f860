"""The words of domain.yml: whole, filled by somebody, said by somebody, and plain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from bot.answers import words
from bot.answers.services import KINDS, of_the_ward
from bot.answers.words import Response, as_table, load_words
from bot.knowledge.listing import Listing
from bot.knowledge.ward import Ward
from bot.search.decision import Decision
from bot.search.finder import Finder
from bot.settings import ROOT
from bot.text.folding import fold
from tests.answers.said import as_reply, of_everything, said
from tests.contract import SERVICES, assert_said

DOMAIN = yaml.safe_load(words.DOMAIN.read_text(encoding="utf-8"))
RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
RESPONSES = [variant for variants in load_words().values() for variant in variants]
IDS = [f"{one.name} {one.when}".strip() for one in RESPONSES]
every_response = pytest.mark.parametrize("response", RESPONSES, ids=IDS)
# What actions and forms put in, as it may look.
EXAMPLES = {
    "referral": "Làm hộ chiếu",
    "referral_office": "Công an tỉnh",
    "referral_url": "https://example.org/hc",
    "number": "CH-4K7-M2P",
    "state": "cán bộ đang xử lý.",
    "message_text": "Đèn đường trước nhà tôi tắt ba hôm nay.",
    "message_contact": "theo số điện thoại bạn để lại",
    "service": "complaint",
}
# Services have the gaps that their act fills; what that is does not depend on the day.
FILLED_BY_SERVICE = {
    "hours": {"opening", "hours"},
    "human": {"opening"},
    "address": {"directions", "counters"},
    "capabilities": {"listing_size"},
    "list_procedures": {"listing"},
}


@dataclass(frozen=True)
class Place:
    """A place in the sources that says a response, and the gaps that it fills beside those of the ward."""

    response: str
    fills: frozenset[str]
    where: str


def _names(node: ast.expr) -> list[str]:
    """The responses that an argument of `say_words` stands for."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*_names(node.body), *_names(node.orelse)]
    assert ast.unparse(node) == "f'utter_{turn.runner_up}'", ast.unparse(node)
    return [f"utter_{kind}" for kind in sorted(KINDS)]


def _classes() -> Iterator[tuple[Path, ast.ClassDef | ast.FunctionDef]]:
    for path in sorted((ROOT / "actions").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield path, node


def _opened() -> frozenset[str]:
    """What is known of a message that is taken down: the slots that are set when the form is begun."""
    (begun,) = (node for path, node in _classes() if (path.name, node.name) == ("drafts.py", "begun"))
    return frozenset(
        str(call.args[0].value)
        for call in ast.walk(begun)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "SlotSet" and isinstance(call.args[0], ast.Constant)
    )


def _said_by_actions() -> Iterator[Place]:
    opened = _opened()
    for path, node in _classes():
        for call in ast.walk(node):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "say_words"):
                continue
            for name in _names(call.args[1]):
                fills = {keyword.arg for keyword in call.keywords if keyword.arg}
                if any(keyword.arg is None for keyword in call.keywords):
                    fills |= FILLED_BY_SERVICE.get(name.removeprefix("utter_"), set())
                # Within the form, and right after it, what it took down is known.
                slots = opened if path.name in ("messages.py", "drafts.py") else frozenset()
                yield Place(name, frozenset(fills | slots), f"{path.name}:{node.name}")


def _said_by_rules() -> Iterator[Place]:
    for rule in RULES:
        if "intent" not in rule["steps"][0] and "condition" not in rule:
            continue  # it stands there for Rasa's own check only
        act = rule["steps"][0].get("intent", "")
        actions = [step["action"] for step in rule["steps"] if "action" in step]
        for action in actions:
            if action.startswith("utter_"):
                fills = FILLED_BY_SERVICE.get(act, set()) if "action_service" in actions else set()
                yield Place(action, frozenset(fills), f"rule of {act}")


def _said_by_forms() -> Iterator[Place]:
    opened = _opened()
    for form, parts in DOMAIN["forms"].items():
        for place, slot in enumerate(parts["required_slots"]):
            if f"action_ask_{slot}" not in DOMAIN["actions"]:
                before = {*parts["required_slots"][:place], *(opened if form == "message_form" else ())}
                yield Place(f"utter_ask_{slot}", frozenset(before), form)


PLACES = [*_said_by_actions(), *_said_by_rules(), *_said_by_forms()]


def _texts(card: Any) -> list[str]:
    """All that is written on a card."""
    if isinstance(card, dict):
        return [text for part in card.values() for text in _texts(part)]
    return [str(card)]


@pytest.fixture(scope="module")
def values(ward: Ward, listing: Listing) -> dict[str, str]:
    """A value for every gap that there is."""
    return {**EXAMPLES, **of_everything(ward, listing)}


# --- whole --------------------------------------------------------------------------------------------------------


@every_response
def test_a_response_with_the_values_of_the_ward_is_a_reply_without_gaps(
    response: Response, values: dict[str, str]
) -> None:
    reply = as_reply({"text": response.text, "card": response.card, "choices": list(response.choices)}, values)
    assert not re.search(r"[{}]|None", " ".join([reply.text, *_texts(reply.card)]))
    assert_said(reply.as_json())
    assert reply.text == response.filled(values), "as shown by `python -m bot words` and as Rasa says it"


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_whatever_service_a_form_is_about_its_cards_are_those_of_the_contract(
    service: str, values: dict[str, str]
) -> None:
    about_a_service = [one for one in RESPONSES if one.card.get("kind") == "{service}"]
    assert len(about_a_service) == 4
    for response in about_a_service:
        card = as_reply({"text": "x", "card": dict(response.card), "choices": []}, {**values, "service": service}).card
        assert card["kind"] == service


@given(typed=st.text(alphabet="ab {}()1hotlineward!\\%$") | st.sampled_from(["{hotline}", "{{number}}", "{}", "{!r}"]))
def test_what_a_citizen_types_is_read_back_as_typed(typed: str, ward: Ward) -> None:
    reply = said("utter_ask_message_confirmed", {**of_the_ward(ward), **EXAMPLES, "message_text": typed})
    assert f"“{typed}”" in reply.text


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["quầy thu 20.000[không phiếu]", "0[0[", "số 10[a], 20[b]", "quầy thu 20.000 đồng"])
def test_what_looks_like_a_gap_to_rasa_is_read_back_too(ward: Ward, typed: str) -> None:
    """The form makes it sayable as it takes it down: a space more, and nothing else."""
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions import ValidateMessageForm  # importing the actions loads all of the assistant

    act = {"name": "nlu_fallback", "confidence": 1.0}
    latest = {"text": typed, "intent": act, "intent_ranking": [act]}
    tracker = Tracker("a", {"requested_slot": "message_text"}, latest, [], False, None, {}, None)
    taken = ValidateMessageForm().extract_message_text(CollectingDispatcher(), tracker, {})["message_text"]
    reply = said("utter_ask_message_confirmed", {**of_the_ward(ward), **EXAMPLES, "message_text": taken})
    assert f"“{taken}”" in reply.text
    assert taken.replace(" ", "") == typed.replace(" ", "")


def test_a_gap_without_a_value_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="hotline"):
        replace(RESPONSES[0], text="Gọi {hotline}").filled({})


@pytest.mark.parametrize("missing", ["text", "card", "choices"])
def test_a_response_that_lacks_a_part_is_an_error_that_names_it(tmp_path: Path, missing: str) -> None:
    parts: dict[str, Any] = {"text": "Chào bạn.", "card": {"type": "smalltalk", "kind": "greet"}, "choices": []}
    del parts[missing]
    path = tmp_path / "domain.yml"
    path.write_text(yaml.safe_dump({"responses": {"utter_greet": [{"custom": parts}]}}), encoding="utf-8")
    with pytest.raises(KeyError, match=missing):
        load_words(path)


# --- filled and said ----------------------------------------------------------------------------------------------


@every_response
def test_every_gap_is_filled_wherever_the_response_is_said(response: Response, ward: Ward) -> None:
    places = [place for place in PLACES if place.response == response.name]
    for place in places:
        assert response.gaps - set(of_the_ward(ward)) <= place.fills, place


@every_response
def test_every_response_is_said_by_a_rule_a_form_or_an_action(response: Response) -> None:
    assert [place for place in PLACES if place.response == response.name]


def test_whatever_is_said_is_a_response() -> None:
    assert {place.response for place in PLACES} <= set(load_words())


def test_what_the_services_fill_is_what_they_are_said_to_fill(ward: Ward, listing: Listing) -> None:
    from bot.answers.services import of_the_service
    from bot.knowledge.calendar import Calendar
    from tests.answers.said import MONDAY_MORNING

    for kind in KINDS:
        filled = of_the_service(kind, ward, listing, Calendar(ward), MONDAY_MORNING)
        assert set(filled) == FILLED_BY_SERVICE.get(kind, set())
        (response,) = load_words()[f"utter_{kind}"]
        assert set(filled) <= response.gaps, "nothing is worked out in vain"


def test_what_an_action_puts_in_is_used() -> None:
    gaps = {name: frozenset[str]().union(*(one.gaps for one in variants)) for name, variants in load_words().items()}
    for path, node in _classes():
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "say_words":
                put_in = {keyword.arg for keyword in call.keywords if keyword.arg}
                for name in _names(call.args[1]):
                    assert put_in <= gaps[name], (path.name, name)


def test_every_slot_that_fills_a_gap_is_one_of_the_domain(ward: Ward) -> None:
    """A value that Rasa does not know as a slot is lost between the action that sets it and the words."""
    of_services = set().union(*FILLED_BY_SERVICE.values())
    assert {*of_the_ward(ward), *of_services} <= set(DOMAIN["slots"])


def test_no_two_responses_say_the_same() -> None:
    texts = [response.text for response in RESPONSES]
    assert len(texts) == len(set(texts))


@every_response
def test_no_response_repeats_itself(response: Response) -> None:
    sentences = list(_sentences(response.text))
    assert len(sentences) == len(set(sentences))


def test_no_rule_says_again_what_its_action_has_said() -> None:
    said_in: dict[str, set[str]] = {}
    for path, node in _classes():
        named = re.search(
            r'return "(action_\w+)"', ast.get_source_segment(path.read_text(encoding="utf-8"), node) or ""
        )
        if named:
            own = {place.response for place in PLACES if place.where == f"{path.name}:{node.name}"}
            said_in[named[1]] = own
    for rule in RULES:
        actions = [step["action"] for step in rule["steps"] if "action" in step]
        by_rule = [action for action in actions if action.startswith("utter_")]
        assert len(by_rule) <= 1, rule
        assert not {response for action in actions for response in said_in.get(action, ())} & set(by_rule), rule


# --- buttons ------------------------------------------------------------------------------------------------------

# What each button outside a form asks for: an act, or the procedure that the search finds.
BUTTONS = {
    "Cho tôi gặp cán bộ": "human",
    "Tôi muốn để lại câu hỏi cho cán bộ": "leave_question",
    "Phường làm những thủ tục nào?": "list_procedures",
    "Giờ làm việc của phường?": "hours",
    "Giờ làm việc của phường": "hours",
    "Phường ở đâu?": "address",
    "Số điện thoại của phường?": "hotline",
    "Tôi muốn góp ý cho phường": "feedback",
    "Thôi không gửi nữa": "cancel",
    "Rất hài lòng": "rate",
    "Hài lòng": "rate",
    "Bình thường": "rate",
    "Không hài lòng": "rate",
    "Rất không hài lòng": "rate",
    "Vợ em mới sinh bé, làm giấy khai sinh cần gì?": "1.001193",
    "Làm lại căn cước bị mất hết bao nhiêu tiền?": "1.014064",
    "Đăng ký tạm trú có làm qua mạng được không?": "1.004194",
}
# Within a form, what its own code makes of the button: the slot asked for and the value it gets.
IN_FORMS = {
    ("contact", "Bỏ qua"): "bạn xem bằng mã số",
    ("confirm", "Gửi đi"): "send",
    ("confirm", "Viết lại"): "again",
    ("reason", "Sai việc tôi hỏi"): "Sai việc tôi hỏi",
    ("reason", "Thông tin sai hoặc cũ"): "Thông tin sai hoặc cũ",
    ("reason", "Thiếu điều tôi cần"): "Thiếu điều tôi cần",
    ("reason", "Khó hiểu"): "Khó hiểu",
    ("reason", "Bỏ qua"): "-",
}
SLOT_OF = {"contact": "message_contact", "confirm": "message_confirmed", "reason": "feedback_reason"}
ALIKE = 78  # of 100: so near to an example of an act is a message of that act


@pytest.fixture(scope="module")
def examples() -> dict[str, str]:
    """The training examples of every act, folded."""
    taught: dict[str, str] = {}
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            listed = part["examples"]
            texts = (
                [line.removeprefix("- ") for line in listed.splitlines()]
                if isinstance(listed, str)
                else [one["text"] for one in listed]
            )
            taught |= {fold(text).strip(" .!?\n"): part["intent"] for text in texts}
    return taught


def test_every_button_is_known_here() -> None:
    outside: set[str] = set()
    inside: set[tuple[str, str]] = set()
    for response in RESPONSES:
        for choice in response.choices:
            at = (str(response.card.get("step")), choice["message"])
            if at in IN_FORMS:
                inside.add(at)
            else:
                outside.add(choice["message"])
    assert (outside, inside) == (set(BUTTONS), set(IN_FORMS))


@pytest.mark.parametrize(("message", "act"), [(key, act) for key, act in BUTTONS.items() if act in DOMAIN["intents"]])
def test_a_button_sends_what_its_act_was_taught_with(examples: dict[str, str], message: str, act: str) -> None:
    """The model itself is asked in tests/test_rasa.py; here only whether it can know."""
    nearest = process.extractOne(fold(message).strip(" .!?"), list(examples), scorer=fuzz.ratio)
    assert nearest[1] >= ALIKE
    assert (examples[nearest[0]], message) == (act, message), nearest
    assert [rule for rule in RULES if rule["steps"][0].get("intent") == act]


@pytest.mark.slow
@pytest.mark.parametrize(("message", "code"), [(key, code) for key, code in BUTTONS.items() if code[0].isdigit()])
def test_a_button_with_a_question_finds_its_procedure(finder: Finder, message: str, code: str) -> None:
    found = finder(message)
    assert (found.best, found.decision) == (code, Decision.answer)


@pytest.mark.slow
@pytest.mark.parametrize(("at", "value"), IN_FORMS.items())
def test_a_button_within_a_form_is_understood_there(at: tuple[str, str], value: str) -> None:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions import ValidateFeedbackForm, ValidateMessageForm  # importing the actions loads all of the assistant

    step, message = at
    slot = SLOT_OF[step]
    # Whatever act the classifier takes it for, but for a skip, which has its own act.
    act = {"name": "skip" if message == "Bỏ qua" else "nlu_fallback", "confidence": 1.0}
    latest = {"text": message, "intent": act, "intent_ranking": [act]}
    tracker = Tracker("a", {"requested_slot": slot}, latest, [], False, None, {}, None)
    form = ValidateFeedbackForm() if step == "reason" else ValidateMessageForm()
    assert getattr(form, f"extract_{slot}")(CollectingDispatcher(), tracker, {}) == {slot: value}


# --- plain --------------------------------------------------------------------------------------------------------

LONGEST_SENTENCE = 30  # words
STIFF = r"quý khách|quý vị|quý công dân|vui lòng|xin vui|anh/chị|anh chị|ông/bà|ông bà|công dân|hệ thống ghi nhận"
ABOLISHED = r"\bquận\b|\bhuyện\b|thị xã|UBND"


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?])\s+", line):
            if sentence.strip():
                yield sentence.strip()


@every_response
def test_sentences_are_short(response: Response) -> None:
    long = {sentence: len(sentence.split()) for sentence in _sentences(response.text)}
    assert {sentence: count for sentence, count in long.items() if count > LONGEST_SENTENCE} == {}


@every_response
def test_nobody_is_spoken_to_stiffly_and_no_office_is_named_that_is_no_more(response: Response) -> None:
    said_to_them = " ".join([response.text, *(choice["label"] for choice in response.choices)])
    assert not re.search(STIFF, said_to_them, re.IGNORECASE)
    assert not re.search(ABOLISHED, said_to_them, re.IGNORECASE)


@every_response
def test_people_are_called_you_and_nothing_else(response: Response) -> None:
    """Always "bạn", and the assistant is "tôi"; what stands between quotation marks is what people might say."""
    own_words = re.sub(r"“[^”]*”|trẻ em", "", response.text, flags=re.IGNORECASE)
    assert not re.search(r"\b(em|anh|chị|cô|chú|bác|mày|tao|tớ|cậu|ngài|mình là|chúng tôi)\b", own_words, re.IGNORECASE)


def test_the_one_spoken_to_is_named_in_nearly_all() -> None:
    without = {response.name for response in RESPONSES if not re.search(r"\bbạn\b", response.text, re.IGNORECASE)}
    assert without == {
        "utter_no_cases",
        "utter_hours",
        "utter_address",
        "utter_hotline",
        "utter_ask_message_confirmed",
        "utter_request_state",
        "utter_emergency_fire",
        "utter_emergency_child",
    }


@every_response
def test_the_words_are_written_as_vietnamese_is(response: Response) -> None:
    from bot.text.unicode import clean

    for text in (response.text, *(choice["label"] for choice in response.choices)):
        assert [clean(line) for line in text.splitlines()] == text.splitlines(), "composed letters, single spaces"
        assert text[0].isupper() or text[0] == "{"


@pytest.mark.parametrize(
    ("response", "number"),
    [
        ("utter_emergency_fire", "114"),
        ("utter_emergency_police", "113"),
        ("utter_emergency_medical", "115"),
        ("utter_emergency_child", "111"),
        ("utter_emergency_self_harm", "115"),
    ],
)
def test_in_need_the_right_number_comes_first(response: str, number: str) -> None:
    (one,) = load_words()[response]
    assert re.findall(r"\b11\d\b", one.text)[0] == number


# --- the table ----------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_response_with_its_words_and_its_buttons() -> None:
    head, rule, *rows = as_table().splitlines()
    assert head.count("|") == rule.count("|") == 5
    assert len(rows) == len(RESPONSES)
    for row, response in zip(rows, RESPONSES):
        name, when, text, buttons = (cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1])
        assert (name, when) == (response.name, response.when)
        assert text.replace("<br>", "\n").replace("\\|", "|") == response.text
        assert buttons == ", ".join(choice["label"] for choice in response.choices)


def test_what_would_break_the_table_is_escaped(tmp_path: Path) -> None:
    card = {"type": "smalltalk", "kind": "greet"}
    parts = {"text": "Chào | bạn.\nMời hỏi.", "card": card, "choices": [{"label": "A", "message": "a"}]}
    path = tmp_path / "domain.yml"
    path.write_text(yaml.safe_dump({"responses": {"utter_greet": [{"custom": parts}]}}), encoding="utf-8")
    assert as_table(path).splitlines()[2] == "| utter_greet |  | Chào \\| bạn.<br>Mời hỏi. | A |"
