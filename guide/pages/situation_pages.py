"""Pages by which people find their way: situations, their cases, and units."""

from __future__ import annotations

from guide.pages.page import Page
from guide.site import cases, gloss, views
from guide.site.site import Site


def situation(site: Site, number: int) -> Page:
    """A situation, by its place in the list."""
    chosen = site.situations[number]
    windows, groups = views.of_situation(site, chosen)
    context: dict[str, object] = {
        "situation": chosen,
        "urgent": views.urgent_of(site, chosen),
        "shelves": views.shelves(site, chosen),
        "windows": windows,
        "groups": groups,
    }
    return Page(
        f"situations/{chosen.id}/index.html",
        "situation.html",
        chosen.name,
        chosen.summary,
        sensitive=chosen.sensitive,
        context=context,
        everywhere=True,
        subject=f"situations/{chosen.id}",
    )


def case(site: Site, number: int) -> Page:
    """A citizen's sentence, by its place in the list."""
    chosen = site.cases[number]
    shown = cases.page(site, chosen)
    asked = shown.asked.prepare if shown.asked else ()
    told = f"{chosen.text} {shown.say} {chosen.note or ''}"
    context: dict[str, object] = {
        "shown": shown,
        "view": shown.view,
        "record": shown.asked,
        "glosses": gloss.first_uses(site.terms if site.language.source else (), [("case", told), ("prepare", " ".join(asked))]),
    }
    trail = ((shown.situation.name, f"{site.home}situations/{shown.situation.id}/"),)
    path = views.case_url(site, chosen).removeprefix(site.home) + "index.html"
    sensitive = cases.is_sensitive(site, chosen)
    subject = f"cases/{chosen.id}"
    return Page(path, "case.html", chosen.text, chosen.text, trail, None, sensitive, context, everywhere=True, subject=subject)


def unit(site: Site, number: int) -> Page:
    """A unit, by its place in the list, those for what has none last."""
    chosen = (*site.units, *site.no_units)[number]
    context: dict[str, object] = {"unit": chosen, "groups": views.of_unit(site, chosen)}
    return Page(f"units/{chosen.id}/index.html", "unit.html", chosen.name, chosen.summary, context=context)
