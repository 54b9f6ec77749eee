"""The guide as data: /data/guide.json for everyone, /data/search.json and search-more.json for the search page."""

from __future__ import annotations

import json
from collections.abc import Iterable

from guide.pages.output import Output
from guide.read import markdown
from guide.read.plans import Unit
from guide.read.records import PlanSource
from guide.read.situations import Case, Situation
from guide.search import data_files, language_files
from guide.site import calling, views
from guide.site.items import Item
from guide.site.site import Site


def outputs(site: Site) -> tuple[Output, ...]:
    """The data files."""
    return (
        Output("data/guide.json", _by_lines(guide(site))),
        Output("data/search.json", _json(data_files.first(site))),
        Output("data/search-more.json", _json(data_files.more(site))),
        *(Output(f"data/{each.language.code}/search.json", _json(language_files.words(site, each))) for each in site.others),
        Output("data/readings.json", _json([reading.word for reading in site.readings])),
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _by_lines(value: dict[str, object]) -> bytes:
    """JSON with one line for each thing that is listed: `indent` of json.dumps is written in Python, six times slower."""
    parts = (f"{json.dumps(name)}: {_listed(part)}" for name, part in value.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _listed(part: object) -> str:
    if not isinstance(part, list):
        return json.dumps(part, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in part) + "\n]"


def guide(site: Site) -> dict[str, object]:
    """The contract of the design: records with sources, numbers with where and when they were read."""
    items = site.items.values()
    return {
        "built": site.today.isoformat(),
        "edition": {"title": site.config.site.title, "city": site.config.site.city, "sample": site.config.notice.sample},
        "programs": [_record(site, item) for item in items if item.kind == "program"],
        "windows": [_record(site, item) for item in items if item.kind == "window"],
        "situations": [*(_situation(site, s) for s in site.situations), *(_case(site, case) for case in site.cases)],
        "units": [_unit(site, unit) for unit in (*site.units, *site.no_units)],
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
    for call in calling.calls(site, item):
        for phone in call.phones:
            row = {"number": phone.number, "label": phone.label, "source": phone.contact, "checked": call.source(phone).date}
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
        "url": views.case_url(site, case),
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
