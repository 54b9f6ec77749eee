"""Pages of programs, windows and schemes: what is said of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from guide.pages import paper
from guide.pages.origin import origin
from guide.pages.page import Cut, Page, link_resolver
from guide.pages.qr import qr
from guide.read import markdown
from guide.read.fields import NOT_CONFIRMED
from guide.read.records import Record
from guide.read.vocabulary import Term
from guide.site import calling, gloss, views, ways
from guide.site.calling import Call
from guide.site.items import FOLDERS, Item
from guide.site.site import Site

MOST_OPEN = 2  # calls beside the first that stand open on a phone's second screen


def record(site: Site, id_: str) -> Page:
    """A program or a window."""
    item = site.items[id_]
    record = item.record
    file = f"content/{FOLDERS[item.kind]}/{item.id}.md"
    situations = tuple(s for s in site.situations if s.id in record.situations)
    calls = calling.calls(site, item)
    first, rest = _first_and_rest(calls)
    open_, near = _near_apart(rest)
    context: dict[str, object] = {
        "item": item,
        "glosses": gloss.first_uses(site.terms, _sections(item)),
        "easy_glosses": _easy_glosses(site, record.easy),
        "body": markdown.html(item.body, link_resolver(site, file)),
        "first": first,
        "calls": open_,
        "near": near,
        "silent": _silent(record),
        "origin": origin(site, record, calls),
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
    trail = ((situations[0].name, f"{site.home}situations/{situations[0].id}/"),)
    path = item.url.removeprefix(site.home) + "index.html"
    return Page(path, "record.html", record.name, record.summary, trail, item, record.sensitive, context, everywhere=True)


def told(site: Site, id_: str) -> Page:
    """A program or a window in another language: what is told of it there, whom to call, and the way to the whole page."""
    item = site.items[id_]
    record, kind = item.record, FOLDERS[item.kind]
    calls = calling.calls(site, item)
    situations = tuple(s for s in site.situations if s.id in record.situations)
    context: dict[str, object] = {
        "item": item,
        "told": site.language.translation(f"{kind}/{id_}"),
        "calls": calls,
        "prepare": record.prepare if all([site.language.has(line) for line in record.prepare]) else (),  # noqa: C419  # ask for each
        "other_ways": ways.other_ways(item, calls),
        "placed": [window.id for window in ways.placed(item, calls)],
        "situations": situations,
        "easy_glosses": _easy_glosses(site, record.easy) if site.language.readings else (),
    }
    trail = ((situations[0].name, f"{site.home}situations/{situations[0].id}/"),)
    page = f"{kind}/{id_}"
    return Page(
        f"{page}/index.html",
        "told.html",
        record.name,
        record.summary,
        trail,
        item,
        record.sensitive,
        context,
        True,
        page,
    )


def _first_and_rest(calls: Sequence[Call]) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    """Whom to call first, after a record's own window where that cannot be dialled; the others follow what to say there.

    The first one is right without a condition: `calling.calls` sees to it that there is one.
    """
    main = next(call for call in calls if calling.has_number(call.phones) and call.role != "case")
    first = tuple(call for call in calls if call is main or call.role == "own")
    return first, tuple(call for call in calls if call not in first)


def _near_apart(calls: Sequence[Call]) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    """Of many calls, those apart of which no source says that they take the matter; where there are few, none."""
    near = tuple(call for call in calls if call.role not in ("window", "case", "now")) if len(calls) > MOST_OPEN else ()
    return tuple(call for call in calls if call not in near), near


def _sections(item: Item) -> list[tuple[str, str]]:
    """The texts of a record's page in its two parts: what one needs to act, and what explains it."""
    record = item.record
    conditions = " ".join(condition.text for condition in record.conditions)
    act = (record.summary, record.start, *record.prepare, record.status_note)
    more = (conditions, record.for_whom, *record.when, item.body.plain, record.next)
    return [(name, " ".join(text or "" for text in texts)) for name, texts in (("act", act), ("more", more))]


def _silent(record: Record) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What no source tells, by the word for it, so that the page says it once."""
    found: dict[str, list[str]] = {}
    for name, value in (("for_whom", record.for_whom), ("start", record.start), ("next", record.next)):
        if calling.is_silent(value):
            found.setdefault(value or NOT_CONFIRMED, []).append(name)
    return tuple((value, tuple(names)) for value, names in found.items())


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
    calls = calling.scheme_calls(site, scheme)
    trail = ((site.config.words.schemes, f"{site.base_path}schemes/"),)
    lead = f"{scheme.summary} {scheme.note or ''}"
    boxes = [text for figure in scheme.figures for part in figure.parts for text in (part.title, part.text or "", *part.items)]
    sections = [("lead", lead), ("figures", " ".join(boxes)), ("body", each.body.plain)]
    context: dict[str, object] = {
        "scheme": scheme,
        "cut": Cut(*markdown.sections(each.body, link_resolver(site, f"content/schemes/{each.id}.md"))),
        "glosses": gloss.first_uses(site.terms, sections),
        "easy_glosses": _easy_glosses(site, scheme.easy),
        "calls": calls,
        "origin": origin(site, scheme, calls),
        "code": None if scheme.sensitive else qr(site.config.site.address.rstrip("/") + each.url),
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
