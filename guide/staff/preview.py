"""`build.py serve`: show the site on this machine alone, build anew on a change. A broken file leaves the last good site there.

Tornado answers, the system tells of changes (watchfiles: inotify and the like). Pages bear the headers that they are
published with, so that what the policy forbids fails here and not in public. Answers are for this machine's own browser:
another name in the address (DNS rebinding) or another site's page is refused.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from watchfiles import Change, watch

from guide.job import Job
from guide.publish import unchanged
from guide.read.findings import Refused
from guide.staff import answers, live

HOST = "127.0.0.1"
LOOPBACK = (HOST, "::1")  # "localhost" may be either
WATCHED_AT_HOME = ("templates", "static", "examples", "content/interface")
PASSING = ("~", ".swp", ".tmp")  # what editors write beside a file while they save it
TOGETHER_MS = 20  # changes that come so soon after each other are one
LOOK_MS = 500  # how soon after its start the watching is known to have begun
UNWATCHED = "直したことを、自動では知れません。見ることはできます。直したら、Ctrl+C で終わり、もう一度始めてください。"
REST_S = 1.5  # after so long without a change what is not needed to see a page is made too


def folder(out: Path) -> Path:
    """Where the preview's own site lies: beside the one that is published, never in it. It may be deleted at any time."""
    return out.parent / f".{out.name}-preview" / "site"


def listen(port: int) -> list[socket.socket]:
    """Take a port of this machine, for nobody else's eyes; 0 takes any that is free. Raises Refused when it cannot be had."""
    if not 0 <= port <= 65535:
        raise Refused(f"番号（--port）の {port} は使えません。1024 から 65535 までの数にしてください（例: --port 8001）。")
    found: list[socket.socket] = []
    for address in LOOPBACK:
        try:
            found += bind_sockets(found[0].getsockname()[1] if found else port, address)
        except OSError as error:
            if address != HOST and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT):
                continue  # a machine without IPv6
            for taken in found:
                taken.close()
            raise _refused(port, error) from error
    return found


def _refused(port: int, error: OSError) -> Refused:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return Refused(
            f"{port} 番は、ほかのプログラム（もう1つの make serve など）が使っています。それを終わらせるか、"
            f"別の番号にしてください: build.py serve --port {other}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refused(f"{port} 番は、管理者だけが使える番号です。別の番号にしてください: build.py serve --port 8000")
    return Refused(f"{port} 番で見せる用意ができません（{error.strerror}）。別の番号を --port で選んでください。")


def address(sockets: list[socket.socket]) -> str:
    """What to open in the browser."""
    return f"http://{HOST}:{sockets[0].getsockname()[1]}/"


def look(job: Job) -> str:
    """One value for all that the preview is made of, taken before the first build: see serve."""
    return unchanged.generator(job.home) + unchanged.fingerprint(job.edition, "", ())


@dataclass(frozen=True, slots=True)
class Door:
    """What the preview asks of the door.

    `rebuild` is called on a change and returns 0 when there is a site to see, `settle` when nothing has changed for a while
    after it; they print their own findings and must not raise SystemExit. `say` prints a sentence for staff.
    """

    rebuild: Callable[[], int]
    settle: Callable[[], object]
    say: Callable[[str], object]


def serve(job: Job, sockets: list[socket.socket], before: str, door: Door) -> None:
    """Show the job's destination until interrupted.

    `before` tells of what was changed while the first build was made and the watching had not begun.
    """
    loop = IOLoop.current()
    site = live.Site(job.out, sockets[0].getsockname()[1])
    server = HTTPServer(answers.application(site), max_header_size=64_000, max_body_size=0)
    server.add_sockets(sockets)
    resting: list[object] = []

    def changed() -> None:
        while resting:
            loop.remove_timeout(resting.pop())
        if door.rebuild() == 0:
            site.tell()
        resting.append(loop.call_later(REST_S, door.settle))

    stop = threading.Event()
    watching = Watching(job, before, lambda: loop.add_callback(changed), lambda text: loop.add_callback(door.say, text))
    threading.Thread(target=watching.listen, args=(stop,), daemon=True).start()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            loop.start()
    finally:
        stop.set()
        server.stop()


@dataclass(frozen=True, slots=True)
class Watching:
    """Waits for changes of the job's edition and of the looks, and tells of each, and of one since `before`."""

    job: Job
    before: str
    tell: Callable[[], object]
    say: Callable[[str], object]

    def listen(self, stop: threading.Event) -> None:
        """Until `stop`. On a machine that watches no more folders for us, by looking at them; where neither goes, it is said."""
        why: Exception | None = None
        for polling in (None, True):
            try:
                for number, changes in enumerate(_changes(self.job, stop, polling=polling)):
                    if changes or (number == 0 and _differs(self.job, self.before)):
                        self.tell()
            except (OSError, RuntimeError) as error:
                why = error
            if stop.is_set():
                return
        self.say(f"{UNWATCHED}{f'（{why}）' if why else ''}")


def _differs(job: Job, before: str) -> bool:
    try:
        return look(job) != before
    except OSError:  # a file went while it was looked at
        return True


def _changes(job: Job, stop: threading.Event, *, polling: bool | None) -> Iterator[set[tuple[Change, str]]]:
    """What the system tells; whatever the times of the files are, so that an old file that is put there counts as new."""
    folders = [job.edition.resolve(), *(job.home.resolve() / name for name in WATCHED_AT_HOME)]
    wanted = [job.edition.resolve() / name for name in unchanged.SOURCES] + folders[1:]

    def matters(_: Change, path: str) -> bool:
        file = Path(path)
        return (
            not file.name.startswith(".") and not file.name.endswith(PASSING) and any(file.is_relative_to(one) for one in wanted)
        )

    there = [one for one in folders if one.is_dir()]
    return watch(
        *there,
        watch_filter=matters,
        step=TOGETHER_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        force_polling=polling,
    )
