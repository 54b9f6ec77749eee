"""Whether publishing survives: builds killed at random and aimed points, two at once, a full disk at every step, readers.

python bench/kills.py [--kills 1000] [--doubles 50] [--full 60] [--swaps 60] [--seed 1]. Prints each fault and one line of
counts a part; faults must be none. 1,000 kills take about half an hour. A short run is a test (tests/publish/test_stops.py).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import generator

HOME = Path(__file__).resolve().parent.parent
MARK = ".guide-site"
STANDS, PUBLISHED = "公開中のサイトはそのままです", ("できました", "もう公開していました", "そのままにしました")
VARIANTS = 4
BEFORE_US = 0.12  # seconds in which Python itself starts; a signal then is answered by Python
FULL = re.compile("空きがありません|大きさに限り")


class World:
    """An edition with variants, each built once by itself, and a site that is published over and over."""

    def __init__(self, folder: Path, seed: int, *, search: bool = True) -> None:
        self.random = random.Random(seed)  # noqa: S311  # repeatable, not secret
        self.folder, self.edition, self.home = folder, folder / "edition", folder / "home"
        shutil.copytree(HOME / "tests" / "sites" / "good", self.edition, ignore=shutil.ignore_patterns("expected"))
        generator.copy(self.home)
        self.text = self.record.read_text(encoding="utf-8")
        self.known: dict[str, tuple[int, bool]] = {}
        for number in range(VARIANTS):
            for with_search in {True, False} if search else {False}:
                out = folder / "clean" / "public"
                self.choose(number)
                self.ended(self.start(out, search=with_search))
                self.known[look(out)] = number, with_search
                shutil.rmtree(out.parent)
        self.where = folder / "where"
        self.out = self.where / "public"
        self.choose(0)
        self.ended(self.start(self.out, search=False))

    @property
    def record(self) -> Path:
        return self.edition / "content" / "programs" / "kome-bin.md"

    def choose(self, number: int) -> None:
        self.record.write_text(
            self.text + f"\n{'あいうえおかきくけこ'[number] * 3}の{'たちつてと'[number]}。\n", encoding="utf-8"
        )

    def start(self, out: Path, *, search: bool, limit: int = 0) -> subprocess.Popen[str]:
        command = [sys.executable, str(self.home / "build.py"), "--site", str(self.edition), "--out", str(out)]
        return subprocess.Popen(
            [*command, "--today", "2026-03-01", *([] if search else ["--no-search"])],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,  # noqa: PLW1509
        )

    @staticmethod
    def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
        said = "".join(process.communicate(timeout=120))
        assert process.returncode == 0, said
        return process.returncode, said

    def left(self) -> list[str]:
        """What lies beside the site that should not, files of memos that no index tells of included."""
        found = [name for name in sorted(each.name for each in self.where.iterdir()) if name not in ("public", ".public-memo")]
        with contextlib.suppress(FileNotFoundError):
            kinds = Counter(path.name.split(".")[0] for path in (self.where / ".public-memo").iterdir())
            found += [f"memo {name}: {count} files" for name, count in kinds.items() if count > 2]
        return found


def look(out: Path) -> str:
    """What a site holds, its mark aside; "" for none."""
    told = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name != MARK:
            told.update(f"{path.relative_to(out)}\0".encode() + path.read_bytes() + b"\0")
    return told.hexdigest() if out.is_dir() else ""


def alive(session: int) -> list[str]:
    """Processes of a session that are not yet gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            name, _, rest = stat.read_text().rpartition(")")
            state, _, _, its = rest.split()[:4]
            if int(its) == session and state not in "ZX":
                found.append(name)
    return found


def kill(world: World, aim: str, what: signal.Signals, *, search: bool) -> tuple[list[str], str]:
    """Begin a build, kill it, look at everything. Returns the faults, and how it ended."""
    before = look(world.out)
    world.choose(world.random.randrange(VARIANTS))
    process = world.start(world.out, search=search)
    said: list[str] = []
    pipes = [threading.Thread(target=said.extend, args=(p,)) for p in (process.stdout, process.stderr)]
    for pipe in pipes:
        pipe.start()
    if aim == "random":
        time.sleep(world.random.uniform(BEFORE_US, 1.5))
    else:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and process.poll() is None and not _is_at(aim, world, said, before):
            time.sleep(0.0005)
        time.sleep(world.random.uniform(0, 0.02) if world.random.random() < 0.7 else 0)
    process.send_signal(what)
    code = process.wait(60)
    deadline = time.monotonic() + 3
    while (others := alive(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.01)
    for pipe in pipes:
        pipe.join(5)
    faults = [f"still there: {others}"] if others else []
    text, after = "".join(said), look(world.out)
    if after != before and after not in world.known:
        faults.append("the site is not whole")
    faults += _words(text, code, same=after == before)
    if what != signal.SIGKILL:
        faults += [f"left: {name}" for name in world.left()]
        if code < 0 and text:
            faults.append(f"died of {code} after it had begun: {text}")
    return faults, f"{what.name} {'died at the start' if code == -what and what != signal.SIGKILL else code}"


def _is_at(aim: str, world: World, said: list[str], before: str) -> bool:
    if aim == "swap":
        return any(world.where.glob(".public-stage-*/404.html"))
    if aim == "stage":
        return any(world.where.glob(".public-stage-*"))
    if aim == "memo":
        return any(PUBLISHED[0] in line for line in said) or (world.random.random() < 0.01 and look(world.out) != before)
    return any(aim in line for line in said)


def _words(text: str, code: int, *, same: bool) -> list[str]:
    """What was said beside what is so."""
    faults = []
    if "Traceback" in text or "Exception ignored" in text:
        faults.append(f"traceback: {text[-600:]}")
    if STANDS in text and not same:
        faults.append(f"it says that the old site stands: {text[-300:]}")
    if code == 0 and not any(word in text for word in PUBLISHED):
        faults.append(f"0 without a word: {text[-300:]}")
    if code not in (0, 2) and code >= 0:
        faults.append(f"exit code {code}: {text[-300:]}")
    if code == 2 and STANDS not in text:
        faults.append(f"2 without a word: {text[-300:]}")
    return faults


def kills(world: World, count: int) -> Counter[str]:
    told: Counter[str] = Counter()
    aims = ("random", "random", "stage", "swap", "swap", "memo", "読み込みと点検", "検索の索引作り")
    for number in range(count):
        what = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL, signal.SIGHUP)[number % 4]
        search = number % 8 < 4
        aim = world.random.choice(aims)
        faults, ended = kill(world, aim, what, search=search)
        told[ended] += 1
        if what == signal.SIGKILL:  # what it left goes with the next build
            world.choose((number // 4) % VARIANTS)
            world.ended(world.start(world.out, search=search))
            faults += [f"left after the next build: {name}" for name in world.left()]
            faults += [] if look(world.out) in world.known else ["the next site is not whole"]
        told["faults"] += len(faults)
        if number % 50 == 49:
            print(f"… {number + 1}: {dict(sorted(told.items()))}", flush=True)
        for fault in faults:
            print(f"kill {number} {what.name} at {aim}, search {search}: {fault}", flush=True)
    return told


def doubles(world: World, count: int) -> Counter[str]:
    told: Counter[str] = Counter()
    for number in range(count):
        world.choose(number % VARIANTS)
        both = [world.start(world.out, search=number % 2 == 0) for _ in range(2)]
        time.sleep(world.random.uniform(0, 0.3))
        texts = ["".join(process.communicate(timeout=120)) for process in both]
        told["waited"] += sum("待っています" in text for text in texts)
        codes = [process.returncode for process in both]
        if codes != [0, 0] or look(world.out) not in world.known or world.left():
            told["faults"] += 1
            print(f"double {number}: {codes} {world.left()} {texts}", flush=True)
    return told


def full(world: World, count: int) -> Counter[str]:
    """A disk with ever more room, on a tmpfs as root (else a limit to the size of files), from none to enough."""
    told: Counter[str] = Counter()
    disk = world.folder / "disk"
    disk.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=False).returncode == 0
    )
    told["on a tmpfs"] = int(mounted)
    here, beside = world.where, disk / "where"
    try:
        beside.mkdir()
        world.where, world.out = beside, beside / "public"
        for number in range(count):
            search = number % 2 == 0
            shutil.rmtree(beside)
            beside.mkdir()
            world.choose(1)  # Pagefind numbers pages in the order in which a disk lists them: what is whole is told on this disk
            world.ended(world.start(world.out, search=search))
            world.known[look(world.out)] = 1, search
            shutil.rmtree(beside)
            beside.mkdir()
            world.choose(0)
            world.ended(world.start(world.out, search=search))
            before = look(world.out)
            world.known[before] = 0, search
            world.choose(1)
            room = (number + 1) * 600 // count  # KB
            filler, limit = beside / ".filler", 0
            if mounted:
                free = os.statvfs(beside).f_bavail * os.statvfs(beside).f_bsize
                filler.write_bytes(b"x" * max(0, free - room * 1024))
            else:
                limit = room * 1024
            process = world.start(world.out, search=search, limit=limit)
            text = "".join(process.communicate(timeout=120))
            filler.unlink(missing_ok=True)
            after, faults = look(world.out), world.left()
            faults += _words(text, process.returncode, same=after == before)
            faults += [] if after in world.known else ["the site is not whole"]
            faults += [] if process.returncode == 0 or FULL.search(text) else [f"it is not called full: {text[-400:]}"]
            faults += [f"{process.returncode}, yet {'the same' if after == before else 'another'}"] * (
                (process.returncode == 0) == (after == before)
            )
            told[f"exit {process.returncode}"] += 1
            told["memo told to be full"] += process.returncode == 0 and bool(FULL.search(text))
            told["faults"] += len(faults)
            for fault in faults:
                print(f"full {room} KB, search {search}: {fault}", flush=True)
    finally:
        world.where, world.out = here, here / "public"
        if mounted:
            subprocess.run(["umount", disk], check=True)
    return told


def swaps(world: World, count: int) -> Counter[str]:
    """Readers who open a page and, a while later, the stylesheet that it names, while releases with other styles come."""
    told: Counter[str] = Counter()
    ended = threading.Event()
    css = world.home / "static" / "css" / "base.css"
    text, releases = css.read_text(encoding="utf-8"), [0]
    begun = [0]  # a release is in the folder a moment before its build has ended and is counted

    def read(pause: float) -> None:
        while not ended.is_set():
            at = releases[0]
            try:
                page = (world.out / "index.html").read_text(encoding="utf-8")
            except OSError:
                told["gaps"] += 1
                continue
            told["views"] += 1
            time.sleep(pause)
            for path in re.findall(r'href="/(assets/[^"]+\.css)"', page):
                lost = not (world.out / path).exists()
                told["lost styles"] += lost and begun[0] - at <= 1
                told["lost after two releases"] += lost and begun[0] - at > 1

    readers = [threading.Thread(target=read, args=(pause,)) for pause in (0, 0, 0.001, 0.5, 1.0)]
    for reader in readers:
        reader.start()
    for number in range(count):
        css.write_text(text + f"\n.g-x{number} {{ color: red }}\n", encoding="utf-8")
        begun[0] += 1
        world.ended(world.start(world.out, search=False))
        releases[0] += 1
        told["most asset folders"] = max(told["most asset folders"], len(list((world.out / "assets").iterdir())))
    ended.set()
    for reader in readers:
        reader.join()
    css.write_text(text, encoding="utf-8")
    told["left"] = len(world.left())
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, many in (("kills", 1000), ("doubles", 50), ("full", 60), ("swaps", 60), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=many)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), args.seed)
        for part in (doubles, full, kills, swaps):
            count, start = getattr(args, part.__name__), time.monotonic()
            told = part(world, count)
            print(f"{part.__name__} {count}: {dict(sorted(told.items()))}, {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
