"""From saving a record to seeing it: `build.py serve` as staff use it, asked over loopback until the new sentence is there."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator

from contenders import Contender, Failed, sentence, stop

SETTLED = 3.0  # seconds between a change seen and the next: the server looks round once a second


def latencies(contender: Contender, edits: int, limit: float) -> list[float]:
    """Seconds of each change. Raises Failed."""
    found = []
    with serving(contender) as (process, address):
        until_shown(process, address, "", limit)
        for number in range(edits):
            time.sleep(SETTLED)
            mark = sentence(number)
            start = time.perf_counter()
            contender.edit(mark)
            until_shown(process, address, mark, limit)
            found.append(time.perf_counter() - start)
    return found


@contextlib.contextmanager
def serving(contender: Contender) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The preview of a contender, and the address of its record's page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    python, door, *options = contender.command()
    command = [python, door, "serve", "--port", str(port), *options]
    with contender.log.open("wb") as told:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield process, f"http://127.0.0.1:{port}/{contender.page.parent.relative_to(contender.out).as_posix()}/"
        finally:
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, signal.SIGINT)
                process.wait(5)
            stop(process.pid)
            process.wait()


def until_shown(process: subprocess.Popen[bytes], address: str, mark: str, limit: float) -> None:
    """Ask until the page answers and holds the mark. Raises Failed."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failed(f"serve ended with exit {process.returncode}")
        # An answer may be late (the server builds in the thread that answers) or half (the site is being swapped).
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=limit) as answer:  # noqa: S310  # loopback
            if mark in answer.read().decode():
                return
        time.sleep(0.01)
    raise Failed(f"not shown after {limit:.0f} s")
