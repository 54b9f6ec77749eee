"""Scores records against a question: the twin of static/js/rank.js, for the terminal, the tests and the bench.

Both read the same two files (guide.searchfiles) and hold the same constants, round numbers on plateaus.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guide.search.keys import ELSEWHERE, EQUAL, LATIN, Index, Key, evidence, joined, prepare, weight_of
from guide.search.latin import alike, kana
from guide.search.normalise import grams, key, pieces

WEIGHTS = {"name": 1.0, "yomi": 0.9, "word": 1.0, "summary": 0.45, "need": 0.85, "elsewhere": 1.1}
GUESSED = 0.8  # a Latin word that only begins alike or has one slip
# Bonuses for a key that is, begins with, or stands inside the question; a record's own word outdoes a need's.
EXACT, EXACT_NEED, BEGINS, INSIDE = 100.0, 40.0, 10.0, 1.5
DECAY = (1.0, 0.9, 0.75, 0.65, 0.6, 0.55, 0.5, 0.5)  # a need's records, best first
NEEDS = 8  # how many needs are asked
MORE, FALL = 0.4, 0.4  # further evidence for the same record counts less, and falls by this with each
NOT_OF_THE_PLAN = 0.85  # national lines and the like step back behind the city's own records
LEAST_COVERAGE = 0.1
# A second need counts when it scores this share of the best, and shares at most this much of what it matches with it.
SECOND, APART = 0.4, 0.25
LEAST_SHARE, MOST = 0.35, 20
# An alarm word calls its route, unless it is not half of the question and the whole speaks so much against it (FAR). Needs
# call it when the best is of that route, or the urgent ones weigh HALF, and a stretch TELLS and the whole does not speak
# against it; or when that stretch and the route's part of the best needs (PART points) reach CALLS. What needs call falls
# away below so much of the fittest (BESIDE); an alarm word counts ALARM points in the order.
FAR, HALF, TELLS, PART, CALLS, BESIDE, ALARM = -6.0, 0.5, 3.0, 20.0, 22.0, 0.5, 10.0


KINDS = ("record", "need", ELSEWHERE)
Owner = tuple[str, int]  # kind and number
Told = tuple[float, float, str, Mapping[str, float]]  # score, coverage of the question, best key as written, pieces covered
Scores = Mapping[Owner, Told]
Needs = Sequence[tuple[int, Told]]  # the best, by number, best first
Speaks = Mapping[str, tuple[float, float]]  # see evidence()


@dataclass(frozen=True, slots=True)
class Result:
    """A record's number in the core file, its score, the parts it is made of, and the key that matched best."""

    record: int
    score: float
    parts: tuple[tuple[str, float], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search page says to a question: records best first (none: "no good answer"), emergency routes.

    Further the share (0 to 1) that the best record or need explains, and whether the topic is not of this guide.
    """

    results: list[Result]
    routes: list[str]
    explained: float
    elsewhere: bool


def asked(index: Index, query: str) -> dict[str, float]:
    """The question's pieces with how surely each is meant; Latin words are guessed, equal words added."""
    found: dict[str, float] = {}
    for piece in pieces(query):
        if piece in index.rarity or not LATIN.fullmatch(piece):
            found[piece] = 1.0
            continue
        for guess, surely in _guesses(index, piece):
            found[guess] = max(found.get(guess, 0.0), surely)
    says = sayer(query)
    for group in index.more.get("equals", ()):
        if any(says(word) for word in group):
            for piece in (piece for word in group for piece in pieces(word)):
                found.setdefault(piece, EQUAL)
    return found


def _guesses(index: Index, word: str) -> list[tuple[str, float]]:
    begins = [known for known in index.latin if len(word) > 2 and known.startswith(word)]
    similar = begins or [known for known in index.latin if len(word) > 4 and alike(word, known)]
    if similar:
        return [(known, GUESSED) for known in similar[:5]]
    reading = kana(word)
    return [(piece, 1.0) for piece in grams(reading)] if reading and len(reading) > 1 else [(word, 1.0)]


def sayer(query: str) -> Callable[[str], bool]:
    """Tells of a folded word whether the question holds it: Latin words whole (`dv` is not in `advice`), others anywhere."""
    whole, spaced = joined(query), f" {key(query)} "

    def says(word: str) -> bool:
        if not LATIN.match(word):
            return word.replace(" ", "") in whole
        return (f" {word} " if word[-1].isascii() else f" {word}") in spaced

    return says


def answer(index: Index, query: str) -> Answer:
    """Everything that the search page says to a question, out of one scoring."""
    meant = asked(index, query)
    owners = _owner_scores(index, meant, joined(query))
    total = sum(weight_of(index, piece) * surely for piece, surely in meant.items() if surely != EQUAL)
    most = max((scores[1] for (kind, _), scores in owners.items() if kind != ELSEWHERE), default=0.0)
    share = min(1.0, most / total) if total else 0.0
    speaks = evidence(index, meant)
    elsewhere = _foreign(owners, speaks)
    needs = _best_needs(owners)
    results: list[Result] = []
    if share >= LEAST_COVERAGE and not elsewhere:
        results = _with_second_need(index, needs, _results(index, owners, needs))
        results = [result for result in results if result.score >= LEAST_SHARE * results[0].score][:MOST]
    return Answer(results, _routes(index, speaks, () if elsewhere else needs, query), share, elsewhere)


def _foreign(owners: Scores, speaks: Speaks) -> bool:
    """True when a topic that the guide does not hold answers best, and a piece of the question tells of such topics."""
    best = {kind: max((told[0] for (of, _), told in owners.items() if of == kind), default=0.0) for kind in KINDS}
    return best.pop(ELSEWHERE) > max(best.values()) and speaks[ELSEWHERE][0] > 0


def _owner_scores(index: Index, meant: Mapping[str, float], whole: str) -> dict[Owner, Told]:
    """For each record, need and topic: its score, how much of the question it covers, and its best key."""
    shared: dict[int, float] = {}
    covered: dict[Owner, dict[str, float]] = {}
    for piece, surely in meant.items():
        weight = weight_of(index, piece) * surely
        for number in index.postings.get(piece, ()):
            key = index.keys[number]
            shared[number] = shared.get(number, 0.0) + weight
            pieces_of = covered.setdefault(key.owner, {})
            pieces_of[piece] = max(pieces_of.get(piece, 0.0), weight * WEIGHTS[key.field])
    best: dict[Owner, tuple[float, str]] = {}
    for number, weight in shared.items():
        key = index.keys[number]
        score = WEIGHTS[key.field] * weight * math.sqrt(weight / index.weights[number]) + _bonus(key, whole)
        if score > best.get(key.owner, (0.0, ""))[0]:
            best[key.owner] = (score, key.shown)
    coverage = {owner: sum(found.values()) for owner, found in covered.items()}
    return {o: (score + coverage[o], coverage[o], text, covered[o]) for o, (score, text) in best.items()}


def _bonus(key: Key, whole: str) -> float:
    if key.text == whole:
        return EXACT if key.owner[0] == "record" else EXACT_NEED
    if len(whole) > 1 and key.text.startswith(whole):
        return BEGINS * len(whole) / len(key.text)
    return INSIDE * math.sqrt(len(key.text)) if len(key.text) > 1 and key.text in whole else 0.0


def _best_needs(owners: Scores) -> Needs:
    needs = [(number, told) for (kind, number), told in owners.items() if kind == "need"]
    return sorted(needs, key=lambda need: (-need[1][0], need[0]))[:NEEDS]


def _results(index: Index, owners: Scores, needs: Needs) -> list[Result]:
    parts: dict[int, list[tuple[float, str, str]]] = {}
    for (kind, number), (score, _, text, *_rest) in owners.items():
        if kind == "record":
            parts.setdefault(number, []).append((score, "words", text))
    for need, (score, _, text, *_rest) in needs:
        for place, record in enumerate(index.more["needs"][need][1]):
            parts.setdefault(record, []).append((score * DECAY[min(place, len(DECAY) - 1)], "need", text))
    results = []
    for record, found in parts.items():
        found.sort(key=lambda part: -part[0])
        score = found[0][0] + MORE * sum(part[0] * FALL**n for n, part in enumerate(found[1:]))
        score *= 1.0 if index.records[record][5] else NOT_OF_THE_PLAN
        results.append(Result(record, score, tuple((part[1], part[0]) for part in found), found[0][2]))
    return sorted(results, key=lambda result: (-result.score, result.record))


def _with_second_need(index: Index, needs: Needs, results: list[Result]) -> list[Result]:
    """When the question holds a second need said in other words than the best one, its best record comes third."""
    for need, (score, _, _, words) in needs[1:]:
        common = sum(weight for piece, weight in words.items() if piece in needs[0][1][3])
        if score >= SECOND * needs[0][1][0] and common <= APART * sum(words.values()):
            led, first_led = index.more["needs"][need][1], index.more["needs"][needs[0][0]][1]
            place = next((i for i, result in enumerate(results) if result.record in led and result.record not in first_led), 0)
            if place > 2:
                results.insert(2, results.pop(place))
            break
    return results


def _routes(index: Index, speaks: Speaks, needs: Needs, query: str) -> list[str]:
    """The emergency routes that a question calls for, the fittest first; none for procedure. Without needs: by words."""
    says = sayer(query)
    files = (index.core, index.more)
    if any(says(word) for file in files for word in file.get("calm", ())):
        return []
    said: dict[str, int] = {}  # the longest alarm word
    for id_, words in (part for file in files for part in file.get("urgent", ())):
        said[id_] = max([said.get(id_, 0), *(len(word) for word in words.split("|") if says(word))])
    parts = _parts(index, needs)
    first = _first_called(index, needs, parts)
    called: dict[str, float] = {}
    for id_, _ in index.core["urgent"]:
        stretch, whole = speaks.get(id_, (0.0, 0.0))
        score = stretch + PART * parts.get(id_, 0.0)
        if said.get(id_) and (whole > FAR or 2 * said[id_] >= len(key(query))):
            called[id_] = score + ALARM
        elif needs and (score >= CALLS or (id_ == first and whole > 0 and stretch >= TELLS)):
            called[id_] = score
    least = BESIDE * max(called.values(), default=0.0)
    return sorted((id_ for id_ in called if said.get(id_) or called[id_] >= least), key=lambda id_: -called[id_])


def _parts(index: Index, needs: Needs) -> dict[str, float]:
    """How much of the best needs' weight is of each route."""
    weights: dict[str, float] = {}
    for number, told in needs:
        route = index.more["needs"][number][2]
        weights[route] = weights.get(route, 0.0) + told[0] ** 2
    total = sum(weights.values())
    return {route: weight / total for route, weight in weights.items() if route}


def _first_called(index: Index, needs: Needs, parts: Mapping[str, float]) -> str:
    """The route of the best need, or of the best urgent one when these weigh half."""
    routes = [index.more["needs"][number][2] for number, _ in needs]
    return next((route for route in routes if route), "") if sum(parts.values()) >= HALF else next(iter(routes), "")


__all__ = ["Answer", "Index", "Result", "answer", "joined", "prepare"]
