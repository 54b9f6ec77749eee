"""Whether emergency routes are shown where they are needed, and only there: python bench/alarms.py [file.jsonl …].

Each line of a file holds {"query", "urgent": "yes" or "no", "route"}: `route` is the id (or several, with a bar between
them) of the route that fits an urgent question. Without a file: bench/alarms.jsonl. `shown` counts urgent questions
that get any route, `first` those whose first route fits, `among` those that show a fitting one at all; `needless` counts
the other questions that get a route. With --misses the questions themselves; look only at sets that are for tuning.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed
from guide.read import load  # noqa: E402  # the checkout is not installed
from guide.search import data_files  # noqa: E402  # the checkout is not installed
from guide.search.ranker import Ranker  # noqa: E402  # the checkout is not installed
from guide.site import site  # noqa: E402  # the checkout is not installed


def measure(ranker: Ranker, path: Path, *, misses: bool) -> None:
    questions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    routes = [ranker.answer(question["query"]).routes for question in questions]
    urgent = [(q, found) for q, found in zip(questions, routes, strict=True) if q["urgent"] == "yes"]
    calm = [(q, found) for q, found in zip(questions, routes, strict=True) if q["urgent"] != "yes"]
    fits = [(q, found, q.get("route", "").split("|")) for q, found in urgent]
    shown = sum(bool(found) for _, found in urgent)
    first = sum(found[:1] != [] and found[0] in right for _, found, right in fits)
    among = sum(any(id_ in right for id_ in found) for _, found, right in fits)
    needless = sum(bool(found) for _, found in calm)
    print(f"{path.name}: shown {shown}, first {first}, among {among} of {len(urgent)}; needless {needless} of {len(calm)}")
    if misses:
        for question, found, right in fits:
            if found[:1] == [] or found[0] not in right:
                print(f"  {question['query']}: {found}, fits {right}")
        for question, found in calm:
            if found:
                print(f"  {question['query']}: needless {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[HOME / "bench" / "alarms.jsonl"])
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    job = pipeline.Job(HOME, HOME, HOME / "public", datetime.date(2026, 11, 30))
    content, _ = pipeline.checked(job)
    guide = site.build(content, job.today, "/")
    ranker = Ranker(load.static(HOME / "static"), data_files.first(guide), data_files.more(guide))
    for path in chosen.files:
        measure(ranker, path, misses=chosen.misses)


if __name__ == "__main__":
    main()
