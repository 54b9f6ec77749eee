"""Rules about ids: each names one thing, and whatever is pointed at exists. A faulty thing still counts as there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from guide.read import settings
from guide.read.edition import Content, Entry
from guide.read.findings import Finding, Place
from guide.read.records import Record
from guide.read.schemes import Scheme
from guide.read.situations import Case, Situation

NO_UNIT = ("lost", "none")  # the print of the unit is lost; the plan gives no unit
RECORDS = ("programs", "consultation")
LISTED = (
    "situations",
    "cases",
    "units",
    "actors",
    "documents",
    "terms",
    "routes",
    "topics",
    "areas",
    "uncased",
    "rows",
    "decisions",
    "checkers",
    "concepts",
    "elsewhere",
    "criteria",
    "checks",
    "runs",
)
BODIES = (*RECORDS, "schemes", "pages")
# Field of any noun → the kinds its ids belong to, and what that is called.
FIELDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("situations", ("situations",), "困りごとの分野"),
    ("unit", ("units",), "単位"),
    ("lead", ("actors",), "担い手"),
    ("partners", ("actors",), "担い手"),
    ("involved", ("actors",), "担い手"),
    ("windows", ("consultation",), "窓口"),
    ("instead", ("consultation",), "窓口"),
    ("related", RECORDS, "事業・窓口"),
    ("leads_to", RECORDS, "事業・窓口"),
    ("record", RECORDS, "事業・窓口"),
    ("besides", (*RECORDS, "schemes", "cases", "situations"), "記録や「こんなとき」"),
    ("first", ("consultation",), "窓口"),
    ("now", ("consultation",), "窓口"),
    ("topic", ("topics",), "話題"),
    ("target", RECORDS, "事業・窓口"),
    ("urgent", ("routes",), "急ぎの案内"),  # of a need; a case only says whether it is urgent
)
SETTINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("contact", "general", ("consultation",)),
    ("urgent", "first", RECORDS),
    ("volunteers", "situations", ("situations",)),
)


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room over nouns; see `links_resolve` for bodies."""
    rules = (ids_differ, references_resolve, settings_resolve)
    return [finding for rule in rules for finding in rule(content)]


def ids_differ(content: Content) -> Iterator[Finding]:
    """An id names one thing of its kind; programs and windows share one set of ids."""
    for kinds in (RECORDS, *((kind,) for kind in LISTED)):
        seen: dict[str, Entry] = {}
        for entry in (e for kind in kinds for e in content.of(kind)):
            if entry.id in seen:
                message = f"id「{entry.id}」が2つあります（もう1つは {seen[entry.id].place()}）。"
                yield Finding(entry.place("id"), "R002", message, "どちらかの id かファイル名を変えてください。")
            seen.setdefault(entry.id, entry)


def references_resolve(content: Content) -> Iterator[Finding]:
    """Every id that a record, case, route or page names exists."""
    for entry in (e for kind in (*LISTED, *BODIES) for e in content.of(kind)):
        yield from fields_resolve(content, entry)
        for i, each in enumerate(entry.noun.in_case if isinstance(entry.noun, Record) else ()):
            if is_lost(content, each.window, ("consultation",)):
                place = entry.place("in_case", i, "window")
                yield dangling(content, place, f"window: 窓口「{each.window}」", each.window, ("consultation",))
        if isinstance(entry.noun, Situation):
            yield from _subtopics_resolve(content, entry, entry.noun)
        if isinstance(entry.noun, Scheme):
            yield from _figures_resolve(content, entry, entry.noun)
        for i, source in enumerate(entry.noun.sources if isinstance(entry.noun, Record | Case | Scheme) else ()):
            if is_lost(content, source.document, ("documents",)):
                place = entry.place("sources", i, "document")
                yield dangling(content, place, f"document: 資料「{source.document}」", source.document, ("documents",))


def fields_resolve(content: Content, entry: Entry) -> Iterator[Finding]:
    """Every id in the fields of a noun, or of a part of one, exists."""
    for field, kinds, label in (each for each in FIELDS if each[0] in type(entry.noun).model_fields):
        named = _named(entry.noun, field)
        for path, id_ in [((field,), named)] if isinstance(named, str) else [((field, i), n) for i, n in enumerate(named)]:
            if is_lost(content, id_, kinds):
                yield dangling(content, entry.place(*path), f"{field}: {label}「{id_}」", id_, kinds)


def _named(noun: object, field: str) -> str | tuple[str, ...]:
    """The id or ids in a field of a noun; a case's `urgent` is no id."""
    value = getattr(noun, field, ())
    return value if isinstance(value, (str, tuple)) else ()


def _subtopics_resolve(content: Content, entry: Entry, situation: Situation) -> Iterator[Finding]:
    for i, subtopic in enumerate(situation.subtopics):
        for j, id_ in enumerate(subtopic.cases):
            if is_lost(content, id_, ("cases",)):
                place = entry.place("subtopics", i, "cases", j)
                yield dangling(content, place, f"cases: 「こんなとき」の「{id_}」", id_, ("cases",))


def _figures_resolve(content: Content, entry: Entry, scheme: Scheme) -> Iterator[Finding]:
    boxes = ((i, j, part) for i, figure in enumerate(scheme.figures) for j, part in enumerate(figure.parts))
    for i, j, part in boxes:
        for k, id_ in enumerate(part.records):
            if is_lost(content, id_, RECORDS):
                place = entry.place("figures", i, "parts", j, "records", k)
                yield dangling(content, place, f"records: 事業・窓口「{id_}」", id_, RECORDS)


def is_lost(content: Content, id_: str, kinds: tuple[str, ...]) -> bool:
    """True for an id that names nothing; what could not be read may hold it."""
    spared = kinds == ("units",) and id_ in NO_UNIT
    return not spared and content.lost.isdisjoint(kinds) and id_ not in content.ids(*kinds)


def dangling(content: Content, place: Place, what: str, id_: str, kinds: tuple[str, ...]) -> Finding:
    """That an id names nothing, and which may be meant."""
    maybe = content.near.word(id_, content.ids(*kinds))
    return Finding(place, "R001", f"{what}はありません。", f"{maybe}ある id を書くか、「{id_}」を先に作ってください。")


def settings_resolve(content: Content) -> Iterator[Finding]:
    """The ids that site.toml names exist."""
    if content.config is None:
        return
    text = content.texts.get("site.toml", "")
    for table, key, kinds in SETTINGS:
        for id_ in getattr(getattr(content.config, table), key):
            if is_lost(content, id_, kinds):
                yield dangling(content, settings.place(text, table, key), f"{table}.{key}: 「{id_}」", id_, kinds)


def files(content: Content) -> frozenset[str]:
    """The files that a link in a body may lead to; `*` stands for all of a folder that could not be opened."""
    lost = {f"content/{folder}/*" for folder in BODIES if folder in content.lost}
    return frozenset(f"content/{folder}/{id_}.md" for folder in BODIES for id_ in content.ids(folder)) | lost


def links_resolve(entry: Entry, known: frozenset[str]) -> Iterator[Finding]:
    """Every link in a body leads to a file of the edition."""
    for link in entry.body.links if entry.body else ():
        path = link.target.partition("#")[0]
        if ":" in path.partition("/")[0] or not path:
            continue
        file = posixpath.normpath(posixpath.join(posixpath.dirname(entry.document.file), path))
        if file not in known and f"{posixpath.dirname(file)}/*" not in known:
            hint = "このファイルから見た道（例: ../consultation/x.md）を確かめてください。"
            yield Finding(link.place, "L001", f"リンク先「{link.target}」がありません。", hint)
