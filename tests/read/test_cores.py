"""Work on one core or several: the same answers in the same order, and a fault in a worker is a fault here."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.read import cores

THINGS = list(range(1000))
Children = Callable[[], set[int]]


@pytest.fixture
def children() -> Children:
    """Which processes the test has started and not yet seen ending; the driver of the suite's browser may run already."""

    def running() -> set[int]:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8")
        return {int(pid) for pid in listed.split()}

    before = running()
    return lambda: running() - before


def double(number: int) -> tuple[int, int]:
    return number * 2, os.getpid()


@pytest.mark.parametrize("usable", [1, 2, 3, 7])
def test_the_answer_is_the_same_whatever_the_number_of_cores(monkeypatch: pytest.MonkeyPatch, usable: int) -> None:
    monkeypatch.setattr(cores, "usable", lambda: usable)
    made = cores.each(double, THINGS)
    assert [number for number, _ in made] == [number * 2 for number in THINGS]
    assert (os.getpid() in {pid for _, pid in made}) == (usable == 1)


def test_few_things_start_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable", lambda: 2)
    assert {pid for _, pid in cores.each(double, THINGS[:50])} == {os.getpid()}


def test_a_fault_in_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
    def fails(number: int) -> int:
        return 1 // (number - 700)

    monkeypatch.setattr(cores, "usable", lambda: 2)
    with pytest.raises(ZeroDivisionError) as raised:
        cores.each(fails, THINGS)
    assert "in fails" in raised.value.__notes__[0]  # where it was
    assert not children()


def test_a_fault_that_cannot_travel_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class Local(Exception):
        pass

    def fails(number: int) -> int:
        raise Local(f"at {number}")

    monkeypatch.setattr(cores, "usable", lambda: 2)
    with pytest.raises(RuntimeError, match=r"at \d+"):
        cores.each(fails, THINGS)


def test_a_worker_that_is_killed_is_missed(monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
    def dies(number: int) -> int:
        if number == 700:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    monkeypatch.setattr(cores, "usable", lambda: 2)
    with pytest.raises(RuntimeError, match="ended"):
        cores.each(dies, THINGS)
    assert not children()


def test_while_others_work_the_parent_does_something_else(monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
    monkeypatch.setattr(cores, "usable", lambda: 2)
    with cores.sharing(lambda few: [(number, os.getpid()) for number in few], THINGS) as made:
        inside = cores.each(double, THINGS)  # sharing something else, too
        assert len(children()) == 2
        answers = made()
    assert [number for number, _ in answers] == THINGS
    assert [number for number, _ in inside] == [number * 2 for number in THINGS]
    assert os.getpid() not in {pid for _, pid in answers}
    assert not children()


def test_workers_end_with_what_is_left_early(monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
    monkeypatch.setattr(cores, "usable", lambda: 2)
    start = time.monotonic()
    with pytest.raises(KeyError), cores.sharing(lambda few: [time.sleep(60) for _ in few], THINGS):
        raise KeyError
    assert time.monotonic() - start < 10
    assert not children()
