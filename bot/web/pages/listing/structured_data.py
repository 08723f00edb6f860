"""What search engines read beside the page: schema.org as JSON-LD, safe to stand inside a script element."""

from __future__ import annotations

from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from bot.answers.sections import CHANNELS, fee_text
from bot.knowledge.listing import Listing
from bot.knowledge.procedure import Channel, FeeBasis, Filing, Procedure
from bot.knowledge.ward import Ward
from bot.web.pages.listing.addresses import LISTING, page_of

Data = dict[str, Any]


def of_the_listing(ward: Ward, base: str) -> Markup:
    """The website with its search."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{base}{LISTING}?tim={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    site = {"@type": "WebSite", "name": f"Trợ lý Một cửa, {ward.name}", "url": f"{base}/", "inLanguage": "vi"}
    return _script([{**site, "publisher": _office(ward), "potentialAction": search}])


def of_a_procedure(procedure: Procedure, listing: Listing, ward: Ward, base: str) -> Markup:
    """The procedure as a service of the ward, and where in the listing it stands."""
    address = f"{base}{page_of(procedure.code)}"
    service = {
        "@type": "GovernmentService",
        "name": procedure.name,
        "alternateName": procedure.official_name,
        "identifier": procedure.code,
        "description": procedure.summary,
        "serviceType": listing.fields[procedure.field],
        "url": address,
        "inLanguage": "vi",
        "provider": _office(ward),
        "areaServed": {"@type": "AdministrativeArea", "name": f"{ward.name}, {ward.province}"},
        "availableChannel": [_channel(filing, procedure, ward) for filing in procedure.channels],
        "offers": list({str(offer): offer for offer in _offers(procedure)}.values()),
    }
    crumbs = (
        ("Danh mục thủ tục", f"{base}{LISTING}"),
        (listing.fields[procedure.field], f"{base}{LISTING}#{procedure.field}"),
        (procedure.name, address),
    )
    trail = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(crumbs, 1)
    ]
    return _script([service, {"@type": "BreadcrumbList", "itemListElement": trail}])


def _office(ward: Ward) -> Data:
    address = {"@type": "PostalAddress", "streetAddress": ward.address, "addressCountry": "VN"}
    return {"@type": "GovernmentOffice", "name": ward.office, "address": address, "telephone": ward.hotline}


def _channel(filing: Filing, procedure: Procedure, ward: Ward) -> Data:
    channel = {"@type": "ServiceChannel", "name": CHANNELS[filing.channel], "description": filing.how}
    if filing.channel is Channel.online:
        return {**channel, "serviceUrl": procedure.source.url}
    return {**channel, "servicePhone": {"@type": "ContactPoint", "telephone": ward.hotline}}


def _offers(procedure: Procedure) -> list[Data]:
    """Fees whose amount is the same for everybody; of the others only the page can speak."""
    return [
        {
            "@type": "Offer",
            "price": fee.amount or 0,
            "priceCurrency": "VND",
            "description": fee_text(procedure, fee),
        }
        for filing in procedure.channels
        for fee in filing.fees
        if fee.basis is FeeBasis.free or fee.amount
    ]


def _script(graph: list[Data]) -> Markup:
    """JSON in which no sign can end the element that it stands in."""
    return htmlsafe_json_dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
