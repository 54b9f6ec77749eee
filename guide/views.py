"""What pages show, worked out from the Site: who to call, what belongs together. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from guide.fields import SILENT
from guide.lists import Case, Situation, Unit
from guide.model import Phone, Window
from guide.references import UNKNOWN_UNIT
from guide.site import Item, Site, reading_order

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
    "わをん",
)


@dataclass(frozen=True, slots=True)
class Call:
    """A window to call, with its numbers grouped by area (ward); `role` says why it is shown."""

    window: Item
    areas: tuple[tuple[str | None, tuple[Phone, ...]], ...]
    role: str  # own | window | instead | general
    dates: Mapping[str, str]  # date of each number's source, by the source's id

    @property
    def phones(self) -> tuple[Phone, ...]:
        """All numbers, in the order shown."""
        return tuple(phone for _, phones in self.areas for phone in phones)


@dataclass(frozen=True, slots=True)
class Group:
    """Records that belong together under a heading; when empty, `elsewhere` names the groups that are not."""

    id: str
    name: str
    items: tuple[Item, ...]
    elsewhere: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A citizen's sentence with the records it leads to and the first line to call."""

    case: Case
    leads: tuple[Item, ...]
    call: Call


def has_number(phones: Iterable[Phone]) -> bool:
    """True when one of the numbers can be a telephone link."""
    return any(phone.diallable for phone in phones)


def is_silent(text: str | None) -> bool:
    """True for no text and for the values that say a source is silent."""
    return text is None or text in SILENT


def _call(window: Item, role: str) -> Call:
    assert isinstance(window.record, Window)
    areas: dict[str | None, list[Phone]] = {}
    for phone in window.record.phones:
        areas.setdefault(phone.area, []).append(phone)
    dates = {source.id: source.date for source in window.record.contacts}
    return Call(window, tuple((area, tuple(phones)) for area, phones in areas.items()), role, MappingProxyType(dates))


def calls(site: Site, item: Item) -> tuple[Call, ...]:
    """Whom to call about a record, best first, a window of its own first, those without a number last.

    At least one number can be dialled: the general window's, if no other.
    """
    found: dict[str, Call] = {}

    def add(ids: Iterable[str], role: str) -> None:
        for id_ in ids:
            found.setdefault(id_, _call(site.items[id_], role))

    record = item.record
    if isinstance(record, Window):
        add([item.id], "own")
        add(record.instead, "instead")
        add(record.windows, "window")
    else:
        add(record.windows, "window")
        for id_ in record.windows:
            window = site.items[id_].record
            if isinstance(window, Window) and not has_number(window.phones):
                add(window.instead, "instead")
    if not has_number(phone for call in found.values() for phone in call.phones):
        add(site.config.contact.general, "general")
    return tuple(sorted(found.values(), key=lambda call: call.role != "own" and not call.phones))


def other_ways(item: Item, shown: Iterable[Call]) -> tuple[Item, ...]:
    """The windows of a record that can be reached otherwise than by telephone: its own, or those to call."""
    windows = [item] if item.kind == "window" else [call.window for call in shown if call.role == "window"]
    return tuple(w for w in windows if isinstance(w.record, Window) and (w.record.ways or w.record.places))


def first_call(site: Site, items: Sequence[Item]) -> Call:
    """The first call with a number that can be dialled among those of the records."""
    return next(call for item in items for call in calls(site, item) if has_number(call.phones))


def general_calls(site: Site) -> tuple[Call, ...]:
    """The windows for everything, shown on every page."""
    return tuple(_call(site.items[id_], "general") for id_ in site.config.contact.general)


def case_views(site: Site, situation: Situation) -> tuple[CaseView, ...]:
    """The cases of a situation: urgent first, then those whose main situation this is, then the rest."""
    mine = [case for case in site.cases if situation.id in case.situations]
    mine.sort(key=lambda case: (not case.urgent, case.situations[0] != situation.id))
    return tuple(case_view(site, case) for case in mine)


def case_view(site: Site, case: Case) -> CaseView:
    """One case with its records and the first line to call."""
    leads = tuple(site.items[id_] for id_ in case.leads_to)
    return CaseView(case, leads, first_call(site, leads))


def urgent_cases(site: Site) -> tuple[CaseView, ...]:
    """The cases that the plan calls urgent."""
    return tuple(case_view(site, case) for case in site.cases if case.urgent)


def unit_of(item: Item) -> str | None:
    """The unit's id of a record; None for windows that no plan gives a unit."""
    return item.record.unit


def of_situation(site: Site, situation: Situation) -> tuple[tuple[Item, ...], tuple[Group, ...]]:
    """The windows without a unit, then a group for each unit (empty ones say where to go instead)."""
    mine = [item for item in site.items.values() if situation.id in item.record.situations]
    windows = tuple(item for item in mine if unit_of(item) is None)
    groups = [Group(unit.id, unit.name, tuple(i for i in mine if unit_of(i) == unit.id)) for unit in site.units]
    return windows, _with_elsewhere(groups)


def of_unit(site: Site, unit: Unit) -> tuple[Group, ...]:
    """A group for each situation of the records of a unit."""
    mine = [item for item in site.items.values() if unit_of(item) == unit.id]
    groups = [Group(s.id, s.name, tuple(i for i in mine if s.id in i.record.situations)) for s in site.situations]
    return _with_elsewhere(groups)


def _with_elsewhere(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Empty groups point at the full ones, largest first; the place for lost units is dropped when it is empty."""
    full = sorted((g for g in groups if g.items), key=lambda g: -len(g.items))
    elsewhere = tuple((g.id, g.name, len(g.items)) for g in full[:3])
    kept = [g for g in groups if g.items or g.id != UNKNOWN_UNIT]
    return tuple(g if g.items else Group(g.id, g.name, (), elsewhere) for g in kept)


def by_reading(site: Site) -> tuple[Group, ...]:
    """All records in 五十音 order, a group a row of the kana table."""
    groups = []
    for row in ROWS:
        items = tuple(i for i in site.items.values() if reading_order(i.record.yomi)[0][:1] in row)
        groups.append(Group(row[0], f"{row[0]}行", items))
    return tuple(group for group in groups if group.items)


def windows_by_situation(site: Site, ids: Iterable[str]) -> tuple[Group, ...]:
    """The windows of each named situation, for people who pass residents on."""
    by_id = {s.id: s for s in site.situations}
    return tuple(
        Group(id_, by_id[id_].name, tuple(i for i in site.items.values() if i.kind == "window" and id_ in i.record.situations))
        for id_ in ids
    )


def programs_of(site: Site, window: Item) -> tuple[Item, ...]:
    """The programs that name this window."""
    return tuple(i for i in site.items.values() if i.kind == "program" and window.id in i.record.windows)


def routes(site: Site) -> Iterator[tuple[object, tuple[Call, ...]]]:
    """The emergency routes, each with its calls."""
    for route in site.routes:
        yield route, tuple(_call(site.items[id_], "window") for id_ in route.windows)
