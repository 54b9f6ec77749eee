"""`build.py serve`: serve on loopback, rebuild on a change. A broken file leaves the last good site standing.

livereload serves and reloads browsers; what it would find out by looking at all files each 0.8 seconds, the system tells
(watchfiles: inotify and the like).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from livereload import Server
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from watchfiles import watch

from guide.job import Job

HOST = "127.0.0.1"
# Globs, not folders: livereload runs the task once per changed file when it is given a folder.
WATCHED = ("content/**/*", "site.toml")
WATCHED_AT_HOME = ("templates/**/*", "static/**/*", "examples/*")
TOGETHER_MS = 20  # changes that come so soon after each other are one
REST_S = 1.5  # after so long without a change what is not needed to see a page is made too


class _Told(Watcher):  # type: ignore[misc]  # livereload bears no types
    """livereload's watcher, told of changes below some folders."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__()
        self.folders, self.stop = folders, threading.Event()

    def start(self, callback: Callable[[], None]) -> bool:
        """Listen in a thread; livereload then does not look by itself."""
        loop = IOLoop.current()
        callback()
        threading.Thread(target=self._listen, args=(loop, callback), daemon=True).start()
        return True

    def _listen(self, loop: IOLoop, callback: Callable[[], None]) -> None:
        for _ in watch(*self.folders, step=TOGETHER_MS, stop_event=self.stop, raise_interrupt=False):
            loop.add_callback(callback)


def serve(job: Job, rebuild: Callable[[], object], settle: Callable[[], object], port: int) -> None:
    """Serve the job's destination until interrupted.

    `rebuild` is called on a change, `settle` when nothing has changed for a while after it; they print their own findings
    and must not raise SystemExit.
    """
    resting: list[object] = []

    def changed() -> None:
        loop = IOLoop.current()
        while resting:
            loop.remove_timeout(resting.pop())
        rebuild()
        resting.append(loop.call_later(REST_S, settle))

    folders = (job.edition, *(job.home / name for name in ("templates", "static", "examples")))
    watcher = _Told(tuple(folder for folder in folders if folder.is_dir()))
    server = Server(watcher=watcher)
    for pattern in (*(job.edition / each for each in WATCHED), *(job.home / each for each in WATCHED_AT_HOME)):
        server.watch(str(pattern), changed)
    try:
        server.serve(root=str(job.out), host=HOST, port=port)
    finally:
        watcher.stop.set()
