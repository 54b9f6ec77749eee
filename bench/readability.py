"""Readability of every record, standard text and easy Japanese, by jreadability (JA-9): make readability.

The formula was made for learners of Japanese: higher is easier (below 2.5 hard for a standard page, below 4.5 for an
easy one). It tells where to look, never that a page is good.
"""

from __future__ import annotations

import datetime
import statistics
import sys
from pathlib import Path

from jreadability import compute_readability

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed
from guide.read import markdown  # noqa: E402  # the checkout is not installed
from guide.site import site, texts  # noqa: E402  # the checkout is not installed


def told(name: str, scores: dict[str, float], least: float) -> None:
    values = sorted(scores.values())
    below = {id_: score for id_, score in scores.items() if score < least}
    print(f"{name}: median {statistics.median(values):.2f}, lowest {values[0]:.2f}, below {least}: {len(below)} of {len(values)}")
    for id_, score in sorted(below.items(), key=lambda pair: pair[1])[:10]:
        print(f"  {score:5.2f}  {id_}")


def main() -> None:
    job = pipeline.Job(HOME, HOME, HOME / "public", datetime.date(2026, 11, 30))
    content, _ = pipeline.checked(job)
    guide = site.build(content, job.today, "/")
    items = guide.items.values()
    told("standard", {item.id: compute_readability(texts.running_text(item)) for item in items}, 2.5)
    plain = {item.id: markdown.without_readings(item.record.easy or "").replace(" ", "") for item in items}
    told("easy", {id_: compute_readability(text) for id_, text in plain.items()}, 4.5)


if __name__ == "__main__":
    main()
