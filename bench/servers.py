"""Readers on nginx and Apache, set up from deploy/, while releases are published under them: what goes wrong is counted.

Each connection does what a browser does: a page, and a moment later the stylesheet that this page names. Each release
changes the stylesheet, so that its address changes too. A release is `build.py` into the very folder that is served.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import generator
import hosting

HOME = Path(__file__).resolve().parent.parent
SITE = HOME / "tests" / "sites" / "good"
PATHS = ("/", "/list/", "/urgent/", "/consultation/keisatsu/", "/programs/kome-bin/", "/situations/kurashi/", "/search/")
LATER_S = 0.2  # between a page and its stylesheet, at most
SHEET = re.compile(rb'href="([^"]*(?:site|more)\.css)"')


@dataclass(slots=True)
class Seen:
    """What the readers met."""

    answers: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


class Reader:
    """One connection that is kept, and opened anew where the server closes it."""

    def __init__(self, port: int, seen: Seen) -> None:
        self.port, self.seen = port, seen
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def read(self, enough: asyncio.Event) -> None:
        while not enough.is_set():
            page = await self.ask(random.choice(PATHS), "page")  # noqa: S311
            await asyncio.sleep(random.uniform(0, LATER_S))  # noqa: S311
            if page is None:
                continue
            sheet = SHEET.search(page)
            if sheet is None or b"</html>" not in page:
                self.seen.wrong["page: cut off"] += 1
            else:
                await self.ask(sheet[1].decode(), "stylesheet")
        self._close()

    async def ask(self, path: str, kind: str) -> bytes | None:
        """The body of a good answer. A kept connection that was closed before it answered is tried once more, as browsers do."""
        start, kept = time.monotonic(), self.streams is not None
        try:
            status, body = await asyncio.wait_for(self._answer(path), 15)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            self._close()
            unanswered = isinstance(error, ConnectionError) or (
                isinstance(error, asyncio.IncompleteReadError) and not error.partial
            )
            if kept and unanswered:
                return await self.ask(path, kind)
            self.seen.wrong[f"{kind}: {type(error).__name__}"] += 1
            return None
        self.seen.answers += 1
        self.seen.slowest = max(self.seen.slowest, time.monotonic() - start)
        if status != 200:
            self.seen.wrong[f"{kind}: {status}"] += 1
            return None
        return body

    async def _answer(self, path: str) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, ssl=hosting.UNSURE)
        reader, writer = self.streams
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"\ncontent-length: (\d+)", head)
        if length is None:
            raise ValueError(head)
        body = await reader.readexactly(int(length[1]))
        if "connection: close" in head:
            self._close()
        return int(head.split()[1]), body

    def _close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


async def build(home: Path, out: Path, number: int) -> None:
    """One release: other styles, hence another address of the stylesheet."""
    sheet = home / "static" / "css" / "print.css"
    text = sheet.read_text(encoding="utf-8").partition("/* release */")[0]
    sheet.write_text(f"{text}/* release */.g-main{{order:{number}}}\n", encoding="utf-8")
    command = [str(home / "build.py"), "--site", str(SITE), "--out", str(out), "--packed", "--no-search", "--today", "2026-03-01"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode())


async def measure(running: hosting.Running, home: Path, given: argparse.Namespace) -> tuple[Seen, float]:
    """Readers for at least so many seconds, while so many releases are published. Returns what was met, and the seconds."""
    seen, enough = Seen(), asyncio.Event()
    readers = [Reader(running.secure, seen) for _ in range(given.connections)]
    for group in range(0, given.connections, 50):  # all are connected before the clock starts
        await asyncio.gather(*(reader.ask("/", "first") for reader in readers[group : group + 50]))
    start = time.monotonic()
    reading = [asyncio.create_task(reader.read(enough)) for reader in readers]
    for number in range(given.swaps):
        await asyncio.sleep(max(0, start + given.seconds * number / given.swaps - time.monotonic()))
        await build(home, running.public, number)
    await asyncio.sleep(max(1, start + given.seconds - time.monotonic()))
    enough.set()
    await asyncio.gather(*reading)
    return seen, time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"of {hosting.KINDS}; nginx and apache without any")
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--swaps", type=int, default=12)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers go too
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        generator.copy(home)
        first = Path(folder) / "public"
        asyncio.run(build(home, first, 99))
        for kind in given.kinds or ("nginx", "apache"):
            with contextlib.ExitStack() as stack:
                try:
                    running = stack.enter_context(hosting.serving(kind, first))
                except hosting.Missing as error:
                    print(error)
                    return 2
                seen, seconds = asyncio.run(measure(running, home, given))
            wrong = ", ".join(f"{name} × {count}" for name, count in seen.wrong.most_common()) or "none"
            print(
                f"{kind}: {given.connections} connections, {seconds:.0f} s, {given.swaps} releases: {seen.answers:,} answers, "
                f"slowest {seen.slowest:.2f} s; errors: {wrong}"
            )
            failed |= bool(seen.wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
