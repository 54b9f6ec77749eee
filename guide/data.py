"""The guide as data: /data/guide.json for everyone, /data/search.json and search-more.json for the search page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from guide import markdown, views
from guide.lists import Case, Concept, Situation, Unit
from guide.model import PlanSource
from guide.normalise import key, pieces, runs
from guide.render import Output
from guide.site import Item, Site

# A word is loaded with the first file when it holds at least so many pieces that the record's earlier words do not.
NEW_PIECES = 6


def outputs(site: Site) -> tuple[Output, ...]:
    """The data files."""
    return (
        Output("data/guide.json", _json(guide(site))),
        Output("data/search.json", _json(search(site), compact=True)),
        Output("data/search-more.json", _json(search_more(site), compact=True)),
    )


def _json(value: object, *, compact: bool = False) -> bytes:
    layout = {"separators": (",", ":")} if compact else {"indent": 1}
    return (json.dumps(value, ensure_ascii=False, **layout) + "\n").encode()


def guide(site: Site) -> dict[str, object]:
    """The contract of the design: records with sources, numbers with where and when they were read."""
    items = site.items.values()
    return {
        "built": site.today.isoformat(),
        "edition": {"title": site.config.site.title, "city": site.config.site.city, "sample": site.config.notice.sample},
        "programs": [_record(site, item) for item in items if item.kind == "program"],
        "windows": [_record(site, item) for item in items if item.kind == "window"],
        "situations": [*(_situation(site, s) for s in site.situations), *(_case(site, case) for case in site.cases)],
        "units": [_unit(site, unit) for unit in site.units],
    }


def _record(site: Site, item: Item) -> dict[str, object]:
    record = item.record
    return {
        "id": item.id,
        "name": record.name,
        "yomi": record.yomi,
        "url": item.url,
        "summary": record.summary,
        "status": record.status,
        "sources": [*_sources(record.sources), *(source.model_dump() for source in record.contacts)],
        "easy": markdown.without_readings(record.easy) if record.easy else None,
        "english": record.english,
        "former_names": list(record.former_names),
        "words": list(record.words),
        "situations": list(record.situations),
        "unit": views.unit_of(item),
        "windows": list(record.windows),
        "phones": _phones(site, item),
        "sensitive": record.sensitive,
        "checked": record.checked.isoformat(),
    }


def _phones(site: Site, item: Item) -> list[dict[str, str]]:
    """Every number printed in the record's own part of its page, once."""
    rows = []
    for call in views.calls(site, item):
        for phone in call.phones:
            row = {"number": phone.number, "label": phone.label, "source": phone.contact, "checked": call.dates[phone.contact]}
            rows.append({**row, "window": call.window.id})
    return rows


def _sources(sources: Iterable[PlanSource]) -> list[dict[str, str]]:
    return [{"document": source.document, "lines": source.lines} for source in sources]


def _situation(site: Site, situation: Situation) -> dict[str, object]:
    return {
        "id": situation.id,
        "kind": "situation",
        "name": situation.name,
        "yomi": situation.yomi,
        "url": f"{site.base_path}situations/{situation.id}/",
        "summary": situation.summary,
        "status": "active",
        "sources": [],
        "urgent": False,
        "leads_to": [item.id for item in site.items.values() if situation.id in item.record.situations],
    }


def _case(site: Site, case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "kind": "case",
        "name": case.text,
        "yomi": case.yomi,
        "url": f"{site.base_path}situations/{case.situations[0]}/#{case.id}",
        "summary": case.text,
        "status": "active",
        "sources": _sources(case.sources),
        "situations": list(case.situations),
        "urgent": case.urgent,
        "leads_to": list(case.leads_to),
    }


def _unit(site: Site, unit: Unit) -> dict[str, object]:
    return {
        "id": unit.id,
        "name": unit.name,
        "yomi": unit.yomi,
        "url": f"{site.base_path}units/{unit.id}/",
        "summary": unit.summary,
        "status": "active",
        "sources": [],
    }


def running_text(item: Item) -> str:
    """The sentences of a record in standard Japanese, in reading order."""
    record = item.record
    single = (record.summary, record.status_note, record.for_whom, record.start, record.next)
    told = [str(text) for text in single if not views.is_silent(text)]
    return "\n".join([*told, *record.when, *record.conditions, markdown.plain_text(item.body)])


def search_text(item: Item) -> str:
    """What the full-text index holds of a record: what was written about it, not the labels every page repeats."""
    record = item.record
    easy = markdown.without_readings(record.easy or "")
    parts = (record.name, *record.former_names, *record.words, running_text(item), *record.prepare, easy, record.english or "")
    return "\n".join(parts)


def _names(site: Site, name: str) -> list[str]:
    """How a name may be shortened: without what stands in brackets, without the city in front."""
    short = re.sub(r"（[^（）]*）", "", name).strip()
    inside = re.findall(r"（([^（）]*)）", name)
    forms = [short, *inside, *(form.removeprefix(site.config.site.city).strip() for form in (name, short))]
    return [form for form in dict.fromkeys(forms) if form and form != name]


def search(site: Site) -> dict[str, object]:
    """What the search page loads first: the records with their words, and the words that call for an emergency route.

    `columns` holds the records column by column, which packs a tenth smaller than rows: id, kind, name, reading,
    folded words, of the plan or not, situations (as numbers), unit, reachable otherwise than by telephone or not, whom
    to call (record's number, label, number).
    """
    numbers = {id_: i for i, id_ in enumerate(site.items)}
    situations = [s.id for s in site.situations]
    rows = []
    for item in site.items.values():
        record = item.record
        call = views.first_call(site, [item])
        phone = next(phone for phone in call.phones if phone.diallable)
        words = _search_words(site, item)
        rows.append(
            [
                item.id,
                item.kind[0],
                record.name,
                record.yomi,
                "|".join(_first_words(words)[0]),
                int(bool(record.sources)),
                [situations.index(id_) for id_ in record.situations],
                views.unit_of(item) or "",
                int(_has_other_ways(item)),
                [numbers[call.window.id], phone.label, phone.number],
            ]
        )
    urgent = [[route.id, "|".join(key(word) for word in route.words)] for route in site.routes]
    calm = [key(word) for each in site.calm for word in each.words]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return {"columns": columns, "situations": situations, "urgent": urgent, "calm": calm}


def _search_words(site: Site, item: Item) -> list[str]:
    record = item.record
    return [*_names(site, record.name), *record.former_names, *record.words]


def _first_words(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Folded words in two lists: those that bring new pieces (loaded first), and those that only vary them."""
    seen: set[str] = set()
    first: list[str] = []
    later: list[str] = []
    for word in dict.fromkeys(key(word) for word in words):
        new = set(pieces(word)) - seen
        (first if len(new) >= NEW_PIECES else later).append(word)
        seen |= new
    return first, later


def _has_other_ways(item: Item) -> bool:
    """True when a window can be reached otherwise than by telephone (in person at a known place counts)."""
    return bool(getattr(item.record, "ways", ()) or getattr(item.record, "places", ()))


def search_more(site: Site) -> dict[str, object]:
    """What the search page loads next: summaries, needs with their words, records and route, equal words, other topics."""
    numbers = {id_: i for i, id_ in enumerate(site.items)}
    needs = []
    for concept in site.concepts:
        words = dict.fromkeys(key(word) for word in (concept.name, *concept.words))
        needs.append(["|".join(words), [numbers[id_] for id_ in concept.leads_to], _route(site, concept)])
    return {
        "words": ["|".join(_first_words(_search_words(site, item))[1]) for item in site.items.values()],
        "summaries": [item.record.summary for item in site.items.values()],
        "needs": needs,
        "equals": [["".join(runs(word)) for word in equal.words] for equal in site.equals],
        "elsewhere": ["|".join(dict.fromkeys(key(w) for w in (topic.name, *topic.words))) for topic in site.elsewhere],
    }


def _route(site: Site, concept: Concept) -> str:
    """The emergency route of an urgent need: the one whose windows answer it first; the first route if none does."""
    if not concept.urgent:
        return ""
    for id_ in concept.leads_to:
        for route in site.routes:
            if id_ in route.windows:
                return route.id
    return site.routes[0].id
