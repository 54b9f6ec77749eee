"""What the shadow pages cost beside Pagefind alone on the same texts.

    python bench/speed/fulltext.py [EDITION] [--rounds 5]

EDITION: a folder with site.toml and content/ (default: the guide itself; .tools/speed/corpus/1000/ours after `make bench-peers`).
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from guide.read.memo import Memo  # noqa: E402  # the checkout is not installed
from guide.rules import check  # noqa: E402
from guide.search import fulltext  # noqa: E402
from guide.site import site, texts  # noqa: E402


def together(words: dict[str, str], work: Path) -> float:
    """Seconds for shadow pages and index."""
    start = time.perf_counter()
    with fulltext.indexing(words, work, Memo()) as index:
        index.write(work / "out")
    return time.perf_counter() - start


def alone(work: Path) -> float:
    """Seconds for Pagefind on the shadow pages that lie in `work`."""
    command = [*fulltext.pagefind(), "--site", str(work / "pages"), "--output-path", str(work / "alone"), "--quiet"]
    start = time.perf_counter()
    subprocess.run([*command, "--force-language", fulltext.LANGUAGE], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", nargs="?", type=Path, default=HOME)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    today = datetime.date(2026, 11, 30)
    content, _ = check.edition(args.edition, today)
    guide = site.build(content, today, "/")
    words = {f"{item.url.removeprefix('/')}index.html": texts.search_text(item) for item in guide.items.values()}
    ratios = []
    for _ in range(args.rounds):
        work = Path(tempfile.mkdtemp())
        try:
            (work / "out").mkdir()
            both = together(words, work)
            ratios.append(both / alone(work))
        finally:
            shutil.rmtree(work)
        print(f"{len(words)} texts: together {both:.2f} s, {ratios[-1]:.2f} times Pagefind alone")
    print(f"median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
