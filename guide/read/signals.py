"""A wish to stop (Ctrl-C, `kill`, a closed terminal) that waits where work must not be cut in two.

A signal raises Stopped once, in a place that may be left; what is tidied up on the way out is not cut off by a second one.
From `no_return` on (the new site is being swapped in) there is nothing left to stop: the signal is only noted, because
whoever is told "stopped" must be able to believe that the old site stands.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
SIGNALS = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))
ALARM = tuple(getattr(signal, name) for name in ("SIGALRM",) if hasattr(signal, name))
AGAIN_S = 0.01  # a signal that came while a module was loaded is looked at again so often


class Stopped(KeyboardInterrupt):
    """Somebody wants the command to end."""


@dataclass(slots=True)
class _State:
    owner: int = 0  # the process that listens: its workers do not
    waits: bool = False  # a signal waits for the end of what must not be cut
    told: bool = False  # a signal came
    raised: bool = False
    late: bool = False  # nothing is left to stop


_now = _State()


def to_the_end(main: Callable[[], int]) -> int:
    """Run the command of a process that ends with it, listening; its exit code. What it said is written out in any case."""
    listen()
    code = main()
    for known in (
        *SIGNALS,
        *ALARM,
    ):  # Python is tidying up: there is nothing left to stop
        signal.signal(known, signal.SIG_IGN)
    for stream in (stream for stream in (sys.stdout, sys.stderr) if stream is not None):  # a closed one is None
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it, or the disk is full: what was done is done
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def listen() -> None:
    """Hear the signals that whoever started us does not want ignored (`nohup`, a job in the background of a script)."""
    global _now  # noqa: PLW0603  # signals are the process's
    _now = _State(owner=os.getpid())
    for known in SIGNALS:
        if signal.getsignal(known) is not signal.SIG_IGN:
            signal.signal(known, _hear)
    for known in ALARM:
        signal.signal(known, _hear)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_leave_it_to_the_parent)


def _hear(_signal: int, frame: FrameType | None) -> None:
    if os.getpid() != _now.owner:  # a worker that was just forked
        return
    _now.told = True
    if _is_importing(frame):
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, AGAIN_S)
        return
    _stop_if_told()


def _is_importing(frame: FrameType | None) -> bool:
    """True while a module is being loaded: libraries in C++ end the whole process when Python raises something just then."""
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def _stop_if_told() -> None:
    if _now.told and not _now.waits and not _now.late and not _now.raised:
        _now.raised = True
        raise Stopped


def _leave_it_to_the_parent() -> None:
    """In a worker: Ctrl-C reaches the whole group, and the parent ends its workers itself."""
    if _now.owner == os.getppid():
        for known in SIGNALS:
            signal.signal(known, signal.SIG_DFL if known == signal.SIGTERM else signal.SIG_IGN)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """A signal that comes inside waits until something inside is `heard`, or until the end of it."""
    before, _now.waits = _now.waits, True
    try:
        yield
    finally:
        _now.waits = before
    _stop_if_told()


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Inside what is held: here a signal is heard at once, one that waits too."""
    before = _now.waits
    try:
        _now.waits = False
        _stop_if_told()
        yield
    finally:
        _now.waits = before


def no_return() -> None:
    """From here on a signal is noted only. Raises Stopped when one came before, even one that was swallowed on its way."""
    _now.late = True
    if _now.told:
        _now.raised = True
        raise Stopped


def noted() -> bool:
    """True when a signal came."""
    return _now.told


def heed() -> None:
    """The end of what had no return, where the process goes on (serve). Raises Stopped when a signal came meanwhile."""
    _now.late = False
    _stop_if_told()
