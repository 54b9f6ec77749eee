"""How far the guide conforms to the accessibility standards, and who looked. Rows of list files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guide.read.fields import Date, Slug, Summary, Text, Texts
from guide.read.records import Noun


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
