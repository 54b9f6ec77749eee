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
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed
from guide.search import data_files, rank  # noqa: E402  # the checkout is not installed
from guide.site import site  # noqa: E402  # the checkout is not installed

Rows = list[tuple[int, str]]


def found(index: rank.Index, number: int, query: str, top: int) -> bool:
    return number in [result.record for result in rank.answer(index, query).results[:top]]


def share(name: str, rows: Rows, holds: Callable[[int, str], bool]) -> None:
    missed = [(number, query) for number, query in rows if not holds(number, query)]
    print(f"{name}: {1 - len(missed) / len(rows):.3f} of {len(rows)}; missed: {[query for _, query in missed[:12]]}")


def without(index: rank.Index, number: int, word: str) -> rank.Index:
    """The same index with one word of one record taken out; rarities stay, which the one word hardly moves."""
    gone = {i for i, key in enumerate(index.keys) if key.owner == ("record", number) and key.text == rank.joined(word)}
    left = {piece: [i for i in numbers if i not in gone] for piece, numbers in index.postings.items()}
    postings = {piece: numbers for piece, numbers in left.items() if numbers}
    return replace(index, postings=postings)


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
    job = pipeline.Job(HOME, HOME, HOME / "public", datetime.date(2026, 11, 21))
    content, _ = pipeline.checked(job)
    guide = site.build(content, job.today, "/")
    core, more = data_files.first(guide), data_files.more(guide)
    index = rank.prepare(core, more)
    records = [item.record for item in guide.items.values()]
    names = [(i, name) for i, r in enumerate(records) for name in (r.name, r.yomi, *r.former_names)]
    words = [(i, word) for i, r in enumerate(records) for word in r.words]
    share("SEARCH-1 names, readings, former names, top 3", names, lambda i, q: found(index, i, q, 3))
    share("SEARCH-1 people's words, top 3", words, lambda i, q: found(index, i, q, 3))
    halves = [(i, r.yomi[: (len(r.yomi) + 1) // 2]) for i, r in enumerate(records)]
    share("SEARCH-2 half a reading, top 5", halves, lambda i, q: found(index, i, q, 5))
    sample = words[::7]
    share("left out: a word asked without itself, top 3", sample, lambda i, q: found(without(index, i, q), i, q, 3))
    asked = ["家賃が払えない", "父がぼけて夜中に出て行く", "せいかつほご", "dv help", "名簿 提供"]
    for times in (1, 10, 47):
        large = grown(core, times)
        start = time.perf_counter()
        prepared = rank.prepare(large, more)
        built = time.perf_counter() - start
        seconds = []
        for query in asked * 3:
            start = time.perf_counter()
            rank.answer(prepared, query)
            seconds.append(time.perf_counter() - start)
        number = len(large["columns"][0])
        asked_ms = statistics.median(seconds) * 1000
        print(f"{number} records: first file {size(large)} bytes brotli, prepared {built:.2f} s, a question {asked_ms:.0f} ms")


if __name__ == "__main__":
    main()
