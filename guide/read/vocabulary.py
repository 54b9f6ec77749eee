"""Words: explained, read, spelt, and the many ways in which people say a need. Rows of list files."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guide.read.fields import Easy, Ids, Slug, Text, Texts, Yomi
from guide.read.records import Noun


class Term(Noun):
    """A word of the offices, explained."""

    term: Text
    yomi: Yomi
    aliases: Texts = ()
    meaning: Text
    easy: Easy | None = None


class Reading(Noun):
    """A word with its reading, in the notation of easy texts ({漢字|かんじ}), for the switch that shows readings."""

    word: Text


class Spelling(Noun):
    """A name's one spelling in English texts, and the spellings that it stands for."""

    name: Text
    english: Text
    instead_of: Texts = ()


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


class Sign(Noun):
    """Pieces of questions that tell equally much of an emergency route: of one, or of any (no `route`).

    `weight` is the logarithm of how much likelier the route is, in steps of a half; without `pieces` it is where every
    question starts. Learned from examples and needs by tools/learn_signs.py, not written by hand.
    """

    route: Slug | None = None
    weight: float
    pieces: str = ""


class Calm(Noun):
    """Words of questions about procedure, which do not call for the emergency route."""

    words: Annotated[Texts, Field(min_length=1)]
