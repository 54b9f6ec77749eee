"""What pages show, worked out from the Site: what belongs together. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide.read.plans import Unit
from guide.read.records import ContactSource, Record
from guide.read.situations import Case, Situation, Subtopic
from guide.rules.references import NO_UNIT
from guide.site.calling import CaseView, case_view
from guide.site.items import Item, reading_order
from guide.site.site import Site

MANY = 24  # cases that a situation's page shows without folding any: five screens of a phone
ROWS = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わゐゑをん",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that belong together under a heading; when empty, `elsewhere` names the groups that are not."""

    id: str
    name: str
    items: tuple[Item, ...]
    elsewhere: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A case as one line of a list: its sentence, and where its page is."""

    id: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cases of a situation under one of its subtopics (None: it has none). `folded` are at home in another situation."""

    subtopic: Subtopic | None
    lines: tuple[Line, ...]
    folded: tuple[Line, ...] = ()


def case_url(site: Site, case: Case) -> str:
    """The address of a case's page: below its first situation, whichever situation's list leads to it."""
    return f"{site.home}situations/{case.situations[0]}/{case.id}/"


def lines(site: Site, cases: Iterable[Case]) -> tuple[Line, ...]:
    """Cases as lines of a list."""
    return tuple(Line(case.id, case.text, case_url(site, case)) for case in cases)


def urgent_of(site: Site, situation: Situation) -> tuple[CaseView, ...]:
    """The urgent cases of a situation, each with whom to call."""
    return tuple(case_view(site, case) for case in site.cases if case.urgent and situation.id in case.situations)


def shelves(site: Site, situation: Situation) -> tuple[Shelf, ...]:
    """The cases of a situation by subtopic; one list where it has none.

    Where there are MANY, only those whose first situation it is stand open, unless a subtopic has none of its own.
    """
    mine = {case.id: case for case in site.cases if situation.id in case.situations}
    found = []
    stands: list[tuple[Subtopic | None, Sequence[str]]] = [(each, each.cases) for each in situation.subtopics]
    for subtopic, ids in stands or [(None, tuple(mine))]:
        own = [mine[id_] for id_ in ids if mine[id_].situations[0] == situation.id]
        shared = [mine[id_] for id_ in ids if mine[id_].situations[0] != situation.id]
        if len(mine) > MANY and own:
            found.append(Shelf(subtopic, lines(site, own), lines(site, shared)))
        else:
            found.append(Shelf(subtopic, lines(site, (mine[id_] for id_ in ids))))
    return tuple(shelf for shelf in found if shelf.lines)


def unit_of(item: Item) -> str | None:
    """The unit's id of a record; None for windows that no plan gives a unit."""
    return item.record.unit


def of_situation(site: Site, situation: Situation) -> tuple[tuple[Item, ...], tuple[Group, ...]]:
    """The windows without a unit, then a group for each unit (empty ones say where to go instead)."""
    mine: dict[str | None, list[Item]] = {}
    for item in site.items.values():
        if situation.id in item.record.situations:
            mine.setdefault(unit_of(item), []).append(item)
    groups = [Group(unit.id, unit.name, tuple(mine.get(unit.id, ()))) for unit in (*site.units, *site.no_units)]
    return tuple(mine.get(None, ())), _with_elsewhere(groups)


def of_unit(site: Site, unit: Unit) -> tuple[Group, ...]:
    """A group for each situation of the records of a unit."""
    mine = [item for item in site.items.values() if unit_of(item) == unit.id]
    groups = [Group(s.id, s.name, tuple(i for i in mine if s.id in i.record.situations)) for s in site.situations]
    return _with_elsewhere(groups)


def _with_elsewhere(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Empty groups point at the full ones, largest first; the places for those without a unit are dropped when empty."""
    full = sorted((g for g in groups if g.items), key=lambda g: -len(g.items))
    elsewhere = tuple((g.id, g.name, len(g.items)) for g in full[:3])
    kept = [g for g in groups if g.items or g.id not in NO_UNIT]
    return tuple(g if g.items else Group(g.id, g.name, (), elsewhere) for g in kept)


def by_reading(site: Site) -> tuple[Group, ...]:
    """All records in 五十音 order, a group a row of the kana table."""
    groups = []
    for row in ROWS:
        items = tuple(i for i in site.items.values() if reading_order(i.record.yomi)[0][:1] in row)
        groups.append(Group(row[0], f"{row[0]}行", items))
    return tuple(group for group in groups if group.items)


def windows_by_situation(site: Site, ids: Iterable[str]) -> tuple[tuple[Situation, tuple[Item, ...]], ...]:
    """Each named situation with its windows, for people who pass residents on."""
    by_id = {s.id: s for s in site.situations}
    windows = [item for item in site.items.values() if item.kind == "window"]
    return tuple((by_id[id_], tuple(item for item in windows if id_ in item.record.situations)) for id_ in ids)


def read_in(record: Record) -> tuple[tuple[ContactSource, tuple[str, ...]], ...]:
    """The pages in which a record's numbers and places were read, each with the values read there."""
    found: dict[tuple[object, ...], tuple[ContactSource, list[str]]] = {}
    for source in record.contacts:
        page = (source.page, source.cites, source.date, source.confidence)
        values = found.setdefault(page, (source, []))[1]
        if source.value:
            values.append(source.value)
    return tuple((source, tuple(values)) for source, values in found.values())
