"""Our search beside Pagefind alone, MiniSearch and Fuse.js, on the same records: python bench/search_compare.py.

    python bench/search_compare.py [--questions FILE] [--targets FILE] [--engines ours,pagefind,…] [--half tune|held] [--misses]

Prints hit@1 and hit@3 by kind for each engine, how often a question that fits nothing is answered with nothing, and for
ours the emergency route. Questions: one JSON object a line: query, kind, urgent, expect (grade 2 counts 1, grade 1 a half), each
with `id` (a record) or `name` (looked up in --targets). All engines get the same fields: name, reading, former names,
people's words, summary and the page's text. `make compare` gets the others (tools/peers.sh) and runs this.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from chrome import HOME, chromium, phone, served

from guide import pipeline
from guide.site import site

BENCH = HOME / "bench"
PEERS = HOME / ".tools" / "peers"  # filled by tools/peers.sh
GAIN = {2: 1.0, 1: 0.5}
PAGE = (
    '<!doctype html><html lang="ja"><head><title>{name}</title></head>'
    "<body><main data-pagefind-body><h1>{name}</h1>{rest}</main></body></html>"
)
PAGEFIND = """async (queries) => {
  const pagefind = await import('/pagefind/pagefind.js');
  const answers = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    answers.push(pages.map((page) => page.url.split('/').filter(Boolean).at(-1).replace('.html', '')));
  }
  return answers;
}"""
OURS = """async (query) => {
  const list = document.querySelector('#search-results');
  location.hash = '#q=' + encodeURIComponent(query);
  while (list.dataset.query !== query || list.dataset.state !== 'done') await new Promise((next) => setTimeout(next, 5));
  const ids = [...list.querySelectorAll('li[data-id]')].map((item) => item.dataset.id);
  return { ids: ids.slice(0, 10), urgent: !document.querySelector('#search-urgent').hidden };
}"""
Answers = list[list[str]]


def records() -> list[dict[str, str]]:
    """The real guide's records as plain fields."""
    content, _ = pipeline.checked(pipeline.Job(HOME, HOME, HOME / "public", datetime.date(2026, 11, 30)))
    rows = []
    for item in site.build(content, datetime.date(2026, 11, 30), "/").items.values():
        record = item.record
        told = [*record.when, record.for_whom, item.body.text, *record.conditions, record.start, record.next]
        text = " ".join(str(part) for part in told if part)
        rows.append(
            {
                "id": item.id,
                "name": record.name,
                "yomi": record.yomi,
                "former": " ".join(record.former_names),
                "words": " ".join(record.words),
                "summary": record.summary,
                "text": text,
            }
        )
    return rows


def ours(_rows: Sequence[Mapping[str, str]], queries: Sequence[str]) -> tuple[Answers, list[bool]]:
    """The published search page, in the browser; `make site` must have run."""
    with served(HOME / "public") as address, chromium() as browser:
        page, _ = phone(browser)
        page.goto(f"{address}search/")
        found = [page.evaluate(OURS, query) for query in queries]
    return [answer["ids"] for answer in found], [answer["urgent"] for answer in found]


def pagefind(rows: Sequence[Mapping[str, str]], queries: Sequence[str]) -> tuple[Answers, list[bool]]:
    """Pagefind 1.5's extended build as documented: pages in, `pagefind.search(query)` out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for row in rows:
            rest = "".join(f"<p>{escape(row[field])}</p>" for field in ("yomi", "former", "words", "summary", "text"))
            (folder / f"{row['id']}.html").write_text(PAGE.format(name=escape(row["name"]), rest=rest), encoding="utf-8")
        binary = PEERS / "pagefind_bin_extended" / "pagefind_extended"
        subprocess.run([str(binary), "--site", name, "--quiet"], check=True, capture_output=True)
        with served(folder) as address, chromium() as browser:
            page, _ = phone(browser)
            page.goto(address + f"{rows[0]['id']}.html")
            return page.evaluate(PAGEFIND, list(queries)), []


def library(name: str) -> Callable[..., tuple[Answers, list[bool]]]:
    """MiniSearch or Fuse.js in Node (bench/peers/ask.mjs)."""

    def ask(rows: Sequence[Mapping[str, str]], queries: Sequence[str]) -> tuple[Answers, list[bool]]:
        given = json.dumps({"records": list(rows), "queries": list(queries)})
        done = subprocess.run(["node", str(PEERS / "ask.mjs"), name], input=given, text=True, capture_output=True, check=True)
        return json.loads(done.stdout), []

    return ask


ENGINES: Mapping[str, Callable[..., tuple[Answers, list[bool]]]] = {
    "ours": ours,
    "pagefind": pagefind,
    "minisearch": library("minisearch"),
    "minisearch-pairs": library("minisearch-pairs"),
    "fuse": library("fuse"),
}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def grades(question: Mapping[str, Any], ids_of: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Record id → best grade."""
    found: dict[str, int] = {}
    for target in question["expect"]:
        for id_ in [target["id"]] if "id" in target else ids_of.get(target["name"], ()):
            found[id_] = max(found.get(id_, 0), target["grade"])
    return found


def hit(ids: Sequence[str], grade: Mapping[str, int], top: int) -> float:
    return max((GAIN.get(grade.get(id_, 0), 0.0) for id_ in ids[:top]), default=0.0)


def mean(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


def table(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Answers], ids_of: Mapping[str, Sequence[str]]) -> None:
    """hit@1 / hit@3 by kind, one column an engine."""
    by_kind: dict[str, list[int]] = collections.defaultdict(list)
    for i, question in enumerate(questions):
        if question["kind"] != "none":
            by_kind[question["kind"]].append(i)
            by_kind["all"].append(i)
    by_kind["all"] = by_kind.pop("all")
    print("| kind | n | " + " | ".join(answers) + " |\n|---|---|" + "---|" * len(answers))
    for kind, numbers in by_kind.items():
        cells = []
        for found in answers.values():
            tops = [[hit(found[i], grades(questions[i], ids_of), top) for i in numbers] for top in (1, 3)]
            cells.append(" / ".join(mean(top) for top in tops))
        print(f"| {kind} | {len(numbers)} | " + " | ".join(cells) + " |")
    for name, fits_nothing in (("none, answered with nothing", True), ("others, answered with nothing", False)):
        numbers = [i for i, question in enumerate(questions) if (question["kind"] == "none") == fits_nothing]
        cells = [mean([not found[i] for i in numbers]) for found in answers.values()]
        print(f"| {name} | {len(numbers)} | " + " | ".join(cells) + " |")


def routes(questions: Sequence[Mapping[str, Any]], shown: Sequence[bool], *, misses: bool) -> None:
    called = [(q, yes) for q, yes in zip(questions, shown, strict=True) if q["urgent"] == "yes"]
    others = [(q, yes) for q, yes in zip(questions, shown, strict=True) if q["urgent"] != "yes"]
    print(f"urgent, route shown: {mean([yes for _, yes in called])} of {len(called)}")
    print(f"not urgent, route shown: {mean([yes for _, yes in others])} of {len(others)}")
    if misses:
        print("route missed:", [q["query"] for q, yes in called if not yes])
        print("route needless:", [q["query"] for q, yes in others if yes])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=BENCH / "questions.jsonl")
    parser.add_argument("--targets", type=Path)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--half", choices=("tune", "held"))
    parser.add_argument("--misses", action="store_true", help="list what ours missed")
    args = parser.parse_args()
    questions = [q for q in read(args.questions) if args.half in (None, q.get("half"))]
    ids_of = {target["name"]: target["ids"] for target in read(args.targets)} if args.targets else {}
    rows, queries = records(), [question["query"] for question in questions]
    found = {name: ENGINES[name](rows, queries) for name in args.engines.split(",")}
    table(questions, {name: answers for name, (answers, _) in found.items()}, ids_of)
    if "ours" in found:
        routes(questions, found["ours"][1], misses=args.misses)
        if args.misses:
            for question, ids in zip(questions, found["ours"][0], strict=True):
                if question["kind"] != "none" and hit(ids, grades(question, ids_of), 3) < 1:
                    print(f"  {question['kind']:10} {question['query']}  ← {ids[:3]}  expected {grades(question, ids_of)}")


if __name__ == "__main__":
    main()
