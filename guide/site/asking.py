"""The pages of the questions, worked out of the Site: which there are, what each asks, where each answer leads, whom to call.

The way that somebody takes is in the addresses alone, so a page is the same whoever comes to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guide.read.questions import HOME, Checker, Outcome, Question, Spot, following, nodes
from guide.read.situations import Case, Situation
from guide.site import calling, views
from guide.site.calling import Call
from guide.site.items import Item
from guide.site.site import Site


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer as a link."""

    text: str
    url: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the how-manieth it is, how many may follow, its answers and 「わからない」."""

    question: Question
    number: int
    ahead: int
    choices: tuple[Choice, ...]
    unsure: Choice


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the questions end. `calls` are whom to call, the first of them large; `now` who answers at any hour.

    Of a case `steps` are the records that it leads to, `others` those without a number; of an outcome `fits` those that could
    fit, each with the condition that decides.
    """

    kind: str
    title: str
    text: str | None
    calls: tuple[Call, ...]
    now: tuple[Call, ...]
    always: bool  # the first one answers at any hour itself
    steps: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()
    pressed: tuple[Item, ...] = ()
    fits: tuple[tuple[Item, str], ...] = ()
    case: Case | None = None
    more: str | None = None  # the address of the case's own page


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the figure for staff: an answer, what it leads to, and what follows there."""

    answer: str
    label: str  # which kind of ending it is; "" for a question
    title: str
    numbers: tuple[str, ...]
    branches: tuple[Branch, ...]


def url(site: Site, spot: Spot) -> str:
    """The address of a page of the questions: the first question has no name of its own."""
    home = "" if spot.checker == HOME else f"situations/{spot.checker}/"
    end = "" if spot.node == site.checkers[spot.checker].first else f"{spot.node}/"
    return f"{site.home}{home}questions/{end}"


def spots(site: Site) -> tuple[Spot, ...]:
    """Every page of the questions, each once, in the order in which one comes to them."""
    return tuple(spot for checker in site.checkers.values() for spot in _depths(site, checker))


def situation_of(site: Site, checker: Checker) -> Situation | None:
    """The situation of a checker; none of the first page's."""
    return next((s for s in site.situations if s.id == checker.id), None)


def is_sensitive(site: Site, spot: Spot) -> bool:
    """As its situation is; the first page's questions are of everything. An outcome also as what it leads to first."""
    situation = situation_of(site, site.checkers[spot.checker])
    case = site.cases_by_id.get(spot.node)
    node = nodes(site.checkers[spot.checker]).get(spot.node)
    first = case.leads_to[0] if case else node.windows[0] if isinstance(node, Outcome) else None
    return situation is None or situation.sensitive or (first is not None and site.items[first].record.sensitive)


def asked(site: Site, spot: Spot) -> Asked | None:
    """A question; None where the page is an ending."""
    checker = site.checkers[spot.checker]
    question = nodes(checker).get(spot.node)
    if not isinstance(question, Question):
        return None
    found = following(site.checkers, spot, site.cases_by_id)
    choices = tuple(Choice(step.text, url(site, to), step.urgent) for step, to in found)
    return Asked(question, _depths(site, checker)[spot], ahead(site, spot) - 1, choices[:-1], choices[-1])


def ending(site: Site, spot: Spot) -> Ending:
    """An outcome, or a case that an answer leads to."""
    node = nodes(site.checkers[spot.checker]).get(spot.node)
    return _of_outcome(site, node) if isinstance(node, Outcome) else _of_case(site, site.cases_by_id[spot.node])


def can_be_dialled(ending: Ending) -> bool:
    """True where the one to call has a number that a telephone link dials."""
    return calling.has_number(ending.calls[0].phones)


def _of_case(site: Site, case: Case) -> Ending:
    view = calling.case_view(site, case)
    more = views.case_url(site, case)
    records = (view.steps, view.others, view.pressed)
    return Ending("call", case.text, case.note, (view.call,), view.now, view.always, *records, case=case, more=more)


def _of_outcome(site: Site, outcome: Outcome) -> Ending:
    role = "near" if outcome.near else "window"
    general = site.config.contact.general
    calls = tuple(
        calling.call_of(site.items[id_], "passes" if id_ in general else role, None, outcome.services.get(id_, ()))
        for id_ in outcome.windows
    )
    answering = calling.now_calls(site, site.topics.get(outcome.topic or ""))
    rest = tuple(call for call in answering if call.window.id not in outcome.windows)
    fits = tuple((site.items[fit.record], fit.decides) for fit in outcome.fits)
    return Ending(outcome.kind, outcome.title, outcome.text, calls, rest, always=len(rest) < len(answering), fits=fits)


def _depths(site: Site, checker: Checker) -> dict[Spot, int]:
    """The pages of a checker, each with the number of questions up to it on the shortest way from its first."""
    found = {Spot(checker.id, checker.first): 1}
    for spot in (waiting := list(found)):
        for _, to in following(site.checkers, spot, site.cases_by_id):
            if to.checker == checker.id and to not in found:
                found[to] = found[spot] + 1
                waiting.append(to)
    return found


def ahead(site: Site, spot: Spot) -> int:
    """The questions on the longest way from a page, its own included."""
    answers = following(site.checkers, spot, site.cases_by_id)
    return max((ahead(site, to) for _, to in answers), default=0) + bool(answers)


def ways(site: Site, spot: Spot) -> Iterator[tuple[Spot, ...]]:
    """Every way from a page to an ending, its own page included."""
    answers = following(site.checkers, spot, site.cases_by_id)
    if not answers:
        yield (spot,)
    for _, to in answers:
        yield from ((spot, *rest) for rest in ways(site, to))


def tree(site: Site, checker: Checker) -> Branch:
    """A checker as a figure: every answer with what it leads to."""
    return _branch(site, checker, "", Spot(checker.id, checker.first))


def _branch(site: Site, checker: Checker, answer: str, spot: Spot) -> Branch:
    if spot.checker != checker.id:
        return Branch(answer, "別の質問へ", site.checkers[spot.checker].title, (), ())
    if (question := asked(site, spot)) is not None:
        below = following(site.checkers, spot, site.cases_by_id)
        branches = tuple(_branch(site, checker, step.text, to) for step, to in below)
        return Branch(answer, "", question.question.text, (), branches)
    end = ending(site, spot)
    numbers = tuple(f"{area or call.window.record.name} {p.number}" for call in end.calls for area, ps in call.areas for p in ps)
    return Branch(answer, site.language.t("record.when" if end.case else f"ending.{end.kind}").plain, end.title, numbers, ())
