"""Which pages there are, at which address, with which template and what on them. No HTML here, no disk."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from guide.pages import paper
from guide.read import markdown
from guide.read.vocabulary import Term
from guide.site import calling, gloss, views, ways
from guide.site.items import FOLDERS, Item
from guide.site.site import Site

SENSITIVE = ("urgent", "safety", "without-phone")
DATED = ("home.html", "situation.html", "urgent.html", "minsei.html", "without-phone.html", "list.html")
FIXED = ("without-phone", "home", "urgent", "list", "search", "minsei", "about", "accessibility", "safety")


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render. `path` is below the base path; `record` marks pages that search answers with."""

    path: str
    template: str
    title: str
    description: str
    trail: tuple[tuple[str, str], ...] = ()
    record: Item | None = None
    sensitive: bool = False  # nobody beside the reader should see what it is about (DV-1 to DV-7)
    context: dict[str, object] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether the page says on which day it was made: lists of numbers do, which are printed. A day rewrites a page."""
        return self.template in DATED


Maker = partial[Page]


def makers(site: Site) -> list[Maker]:
    """What makes each page of the site, in order: what stands on a page is worked out when it is made, on whichever core.

    A maker holds names and numbers only: what it reads, it reads of `site` (see site.watched).
    """
    return [
        *(partial(_fixed, site, name) for name in FIXED),
        *(partial(_situation, site, i) for i in range(len(site.situations))),
        *(partial(_unit, site, i) for i in range(len(site.units) + len(site.no_units))),
        *(partial(_record, site, id_) for id_ in site.items),
        *([partial(_schemes, site)] if site.schemes else []),
        *(partial(_scheme, site, i) for i in range(len(site.schemes))),
        partial(_missing, site),
    ]


def _missing(_site: Site) -> Page:
    return Page("404.html", "missing.html", "ページがありません", "このアドレスのページはありません。")


def _fixed(site: Site, name: str) -> Page:
    contexts: dict[str, Callable[[], dict[str, object]]] = {
        "without-phone": lambda: {"windows": ways.without_telephone(site)},
        "home": lambda: {"situations": site.situations},
        "urgent": lambda: {"routes": tuple(calling.routes(site)), "cases": calling.urgent_cases(site)},
        "list": lambda: {"groups": views.by_reading(site)},
        "search": lambda: {"routes": tuple(calling.routes(site))},
        "minsei": lambda: {"groups": views.windows_by_situation(site, site.config.volunteers.situations)},
        "about": lambda: {"documents": tuple(site.documents.values()), "counts": _counts(site)},
        "accessibility": lambda: {"criteria": site.criteria, "checks": site.checks, "runs": site.runs},
        "safety": dict,
    }
    text = site.pages[name]
    path = "index.html" if name == "home" else f"{name}/index.html"
    body = markdown.html(text.body, link_resolver(site, f"content/pages/{name}.md"))
    named = (call for id_ in text.head.windows for call in calling.calls(site, site.items[id_]))
    calls = tuple(replace(call, role="window") if call.role == "own" else call for call in named)  # each under its own name
    glosses = gloss.first_uses(site.terms, [("body", text.body.plain)])
    known = {"body": body, "calls": calls, "glosses": glosses, **contexts[name]()}
    return Page(path, f"{name}.html", text.head.title, text.head.summary, sensitive=name in SENSITIVE, context=known)


def _counts(site: Site) -> dict[str, int]:
    kinds = [item.kind for item in site.items.values()]
    return {"programs": kinds.count("program"), "windows": kinds.count("window"), "cases": len(site.cases)}


def _situation(site: Site, number: int) -> Page:
    situation = site.situations[number]
    windows, groups = views.of_situation(site, situation)
    context: dict[str, object] = {
        "situation": situation,
        "cases": views.case_views(site, situation),
        "windows": windows,
        "groups": groups,
    }
    path = f"situations/{situation.id}/index.html"
    return Page(path, "situation.html", situation.name, situation.summary, sensitive=situation.sensitive, context=context)


def _unit(site: Site, number: int) -> Page:
    unit = (*site.units, *site.no_units)[number]
    context: dict[str, object] = {"unit": unit, "groups": views.of_unit(site, unit)}
    return Page(f"units/{unit.id}/index.html", "unit.html", unit.name, unit.summary, context=context)


def _record(site: Site, id_: str) -> Page:
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


def _schemes(site: Site) -> Page:
    return Page("schemes/index.html", "schemes.html", site.config.words.schemes, site.config.words.schemes_summary)


def _scheme(site: Site, number: int) -> Page:
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


def link_resolver(site: Site, file: str) -> Callable[[str], str]:
    """How a link written in `file` becomes an address: outside links stay, files become their pages."""

    def resolve(target: str) -> str:
        if ":" in target.partition("/")[0]:
            return target
        path, _, fragment = target.partition("#")
        address = site.files[posixpath.normpath(posixpath.join(posixpath.dirname(file), path))] if path else ""
        return address + (f"#{fragment}" if fragment else "")

    return resolve
