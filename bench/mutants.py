"""Whether any content breaks the generator: python bench/mutants.py [mutants] [seed].

Mutates files of an invented town's edition (long, deep, odd bytes, swapped pieces, hostile strings), reads and checks it
whole, prints its report as text and as JSON, and renders every page where there is no error. Counts exceptions, dead
processes, mutants that took over five seconds of a core, and those that took over a gigabyte. All must be none. Mutants run
in worker processes, one a core; what killed a worker is the mutant that it named last. 100,000 take about an hour on two
cores; Ctrl+C tells what came of those until then. A short run of it is a test (tests/read/test_hostile.py).
"""

from __future__ import annotations

import contextlib
import datetime
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide.job import Job  # noqa: E402  # the checkout is not installed
from guide.pages import render  # noqa: E402, F401  # loaded before the fork
from guide.publish import everything  # noqa: E402  # the checkout is not installed
from guide.read import findings  # noqa: E402  # the checkout is not installed
from guide.read.store import Store  # noqa: E402  # the checkout is not installed
from guide.rules import check  # noqa: E402  # the checkout is not installed
from guide.site import site  # noqa: E402  # the checkout is not installed

DAY = datetime.date(2026, 3, 1)
SECONDS, BYTES = 5.0, 1_000_000_000
MOST = 5_000_000  # bytes of a mutant
DEAD = 120.0  # seconds after which a mutant is stopped
LINES = 8  # of a traceback, in the report

Random = random.Random
LONG = (10, 100, 1_000, 5_000, 25_000, 100_000)
ODD = (
    *(
        "\x00",
        "\x1b[31m",
        "\x85",
        "\u2028",
        "\u200b",
        "\u202e",
        "\ufeff",
        "か\u3099",
        "\u2f76",
        "\ufa19",
        "\U0001f600",
        "\U000e0041",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        "#",
        ": ",
        "- ",
        "&a ",
        "*a",
        "!!python/object:os.system ",
        "|\n",
        ">-\n",
        "? ",
        "<<: ",
        "---\n",
        "%",
        "@",
    ),
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\e",
        "\\x00",
        "\\ud800",
        "\\U0010ffff",
        "0x" + "f" * 30,
        "9" * 30,
        ".inf",
        ".nan",
        "1e999",
        "-0",
        "~",
    ),
    *("true", "null", "2026-13-45", "9999-12-31", "0001-01-01", "javascript:alert(1)", "data:text/html,x", "https:evil.test"),
    *(
        "http://[x",
        "https://[",
        "http:///x",
        "../../../x",
        "ー",
        "ゐ",
        "ゕ",
        "ー" * 50,
        "番" * 90,
        "<script>",
        "{{ x }}",
        "{%",
        "％s",
        "{0}",
    ),
    *(
        "[x](y)",
        "![x](y)",
        "<a@b.c>",
        "`",
        "*",
        "_",
        "~~~",
        "> ",
        "| a |\n|---|\n",
        "[a]: b\n",
        "&amp;",
        "{漢|かん}",
        "{|}",
        "\r",
        "\t",
    ),
)
KEYS = (
    "name",
    "yomi",
    "summary",
    "status",
    "phones",
    "contacts",
    "checked",
    "id",
    "leads_to",
    "words",
    "zone",
    "address",
    "general",
)


def some(r: Random, text: str) -> int:
    """A place in a text, ends of lines and words more often."""
    at = r.randrange(len(text) + 1)
    stops = [found for sign in "\n :[\"'" if (found := text.find(sign, at)) >= 0]
    return r.choice([at, *(stop + r.randint(0, 2) for stop in stops)])


def insert(r: Random, text: str) -> str:
    at = some(r, text)
    return text[:at] + r.choice(ODD) * r.choice((1, 1, 1, 2, 30)) + text[at:]


def long(r: Random, text: str) -> str:
    at = some(r, text)
    return text[:at] + r.choice(ODD) * r.choice(LONG) + text[at:]


def deep(r: Random, text: str) -> str:
    at, depth = some(r, text), r.choice(LONG)
    opened, closed = r.choice(
        (("[", "]"), ("{a: ", "}"), ("- ", ""), ("[a, ", "]"), ("{a={", "}}"), ("> ", ""), ("(", ")"), ("*[", "](x)*"))
    )
    return text[:at] + opened * depth + "a" + closed * r.choice((depth, 0)) + text[at:]


def nested(r: Random, text: str) -> str:
    """Levels by indent."""
    depth = r.choice((9, 50, 120, 600))
    return f"{text}\n" + "".join(f"{' ' * level}k:\n" for level in range(depth))


def wide(r: Random, text: str) -> str:
    """The same line again and again, each a little different."""
    lines = text.split("\n")
    at = r.randrange(len(lines))
    times = r.choice((2, 50, 1_000, 8_000))
    times = min(times, 1 + MOST // (len(lines[at]) + 1))
    again = [lines[at].replace(":", f"{n}:", 1) if r.random() < 0.5 else lines[at] for n in range(times)]
    return "\n".join([*lines[:at], *again, *lines[at + 1 :]])


def drop(r: Random, text: str) -> str:
    at = some(r, text)
    return text[:at] + text[at + r.choice((1, 2, 10, 100)) :]


def drop_line(r: Random, text: str) -> str:
    lines = text.split("\n")
    del lines[r.randrange(len(lines))]
    return "\n".join(lines)


def swap_lines(r: Random, text: str) -> str:
    lines = text.split("\n")
    one, other = r.randrange(len(lines)), r.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def value(r: Random, text: str) -> str:
    """Another value for a key."""
    lines = text.split("\n")
    at = r.choice([i for i, line in enumerate(lines) if ":" in line or "=" in line] or [0])
    sign = ":" if ":" in lines[at] else "="
    key = lines[at].partition(sign)[0]
    new = r.choice(
        (*ODD, "[]", "{}", "''", "'x'", "[a, b]", "{a: b}", "1", "-5", "3000000", "x" * 5_000, "https://a.example/" + "x" * 5_000)
    )
    lines[at] = f"{key}{sign} {new * r.choice((1, 1, 1, 40, 1_000))}"
    return "\n".join(lines)


def key(r: Random, text: str) -> str:
    old = r.choice(KEYS)
    return text.replace(old, r.choice((old + "x", old.upper(), f'"{old}"', f" {old} ", f"[{old}]", r.choice(KEYS))))


def links(r: Random, text: str) -> str:
    target = r.choice(("y.md", "javascript:x", "https://a.example/", "https:x", "data:,x", "", "<a b>", "#x", "../pages/home.md"))
    return text + "\n\n" + f"[x]({target}) " * r.choice((1, 20, 1_000, 8_000))


def half(r: Random, text: str) -> str:
    return text[: r.randrange(len(text) + 1)]


def odd_bytes(r: Random, data: bytes) -> bytes:
    at = r.randrange(len(data) + 1)
    return data[:at] + r.randbytes(r.choice((1, 2, 8, 1_000))) + data[at + r.choice((0, 1, 8)) :]


CHANGES: tuple[Callable[[Random, str], str], ...] = (
    *(insert, insert, insert, value, value, value, key, drop, drop_line, swap_lines, half, links),
    *(long, deep, nested, wide),
)


def mutant(r: Random, data: bytes) -> bytes:
    """A file like another, but for one to four changes."""
    for _ in range(r.choice((1, 1, 1, 2, 4))):
        if r.random() < 0.08:
            data = odd_bytes(r, data)
        else:
            data = r.choice(CHANGES)(r, data.decode("utf-8", "replace")[:MOST]).encode("utf-8", "surrogatepass")[:MOST]
    return data


class Edition:
    """An invented town's edition in a folder of its own, of which one or two files are mutants at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "edition"
        shutil.copytree(HOME / "tests" / "sites" / "good", self.folder, ignore=shutil.ignore_patterns("expected"))
        self.files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        self.first = {path: path.read_bytes() for path in self.files}
        self.job = Job(self.folder, HOME, folder / "public", DAY, search=False)

    @contextlib.contextmanager
    def mutated(self, seed: int) -> Iterator[None]:
        r = Random(seed)  # repeatable, not secret
        changed = {r.choice(self.files) for _ in range(r.choice((1, 1, 1, 2)))}
        if r.random() < 0.15:  # one file in forty, and the one with a parser of its own
            changed.add(self.folder / "site.toml")
        for path in sorted(changed):
            path.write_bytes(mutant(r, self.first[path]))
        yield
        for path in changed:
            path.write_bytes(self.first[path])

    def run(self) -> bool:
        """Read, check, report, and render where there is no error; whether there was none."""
        content, found = check.edition(self.folder, DAY)
        findings.as_text(found, content.texts).encode()
        findings.as_json(found).encode()
        if findings.has_errors(found):
            return False
        made, more = everything.made(self.job, content, site.build(content, DAY, "/"), Store(), "")
        findings.as_text(more, {}).encode()
        return bool(made.outputs)


def peak() -> int:
    """The most memory that this process has held since `forget_peak`, in bytes."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) * 1024


def work(seeds: range, pipe: Connection) -> None:
    """Run mutants, and tell of each before and after it."""
    resource.setrlimit(resource.RLIMIT_AS, (4 * BYTES, 4 * BYTES))
    with tempfile.TemporaryDirectory() as folder:
        edition = Edition(Path(folder))
        for seed in seeds:
            pipe.send((seed, "begun", 0.0, 0))
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak
            with edition.mutated(seed):
                start = time.process_time()  # others may want the machine too
                try:
                    outcome = "published" if edition.run() else "findings"
                except Exception:  # noqa: BLE001  # what is counted
                    outcome = "".join(traceback.format_exc().splitlines(keepends=True)[-LINES:])
                pipe.send((seed, outcome, time.process_time() - start, peak()))
    pipe.send((0, "end", 0.0, 0))


class Worker:
    """A process that runs some of the mutants, begun anew behind the one that killed it."""

    def __init__(self, seeds: range) -> None:
        self.seeds, self.at, self.since = seeds, seeds[0], time.monotonic()
        self.start(seeds)

    def start(self, seeds: range) -> None:
        self.pipe, theirs = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(seeds, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def died(self) -> range:
        """The mutants behind the one that it died of."""
        self.process.kill()
        self.process.join()
        return self.seeds[self.seeds.index(self.at) + 1 :]


class Bench:
    """What came of the mutants."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter(dict.fromkeys(("findings", "published", "exceptions", "dead", "slow", "large"), 0))
        self.faults: dict[str, tuple[int, int]] = {}  # how often, and a seed
        self.slowest, self.largest = (0.0, 0), (0, 0)

    def note(self, kind: str, seed: int, what: str) -> None:
        self.counts[kind] += 1
        told = f"{kind}: {what}"
        times, first = self.faults.get(told, (0, seed))
        self.faults[told] = (times + 1, first)

    def done(self, seed: int, outcome: str, seconds: float, size: int) -> None:
        if outcome in ("findings", "published"):
            self.counts[outcome] += 1
        else:
            self.note("exceptions", seed, outcome)
        self.slowest, self.largest = max(self.slowest, (seconds, seed)), max(self.largest, (size, seed))
        if seconds > SECONDS:
            self.note("slow", seed, f"{seconds:.0f} s")
        if size > BYTES:
            self.note("large", seed, f"{size / 1e9:.1f} GB")

    def run(self, first: int, mutants: int, workers: int) -> None:
        running = [Worker(range(first + n, first + mutants, workers)) for n in range(min(workers, mutants))]
        while running:
            ready = wait([worker.pipe for worker in running], timeout=1)
            for worker in list(running):
                if worker.pipe in ready or time.monotonic() - worker.since > DEAD:
                    self._listen(worker, running, told=worker.pipe in ready)

    def _listen(self, worker: Worker, running: list[Worker], *, told: bool) -> None:
        try:
            seed, outcome, seconds, size = worker.pipe.recv() if told else (worker.at, "dead", 0.0, 0)
        except EOFError:
            seed, outcome, seconds, size = worker.at, "dead", 0.0, 0
        worker.since = time.monotonic()
        if outcome == "begun":
            worker.at = seed
        elif outcome == "end":
            running.remove(worker)
        elif outcome == "dead":
            left = worker.died()
            self.note("dead", seed, f"exit code {worker.process.exitcode}" if told else f"after {DEAD:.0f} s")
            running.remove(worker)
            running += [Worker(left)] if left else []
        else:
            self.done(seed, outcome, seconds, size)

    @property
    def bad(self) -> int:
        """How many must not be."""
        return sum(self.counts[kind] for kind in ("exceptions", "dead", "slow", "large"))


def main(mutants: int = 100_000, seed: int = 1) -> int:
    start = time.monotonic()
    bench = Bench()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell began it in the background
    with contextlib.suppress(KeyboardInterrupt):  # then what came of those until now is told
        bench.run(seed, mutants, multiprocessing.cpu_count())
    for what, (times, first) in sorted(bench.faults.items(), key=lambda item: -item[1][0]):
        print(f"{times} times, as with seed {first}: {what}")
    done = bench.counts["findings"] + bench.counts["published"] + bench.counts["exceptions"] + bench.counts["dead"]
    print(f"{done:,} mutants in {time.monotonic() - start:.0f} s: {dict(bench.counts)}")
    print(f"slowest {bench.slowest[0]:.2f} s (seed {bench.slowest[1]})")
    print(f"largest {bench.largest[0] / 1e6:.0f} MB (seed {bench.largest[1]})")
    return 1 if bench.bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
