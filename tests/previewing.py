"""A real `build.py serve`, for the tests that look at it."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from conftest import HOME


def eventually(holds: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if holds():
                return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def preview(edition: Path, out: Path, *options: str, code: str = "") -> Iterator[tuple[str, Path]]:
    """Its address, and the file with what it prints. Ends it as Ctrl+C does. `code` calls the door in its own way."""
    out.parent.mkdir(exist_ok=True)
    log = out.parent / "serve.log"
    door = ["-c", code] if code else [str(HOME / "build.py")]
    command = [sys.executable, *door, "serve", "--site", str(edition), "--out", str(out), "--port", "0"]
    with log.open("w") as told:
        process = subprocess.Popen(
            [*command, "--today", "2026-03-01", "--no-search", *options], stdout=told, stderr=told, cwd=HOME
        )
    try:
        assert eventually(lambda: "で見られます" in log.read_text()), log.read_text()
        yield re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())[0], log  # type: ignore[index]
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0, log.read_text()
    finally:
        process.kill()
        process.wait()
