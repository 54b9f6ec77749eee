"""Learns which pieces of a question tell of an emergency, and writes content/signs.yaml: make signs.

A linear model (multinomial logistic regression of scikit-learn): for each emergency route, and for "ordinary", how much
each piece (two letters, one kanji, a Latin word: guide.search.normalise.pieces) tells. It learns from the phrases of all
needs and topics elsewhere (concepts.yaml), from the alarm words (urgent.yaml), and from whole questions with their route
(bench/alarms-learn.jsonl), which count EXAMPLE times as much, for they are how people ask. The sets on which it is
measured (bench/alarms.jsonl and others) are not among them.

What is written is small enough to travel: the PIECES that tell most, what each tells of any route, and what it tells more
of one (where that is at least LEAST), in steps of a half.

With --check N the examples are split into N parts, each asked of a model that has not seen it: (shown, first, needless).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide.search.normalise import pieces  # noqa: E402  # the checkout is not installed
from guide.search.signs import STEP  # noqa: E402

EXAMPLE = 8
PIECES, LEAST = 8000, 1.0
ORDINARY = ""
HEAD = """\
# make signs が作るファイルです。手で直しません。ページには出ません。
# 質問の中のどのつづりが、急ぎの案内のどれを、どれくらい指すか（weight は、見込みの比の対数）。route がないものは、どの案内にも。
"""


class Model(NamedTuple):
    """What was learned: for each piece and route the weight, and where every question starts for each route."""

    routes: list[str]
    starts: np.ndarray
    weights: dict[str, np.ndarray]


def learn(texts: Sequence[str], routes: Sequence[str], counts: Sequence[int]) -> Model:
    """The model of texts, each with its route (or ORDINARY) and how often it counts."""
    vectorizer = CountVectorizer(analyzer=pieces, min_df=2, binary=True)
    found = vectorizer.fit_transform(texts).astype(float).tocsr()
    roots = np.sqrt([max(1, len(pieces(text))) for text in texts])
    common = np.asarray(found.sum(0)).ravel()
    rarity = np.log((1 + len(texts)) / (1 + common)) + 1
    rarity /= rarity.mean()

    def fit(kept: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[str]]:
        model = LogisticRegression(C=10, max_iter=300)
        model.fit(sparse.diags(1 / roots) @ found[:, kept] @ sparse.diags(rarity[kept]), routes, sample_weight=counts)
        names = list(model.classes_)
        calm = names.index(ORDINARY)
        weights = (model.coef_ * rarity[kept]).T
        others = [i for i in range(len(names)) if i != calm]
        ordinary = weights[:, [calm]]
        return (weights - ordinary)[:, others], (model.intercept_ - model.intercept_[calm])[others], [names[i] for i in others]

    weights, _, _ = fit(np.arange(found.shape[1]))
    telling = np.abs(weights).max(1) * np.sqrt(common)
    kept = np.sort(np.argsort(-telling, kind="stable")[:PIECES])
    weights, starts, names = fit(kept)
    any_ = weights.mean(1, keepdims=True)
    more = np.round((weights - any_) / STEP) * STEP
    more[np.abs(more) < LEAST] = 0
    rounded = np.hstack([np.round(any_ / STEP) * STEP, more])
    return Model(names, starts, dict(zip(vectorizer.get_feature_names_out()[kept], rounded, strict=True)))


def write(model: Model, path: Path) -> None:
    """The model as staff's files are: one row for each route and weight, with its pieces."""
    rows: dict[tuple[int, float], list[str]] = defaultdict(list)
    for piece, weights in sorted(model.weights.items()):
        for column, weight in enumerate(weights):
            if weight:
                rows[column, float(weight)].append(piece)
    lines = [HEAD, "signs:\n"]
    lines += [f"  - route: {route}\n    weight: {start:.2f}\n" for route, start in zip(model.routes, model.starts, strict=True)]
    for (column, weight), found in sorted(rows.items()):
        route = f"route: {model.routes[column - 1]}\n    " if column else ""
        lines.append(f"  - {route}weight: {weight}\n    pieces: >-\n")
        lines += [f"      {' '.join(found[i : i + 30])}\n" for i in range(0, len(found), 30)]
    path.write_text("".join(lines), encoding="utf-8")


def odds(model: Model, text: str) -> dict[str, float]:
    """For each route, the logarithm of the odds against an ordinary question, as static/js/search/routes.js works them out."""
    said = pieces(text)
    known = [model.weights[piece] for piece in said if piece in model.weights]
    total = sum(known, np.zeros(len(model.routes) + 1))
    return dict(zip(model.routes, model.starts + (total[0] + total[1:]) / np.sqrt(max(1, len(said))), strict=True))


def phrases() -> tuple[list[str], list[str]]:
    """The phrases of the content with their routes."""
    concepts, urgent = (_read(HOME / "content" / name) for name in ("concepts.yaml", "urgent.yaml"))
    said = [(word, need.get("urgent", ORDINARY)) for need in concepts["concepts"] for word in need["words"]]
    said += [(word, ORDINARY) for topic in concepts["elsewhere"] for word in topic["words"]]
    said += [(word, ORDINARY) for calm in concepts["calm"] for word in calm["words"]]
    said += [(word, route["id"]) for route in urgent["routes"] for word in route["words"]]
    return [word for word, _ in said], [route for _, route in said]


def _read(path: Path) -> dict[str, list[dict[str, list[str]]]]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def check(examples: list[tuple[str, list[str]]], parts: int) -> None:
    """How well questions are told that the model has not seen, at some thresholds."""
    words, of = phrases()
    of_part = np.random.RandomState(3).randint(0, parts, len(examples))
    told: list[tuple[float, str, list[str]]] = []
    for part in range(parts):
        seen = [example for example, its in zip(examples, of_part, strict=True) if its != part]
        model = learn(
            words + [text for text, _ in seen],
            of + [routes[0] for _, routes in seen],
            [1] * len(words) + [EXAMPLE] * len(seen),
        )
        for (text, routes), its in zip(examples, of_part, strict=True):
            if its == part:
                found = odds(model, text)
                told.append((max(found.values()), max(found, key=found.__getitem__), routes))
    for least in (-1.8, -1.5, -1.2, -0.9, -0.6):
        urgent = [(score > least, first in routes) for score, first, routes in told if routes != [ORDINARY]]
        calm = [score > least for score, _, routes in told if routes == [ORDINARY]]
        shown, first = sum(is_ for is_, _ in urgent), sum(is_ and fits for is_, fits in urgent)
        print(f"{least}: shown {shown}, first {first} of {len(urgent)}; needless {sum(calm)} of {len(calm)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=int, metavar="N")
    chosen = parser.parse_args()
    lines = (HOME / "bench" / "alarms-learn.jsonl").read_text(encoding="utf-8").splitlines()
    examples = [(each["query"], each["route"].split("|")) for each in map(json.loads, lines)]
    if chosen.check:
        check(examples, chosen.check)
        return
    words, of = phrases()
    texts, routes = words + [text for text, _ in examples], of + [its[0] for _, its in examples]
    write(learn(texts, routes, [1] * len(words) + [EXAMPLE] * len(examples)), HOME / "content" / "signs.yaml")


if __name__ == "__main__":
    main()
