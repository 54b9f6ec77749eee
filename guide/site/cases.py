"""What the page of a case shows beside its calls: the number that stands large, what to say and have ready, what else helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guide.read.records import Phone, Program, Record
from guide.read.situations import Case, Situation, Subtopic
from guide.site import beside, calling
from guide.site.calling import Call, CaseView
from guide.site.items import Item
from guide.site.language import Language
from guide.site.site import Site
from guide.site.views import Line, lines


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what tells it apart from others of its window, and what limits it beyond what is said beside it."""

    phone: Phone
    told: str
    limits: str


@dataclass(frozen=True, slots=True)
class Area:
    """The numbers of an area."""

    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Areas that follow each other and whose numbers are for the same and have the same limits: both are said once for them."""

    areas: tuple[Area, ...]
    told: str
    limits: str


@dataclass(frozen=True, slots=True)
class First:
    """The window to call first. `large` is its number, unless that depends on where one lives: then `areas` are to choose from.

    `others` are the numbers after the large one, `more` how many there are beyond these, `besides` the areas' numbers for
    further services.
    """

    call: Call
    large: Number | None
    others: tuple[Number, ...]
    more: int
    areas: tuple[Alike, ...]
    besides: tuple[Alike, ...]

    @property
    def count_besides(self) -> int:
        """How many numbers `besides` holds."""
        return sum(len(area.numbers) for alike in self.besides for area in alike.areas)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with all that its page shows."""

    view: CaseView
    situation: Situation
    first: First
    say: str
    asked: Record | None  # whose questions are to be expected
    more: tuple[Item, ...]  # the steps beside the windows whose numbers stand above
    local: bool  # an office or a plan of the city is among them: what befell the city may have changed them
    subtopic: Subtopic | None
    beside: tuple[Line, ...]  # the other cases of the subtopic


def page(site: Site, case: Case) -> CasePage:
    """All that the page of a case shows."""
    view = calling.case_view(site, case)
    situation = next(each for each in site.situations if each.id == case.situations[0])
    subtopic = next((each for each in situation.subtopics if case.id in each.cases), None)
    known = {each.id: each for each in site.cases}
    others = lines(site, (known[id_] for id_ in subtopic.cases if id_ != case.id) if subtopic else ())
    called = {call.window.id for call in (view.call, *view.now)}
    more = tuple(item for item in view.steps if item.id not in called)
    local = calling.is_local(view.call.window, (view.call,)) or any(calling.is_local(item, ()) for item in more)
    foremost = first(site.language, view.call, _meant(view))
    return CasePage(view, situation, foremost, case.say or case.text, _asked(view), more, local, subtopic, others)


def is_sensitive(site: Site, case: Case) -> bool:
    """True when its matter, or anything that it leads to or shows a number of, is nobody else's business."""
    view = calling.case_view(site, case)
    topic = site.topics.get(case.topic or "")
    shown = (*view.steps, *view.others, *view.pressed, view.call.window, *(call.window for call in view.now))
    return (
        any(situation.sensitive for situation in site.situations if situation.id in case.situations)
        or (topic is not None and topic.sensitive)
        or any(item.record.sensitive for item in shown)
    )


def _meant(view: CaseView) -> Sequence[str]:
    """What the window is called for, as the case says, or the record that names the window."""
    id_ = view.call.window.id
    said = (noun.services.get(id_, ()) for noun in (view.case, *(item.record for item in view.steps)))
    return next((services for services in said if services), ())


def _asked(view: CaseView) -> Record | None:
    """The record that says what to have ready: the window that is called first, else the first program."""
    programs = (item.record for item in view.steps if isinstance(item.record, Program))
    return next((record for record in (view.call.window.record, *programs) if record.prepare), None)


def first(language: Language, call: Call, services: Sequence[str] = ()) -> First:
    """A call as it stands first on a page. Only one of everybody's numbers is large, and never one of a single area.

    `services` are what it is called for; an area's numbers for the first of them stand before those for others.
    """
    if call.by_area:
        foremost = [(area, tuple(p for p in phones if _is_for(p, services[:1]))) for area, phones in call.areas]
        rest = [(area, tuple(p for p in phones if not _is_for(p, services[:1]))) for area, phones in call.areas]
        return First(call, None, (), 0, _areas(language, call, foremost), _areas(language, call, rest))
    large = next((phone for phone in call.phones if phone.diallable), call.phones[0])
    rest_of = [phone for phone in call.phones if phone is not large]
    alike = len({beside.limits(language, phone) for phone in call.phones}) == 1
    several = len(call.phones) > 1
    name = call.window.record.name
    numbers = [Number(p, beside.told_apart(p, name, several), beside.limits(language, p)) for p in (large, *rest_of[:1])]
    others = tuple(replace(number, limits="") if alike else number for number in numbers[1:])
    return First(call, numbers[0], others, len(rest_of[1:]), (), ())


def _is_for(phone: Phone, services: Sequence[str]) -> bool:
    return not services or not phone.services or not set(services).isdisjoint(phone.services)


def _areas(language: Language, call: Call, areas: Iterable[tuple[str | None, tuple[Phone, ...]]]) -> tuple[Alike, ...]:
    """Areas with what can be dialled there; those that follow each other and are told alike stand together."""
    found: list[Alike] = []
    for area, phones in areas:
        dialled = [phone for phone in phones if phone.diallable]
        numbers = [Number(phone, _told(call, phone, dialled), beside.limits(language, phone)) for phone in dialled]
        limits = numbers[0].limits if len({number.limits for number in numbers}) == 1 else ""
        told = numbers[0].told if len(numbers) == 1 else ""
        shown = (replace(number, told="" if told else number.told, limits="" if limits else number.limits) for number in numbers)
        here = Area(area or "", tuple(shown))
        if found and (told or limits) and (found[-1].told, found[-1].limits) == (told, limits):
            found[-1] = replace(found[-1], areas=(*found[-1].areas, here))
        elif numbers:
            found.append(Alike((here,), told, limits))
    return tuple(found)


def _told(call: Call, phone: Phone, others: Sequence[Phone]) -> str:
    """What tells a number apart in its area: of names that begin alike (保健こども課（…）) what stands in brackets."""
    if len(others) == 1:
        return beside.told_apart(phone, call.window.record.name, several=False)
    names = [beside.service(other) for other in others]
    alike = all("（" in name for name in names) and len({name.partition("（")[0] for name in names}) == 1
    return beside.service(phone).partition("（")[2].removesuffix("）") if alike else beside.service(phone)
