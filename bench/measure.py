"""Figures for the closing notes, measured and never asserted: python bench/measure.py [--rounds N].

Builds the real guide with and without the search index, alternating, and tells median and range; then the weight of
the heaviest pages and of a first search. Times depend on the machine: compare ratios of one run only.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import tempfile
import time
from pathlib import Path

import brotli

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed


def timed(out: Path, *, search: bool) -> float:
    job = pipeline.Job(HOME, HOME, out, datetime.date(2026, 11, 30), search=search)
    start = time.perf_counter()
    result = pipeline.build(job)
    if not result.published:
        raise SystemExit("the content has findings: run make check")
    return time.perf_counter() - start


def spread(name: str, seconds: list[float]) -> str:
    return f"{name}: median {statistics.median(seconds):.2f} s ({min(seconds):.2f}-{max(seconds):.2f}, {len(seconds)} rounds)"


def weight(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "public"
        without, with_index = [], []
        for _ in range(rounds):
            without.append(timed(out, search=False))
            with_index.append(timed(out, search=True))
        print(spread("build without index", without))
        print(spread("build with index", with_index))
        css = weight(next(out.glob("assets/*/site.css")).read_bytes())
        pages = {p.relative_to(out).as_posix(): weight(p.read_bytes()) for p in out.rglob("*.html")}
        records = {path: size for path, size in pages.items() if path.startswith(("programs/", "consultation/"))}
        print(f"stylesheet: {css} bytes brotli")
        for path, size in sorted(pages.items(), key=lambda pair: -pair[1])[:10]:
            print(f"  {size:6} bytes brotli  {path}")
        print(f"heaviest record page with stylesheet: {max(records.values()) + css} bytes brotli")
        print(f"search.json: {weight((out / 'data' / 'search.json').read_bytes())} bytes brotli")


if __name__ == "__main__":
    main()
