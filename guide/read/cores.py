"""One piece of work for each of many things, over all cores where that pays. The answer is the same whatever their number.

Work is shared by forking: a worker sees everything that its parent has read, and only what it made travels back. Where
there is no fork (Windows), or one core, or little to do, the work is done here.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
LEAST = 200  # things; below, starting workers costs more than it saves
PARTS = 4  # for each worker, so that one with heavy things does not keep the others waiting
_WORK: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []  # what the workers of one call inherit


def usable() -> int:
    """How many cores this process may use (`taskset` and containers may give it fewer than there are)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(function: Callable[[Thing], Made], things: Sequence[Thing], least: int = LEAST) -> list[Made]:
    """`[function(thing) for thing in things]`. What `function` returns must be picklable; what it raises is raised here."""
    workers = min(usable(), len(things))
    if workers < 2 or len(things) < least or not hasattr(os, "fork"):
        return [function(thing) for thing in things]
    # Most builds have little to do, and loading these takes a while.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    size = -(-len(things) // (workers * PARTS))
    _WORK.append((function, things))
    gc.freeze()  # else each worker copies the memory that its collector only looks at
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), initializer=ending_with_parent()) as pool:
            parts = pool.map(_part, [(start, start + size) for start in range(0, len(things), size)])
            return [made for part in parts for made in part]
    finally:
        gc.unfreeze()
        _WORK.pop()


def ending_with_parent() -> Callable[[], None] | None:
    """What a fresh process is to do so that the system ends it when its build is killed; None where that is not known."""
    if os.name != "posix":
        return None
    import ctypes  # noqa: PLC0415  # few builds start a process; and loaded before, for between fork and exec little is safe

    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return partial(prctl, PR_SET_PDEATHSIG, signal.SIGKILL) if prctl else None


def _part(span: tuple[int, int]) -> list[Any]:
    function, things = _WORK[-1]
    return [function(thing) for thing in things[slice(*span)]]
