"""The nouns that are rows of a list or pages of their own: situations, cases, units, plan rows, schemes, words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guide.fields import Date, Ids, Lines, Slug, Summary, Text, Texts, Yomi
from guide.model import Noun, PlanSource


class Situation(Noun):
    """One of the life situations that the guide is sorted by."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary
    easy: Text | None = None
    english: Text | None = None
    primary: bool = False
    sensitive: bool = False
    pictogram: Slug | None = None
    words: Texts = ()


class Case(Noun):
    """A citizen's sentence (「こんなとき」) and the records it leads to, best first."""

    id: Slug
    text: Text
    yomi: Yomi
    situations: Annotated[Ids, Field(min_length=1)]
    urgent: bool = False
    topic: Slug | None = None
    kind: Literal["stated", "derived"]
    leads_to: Annotated[Ids, Field(min_length=1)]
    sources: tuple[PlanSource, ...]


class Unit(Noun):
    """A unit of activity, smallest first in units.yaml."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary


class Actor(Noun):
    """Who carries an activity."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary


class PlanDocument(Noun):
    """A document that facts were read in."""

    id: Slug
    name: Text
    short: Text
    period: Text
    current: bool
    note: Text | None = None


class Term(Noun):
    """A word of the offices, explained."""

    term: Text
    yomi: Yomi
    aliases: Texts = ()
    meaning: Text
    easy: Text | None = None


class Route(Noun):
    """One emergency: what is happening and whom to call, in this order."""

    id: Slug
    title: Text
    text: Text
    easy: Text | None = None
    english: Text | None = None
    windows: Annotated[Ids, Field(min_length=1)]
    words: Texts = ()


class PageHead(Noun):
    """The front matter of a page in content/pages/."""

    title: Text
    summary: Text
    windows: Ids = ()


class PlanRow(Noun):
    """One row of the plan's tables, and the record that tells of it: what `build.py coverage` counts by."""

    measure: int
    name: Text
    lines: Lines
    record: Slug


class Decision(Noun):
    """Something the plans name outside their tables, and how the guide treats it."""

    id: Slug
    name: Text
    decision: Literal["record", "section", "name"]
    target: Slug
    why: Text


class Reading(Noun):
    """A word with its reading, in the notation of easy texts ({漢字|かんじ}), for the switch that shows readings."""

    word: Text


class Criterion(Noun):
    """A success criterion of WCAG 2.2 (and JIS X 8341-3:2016, where `jis`), and how it is looked at.

    `method`: AC a machine decides, AF a machine finds and a person judges, HC only a person, NA nothing here it applies to.
    """

    id: Text
    name: Text
    level: Literal["A", "AA"]
    jis: bool
    method: Literal["AC", "AF", "HC", "NA"]
    how: Summary


class HumanCheck(Noun):
    """Something only a person can check; without `by` and `date` nobody has yet (A11Y-4)."""

    id: Slug
    what: Text
    criteria: Annotated[Texts, Field(min_length=1)]
    by: Text | None = None
    date: Date | None = None
    holds: bool | None = None


class MachineRun(Noun):
    """What a machine found on one day over all pages; written by bench/a11y.py, never by hand."""

    id: Slug
    tool: Text
    date: Date
    pages: int
    modes: Annotated[Texts, Field(min_length=1)]
    faults: int
    unsure: int = 0


class Concept(Noun):
    """A need, the many ways people say it, and the records that answer it, best first. `urgent`: its emergency route."""

    id: Slug
    name: Text
    words: Annotated[Texts, Field(min_length=1)]
    leads_to: Annotated[Ids, Field(min_length=1)]
    urgent: Slug | None = None


class Equal(Noun):
    """Words that mean the same anywhere: abbreviations, nicknames, old names, other spellings."""

    words: Annotated[Texts, Field(min_length=2)]


class Elsewhere(Noun):
    """A topic that people ask city halls about and that this guide does not hold: then it says so."""

    id: Slug
    name: Text
    words: Annotated[Texts, Field(min_length=1)]


class Calm(Noun):
    """Words of questions about procedure, which do not call for the emergency route."""

    words: Annotated[Texts, Field(min_length=1)]


class FigurePart(Noun):
    """One box of a figure."""

    title: Text
    text: Text | None = None
    items: Texts = ()
    records: Ids = ()


class Figure(Noun):
    """A drawing made of boxes: its data is its text, so nothing is said in the picture only."""

    kind: Literal["choice", "steps", "layers", "hub", "lanes"]
    caption: Text
    parts: Annotated[tuple[FigurePart, ...], Field(min_length=2)]


class Scheme(Noun):
    """A page that explains how something works."""

    name: Text
    yomi: Yomi
    summary: Summary
    situations: Annotated[Ids, Field(min_length=1)]
    note: Text | None = None
    sensitive: bool = False
    figures: Annotated[tuple[Figure, ...], Field(min_length=1)]
    easy: Text | None = None
    english: Text | None = None
    windows: Ids = ()
    related: Ids = ()
    sources: Annotated[tuple[PlanSource, ...], Field(min_length=1)]
    checked: Date
