"""Build speed beside Hugo, Zola, Eleventy and a naive Python script, alternating in one run: `make bench-peers`.

    python bench/speed/run.py [N …] [--rounds R …] [--only hugo,ours] [--limit SECONDS] [--runs DIR] [--json FILE]
    python bench/speed/run.py [N …] --watch [--edits 5]

Each round builds cold (no site, no cache), with nothing changed, and with one record changed, at N records (1000 and
10000; 5 and 3 rounds). Then the real guide with its search index, beside loading two of its libraries. Times depend on the
machine and its other work: compare ratios, which are taken round by round. Our pages carry about 2.6 times the HTML of the
peers', so seconds per MB of HTML stand beside. --watch measures instead from saving a record to seeing it in `build.py serve`.
Everything lies below .tools/speed (--runs for another disk): what tools/speed.sh installs, corpus/, runs/.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import report
import watch
from contenders import HOME, LIMIT, SPEED, Contender, Cost, Failed, Maker, makers, measured, ours, sentence

HERE = Path(__file__).resolve().parent
SIZES, ROUNDS = (1000, 10000), (5, 3)
LOADING = "python -c 'import pydantic, jinja2'"
GUIDE = Maker("guide", ours(), "content/programs/{id}.md")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", metavar="N", help="records (default: 1000 10000)")
    parser.add_argument("--rounds", type=int, nargs="+", default=list(ROUNDS), help="for each N; the last one for the rest")
    parser.add_argument("--only", default="", help="names with commas between them")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds after which a build is stopped and named")
    parser.add_argument("--runs", type=Path, default=SPEED / "runs", help="where to build; on a tmpfs the disk tells nothing")
    parser.add_argument("--json", type=Path, help="every single measure, to this file")
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--edits", type=int, default=5)
    args = parser.parse_args()
    args.sizes = args.sizes or (SIZES[:1] if args.watch else SIZES)
    return args


def corpus(n: int) -> Path:
    """The corpus of this size in every layout, made anew when its makers have changed."""
    folder = SPEED / "corpus" / str(n)
    files = [HERE / "corpus.py", HERE / "edition.py", *(HERE / "peers").rglob("*"), *(HOME / "tests/sites/good").rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    made = folder / "made"
    if not made.is_file() or made.read_text(encoding="utf-8") != digest.hexdigest():
        # As processes of their own: what this one holds in memory would count as the peak of all it starts.
        for script in ("corpus.py", "edition.py"):
            subprocess.run([sys.executable, str(HERE / script), str(n)], check=True, stdout=subprocess.DEVNULL)
        made.write_text(digest.hexdigest(), encoding="utf-8")
    return folder


@contextmanager
def workplace(runs: Path) -> Iterator[Path]:
    """A folder for this run; refused while another run is on, for they would time each other."""
    runs.mkdir(parents=True, exist_ok=True)
    with (SPEED / "lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("another run is on: wait for its end") from None
        folder = runs / str(os.getpid())
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.sync()


def one_round(contender: Contender, number: int, limit: float) -> report.Round:
    """Cold, nothing changed, one record changed. Raises Failed."""
    contender.edit("")
    contender.forget()
    cold = contender.build(limit)
    html = contender.html()
    same = contender.build(limit)
    time.sleep(1.1)  # for tools that compare times in whole seconds
    mark = sentence(number)
    contender.edit(mark)
    one = contender.build(limit)
    if not contender.shows(mark):
        raise Failed("the changed record's page does not show the change")
    say(f"round {number + 1} {contender.name}: " + ", ".join(f"{cost.wall:.2f} s" for cost in (cold, same, one)))
    return report.Round(cold, same, one, html)


def compete(contenders: list[Contender], rounds: int, limit: float) -> tuple[report.Rounds, dict[str, str]]:
    """All rounds of one size, and who was dropped and why."""
    found: report.Rounds = {contender.name: {} for contender in contenders}
    dropped: dict[str, str] = {}
    for number in range(rounds):
        # Each is first once, and the neighbours change sides.
        order = contenders[number % len(contenders) :] + contenders[: number % len(contenders)]
        for contender in reversed(order) if number % 2 else order:
            if contender.name in dropped:
                continue
            try:
                found[contender.name][number] = one_round(contender, number, limit)
            except Failed as failed:
                dropped[contender.name] = str(failed)
                say(f"{contender.name} dropped: {failed}")
    return found, dropped


def field(n: int, run: Path, only: str) -> list[Contender]:
    """Who takes part at this size, each on its copy."""
    record, source = f"p{max(1, n // 2):05d}", corpus(n)
    chosen = [maker for maker in makers() if not only or maker.name in only.split(",")]
    return [Contender(maker, source / maker.name, run / str(n), record) for maker in chosen]


def size(n: int, rounds: int, run: Path, args: argparse.Namespace) -> report.Rounds:
    """Measure one size and print its section."""
    contenders = field(n, run, args.only)
    before = os.getloadavg()
    found, dropped = compete(contenders, rounds, args.limit)
    print(f"## {n:,} records, up to {rounds} rounds: median (min–max)\n")
    print(report.comparison(found))
    for name, why in dropped.items():
        print(f"{name} dropped after {len(found[name])} rounds: {why}\n")
    print(report.load(before, os.getloadavg(), cores()) + "\n", flush=True)
    return found


def real(run: Path) -> Contender:
    """The guide's own content, copied: it is going to be changed."""
    source = run / "real"
    shutil.copytree(HOME / "content", source / "content")
    shutil.copy2(HOME / "site.toml", source)
    records = sorted(path.stem for path in (source / "content" / "programs").glob("*.md"))
    return Contender(GUIDE, source, run, records[len(records) // 2])


def guide(rounds: int, run: Path, limit: float) -> dict[str, list[Cost]]:
    """Measure the real guide and print its section."""
    contender = real(run)
    before = os.getloadavg()
    steps: dict[str, list[Cost]] = {"cold, with the index": [], "nothing changed": [], "one record changed": [], LOADING: []}
    python = [sys.executable, "-c", "import pydantic, jinja2"]
    print(f"## The real guide, {rounds} rounds: median (min–max)\n")
    try:
        for number in range(rounds):
            each = one_round(contender, number, limit)
            loading = measured(python, HOME, run / "loading.log", limit)
            for costs, cost in zip(steps.values(), (each.cold, each.same, each.one, loading), strict=True):
                costs.append(cost)
    except Failed as failed:
        print(f"ended early: {failed}\n")
    print(report.guide(steps, LOADING))
    print(report.load(before, os.getloadavg(), cores()) + "\n", flush=True)
    return steps


def rounds_of_all(args: argparse.Namespace, run: Path) -> dict[str, Any]:
    """Every size, their growth, and the guide."""
    sizes: dict[int, report.Rounds] = {}
    for at, n in enumerate(args.sizes):
        sizes[n] = size(n, args.rounds[min(at, len(args.rounds) - 1)], run, args)
    if len(sizes) > 1:
        small, large = min(sizes), max(sizes)
        print(f"## From {small:,} to {large:,} records ({large / small:g} times as many): medians\n")
        print(report.growth(sizes[small], sizes[large]))
    steps = guide(args.rounds[0], run, args.limit)
    told = {
        str(n): {name: [{"round": number, **asdict(each)} for number, each in rounds.items()] for name, rounds in found.items()}
        for n, found in sizes.items()
    }
    return {**told, "guide": {name: [asdict(cost) for cost in costs] for name, costs in steps.items()}}


def watch_all(args: argparse.Namespace, run: Path) -> dict[str, Any]:
    """From save to sight: the guide with its index, and the corpus."""
    before = os.getloadavg()
    contenders = {"the real guide": real(run)}
    contenders |= {f"{n:,} records, no index": field(n, run, "ours")[0] for n in args.sizes}
    found: dict[str, list[float]] = {}
    rows = []
    for name, contender in contenders.items():
        try:
            found[name] = watch.latencies(contender, args.edits, args.limit)
            rows.append([name, report.middle(found[name], 2)])
        except Failed as failed:
            rows.append([name, f"failed: {failed}"])
        say(f"{name}: {rows[-1][1]}")
    print(f"## `build.py serve`: from save to visible, {args.edits} changes, median (min–max)\n")
    print(report.table(["content", "s"], rows))
    print(report.load(before, os.getloadavg(), cores()))
    return found


def cores() -> int:
    return len(os.sched_getaffinity(0))


def say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def main() -> None:
    args = arguments()
    if not (SPEED / "stamp").is_file():
        raise SystemExit("the peers are not there: make bench-peers, or sh tools/speed.sh")
    # Installed tools are compiled; so is ours, whoever runs first.
    compileall.compile_dir(HOME / "guide", quiet=1)
    with workplace(args.runs.resolve()) as run:
        found = watch_all(args, run) if args.watch else rounds_of_all(args, run)
    if args.json:
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
