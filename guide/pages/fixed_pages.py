"""Pages that every edition has once: home, urgent, list, search, the volunteers' own, what the guide says about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guide.pages.page import Cut, Page, link_resolver
from guide.read import markdown, shown
from guide.site import calling, gloss, views, ways
from guide.site.language import SOURCE
from guide.site.site import EVERYWHERE, Site

SENSITIVE = ("urgent", "safety", "without-phone")
FIXED = ("without-phone", "home", "urgent", "list", "search", "minsei", "about", "accessibility", "safety")


def fixed(site: Site, name: str) -> Page:
    """One of FIXED."""
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
    resolve = link_resolver(site, f"content/pages/{name}.md")
    body, cut = markdown.html(text.body, resolve), Cut(*markdown.sections(text.body, resolve))
    body = body if site.language.japanese or site.language.translation(f"pages/{name}") else shown.foreign_block(body, SOURCE)
    calls = tuple(call for id_ in text.head.windows for call in _named(site, id_))
    glosses = gloss.first_uses(site.terms if site.language.source else (), [("body", text.body.plain)])
    known = {"body": body, "cut": cut, "calls": calls, "glosses": glosses, **contexts[name]()}
    return Page(
        path,
        f"{name}.html",
        text.head.title,
        text.head.summary,
        sensitive=name in SENSITIVE,
        context=known,
        everywhere=name in EVERYWHERE,
        subject=f"pages/{name}",
    )


def _named(site: Site, id_: str) -> tuple[calling.Call, ...]:
    """A window that a page names, under its own name; where it has no number, those to call instead."""
    own, *others = calling.calls(site, site.items[id_])
    return (replace(own, role="window"),) if own.role == "own" and own.phones else tuple(others)


def _counts(site: Site) -> dict[str, int]:
    kinds = [item.kind for item in site.items.values()]
    return {"programs": kinds.count("program"), "windows": kinds.count("window"), "cases": len(site.cases)}


def missing(site: Site) -> Page:
    """What is shown for an address that is none."""
    title, about = (site.language.t(f"missing.{name}").plain for name in ("title", "summary"))
    return Page("404.html", "missing.html", title, about)
