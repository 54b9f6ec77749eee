"""What translations are made from: the Japanese of a noun that a language tells, and its mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from guide.read.edition import Content, Entry
from guide.read.languages import FILES, mark_of
from guide.read.questions import Checker
from guide.read.records import Record
from guide.read.schemes import PageHead
from guide.read.situations import Case, Route, Situation
from guide.read.yamlread import Path


def origin(entry: Entry) -> tuple[str | None, ...]:
    """The Japanese that a translation of an entry is made from: when it changes, the translation is to be looked at."""
    noun = entry.noun
    if isinstance(noun, Record):
        told = (noun.name, noun.summary, noun.status_note, noun.for_whom, noun.start)
        return (*told, *(condition.text for condition in noun.conditions))
    if isinstance(noun, Situation):
        return (noun.name, noun.summary, *(subtopic.name for subtopic in noun.subtopics))
    if isinstance(noun, Case):
        return (noun.text, noun.say, noun.note)
    if isinstance(noun, Route):
        return (noun.title, noun.text)
    if isinstance(noun, Checker):
        return tuple(texts_of(noun))
    if isinstance(noun, PageHead):
        return (noun.title, noun.summary, entry.body.text if entry.body else None)
    raise TypeError(f"nothing is told of {type(noun).__name__}")


def mark(entry: Entry) -> str:
    """The mark of that Japanese."""
    return mark_of(origin(entry))


def told(content: Content, language: str) -> Iterator[tuple[str, Entry, Entry | None]]:
    """Everything that a language tells: the kind of thing, the entry that tells, and what it is told of, if it is there."""
    for stem, (_, kind) in FILES.items():
        known: Mapping[str, Entry] = {entry.id: entry for entry in content.of(kind)}
        for entry in content.of(f"{language}/{stem}"):
            yield kind, entry, known.get(entry.id)


def texts_of(value: object) -> Iterator[str]:
    """Every text in a noun."""
    return (text for _, text in texts_at(value))


def texts_at(value: object, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a noun, with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_at(getattr(value, name), (*at, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts_at(each, (*at, key))
    elif isinstance(value, tuple | list):
        for i, each in enumerate(value):
            yield from texts_at(each, (*at, i))
