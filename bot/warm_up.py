"""The first questions, asked before citizens ask theirs: some of what answers is loaded on first use."""

from __future__ import annotations

import time

import httpx

QUESTIONS = ("Đăng ký khai sinh cho con cần giấy tờ gì?", "làm căn cước mất bao lâu", "Cảm ơn")
LONGEST = 60.0  # seconds; the first turns may take longer than a citizen is left waiting
PAUSE = 1.0


def warm_up(gateway: str, seconds: float = LONGEST) -> str:
    """Ask the questions, each until it is answered: why one was not within so many seconds for all, or nothing."""
    deadline = time.monotonic() + seconds
    for message in QUESTIONS:
        while fault := _asked(gateway, message):
            if time.monotonic() > deadline:
                return fault
            time.sleep(PAUSE)
    return ""


def _asked(gateway: str, message: str) -> str:
    """Why a question was not answered, or nothing; it is not left among those of citizens."""
    try:
        with httpx.Client(base_url=gateway, timeout=20, trust_env=False) as http:
            answered = http.post("/api/chat", json={"message": message}).raise_for_status().json()
            http.request("DELETE", "/api/chat", json={"session": answered["session"]})
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    return ""
