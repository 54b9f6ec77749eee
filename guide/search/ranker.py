"""The search page's own ranking, run without a page: the same modules of static/js/search, in V8 (mini-racer).

For staff's `build.py search`, the tests and the benches. What they measure is what a phone does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide.pages import assets


@dataclass(frozen=True, slots=True)
class Result:
    """A record's number in the first file, its score, the parts it is made of (layer, score), and the key that matched best."""

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


class Ranker:
    """The ranking over the two files of the search page (data_files.first, data_files.more).

    `static` holds the generator's static files by path (load.static). `more` may be {}: the second file is not there yet.
    Raises KeyError when a module is lost, and py_mini_racer.JSEvalException for a fault in one.
    """

    def __init__(self, static: Mapping[str, bytes], core: Mapping[str, Any], more: Mapping[str, Any]) -> None:
        from py_mini_racer import MiniRacer  # noqa: PLC0415  # late: 80 MB that a build has no use for

        self._engine = MiniRacer()
        self._engine.eval(assets.script(static, assets.RANKING, classic=True).decode())
        self._engine.eval(f"const index = prepare({_literal(core)}, {_literal(more)}); 0")

    def answer(self, query: str) -> Answer:
        """Everything that the search page says to a question, out of one scoring."""
        shown = "({ ranked, ...rest }) => ({ ...rest, best: best(ranked) })"
        told = self.evaluate(f"({shown})(answer(index, {_literal(query)}))")
        results = [
            Result(one["record"], one["score"], tuple((part["layer"], part["score"]) for part in one["parts"]), one["why"])
            for one in told["best"]
        ]
        return Answer(results, told["routes"], told["explained"], told["elsewhere"])

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401  # any value that JSON can hold
        """The value of a JavaScript expression; the modules' names and `index` are known to it."""
        return json.loads(str(self._engine.eval(f"JSON.stringify({expression})")))


def _literal(value: object) -> str:
    """A value as a JavaScript literal; in ASCII, so that half a letter (a lone surrogate) passes too."""
    return json.dumps(value)
