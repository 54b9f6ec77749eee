"""Pages that are no record: the fixed ones and those that explain how something works, with their figures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guide.read.fields import Date, Easy, Ids, Services, Summary, Text, Texts, Yomi
from guide.read.records import Noun, PlanSource


class PageHead(Noun):
    """The front matter of a page in content/pages/."""

    title: Text
    summary: Text
    windows: Ids = ()


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
    easy: Easy | None = None
    english: Text | None = None
    windows: Ids = ()
    instead: Ids = ()  # near ones: no source says that they take this matter
    services: Services = Field(default_factory=dict)
    related: Ids = ()
    sources: Annotated[tuple[PlanSource, ...], Field(min_length=1)]
    checked: Date
