"""A few questions instead of a long list: what is asked, what may be answered, where each answer leads. Rows of a list file.

And the steps from one to the other, worked out of the nouns alone: rules, pages and reports walk the same way.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from guide.read.fields import Ids, Services, Slug, Text
from guide.read.records import Noun

HOME = "home"  # the checker of the first page; the others bear the id of their situation
RESERVED = "questions"  # the folder of a situation's checker: no case may be called so
UNSURE = "わからない"
MOST = 5  # questions on any way


class Answer(Noun):
    """What may be answered, and where it leads: a question or an outcome of the same checker, a case, or another checker."""

    text: Text
    to: Slug
    urgent: bool = False  # shown as such: somebody may be in danger


class Question(Noun):
    """One question. Nobody is left without an answer: `unsure` says where 「わからない」 leads."""

    id: Slug
    text: Text
    help: Text | None = None
    answers: Annotated[tuple[Answer, ...], Field(min_length=1)]
    unsure: Slug


class Fit(Noun):
    """A record that could fit, with the condition that decides whether it does."""

    record: Slug
    decides: Text


class Outcome(Noun):
    """Where questions end: call now, these could fit, or ask here first. `windows` are whom to call, the first of them large.

    `near`: no source says that the window takes this matter; `topic`: it is about safety, and somebody answers at any hour.
    """

    id: Slug
    kind: Literal["call", "fits", "ask"]
    title: Text
    text: Text
    topic: Slug | None = None
    windows: Annotated[Ids, Field(min_length=1)]
    services: Services = Field(default_factory=dict)
    near: bool = False
    fits: tuple[Fit, ...] = ()


class Checker(Noun):
    """The questions of a situation, or of the first page, the one that is asked first at their head."""

    id: Slug
    title: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def first(self) -> str:
        """The id of the question that is asked first."""
        return self.questions[0].id


class Step(NamedTuple):
    """An answer of a question: its words, where its `to` stands in the question, and the place that it names."""

    text: str
    at: tuple[str | int, ...]
    to: str
    urgent: bool


class Spot(NamedTuple):
    """A page of a checker: a question, an outcome, or a case that it leads to."""

    checker: str
    node: str


def parts(checker: Checker) -> Iterator[tuple[tuple[str | int, ...], Noun]]:
    """The nouns inside a checker, each with its path."""
    for i, question in enumerate(checker.questions):
        yield ("questions", i), question
        yield from ((("questions", i, "answers", j), answer) for j, answer in enumerate(question.answers))
    for i, outcome in enumerate(checker.outcomes):
        yield ("outcomes", i), outcome
        yield from ((("outcomes", i, "fits", j), fit) for j, fit in enumerate(outcome.fits))


def nodes(checker: Checker) -> dict[str, Question | Outcome]:
    """The questions and outcomes of a checker, by id."""
    everything: tuple[Question | Outcome, ...] = (*checker.questions, *checker.outcomes)
    return {node.id: node for node in everything}


def steps(question: Question) -> Iterator[Step]:
    """All answers, 「わからない」 last."""
    for i, answer in enumerate(question.answers):
        yield Step(answer.text, ("answers", i, "to"), answer.to, answer.urgent)
    yield Step(UNSURE, ("unsure",), question.unsure, urgent=False)


def target(checkers: Mapping[str, Checker], checker: Checker, to: str, cases: Container[str]) -> Spot | None:
    """The page that an answer leads to: of another checker the first question. None when there is none."""
    if to in nodes(checker) or to in cases:
        return Spot(checker.id, to)
    return Spot(to, checkers[to].first) if to in checkers else None


def following(checkers: Mapping[str, Checker], spot: Spot, cases: Container[str]) -> list[tuple[Step, Spot]]:
    """The answers of a question, each with the page that it leads to; none of an outcome or a case, where the way ends."""
    checker = checkers[spot.checker]
    question = nodes(checker).get(spot.node)
    if not isinstance(question, Question):
        return []
    found = ((step, target(checkers, checker, step.to, cases)) for step in steps(question))
    return [(step, to) for step, to in found if to is not None]
