"""The portal's own JSON answer for one procedure (`{"code": "OK", "data": {…}}`), one file each."""

from __future__ import annotations

import json
from pathlib import Path

from bot.knowledge.official.procedure import (
    Official,
    OfficialDocument,
    OfficialFee,
    OfficialFiling,
    OfficialLaw,
    OfficialUnit,
    Scope,
)
from bot.knowledge.official.raw import Raw, SourceError, day_of, parse, read_text, tidy, tidy_all, time_of
from bot.knowledge.procedure import Channel, Level

MOST_BYTES = 20_000_000
PAGE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
CHANNELS = {"DIRECT": Channel.counter, "ONLINE": Channel.online, "POSTAL": Channel.post}
_LEVELS = {
    "isWard": Level.commune,
    "isProvince": Level.province,
    "isMinistry": Level.ministry,
    "isVertical": Level.vertical,
    "isOtherAgency": Level.other,
}


class _Named(Raw):
    name: str | None
    code: str | None


class _Fee(Raw):
    value: float | None
    currencyId: str | None
    description: str | None


class _Method(Raw):
    submissionMethod: str
    processingTime: float | str | None
    processingTimeUnit: OfficialUnit | None
    description: str | None
    fees: list[_Fee] | None


class _Component(Raw):
    name: str | None
    originalQty: int | None
    copyQty: int | None


class _Case(Raw):
    name: str | None
    profileComponents: list[_Component] | None


class _Step(Raw):
    name: str | None
    description: str | None


class _Proposal(Raw):
    proposalNumber: str | None
    decisionNumber: str | None
    publicationDate: int | None


class _Data(Raw):
    id: str
    code: str
    name: str
    type: Scope
    isWard: bool = False
    isProvince: bool = False
    isMinistry: bool = False
    isVertical: bool = False
    isOtherAgency: bool = False
    category: _Named | None
    categoriesDetails: list[_Named] | None
    executionSteps: list[_Step] | None
    executionMethods: list[_Method] | None
    executionCases: list[_Case] | None
    resultsDetails: list[_Named] | None
    subjectTypesDetails: list[_Named] | None
    legalBasisesDetails: list[_Named] | None
    departmentsExecuting: list[_Named] | None
    requirementsAndConditions: str | None
    procedureProposal: _Proposal | None


class _Answer(Raw):
    code: str
    message: str | None
    data: _Data | None


def read_answer(path: Path) -> Official:
    """Read one answer. Raises SourceError naming file and place."""
    text = read_text(path, most_bytes=MOST_BYTES)
    try:
        raw = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise SourceError(f"{path}: line {line}: not JSON, or cut off: {error}") from error
    answer = parse(_Answer, raw, str(path))
    if answer.code != "OK" or answer.data is None:
        raise SourceError(f"{path}: code: the portal answered '{answer.code}' ({answer.message}), without a procedure")
    return _official(answer.data, path)


def _official(data: _Data, path: Path) -> Official:
    proposal = data.procedureProposal or _Proposal.parse_obj({})
    fields = [data.category] if data.category else data.categoriesDetails
    return Official(
        code=data.code.strip(),
        name=tidy(data.name),
        url=PAGE + data.id,
        field=", ".join(tidy_all(each.name for each in fields or ())),
        levels=tuple(level for key, level in _LEVELS.items() if getattr(data, key)),
        scope=data.type,
        decision=tidy(proposal.decisionNumber or proposal.proposalNumber).rstrip(". "),
        published_on=day_of(proposal.publicationDate),
        agencies=tidy_all(agency.name for agency in data.departmentsExecuting or ()),
        subjects=tidy_all(subject.name for subject in data.subjectTypesDetails or ()),
        steps=tidy_all(f"{step.name or ''}\n{step.description or ''}" for step in data.executionSteps or ()),
        filings=tuple(_filing(method, path) for method in data.executionMethods or ()),
        documents=tuple(
            OfficialDocument(
                name=tidy(paper.name),
                case=tidy(case.name),
                originals=paper.originalQty or 0,
                copies=paper.copyQty or 0,
            )
            for case in data.executionCases or ()
            for paper in case.profileComponents or ()
        ),
        results=tidy_all(result.name for result in data.resultsDetails or ()),
        conditions=tidy(data.requirementsAndConditions),
        legal_basis=tuple(
            OfficialLaw(code=tidy(law.code), name=tidy(law.name)) for law in data.legalBasisesDetails or ()
        ),
    )


def _filing(method: _Method, path: Path) -> OfficialFiling:
    if method.submissionMethod not in CHANNELS:
        raise SourceError(
            f"{path}: executionMethods: '{method.submissionMethod}' is not one of {', '.join(sorted(CHANNELS))}"
        )
    return OfficialFiling(
        channel=CHANNELS[method.submissionMethod],
        **time_of(method.processingTime, method.processingTimeUnit, method.description),
        fees=tuple(
            OfficialFee(amount=fee.value or 0, currency=fee.currencyId or "", text=tidy(fee.description))
            for fee in method.fees or ()
        ),
    )
