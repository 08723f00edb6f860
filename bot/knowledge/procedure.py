"""One administrative procedure as an editor writes it: the schema of `knowledge/procedures/<field>/*.yml`."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field, conint, constr, validator

if TYPE_CHECKING:
    Text = str
    Code = str
    Slug = str
    Url = str
    CaseRef = str
    Count = int
    Amount = int
else:
    Text = constr(strip_whitespace=True, min_length=1)
    Code = constr(regex=r"^\d\.\d{6}$")
    Slug = constr(regex=r"^[a-z][a-z0-9_]*$")
    Url = constr(regex=r"^https://\S+$")
    # Strict: 15.000 in YAML is fifteen with decimals, and must be refused, not read as 15 dong.
    Count = conint(strict=True, ge=0, le=10)
    Amount = conint(strict=True, ge=1)
    CaseRef = constr(regex=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")


class Part(BaseModel):
    """A part of a record: unknown keys are errors, so that a slip of the pen is never silently dropped."""

    class Config:
        extra = "forbid"
        frozen = True


class Level(str, Enum):
    """Who handles the procedure, as the national listing codes it."""

    commune = "xa"
    province = "tinh"
    ministry = "bo"
    vertical = "nganh_doc"
    other = "khac"


class Channel(str, Enum):
    """How a dossier can be filed."""

    counter = "counter"
    online = "online"
    post = "post"


class TimeUnit(str, Enum):
    """What a processing time counts; `same_day` and `by_text` carry no amount."""

    working_day = "working_day"
    day = "day"
    hour = "hour"
    same_day = "same_day"
    by_text = "by_text"


class FeeBasis(str, Enum):
    """Where an amount comes from. `free` only if the source says so in words, never because a number is 0."""

    fixed = "fixed"
    province = "province"
    free = "free"
    not_stated = "not_stated"


class HandIn(str, Enum):
    """What happens with a paper at the counter."""

    hand_in = "hand_in"
    show = "show"


class CopyKind(str, Enum):
    """What kind of copy is taken."""

    photo = "photo"
    certified = "certified"


class Choice(Part):
    """One answer to a case's question."""

    id: Slug
    label: Text


class Case(Part):
    """A question whose answer changes the papers, the fee or the place."""

    id: Slug
    question: Text
    choices: list[Choice] = Field(min_items=2)


class Document(Part):
    """A required document (thành phần hồ sơ); needed always, or when one of `when` holds, or for some channels."""

    name: Text
    action: HandIn = HandIn.hand_in
    originals: Count = 0
    copies: Count = 0
    copy_kind: CopyKind | None = None
    form: Slug | None = None
    when: list[CaseRef] = []
    channels: list[Channel] = []
    note: Text | None = None


class Time(Part):
    """Processing time: an amount with its unit, and the words a citizen reads."""

    amount: Amount | None = None
    unit: TimeUnit
    text: Text

    @validator("text")
    def amount_belongs_to_unit(cls, text: str, values: dict) -> str:
        if "amount" not in values:
            return text  # already found wrong
        counted = values.get("unit") in (TimeUnit.working_day, TimeUnit.day, TimeUnit.hour)
        if counted != (values.get("amount") is not None):
            raise ValueError("amount goes with working_day, day and hour, and with nothing else")
        return text


class Fee(Part):
    """What is paid: an amount in VND or the reason why none can be named."""

    basis: FeeBasis
    amount: Amount | None = None
    text: Text
    when: list[CaseRef] = []

    @validator("text")
    def amount_belongs_to_basis(cls, text: str, values: dict) -> str:
        if "amount" not in values:
            return text  # already found wrong
        basis = values.get("basis")
        if basis is FeeBasis.fixed and values.get("amount") is None:
            raise ValueError("basis 'fixed' needs an amount in VND")
        if basis in (FeeBasis.free, FeeBasis.not_stated) and values.get("amount") is not None:
            raise ValueError(f"basis '{basis.value}' takes no amount")
        return text


class Filing(Part):
    """One channel: how to file there, how long it takes and what it costs."""

    channel: Channel
    how: Text
    times: list[Time] = Field(min_items=1)
    fees: list[Fee] = Field(min_items=1)


class Who(Part):
    """Who may ask for the procedure, and who may do it for them."""

    may_apply: list[Text] = Field(min_items=1)
    on_behalf: Text | None = None


class Deadline(Part):
    """Within which time one must file (thời hạn phải đi làm), not how long the office takes."""

    amount: Amount | None = None
    unit: TimeUnit | None = None
    counted_from: Text | None = None
    text: Text


class Place(Part):
    """Where to file."""

    text: Text


class LegalBasis(Part):
    """A law or decree: its number and its name."""

    code: Text
    name: Text


class Form(Part):
    """A form to fill in (tờ khai, mẫu đơn)."""

    id: Slug
    name: Text
    note: Text | None = None


class Neighbour(Part):
    """Another procedure, and in one line how to tell the two apart or how they belong together."""

    code: Code
    tell_apart: Text


class Source(Part):
    """Where the facts come from and when a person or a check last looked."""

    url: Url
    decision: Text
    published_on: date | None = None
    checked_on: date
    # How many entries the portal's list of papers had on that day: a change there is worth a look.
    listed_papers: Annotated[int, Field(ge=0)] | None = None


class OfficialFact(str, Enum):
    """What is compared with the national listing (`kb drift`)."""

    time = "time"
    fee = "fee"
    documents = "documents"
    legal_basis = "legal_basis"
    channels = "channels"


class Difference(Part):
    """Why a fact of the record differs from the national listing's own field. Read by editors, never by citizens."""

    fact: OfficialFact
    why: Text


class InForce(Part):
    """Between which days the record holds; an open end is left out."""

    since: date | None = None
    until: date | None = None


class Procedure(Part):
    """A record of the ward's listing. Facts only from its `source`; every text is read by citizens."""

    code: Code
    former_codes: list[Code] = []
    later_codes: list[Code] = []
    name: Text
    official_name: Text
    field: Slug
    levels: list[Level] = Field(min_items=1)
    aliases: list[Text] = Field(min_items=1)
    questions: list[Text] = Field(min_items=6)
    summary: Text
    who: Who
    deadline_to_apply: Deadline | None = None
    cases: list[Case] = []
    documents: list[Document] = Field(min_items=1)
    steps: list[Text] = Field(min_items=1)
    place: Place
    channels: list[Filing] = Field(min_items=1)
    fee_notes: list[Text] = []
    result: list[Text] = Field(min_items=1)
    conditions: list[Text] = []
    legal_basis: list[LegalBasis] = Field(min_items=1)
    forms: list[Form] = []
    related: list[Neighbour] = []
    confusable: list[Neighbour] = []
    notes: list[Text] = []
    source: Source
    differences: list[Difference] = []
    in_force: InForce = InForce()
    reviewed: bool = False

    @validator("channels")
    def each_channel_once(cls, channels: list[Filing]) -> list[Filing]:
        if len({filing.channel for filing in channels}) < len(channels):
            raise ValueError("each channel stands once; several times or fees go under the same channel")
        return channels

    def label_of(self, ref: str) -> str:
        """The words of a choice, e.g. `giay_chung_sinh.co` -> 'Có giấy chứng sinh'."""
        case_id, choice_id = ref.split(".")
        case = next(case for case in self.cases if case.id == case_id)
        return next(choice.label for choice in case.choices if choice.id == choice_id)

    def case_refs(self) -> set[str]:
        """Every `case.choice` that documents and fees may refer to."""
        return {f"{case.id}.{choice.id}" for case in self.cases for choice in case.choices}


class Draft(Procedure):
    """A record in the making: what people type and what is still to be written out may be missing."""

    aliases: list[Text] = []
    questions: list[Text] = []
    documents: list[Document] = []
    steps: list[Text] = []
    channels: list[Filing] = []
    result: list[Text] = []
    legal_basis: list[LegalBasis] = []
