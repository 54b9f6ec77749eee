"""What the plans hold: their documents, rows, units, actors, and what was decided of each. Rows of list files."""

from __future__ import annotations

from typing import Literal

from guide.read.fields import Lines, Slug, Summary, Text, Yomi
from guide.read.records import Noun


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
