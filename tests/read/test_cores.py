"""Work on one core or several: the same answers in the same order, and a fault in a worker is a fault here."""

from __future__ import annotations

import os

import pytest

from guide.read import cores

THINGS = list(range(1000))


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


def test_a_fault_in_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(number: int) -> int:
        return 1 // (number - 700)

    monkeypatch.setattr(cores, "usable", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        cores.each(fails, THINGS)
    assert cores._WORK == []
