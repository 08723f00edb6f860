"""`/thu-tuc/<code>`: one procedure on a page of its own, in the words of the assistant."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from bot.answers.answer import in_force_note
from bot.answers.brief import answer_brief
from bot.answers.cases import asked_of
from bot.answers.checklist import checklist
from bot.answers.sections import NOT_STATED, sections_of
from bot.knowledge.briefs import Brief
from bot.knowledge.listing import Listing
from bot.web.caching import SOON
from bot.web.context import Context
from bot.web.pages.listing.addresses import LISTING, origin, page_of
from bot.web.pages.listing.codes import other_codes
from bot.web.pages.listing.facts import layout
from bot.web.pages.listing.keeper import Keeper
from bot.web.pages.listing.looking import LONGEST_QUESTION, result_of
from bot.web.pages.listing.own_case import OwnCase, own_case
from bot.web.pages.listing.structured_data import of_a_procedure
from bot.web.pages.listing.today import today
from bot.web.pages.listing.ways import channels_of, ways_text
from bot.web.per_version import PerVersion

MOST_KEPT = 512


def routes(context: Context) -> APIRouter:
    """One page for each code."""
    router, render = APIRouter(), context.templates.render
    kept = PerVersion(context, lambda version: Keeper(MOST_KEPT))
    known_elsewhere = PerVersion(context, lambda version: other_codes(version.listing))

    @router.get(f"{LISTING}/{{code}}")
    async def one(request: Request, code: str) -> Response:
        base, day, standing = origin(request, context.settings), today(), context.desk.notices.now()
        listing, keeper, elsewhere = context.listing, kept(), known_elsewhere()
        if code in listing:
            case = own_case(listing[code], request.query_params.getlist("ca"))
            return keeper.respond((base, code, case, day, standing), lambda: full(listing, code, case, base, day))
        if code in listing.briefs:
            return keeper.respond((base, code, standing), lambda: brief(listing.briefs[code], base))
        if len(elsewhere.get(code, [])) == 1:
            return RedirectResponse(page_of(elsewhere[code][0]), 301, headers=SOON)
        return missing(code)

    def full(listing: Listing, code: str, case: OwnCase, base: str, day: date) -> str:
        procedure = listing[code]
        sections, path = sections_of(procedure), page_of(procedure.code, case.refs)
        return render(
            "procedure.html",
            canonical=f"{base}{page_of(procedure.code)}",
            structured=of_a_procedure(procedure, listing, context.ward, base),
            address=f"{base}{path}",
            qr=path.replace(procedure.code, f"{procedure.code}/qr.svg", 1),
            procedure=procedure,
            field=listing.fields[procedure.field],
            ways=ways_text(channels_of(procedure)),
            overview=sections["overview"],
            link=sections["online"].link,
            layout=layout(sections),
            not_stated=NOT_STATED,
            notes=[*in_force_note(procedure, day), *procedure.notes],
            names=listing.names,
            questions=asked_of(procedure),
            case=case,
            own=checklist(procedure, dict(case.answers), today=day).card if case.answers else None,
            today=day,
        )

    def brief(known: Brief, base: str) -> str:
        card = answer_brief(known, [], context.ward).card
        return render("brief.html", canonical=f"{base}{page_of(known.code)}", card=card)

    def missing(code: str) -> Response:
        meant = [result_of(other, context.listing) for other in known_elsewhere().get(code, [])]
        return context.templates.page("missing.html", status=404, meant=meant, longest=LONGEST_QUESTION)

    return router
