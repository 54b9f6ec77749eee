"""Whom to call: worked out from the Site for records, cases and emergency routes. Templates and search only lay it out.

Four rules of truth live here. A number of one area is never given as if it were everybody's: numbers stay grouped by
area until a reader's area is known. A window without a number, or with a condition of its own (`in_case`), is never the
one to call first. Of a window with numbers for several matters only those that a record means (`services`) are given for
it. What concerns safety shows beside the first number one that answers at any hour (topics.yaml).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from guide.read.fields import SILENT
from guide.read.records import ContactSource, Phone, Program, Record, Window
from guide.read.schemes import Scheme
from guide.read.situations import Case, Route, Topic
from guide.site.items import Item
from guide.site.site import Site

Areas = tuple[tuple[str | None, tuple[Phone, ...]], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A window to call, with its numbers grouped by area (ward).

    `role` says why it is shown: own, window, near (no source says that it takes the matter), passes (named as near, but
    for everything), advice (near, in an emergency), case (only when `when`), now (at any hour), general (for everything,
    and named by nobody).
    """

    window: Item
    areas: Areas
    role: str
    sources: Mapping[tuple[str, str], ContactSource]  # where each number was read, by source id and number
    when: str | None = None

    @property
    def phones(self) -> tuple[Phone, ...]:
        """All numbers, in the order shown."""
        return tuple(phone for _, phones in self.areas for phone in phones)

    @property
    def by_area(self) -> bool:
        """True when which number is right depends on where the caller lives."""
        return sum(area is not None for area, _ in self.areas) > 1

    def source(self, phone: Phone) -> ContactSource:
        """Where a number of this call was read."""
        return self.sources[(phone.contact, phone.number)]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A citizen's sentence: what can be called or applied for, what has no number known, whom to call first and at any hour."""

    case: Case
    steps: tuple[Item, ...]
    others: tuple[Item, ...]
    call: Call
    now: tuple[Call, ...]
    always: bool  # the first one answers at any hour itself: the others are not there to take its place at night
    pressed: tuple[Item, ...]  # whose number no link can dial (#9110): it is known, and pressed by hand


@dataclass(frozen=True, slots=True)
class RouteView:
    """An emergency route with its calls."""

    route: Route
    calls: tuple[Call, ...]


def has_number(phones: Iterable[Phone]) -> bool:
    """True when one of the numbers can be a telephone link."""
    return any(phone.diallable for phone in phones)


def is_silent(text: str | None) -> bool:
    """True for no text and for the values that say a source is silent."""
    return text is None or text in SILENT


def can_be_called(item: Item) -> bool:
    """True for what may be offered as a step: a program, or a window with a number of its own; nothing that has ended."""
    record = item.record
    return record.status != "ended" and (not isinstance(record, Window) or has_number(record.phones))


def call_of(window: Item, role: str, when: str | None = None, services: Sequence[str] = ()) -> Call:
    """A window's numbers as a Call: those for the services meant; all when none are."""
    assert isinstance(window.record, Window)
    areas: dict[str | None, list[Phone]] = {}
    for phone in window.record.phones:
        if not services or not phone.services or not set(services).isdisjoint(phone.services):
            areas.setdefault(phone.area, []).append(phone)
    sources = {(source.id, source.value): source for source in window.record.contacts if source.value}
    grouped = tuple((area, tuple(phones)) for area, phones in areas.items())
    return Call(window, grouped, role, MappingProxyType(sources), when)


def calls(site: Site, item: Item) -> tuple[Call, ...]:
    """Whom to call about a record, best first, a window of its own first, those without a number last.

    At least one number can be dialled: the general window's, if no other.
    """
    record = item.record
    found: dict[str, Call] = {}

    def add(ids: Iterable[str], role: str, named_by: Record = record) -> None:
        for id_ in ids:
            services = named_by.services.get(id_, ())
            found.setdefault(id_, call_of(site.items[id_], _near(site, id_) if role == "near" else role, None, services))

    if isinstance(record, Window):
        add([item.id], "own")
    add(record.windows, "window")
    for each in record.in_case:
        services = record.services.get(each.window, ())
        given = {phone.number for call in found.values() for phone in call.phones}
        found.setdefault(each.window, _without(call_of(site.items[each.window], "case", each.when, services), given))
    add(record.instead, "near")
    for id_ in record.windows if isinstance(record, Program) else ():
        window = site.items[id_].record
        if isinstance(window, Window) and not has_number(window.phones):
            add((*window.windows, *window.instead), "near", window)
    if not has_number(phone for call in found.values() if call.role != "case" for phone in call.phones):
        add(site.config.contact.general, "general")
    return tuple(sorted(found.values(), key=lambda call: call.role != "own" and not call.phones))


def _without(call: Call, given: Collection[str]) -> Call:
    """The call without numbers that already stand above it, unless nothing is left."""
    areas = tuple((area, kept) for area, phones in call.areas if (kept := tuple(p for p in phones if p.number not in given)))
    return replace(call, areas=areas) if areas else call


def _near(site: Site, id_: str) -> str:
    """The role of a window of which no source says that it takes the matter: those for everything pass on."""
    return "passes" if id_ in site.config.contact.general else "near"


def is_local(item: Item, calls: Iterable[Call]) -> bool:
    """True for what a plan of the city tells of, or an office to go to: not for a national line that is only a number."""
    return bool(item.record.sources) or any(call.by_area or getattr(call.window.record, "places", ()) for call in calls)


def first_call(site: Site, items: Sequence[Item], services: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Call:
    """The first call that may be made without a condition: of the records' own before those that only pass on.

    `services` says for some windows which of their numbers are meant, over what the records say.
    """
    found = [call for item in items for call in calls(site, item) if has_number(call.phones) and call.role != "case"]
    call = next((call for call in found if call.role != "general"), found[0])
    role = "passes" if call.window.id in site.config.contact.general else call.role
    if meant := services.get(call.window.id):
        return call_of(call.window, role, call.when, meant)
    return replace(call, role=role)


def general_calls(site: Site) -> tuple[Call, ...]:
    """The windows for everything, shown on every page."""
    return tuple(call_of(site.items[id_], "general") for id_ in site.config.contact.general)


def now_calls(site: Site, topic: Topic | None) -> tuple[Call, ...]:
    """The windows that answer about a topic at any hour."""
    return tuple(call_of(site.items[id_], "now") for id_ in topic.now) if topic else ()


def case_view(site: Site, case: Case) -> CaseView:
    """One case with its records and whom to call."""
    leads = tuple(site.items[id_] for id_ in case.leads_to)
    steps = tuple(item for item in leads if can_be_called(item))
    call = first_call(site, steps or leads, case.services)
    if case.near or case.advice:
        call = replace(call, role="advice" if case.advice else _near(site, call.window.id))
    now = now_calls(site, site.topics.get(case.topic or ""))
    uncallable = [item for item in leads if not can_be_called(item)]
    pressed = tuple(item for item in uncallable if isinstance(item.record, Window) and item.record.phones)
    others = tuple(item for item in uncallable if item not in pressed)
    rest = tuple(each for each in now if each.window.id != call.window.id)
    return CaseView(case, steps, others, call, rest, always=len(rest) < len(now), pressed=pressed)


def scheme_calls(site: Site, scheme: Scheme) -> tuple[Call, ...]:
    """The windows of a page that explains, with the numbers that it means, near ones last; none without a number."""
    named = [(id_, "window") for id_ in scheme.windows] + [(id_, _near(site, id_)) for id_ in scheme.instead]
    found = (call_of(site.items[id_], role, None, scheme.services.get(id_, ())) for id_, role in named)
    return tuple(call for call in found if call.phones)


def urgent_cases(site: Site) -> tuple[CaseView, ...]:
    """The cases that the plan calls urgent."""
    return tuple(case_view(site, case) for case in site.cases if case.urgent)


def routes(site: Site) -> Iterator[RouteView]:
    """The emergency routes, each with its calls."""
    for route in site.routes:
        calls = (call_of(site.items[id_], "window", None, route.services.get(id_, ())) for id_ in route.windows)
        yield RouteView(route, tuple(calls))
