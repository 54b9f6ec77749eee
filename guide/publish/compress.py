"""Files as they travel: `.br` and `.gz` beside every text file that is worth it, for hosts that send them ready-made (PERF-6)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli

from guide.pages.output import Output

LEAST = 1024  # bytes; smaller files fit one packet anyway
TEXTS = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


def outputs(files: Iterable[Output]) -> Iterator[Output]:
    """For each text file over LEAST bytes its two packed forms; the same bytes give the same bytes (no time in them)."""
    worth = [file for file in files if file.path.endswith(TEXTS) and len(file.data) > LEAST]
    with ThreadPoolExecutor() as pool:  # brotli lets other threads run while it packs
        for file, packed in zip(worth, pool.map(lambda each: brotli.compress(each.data, quality=11), worth), strict=True):
            yield Output(file.path + ".br", packed)
            yield Output(file.path + ".gz", gzip.compress(file.data, 9, mtime=0))
