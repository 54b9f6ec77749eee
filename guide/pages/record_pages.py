"""Pages of programs, windows and schemes: what is said of one of them."""

from __future__ import annotations

from guide.pages import paper
from guide.pages.page import Page, link_resolver
from guide.read import markdown
from guide.read.vocabulary import Term
from guide.site import calling, gloss, views, ways
from guide.site.items import FOLDERS, Item
from guide.site.site import Site


def record(site: Site, id_: str) -> Page:
    """A program or a window."""
    item = site.items[id_]
    record = item.record
    file = f"content/{FOLDERS[item.kind]}/{item.id}.md"
    situations = tuple(s for s in site.situations if s.id in record.situations)
    calls = calling.calls(site, item)
    context: dict[str, object] = {
        "item": item,
        "glosses": gloss.first_uses(site.terms, _sections(item)),
        "easy_glosses": _easy_glosses(site, record.easy),
        "body": markdown.html(item.body, link_resolver(site, file)),
        "calls": calls,
        "local": calling.is_local(item, calls),
        "read": views.read_in(record),
        "other_ways": ways.other_ways(item, calls),
        "placed": [window.id for window in ways.placed(item, calls)],
        "sheet": paper.sheet(site, item, calls),
        "programs": site.named_by.get(item.id, ()),
        "near_programs": site.near_by.get(item.id, ()),
        "related": tuple(site.items[other] for other in record.related),
        "situations": situations,
        "unit": next((u for u in (*site.units, *site.no_units) if u.id == views.unit_of(item)), None),
        "cases": site.cases_of.get(item.id, ()),
    }
    trail = ((situations[0].name, f"{site.base_path}situations/{situations[0].id}/"),)
    path = item.url.removeprefix(site.base_path) + "index.html"
    return Page(path, "record.html", record.name, record.summary, trail, item, record.sensitive, context)


def _sections(item: Item) -> list[tuple[str, str]]:
    """The texts of a record's page in reading order, under the names of their sections."""
    record = item.record
    return [
        ("lead", f"{record.summary} {record.status_note or ''}"),
        ("prepare", " ".join(record.prepare)),
        ("when", " ".join(record.when)),
        ("body", item.body.plain),
        ("for_whom", record.for_whom or ""),
        ("conditions", " ".join(condition.text for condition in record.conditions)),
        ("start", record.start or ""),
        ("next", record.next or ""),
    ]


def _easy_glosses(site: Site, easy: str | None) -> tuple[Term, ...]:
    plain = markdown.without_readings(easy or "").replace(" ", "")
    return gloss.first_uses(site.terms, [("easy", plain)])["easy"]


def schemes(site: Site) -> Page:
    """The list of schemes."""
    return Page("schemes/index.html", "schemes.html", site.config.words.schemes, site.config.words.schemes_summary)


def scheme(site: Site, number: int) -> Page:
    """A scheme, by its place in the list."""
    each = site.schemes[number]
    scheme = each.scheme
    trail = ((site.config.words.schemes, f"{site.base_path}schemes/"),)
    lead = f"{scheme.summary} {scheme.note or ''}"
    boxes = [text for figure in scheme.figures for part in figure.parts for text in (part.title, part.text or "", *part.items)]
    sections = [("lead", lead), ("figures", " ".join(boxes)), ("body", each.body.plain)]
    context: dict[str, object] = {
        "scheme": scheme,
        "body": markdown.html(each.body, link_resolver(site, f"content/schemes/{each.id}.md")),
        "glosses": gloss.first_uses(site.terms, sections),
        "easy_glosses": _easy_glosses(site, scheme.easy),
        "calls": calling.scheme_calls(site, scheme),
        "related": tuple(site.items[id_] for id_ in scheme.related),
    }
    return Page(
        f"schemes/{each.id}/index.html",
        "scheme.html",
        scheme.name,
        scheme.summary,
        trail,
        sensitive=scheme.sensitive,
        context=context,
    )
