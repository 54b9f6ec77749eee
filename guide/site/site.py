"""The Site: everything of one edition, linked and frozen. Data only; rooms act on it."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from guide.read.conformance import Criterion, HumanCheck, MachineRun
from guide.read.edition import Content, Entry
from guide.read.markdown import Body
from guide.read.plans import Actor, Decision, PlanDocument, PlanRow, Unit
from guide.read.records import Program, Window
from guide.read.schemes import PageHead, Scheme
from guide.read.settings import Config
from guide.read.situations import Area, Case, Route, Situation, Topic
from guide.read.vocabulary import Calm, Concept, Elsewhere, Equal, Reading, Sign, Term

Kind = Literal["program", "window"]
Noun = TypeVar("Noun")
Thing = TypeVar("Thing")
FOLDERS: Mapping[Kind, str] = {"program": "programs", "window": "consultation"}
# Voiced and small kana sort with their plain ones, the long mark nowhere (五十音順).
PLAIN_KANA = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょゎゔ",
    "かきくけこさしすせそたちつてとはひふへほはひふへほあいうえおつやゆよわう",
    "ー",  # third argument: dropped
)


@dataclass(frozen=True, slots=True)
class Item:
    """A record with its id, kind, address below the base path, and body."""

    id: str
    kind: Kind
    url: str
    record: Program | Window
    body: Body


@dataclass(frozen=True, slots=True)
class PageText:
    """A page of content/pages/."""

    id: str
    head: PageHead
    body: Body


@dataclass(frozen=True, slots=True)
class SchemePage:
    """A page of content/schemes/."""

    id: str
    url: str
    scheme: Scheme
    body: Body


@dataclass(frozen=True, slots=True)
class Site:
    """One edition. Addresses in it begin with `base_path`, which begins and ends with a slash."""

    config: Config
    base_path: str
    today: datetime.date
    items: Mapping[str, Item]
    situations: tuple[Situation, ...]
    cases: tuple[Case, ...]
    units: tuple[Unit, ...]
    no_units: tuple[Unit, ...]  # in the place of a unit: the print is lost, the plan has none
    actors: Mapping[str, Actor]
    documents: Mapping[str, PlanDocument]
    terms: tuple[Term, ...]
    routes: tuple[Route, ...]
    topics: Mapping[str, Topic]
    areas: tuple[Area, ...]
    schemes: tuple[SchemePage, ...]
    rows: tuple[PlanRow, ...]
    decisions: tuple[Decision, ...]
    concepts: tuple[Concept, ...]
    equals: tuple[Equal, ...]
    elsewhere: tuple[Elsewhere, ...]
    calm: tuple[Calm, ...]
    signs: tuple[Sign, ...]
    readings: tuple[Reading, ...]
    criteria: tuple[Criterion, ...]
    checks: tuple[HumanCheck, ...]
    runs: tuple[MachineRun, ...]
    pages: Mapping[str, PageText]
    files: Mapping[str, str]
    # What names what, so that no page walks all records: programs by a window that takes their matter, or is near to it;
    # cases by a record that they lead to.
    named_by: Mapping[str, tuple[Item, ...]]
    near_by: Mapping[str, tuple[Item, ...]]
    cases_of: Mapping[str, tuple[Case, ...]]


# Fields of the Site that hold all nouns of a kind, in the order written; the kind's name is the field's.
LISTED: Mapping[str, type] = {
    "situations": Situation,
    "cases": Case,
    "units": Unit,
    "terms": Term,
    "routes": Route,
    "areas": Area,
    "rows": PlanRow,
    "decisions": Decision,
    "concepts": Concept,
    "equals": Equal,
    "elsewhere": Elsewhere,
    "calm": Calm,
    "signs": Sign,
    "readings": Reading,
    "criteria": Criterion,
    "checks": HumanCheck,
    "runs": MachineRun,
}


def build(content: Content, today: datetime.date, base_path: str) -> Site:
    """Link what was read into a Site. Call only when `content` has no error. `base_path` is like `/` or `/x/`."""
    if content.config is None:
        raise ValueError("a Site needs a Config: check findings before building")
    items = dict(sorted(_items(content, base_path), key=lambda pair: reading_order(pair[1].record.yomi)))
    words = content.config.words
    lost = Unit(id="lost", name=words.unit_lost, yomi="ふめい", summary=words.unit_lost_summary)
    none = Unit(id="none", name=words.unit_none, yomi="なし", summary=words.unit_none_summary)
    schemes = _schemes(content, base_path)
    programs = [item for item in items.values() if item.kind == "program"]
    listed: dict[str, Any] = {kind: tuple(_nouns(content, kind, model)) for kind, model in LISTED.items()}
    return Site(
        config=content.config,
        base_path=base_path,
        today=today,
        items=MappingProxyType(items),
        no_units=(lost, none),
        actors=MappingProxyType({a.id: a for a in _nouns(content, "actors", Actor)}),
        documents=MappingProxyType({d.id: d for d in _nouns(content, "documents", PlanDocument)}),
        topics=MappingProxyType({t.id: t for t in _nouns(content, "topics", Topic)}),
        schemes=schemes,
        pages=MappingProxyType({entry.id: _page(entry) for entry in content.of("pages")}),
        files=MappingProxyType(_files(content, base_path, items, schemes)),
        named_by=_by((id_, item) for item in programs for id_ in item.record.windows),
        near_by=_by((id_, item) for item in programs for id_ in item.record.instead),
        cases_of=_by((id_, case) for case in _nouns(content, "cases", Case) for id_ in case.leads_to),
        **listed,
    )


def _by(pairs: Iterable[tuple[str, Thing]]) -> Mapping[str, tuple[Thing, ...]]:
    """The things of each key, in order, each once."""
    found: dict[str, list[Thing]] = {}
    for key, thing in pairs:
        things = found.setdefault(key, [])
        if not things or things[-1] is not thing:
            things.append(thing)
    return MappingProxyType({key: tuple(things) for key, things in found.items()})


def _schemes(content: Content, base_path: str) -> tuple[SchemePage, ...]:
    return tuple(
        SchemePage(entry.id, f"{base_path}schemes/{entry.id}/", entry.noun, entry.body)
        for entry in content.of("schemes")
        if isinstance(entry.noun, Scheme) and entry.body is not None
    )


def _files(content: Content, base_path: str, items: Mapping[str, Item], schemes: tuple[SchemePage, ...]) -> dict[str, str]:
    """The address of each content file, for links written as relative files."""
    files = {entry.document.file: items[entry.id].url for kind in FOLDERS.values() for entry in content.of(kind)}
    files |= {f"content/schemes/{scheme.id}.md": scheme.url for scheme in schemes}
    pages = {e.id: "" if e.id == "home" else f"{e.id}/" for e in content.of("pages")}
    return files | {f"content/pages/{id_}.md": base_path + path for id_, path in pages.items()}


def _items(content: Content, base_path: str) -> Iterator[tuple[str, Item]]:
    for kind, folder in FOLDERS.items():
        for entry in content.of(folder):
            if isinstance(entry.noun, Program | Window) and entry.body is not None:
                yield entry.id, Item(entry.id, kind, f"{base_path}{folder}/{entry.id}/", entry.noun, entry.body)


def _nouns(content: Content, kind: str, model: type[Noun]) -> Iterator[Noun]:
    return (entry.noun for entry in content.of(kind) if isinstance(entry.noun, model))


def _page(entry: Entry) -> PageText:
    if not isinstance(entry.noun, PageHead) or entry.body is None:
        raise TypeError(f"{entry.document.file} is not a page")
    return PageText(entry.id, entry.noun, entry.body)


def reading_order(yomi: str) -> tuple[str, str]:
    """The sort key for 五十音 order."""
    return unicodedata.normalize("NFC", yomi).translate(PLAIN_KANA), yomi
