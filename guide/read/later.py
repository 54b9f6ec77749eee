"""A value that is worked out when somebody first asks for it: most of what is read is not asked for when little has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Later(Generic[Value]):
    """Call it for its value; `make` is called once, and only then."""

    __slots__ = ("_known", "_make")

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make: Callable[[], Value] | None = make
        self._known: Value

    def __call__(self) -> Value:
        """The value. Raises what `make` raises."""
        if self._make is not None:
            self._known, self._make = self._make(), None
        return self._known


def now(value: Value) -> Later[Value]:
    """One whose value is there already."""
    later: Later[Value] = Later(lambda: value)
    later()
    return later


class Texts(Mapping[str, str]):
    """The texts of files, by name; one that nobody asks for is not read."""

    def __init__(self) -> None:
        self._all: dict[str, Later[str]] = {}

    def add(self, file: str, text: Later[str]) -> None:
        """Another file."""
        self._all[file] = text

    def __getitem__(self, file: str) -> str:
        return self._all[file]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
