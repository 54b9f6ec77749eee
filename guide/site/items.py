"""The records and texts of an edition as what pages show: each with its address, in 五十音 order, and what names what."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar, cast

from guide.read.edition import Content, Entry
from guide.read.markdown import Body
from guide.read.records import Program, Window
from guide.read.schemes import PageHead

Kind = Literal["program", "window"]
Thing = TypeVar("Thing")
FOLDERS: Mapping[Kind, str] = {"program": "programs", "window": "consultation"}
# Voiced and small kana sort with their plain ones, the long mark nowhere (五十音順).
PLAIN_KANA = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょゎゔゕゖ",
    "かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおつやゆよわうかけ",
    "ー",  # third argument: dropped
)


@dataclass(frozen=True, slots=True)
class Item:
    """A record with its id, kind, address below the base path, and body."""

    id: str
    kind: Kind
    url: str
    entry: Entry

    @property
    def record(self) -> Program | Window:
        """What its front matter says."""
        return cast("Program | Window", self.entry.noun)

    @property
    def body(self) -> Body:
        """Its text."""
        return cast("Body", self.entry.body)


class PageText(NamedTuple):
    """A page of content/pages/."""

    id: str
    head: PageHead
    body: Body


Named = tuple[tuple[str, tuple[str, ...]], ...]  # ids by the id that they name


def links(records: Mapping[str, Item]) -> tuple[tuple[str, ...], Named, Named]:
    """The ids of the records in 五十音 order; those of programs by the window that they name, and by the one near to them."""
    order = sorted(records, key=lambda id_: reading_order(records[id_].record.yomi))
    programs = [(id_, record) for id_ in order if isinstance(record := records[id_].record, Program)]
    named = by((window, id_) for id_, program in programs for window in program.windows)
    near = by((window, id_) for id_, program in programs for window in program.instead)
    return tuple(order), tuple(named.items()), tuple(near.items())


def named(records: Mapping[str, Item], links: Named) -> dict[str, tuple[Item, ...]]:
    """The records themselves, where `links` has ids."""
    return {key: tuple(records[id_] for id_ in ids) for key, ids in links}


def by(pairs: Iterable[tuple[str, Thing]]) -> dict[str, tuple[Thing, ...]]:
    """The things of each key, in order, each once."""
    found: dict[str, list[Thing]] = {}
    for key, thing in pairs:
        things = found.setdefault(key, [])
        if not things or things[-1] is not thing:
            things.append(thing)
    return {key: tuple(things) for key, things in found.items()}


def of(content: Content, base_path: str) -> Iterator[tuple[str, Item]]:
    """The records of an edition by id, programs first."""
    for kind, folder in FOLDERS.items():
        for entry in content.of(folder):
            yield entry.id, Item(entry.id, kind, f"{base_path}{folder}/{entry.id}/", entry)


def reading_order(yomi: str) -> tuple[str, str]:
    """The sort key for 五十音 order."""
    return unicodedata.normalize("NFC", yomi).translate(PLAIN_KANA), yomi


def page_text(entry: Entry) -> PageText:
    """The text of an entry of content/pages/."""
    assert isinstance(entry.noun, PageHead)
    assert entry.body is not None
    return PageText(entry.id, entry.noun, entry.body)
