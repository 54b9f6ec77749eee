"""How well the guide's own words are found, and how the method generalises: python bench/search_measure.py.

SEARCH-1: every name, reading, former name and people's word of a record, in its top 3. SEARCH-2: half a reading, in the
top 5. Left out: each people's word asked with that word taken out of the index (what generalises is the method and the
rest of the vocabulary, not the list). Growth: bytes of the first file and time for a prepared index and one question
with the records repeated up to ten thousand.
"""

from __future__ import annotations

import datetime
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed
from guide.read import load  # noqa: E402  # the checkout is not installed
from guide.search import data_files  # noqa: E402  # the checkout is not installed
from guide.search.ranker import Ranker  # noqa: E402  # the checkout is not installed
from guide.site import site  # noqa: E402  # the checkout is not installed

Rows = list[tuple[int, str]]
STATIC = load.static(HOME / "static")
# Tells whether a record is among the best three when one of its own words is taken out of the index; rarities stay, which
# the one word hardly moves.
WITHOUT = """(([number, word]) => {
  const { joined } = cut(word);
  const gone = new Set(index.keys.flatMap((key, n) => {
    const owner = index.owners[key.owner];
    return owner.kind === "record" && owner.number === number && key.text === joined ? [n] : [];
  }));
  const postings = new Map([...index.postings].map(([piece, numbers]) => [piece, numbers.filter((n) => !gone.has(n))]));
  const { ranked } = answer({ ...index, postings }, word);
  return best(ranked).slice(0, 3).some(({ record }) => record === number);
})"""


def found(ranker: Ranker, number: int, query: str, top: int) -> bool:
    return number in [result.record for result in ranker.answer(query).results[:top]]


def share(name: str, rows: Rows, holds: Callable[[int, str], bool]) -> None:
    missed = [(number, query) for number, query in rows if not holds(number, query)]
    print(f"{name}: {1 - len(missed) / len(rows):.3f} of {len(rows)}; missed: {[query for _, query in missed[:12]]}")


def left_out(ranker: Ranker, number: int, word: str) -> bool:
    return ranker.evaluate(f"{WITHOUT}({json.dumps([number, word])})") is True


def grown(core: dict[str, Any], times: int) -> dict[str, Any]:
    """The records many times over, each copy with names and words of its own spelling."""
    rows = []
    for copy in range(times):
        tail = "".join(chr(0x4E00 + (copy * 7919 + k * 104729) % 20000) for k in range(2))
        for row in zip(*core["columns"], strict=True):
            words = "|".join(word + tail for word in row[4].split("|"))
            rows.append([f"{row[0]}-{copy}", row[1], row[2] + tail, row[3], words, *row[5:]])
    return {**core, "columns": [list(column) for column in zip(*rows, strict=True)]}


def size(value: object) -> int:
    return len(brotli.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), quality=9))


def main() -> None:
    job = pipeline.Job(HOME, HOME, HOME / "public", datetime.date(2026, 11, 30))
    content, _ = pipeline.checked(job)
    guide = site.build(content, job.today, "/")
    core, more = data_files.first(guide), data_files.more(guide)
    ranker = Ranker(STATIC, core, more)
    records = [item.record for item in guide.items.values()]
    names = [(i, name) for i, r in enumerate(records) for name in (r.name, r.yomi, *r.former_names)]
    words = [(i, word) for i, r in enumerate(records) for word in r.words]
    share("SEARCH-1 names, readings, former names, top 3", names, lambda i, q: found(ranker, i, q, 3))
    share("SEARCH-1 people's words, top 3", words, lambda i, q: found(ranker, i, q, 3))
    halves = [(i, r.yomi[: (len(r.yomi) + 1) // 2]) for i, r in enumerate(records)]
    share("SEARCH-2 half a reading, top 5", halves, lambda i, q: found(ranker, i, q, 5))
    sample = words[::7]
    share(
        "left out: a word asked without itself, top 3",
        sample,
        lambda i, q: bool(ranker.evaluate(f"{WITHOUT}({json.dumps([i, q])})")),
    )
    asked = ["家賃が払えない", "父がぼけて夜中に出て行く", "せいかつほご", "dv help", "名簿 提供"]
    for times in (1, 10, 47):
        large = grown(core, times)
        start = time.perf_counter()
        prepared = Ranker(STATIC, large, {**more, **{name: more[name] * times for name in ("words", "summaries")}})
        built = time.perf_counter() - start
        seconds = []
        for query in asked * 3:
            start = time.perf_counter()
            prepared.answer(query)
            seconds.append(time.perf_counter() - start)
        number = len(large["columns"][0])
        asked_ms = statistics.median(seconds) * 1000
        print(f"{number} records: first file {size(large)} bytes brotli, prepared {built:.2f} s, a question {asked_ms:.0f} ms")


if __name__ == "__main__":
    main()
