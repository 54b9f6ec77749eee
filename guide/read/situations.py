"""What people come with and where they live: situations, cases, emergency routes, topics, wards. Rows of list files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guide.read.fields import Easy, Ids, Said, Services, Slug, Summary, Text, Texts, Yomi
from guide.read.records import Noun, PlanSource


class Subtopic(Noun):
    """A matter inside a situation (食べ物・水道), and the cases that stand under it, in this order."""

    id: Slug
    name: Text
    yomi: Yomi | None = None
    pictogram: Slug | None = None
    cases: Annotated[Ids, Field(min_length=1)]


class Situation(Noun):
    """One of the life situations that the guide is sorted by. Without `subtopics` its cases are one list."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary
    easy: Easy | None = None
    english: Text | None = None
    primary: bool = False
    sensitive: bool = False
    pictogram: Slug | None = None
    words: Texts = ()
    subtopics: tuple[Subtopic, ...] = ()


class Case(Noun):
    """A citizen's sentence (「こんなとき」) and the records it leads to, best first. `say` can be read out on the telephone.

    `near`: no source says that the office whose number is shown takes this matter. `advice`: neither, but it is an
    emergency, in which nobody should hesitate: told as the guide's own advice.
    """

    id: Slug
    text: Text
    yomi: Yomi
    say: Said | None = None
    situations: Annotated[Ids, Field(min_length=1)]
    urgent: bool = False
    topic: Slug | None = None
    kind: Literal["stated", "derived"]
    leads_to: Annotated[Ids, Field(min_length=1)]
    services: Services = Field(default_factory=dict)
    near: bool = False
    advice: bool = False
    note: Text | None = None  # what limits this matter at the number shown: days, hours, which ward
    sources: tuple[PlanSource, ...]


class Uncased(Noun):
    """A record that no case leads to, and why."""

    record: Slug
    why: Text


class Route(Noun):
    """One emergency: what is happening and whom to call, in this order."""

    id: Slug
    title: Text
    text: Text
    easy: Easy | None = None
    english: Text | None = None
    windows: Annotated[Ids, Field(min_length=1)]
    services: Services = Field(default_factory=dict)
    words: Texts = ()


class Topic(Noun):
    """A topic that decides how carefully its records are shown.

    `words` tell the topic where they stand in a record's name, summary, `when` or words, or in a case; `besides` names
    records that hold a word without being about it. Of a matter of safety, `first` are the windows that may be called
    first (specialists), `now` those that answer at any hour.
    """

    id: Slug
    name: Text
    sensitive: bool = True
    safety: bool = False
    first: Ids = ()
    now: Ids = ()
    words: Texts = ()
    besides: Ids = ()


class Area(Noun):
    """A ward, as it stands in `area` of numbers; `schools` are the school districts whose school lies in it."""

    id: Slug
    name: Text
    yomi: Yomi
    words: Texts = ()
    schools: Texts = ()
