"""The searchable keys of the two published files, with how rare each piece is. The ranking works on this."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guide.search.normalise import KANJI, pieces, runs

SINGLE_KANJI = 0.5  # a kanji alone tells less than a pair
# How often a piece stands in the keys of a route is believed as if so many more keys were of the common kind: a piece
# that is rare everywhere tells little.
COMMON = 100
ELSEWHERE = "elsewhere"  # what tells of topics that the guide does not hold is counted as what tells of a route
LATIN = re.compile(r"[a-z0-9]+")
EQUAL = 0.5  # a word that means the same as one in the question; in the question itself it was not said
STOP = 0.2  # so much of its weight a word keeps that tells of nothing


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to match: whose it is (kind and number), which field, its folded text and its pieces."""

    owner: tuple[str, int]
    field: str
    text: str
    pieces: frozenset[str]
    shown: str


@dataclass(slots=True)
class Index:
    """All keys with their postings and how rare each piece is."""

    core: Mapping[str, Any]
    more: Mapping[str, Any]
    records: list[tuple[Any, ...]]
    keys: list[Key] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)  # what each key's pieces tell together
    postings: dict[str, list[int]] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    rarest: float = 0.0
    latin: list[str] = field(default_factory=list)
    stops: frozenset[str] = frozenset()  # Latin words that tell of nothing
    routes: list[str] = field(default_factory=list)  # "" (neither), ELSEWHERE, then the emergency routes of needs
    route_of: list[int] = field(default_factory=list)  # of each key
    keys_of: list[int] = field(default_factory=list)  # how many keys each route has


def prepare(core: Mapping[str, Any], more: Mapping[str, Any]) -> Index:
    """The index of the two published files; `more` may be an empty mapping (the second file is not there yet)."""
    index = Index(core, more, list(zip(*core["columns"], strict=True)), stops=frozenset(more.get("stops", "").split()))
    for i, (_, _, name, yomi, words, *_rest) in enumerate(index.records):
        _add(index, ("record", i), "name", [name])
        _add(index, ("record", i), "yomi", [yomi])
        _add(index, ("record", i), "word", words.split("|"))
    for i, words in enumerate(more.get("words", ())):
        _add(index, ("record", i), "word", words.split("|"))
    for i, summary in enumerate(more.get("summaries", ())):
        _add(index, ("record", i), "summary", [summary])
    for i, (words, *_rest) in enumerate(more.get("needs", ())):
        _add(index, ("need", i), "need", words.split("|"))
    for i, words in enumerate(more.get("elsewhere", ())):
        _add(index, ("elsewhere", i), "elsewhere", words.split("|"))
    _route_keys(index)
    owners: dict[str, set[tuple[str, int]]] = {}
    for number, key in enumerate(index.keys):
        for piece in key.pieces:
            index.postings.setdefault(piece, []).append(number)
            owners.setdefault(piece, set()).add(key.owner)
    total = len({key.owner for key in index.keys})
    index.rarity = {piece: math.log(1 + total / len(who)) for piece, who in owners.items()}
    index.rarest = math.log(1 + total)
    index.weights = [sum(weight_of(index, piece) for piece in key.pieces) for key in index.keys]
    index.latin = sorted(piece for piece in index.rarity if LATIN.fullmatch(piece))
    return index


def _route_keys(index: Index) -> None:
    needs = [need[2] for need in index.more.get("needs", ())]
    index.routes = list(dict.fromkeys(["", ELSEWHERE, *needs]))
    for key in index.keys:
        kind, number = key.owner
        index.route_of.append(index.routes.index(needs[number]) if kind == "need" else int(kind == ELSEWHERE))
    index.keys_of = [index.route_of.count(route) for route in range(len(index.routes))]


def _add(index: Index, owner: tuple[str, int], name: str, texts: Iterable[str]) -> None:
    for text in texts:
        found = pieces(text)
        if found:
            index.keys.append(Key(owner, name, joined(text), frozenset(found), text))


def joined(text: str) -> str:
    """A folded text without anything between its letters, for comparing whole texts."""
    return "".join(runs(text))


def weight_of(index: Index, piece: str) -> float:
    """How much a piece tells: the rarer among records and needs, the more; a kanji alone half."""
    weight = index.rarity.get(piece, index.rarest)
    return weight * (SINGLE_KANJI if KANJI.fullmatch(piece) else STOP if piece in index.stops else 1.0)


def evidence(index: Index, meant: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """How much a question speaks for each emergency route, and for topics elsewhere: its most telling stretch, and all of it.

    A piece speaks for a route as it stands oftener in the phrases of the route's needs than in everything that is not
    urgent (logarithm of the ratio), and against it otherwise: function words and endings stand everywhere and say
    nothing. A long story tells in one stretch, whatever else is in it; together is divided by the root of the number.
    """
    said = {piece: surely for piece, surely in meant.items() if surely != EQUAL and piece in index.postings}
    rows = [[told * surely for told in _telling(index, piece)] for piece, surely in said.items() if piece not in index.stops]
    found = {}
    for route, id_ in enumerate(index.routes[1:]):
        here = most = 0.0
        for row in rows:
            here = max(0.0, here + row[route])
            most = max(most, here)
        found[id_] = (most, sum(row[route] for row in rows) / math.sqrt(max(1, len(rows))))
    return found


def _telling(index: Index, piece: str) -> list[float]:
    counts = [0] * len(index.routes)
    for number in index.postings[piece]:
        counts[index.route_of[number]] += 1
    common = COMMON * sum(counts) / len(index.keys)

    def share(classes: slice) -> float:
        return (sum(counts[classes]) + common) / (sum(index.keys_of[classes]) + COMMON)

    calm = share(slice(2))
    known = (sum(counts) - counts[1] + common) / (len(index.keys) - index.keys_of[1] + COMMON)
    return [math.log(share(slice(n, n + 1)) / (known if n == 1 else calm)) for n in range(1, len(counts))]
