"""`build.py serve`: build, serve on loopback, rebuild on a change. A broken file leaves the last good site standing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livereload import Server

HOST = "127.0.0.1"
# Globs, not folders: livereload runs the task once per changed file when it is given a folder.
WATCHED = ("content/**/*", "content/*", "site.toml")
WATCHED_AT_HOME = ("templates/**/*", "static/**/*", "examples/*")


def serve(edition: Path, home: Path, out: Path, rebuild: Callable[[], object], port: int) -> None:
    """Serve `out` until interrupted. `rebuild` prints its own findings and must not raise SystemExit."""
    server = Server()
    for pattern in WATCHED:
        server.watch(str(edition / pattern), rebuild)
    for pattern in WATCHED_AT_HOME:
        server.watch(str(home / pattern), rebuild)
    server.serve(root=str(out), host=HOST, port=port)
