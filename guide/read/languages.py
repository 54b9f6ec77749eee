"""Other languages than the guide's own: the nouns of content/languages/<language>/, and marks of what they were made from.

A language is a folder. What it tells is told of an id (a record, a case, a situation …) or of a short text of the data
(phrases: 「平日 8:30〜17:15」), never of code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from guide.read import characters
from guide.read.fields import Date, Slug, Text, fault
from guide.read.markdown import without_readings
from guide.read.records import Noun

LETTERS = 6  # of a mark; letters only, so that YAML takes it for nothing else
MARK = re.compile(rf"[a-z]{{{LETTERS}}}")
MOST = 160  # characters of a summary, as in the Japanese; readings are none
TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def _lines(value: str) -> str:
    if not value.strip():
        raise fault("F005", "値が空です。", "訳がまだないときは、項目ごと消してください。")
    if found := characters.disguised(value):
        raise fault("F006", found[1], "その行を打ち直してください。")
    return value.strip()


def _short(value: str) -> str:
    if (length := len(without_readings(value))) > MOST:
        raise fault("F013", f"{length} 文字あります。", f"{MOST} 文字までに短くしてください。")
    return value


def _mark(value: str) -> str:
    if not MARK.fullmatch(value):
        raise fault("F004", f"of: 「{value}」は使えません。", "手で書かず、「build.py translated 言語 id」で付けてください。")
    return value


def _tag(value: str) -> str:
    if not TAG.fullmatch(value):
        raise fault(
            "F004", f"tag: 「{value}」は使えません。", "「en」「zh-Hans」「vi」のような、言語の印（BCP 47）を書いてください。"
        )
    return value


Lines = Annotated[str, AfterValidator(_lines)]  # a line of it is a line on the page
Short = Annotated[str, AfterValidator(_lines), AfterValidator(_short)]


class Tongue(Noun):
    """A language: its mark in HTML, and who has read what it says (how it calls itself is a word of its interface).

    `inline` names the key under which records, conditions, situations and routes bear their text in this language
    themselves; `readings`: its texts give the reading of every kanji ({漢字|かんじ}), as easy Japanese does.
    """

    tag: Annotated[str, AfterValidator(_tag)]
    inline: Literal["easy", "english"] | None = None
    readings: bool = False
    checked_by: Text | None = None


class Told(Noun):
    """Something told in another language: `of` marks the Japanese that it was made from, on `date`."""

    of: Annotated[str, AfterValidator(_mark)] | None = None
    date: Date | None = None
    checked_by: Text | None = None


class RecordTold(Told):
    """A program or window. Without `text` and `conditions` those that the record bears itself stand."""

    name: Lines
    summary: Short | None = None
    text: Lines | None = None
    conditions: tuple[Lines, ...] = ()


class SituationTold(Told):
    """A situation, with the names of its subtopics by their ids."""

    name: Lines
    summary: Short | None = None
    subtopics: dict[Slug, Lines] = Field(default_factory=dict)


class CaseTold(Told):
    """A case: its sentence, what to say on the telephone, what limits it."""

    text: Lines
    say: Lines | None = None
    note: Lines | None = None


class RouteTold(Told):
    """An emergency route. Without `text` the one that the route bears itself stands."""

    title: Lines
    text: Lines | None = None


class QuestionTold(Noun):
    """A question with all its answers, in the order of the Japanese."""

    text: Lines
    help: Lines | None = None
    answers: tuple[Lines, ...]


class OutcomeTold(Noun):
    """Where questions end, with the conditions that decide whether a record fits, by its id."""

    title: Lines
    text: Lines | None = None
    fits: dict[Slug, Lines] = Field(default_factory=dict)


class CheckerTold(Told):
    """The questions of a situation or of the first page, and where they end, by their ids."""

    title: Lines
    questions: dict[Slug, QuestionTold] = Field(default_factory=dict)
    outcomes: dict[Slug, OutcomeTold] = Field(default_factory=dict)


class PageTold(Told):
    """A page of content/pages/; `text` is Markdown."""

    title: Lines
    summary: Lines
    text: str


class Phrase(Noun):
    """A short text of the data (hours, labels, costs), told in another language."""

    text: Lines


# A file of a language's folder → the nouns in it, and of which kind what they tell of is.
FILES: Mapping[str, tuple[type[Told], str]] = {
    "situations": (SituationTold, "situations"),
    "cases": (CaseTold, "cases"),
    "urgent": (RouteTold, "routes"),
    "questions": (CheckerTold, "checkers"),
    "programs": (RecordTold, "programs"),
    "consultation": (RecordTold, "consultation"),
    "pages": (PageTold, "pages"),
}
HEAD = "language"
PHRASES = "phrases"
FILE = re.compile(rf"languages/([a-z0-9]+(?:-[a-z0-9]+)*)/({'|'.join((HEAD, PHRASES, *FILES))})\.yaml")
INTERFACE = re.compile(r"interface/([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")


def mark_of(parts: Iterable[str | None]) -> str:
    """Six letters that tell a Japanese text from another: other for nearly all other texts."""
    known = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = (part or "").encode()
        known.update(len(data).to_bytes(4, "little") + data)
    number = int.from_bytes(known.digest(), "little")
    letters = []
    for _ in range(LETTERS):
        number, rest = divmod(number, 26)
        letters.append(chr(ord("a") + rest))
    return "".join(letters)
