"""Pages by which people find their way: situations and units."""

from __future__ import annotations

from guide.pages.page import Page
from guide.site import views
from guide.site.site import Site


def situation(site: Site, number: int) -> Page:
    """A situation, by its place in the list."""
    chosen = site.situations[number]
    windows, groups = views.of_situation(site, chosen)
    context: dict[str, object] = {
        "situation": chosen,
        "cases": views.case_views(site, chosen),
        "windows": windows,
        "groups": groups,
    }
    path = f"situations/{chosen.id}/index.html"
    return Page(path, "situation.html", chosen.name, chosen.summary, sensitive=chosen.sensitive, context=context)


def unit(site: Site, number: int) -> Page:
    """A unit, by its place in the list, those for what has none last."""
    chosen = (*site.units, *site.no_units)[number]
    context: dict[str, object] = {"unit": chosen, "groups": views.of_unit(site, chosen)}
    return Page(f"units/{chosen.id}/index.html", "unit.html", chosen.name, chosen.summary, context=context)
