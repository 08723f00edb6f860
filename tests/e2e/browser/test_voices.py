"""Reading aloud and dictation: off until asked for, and offered only where the device can."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser.newcomer import Come, option
from tests.e2e.browser.visit import STORY, Visit

pytestmark = pytest.mark.e2e

ALOUD, SPEAK = "Đọc to câu trả lời", "Nói thay vì gõ"
THANKS = "Cảm ơn bạn"
VOICE = """window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const getVoices = () => [{ lang: 'vi-VN' }], speak = (one) => window.spoken.push(one.text);
const addEventListener = (event, heard) => setTimeout(heard);
Object.defineProperty(window, 'speechSynthesis', { value: { speak, getVoices, addEventListener, cancel() {} } });"""
FOREIGN = VOICE.replace("vi-VN", "en-US")
EAR = """window.heard = [];
window.SpeechRecognition = class {
  constructor() { window.heard.push(this); }
  start() {} stop() { this.onend(); } abort() { this.onend(); }
};"""
DEAF = """for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition'])
  { delete window[name]; delete Window.prototype[name]; }"""


def assert_read_once(visit: Visit, text: str) -> None:
    """Fail unless exactly this text was read aloud, line by line, since last looked."""
    read = visit.page.evaluate("spoken.splice(0)")
    assert read == [line for line in text.split("\n") if line.strip()]


def test_nothing_is_read_aloud_until_asked_and_then_every_answer_once(come: Come) -> None:
    visit = come(VOICE)
    visit.ask(STORY)
    assert_read_once(visit, "")
    option(visit, ALOUD)
    assert_read_once(visit, visit.ask(THANKS)["text"])
    visit.page.reload()
    expect(visit.mine).to_have_count(2)
    assert_read_once(visit, "")
    assert_read_once(visit, visit.ask(THANKS)["text"])
    option(visit, ALOUD)
    visit.ask(THANKS)
    assert_read_once(visit, "")


def test_a_device_without_a_vietnamese_voice_says_so(come: Come) -> None:
    visit = come(FOREIGN)
    option(visit, ALOUD)
    expect(visit.page.get_by_text(re.compile("chưa có giọng đọc tiếng Việt"))).to_be_visible()
    expect(visit.page.get_by_role("checkbox", name=ALOUD)).not_to_be_checked()
    visit.ask(THANKS)
    assert_read_once(visit, "")


def test_nobody_listens_until_asked_and_what_was_heard_is_not_sent(come: Come) -> None:
    visit = come(EAR)
    expect(visit.button("Nói")).to_have_count(0)
    option(visit, SPEAK)
    assert visit.page.evaluate("heard.length") == 0
    visit.field.fill("Cho hỏi")
    visit.button("Nói").click()
    expect(visit.button("Nói")).to_have_attribute("aria-pressed", "true")
    assert visit.page.evaluate("heard.map(({ lang }) => lang)") == ["vi-VN"]
    visit.page.evaluate("heard[0].onresult({ results: [[{ transcript: 'đăng ký kết hôn' }]] })")
    visit.button("Nói").click()
    expect(visit.button("Nói")).to_have_attribute("aria-pressed", "false")
    expect(visit.field).to_have_value("Cho hỏi đăng ký kết hôn")
    expect(visit.mine).to_have_count(0)


def test_what_the_device_cannot_do_is_not_offered(come: Come) -> None:
    visit = come(DEAF)
    visit.button("Tùy chọn").click()
    expect(visit.button("125 %")).to_be_visible()
    expect(visit.page.get_by_role("checkbox")).to_have_count(0)
