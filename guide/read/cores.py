"""One piece of work for each of many things, over all cores where that pays. The answer is the same whatever their number.

Work is shared by forking: a worker sees everything that its parent has read, and only what it made travels back. While they
are at it, the parent may do something else. Where there is no fork (Windows), or one core, or little to do, the work is done
here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from guide.read import signals

Thing = TypeVar("Thing")
Made = TypeVar("Made")

PR_SET_PDEATHSIG = 1  # prctl(2), Linux
LEAST = 200  # things; below, starting workers costs more than it saves
PARTS = 4  # for each worker, so that one with heavy things does not keep the others waiting
MOST = 32  # things of a part: what each is at hand stays in the processor's own memory
NUMBER = 4  # bytes of a part's number


def usable() -> int:
    """How many cores this process may use (`taskset` and containers may give it fewer than there are)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def each(function: Callable[[Thing], Made], things: Sequence[Thing], least: int = LEAST) -> list[Made]:
    """`[function(thing) for thing in things]`. What `function` returns must be picklable; what it raises is raised here."""
    with sharing(partial(_all, function), things, least) as made:
        return made()


@contextlib.contextmanager
def sharing(
    function: Callable[[Sequence[Thing]], list[Made]], things: Sequence[Thing], least: int = LEAST
) -> Iterator[Callable[[], list[Made]]]:
    """Inside, other cores are at work; call what it gives for what they made of all things, in order.

    `function` takes some things at once, and makes one of each; see `each`.
    """
    cores = usable()
    if cores < 2 or len(things) < least or not hasattr(os, "fork"):
        yield lambda: function(things)
        return
    workers = min(cores, len(things))
    size = min(-(-len(things) // (workers * PARTS)), MOST)
    gc.freeze()  # else each worker copies the memory that its collector only looks at
    started: list[tuple[int, int]] = []
    try:
        with signals.held():
            _start(
                started, workers, lambda number: function(things[number * size : (number + 1) * size]), -(-len(things) // size)
            )
        yield lambda: _answers(started)
    finally:
        with signals.held():
            _end(started)
        gc.unfreeze()


def _start(started: list[tuple[int, int]], workers: int, work: Callable[[int], list[Made]], parts: int) -> None:
    """Fork workers, each with a pipe for what it made. They take the numbers of parts from one pipe until it is empty."""
    numbers, end = os.pipe()
    with_parent = ending_with_parent()
    for _ in range(workers):
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            if with_parent:
                with_parent()
            os.close(end)
            _work(numbers, tell, work)
        os.close(tell)
        started.append((pid, told))
    os.close(numbers)
    with contextlib.suppress(BrokenPipeError), open(end, "wb") as queue:  # noqa: PTH123  # all have ended: _answers tells
        queue.write(b"".join(number.to_bytes(NUMBER, "little") for number in range(parts)))


def _work(numbers: int, tell: int, work: Callable[[int], list[Made]]) -> None:
    """The life of a worker. It never returns: everything that waits for its end belongs to the parent."""
    try:
        with open(tell, "wb") as out:
            out.write(_all_made(numbers, work))
        os._exit(0)
    finally:
        os._exit(1)


def _all_made(numbers: int, work: Callable[[int], list[Made]]) -> bytes:
    """What a worker tells: the parts that it took, by number and pickled, or what was raised."""
    parts: list[tuple[int, bytes]] = []
    try:
        while taken := os.read(numbers, NUMBER):
            number = int.from_bytes(taken, "little")
            parts.append((number, pickle.dumps(work(number), pickle.HIGHEST_PROTOCOL)))
        return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001  # the parent raises it
        where = traceback.format_exc()
        error.add_note(where)
        try:
            return pickle.dumps(error)
        except Exception:  # noqa: BLE001  # whatever it holds
            return pickle.dumps(RuntimeError(where))


def _answers(started: Sequence[tuple[int, int]]) -> list[Made]:
    """What the workers made, in order. Raises what one of them raised; RuntimeError for one that was ended."""
    parts: list[tuple[int, bytes]] = []
    for _, told in started:
        with open(told, "rb", closefd=False) as pipe:
            data = pipe.read()
        if not data:
            raise RuntimeError("a worker ended before its work was done")
        answer = pickle.loads(data)  # noqa: S301  # of our own child
        if isinstance(answer, BaseException):
            raise answer
        parts += answer
    return [made for _, part in sorted(parts) for made in pickle.loads(part)]  # noqa: S301


def _end(started: Sequence[tuple[int, int]]) -> None:
    """No worker is left: one that still works does so for nobody."""
    for pid, told in started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(told)


def _all(function: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    return [function(thing) for thing in things]


def ending_with_parent() -> Callable[[], None] | None:
    """What a fresh process is to do so that the system ends it when its build is killed; None where that is not known."""
    if os.name != "posix":
        return None
    import ctypes  # noqa: PLC0415  # few builds start a process; and loaded before, for between fork and exec little is safe

    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return partial(prctl, PR_SET_PDEATHSIG, signal.SIGKILL) if prctl else None
