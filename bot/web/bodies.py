"""What programs send and get, in the words of contract 1. FastAPI reads requests with it and describes both."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConstrainedStr, Extra, Field, StrictStr, validator
from pydantic.errors import DictError

from bot.web.feedback import LONGEST_REASON

CardType = Literal["answer", "choose", "ask", "unknown", "service", "smalltalk", "refused"]
_TOKEN = "IkJ2V0hkQ1BWcEFfSEdkYzQi.aSHYkA.mYqkGbZ8G3v5W8V5bqGvS8O4v6A"
_ID = "8d1c0c3a4b1d4f0c9d0e6a5b7c8d9e0f"


class _Body(BaseModel):
    @classmethod
    def validate(cls, value: Any) -> Any:
        """An object and nothing else: pydantic would take a list of pairs for one."""
        if not isinstance(value, (dict, cls)):
            raise DictError()
        return super().validate(value)


class Asked(_Body):
    """One message; without a token, or with one that is no longer good, a new conversation begins."""

    message: StrictStr = Field(
        description="What a person typed. More than 500 characters get a kind refusal.",
        examples=["Đăng ký khai sinh cần giấy tờ gì?"],
    )
    session: StrictStr | None = Field(None, description="The token of the conversation's last response.")

    class Config:
        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            schema["properties"]["session"]["type"] = ["string", "null"]

    @validator("message")
    def as_text(cls, message: str) -> str:
        """A lone half of a surrogate pair is valid JSON but no text: it could not be sent on."""
        return message.encode("utf-8", "replace").decode("utf-8")


class _Reason(ConstrainedStr):
    strict = True
    max_length = LONGEST_REASON


class Marked(_Body):
    """A thumb on a reply of one's own conversation; the last one counts."""

    session: StrictStr = Field(examples=[_TOKEN])
    reply: StrictStr = Field(description="The id of the reply.", examples=[_ID])
    mark: Literal["up", "down"]
    reason: _Reason = _Reason("")


class Deleted(_Body):
    """The conversation to delete. One that is unknown or has ended needs no deleting."""

    session: StrictStr = Field(examples=[_TOKEN])


class Choice(BaseModel):
    """A button: what stands on it, and the message that it sends."""

    label: str
    message: str


class Card(BaseModel):
    """The reply as data, for who draws it. What else it holds depends on the type; an unknown type: draw the text."""

    type: CardType

    class Config:
        extra = Extra.allow


class Reply(BaseModel):
    """One thing said: plain text that is good enough alone, a card, and choices to send back."""

    id: str = Field(examples=[_ID])
    text: str
    card: Card
    choices: list[Choice]


class Answer(BaseModel):
    """The conversation's token, to be sent with the next message, and one reply or more."""

    session: str = Field(examples=[_TOKEN])
    replies: list[Reply] = Field(min_items=1)


class Done(BaseModel):
    """It was done."""

    status: Literal["ok"]


class WardNotice(BaseModel):
    """What everybody should read now; `off`: the assistant rests. To be shown as text."""

    kind: Literal["notice", "urgent", "off"]
    text: str


class WardProfile(BaseModel):
    """What a widget says of the ward."""

    id: str
    name: str
    address: str
    hours: list[str]
    hotline: str
    portal: str
    greeting: str
    suggestions: list[str]
    retention_days: int = Field(description="How many days conversations are kept, masked.")
    notices: list[WardNotice]


class Readiness(BaseModel):
    """Whether questions are answered, and which part does not answer."""

    status: Literal["ok", "unready"]
    parts: dict[str, str] = Field(description='"ok", or why not, of `rasa`, `actions` and `index`')


class ErrorPart(BaseModel):
    """A code for programs and a message for people, in Vietnamese; where we fail, also where else to turn."""

    code: str
    message: str
    hotline: str | None
    listing: str | None


class Error(BaseModel):
    """Why a request was not answered."""

    error: ErrorPart
