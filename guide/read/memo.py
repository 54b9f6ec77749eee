"""What earlier builds worked out, kept beside the site by what it was worked out of. Never believed when it could be wrong.

A memo holds plain values (what `marshal` can write) by keys that cover everything they depend on. A value is read, and held
against its digest, when it is asked for. Only what a build used is kept for the next, so that nothing grows without end.
"""

from __future__ import annotations

import hashlib
import marshal
import mmap
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

Made = TypeVar("Made")
DIGEST = 16  # bytes of a digest
SPOILT = "作りかけの控え（{path}）がこわれているので、使いません。"  # for staff


class Spoilt(Exception):  # what is spoilt is the memo
    """A value is not what its index says: the memos of this folder are of no use. The argument says so to staff."""


class Raw(NamedTuple):
    """Where a value lies among the written ones: it is read when somebody asks for it."""

    start: int
    length: int
    digest: bytes


class Written:
    """The file of values that an index tells of."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # an empty file cannot be mapped
            self.data = memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b"")

    def raw(self, raw: Raw) -> memoryview:
        """The value at a place as it is written. Raises Spoilt."""
        data = self.data[raw.start : raw.start + raw.length]
        if hashlib.blake2b(data, digest_size=DIGEST).digest() != raw.digest:
            raise Spoilt(SPOILT.format(path=self.path))
        return data

    def value(self, raw: Raw) -> Any:  # noqa: ANN401  # whatever was put there
        """The value at a place. Raises Spoilt."""
        try:
            return marshal.loads(self.raw(raw))  # noqa: S302  # ours, whole, and of this very Python
        except (ValueError, EOFError, TypeError) as error:
            raise Spoilt(SPOILT.format(path=self.path)) from error


def digest(*parts: str | bytes) -> bytes:
    """A key out of texts: 16 bytes, other for other parts."""
    known = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        known.update(len(data).to_bytes(8, "little"))
        known.update(data)
    return known.digest()


class Memo:
    """Values of one kind by key: what an earlier build left, and what this one used or made."""

    def __init__(self, old: dict[Any, Any] | None = None, written: Written | None = None) -> None:
        self.old = old or {}
        self.written = written
        self.new: dict[Any, Any] = {}
        self._read: dict[Any, Any] = {}  # values that are written and were asked for
        self.alive: dict[Any, Any] = {}  # objects for the next build of this process: they are not written
        self._lived: dict[Any, Any] = {}

    def get(self, key: object) -> Any:  # noqa: ANN401  # whatever was put there
        """What is known for a key, from before or since, or None; it is kept for the next build."""
        value = self.old.get(key)
        if value is None:
            return self.new.get(key)
        self.new[key] = value
        if not isinstance(value, Raw):
            return value
        if key not in self._read:
            assert self.written is not None
            self._read[key] = self.written.value(value)
        return self._read[key]

    def holds(self, key: object) -> bool:
        """True when something is known for a key; it is kept for the next build, and not read now."""
        value = self.old.get(key)
        if value is not None:
            self.new[key] = value
        return value is not None

    def put(self, key: object, value: object) -> None:
        """Remember a value for the next build: None, numbers, texts, bytes, tuples, lists and dicts of such."""
        self.new[key] = value

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What is known for a key, or what `make` makes, which is remembered. Tuples and lists of it stay what they are."""
        value: Made | None = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def living(self, key: object, make: Callable[[], Made]) -> Made:
        """An object that this process made before of the same, or made now; nobody may change it."""
        if key not in self.alive:
            self.alive[key] = self._lived[key] if key in self._lived else make()
        made: Made = self.alive[key]
        return made

    def turn(self) -> None:
        """Begin another build in the same process: what this one used is what the next may use.

        A build that ended before it came to this memo (nothing changed, or findings) says nothing about it: all stays.
        """
        if self.new:
            self.old, self.new = self.new, {}
            self._read = {key: value for key, value in self._read.items() if isinstance(self.old.get(key), Raw)}
        if self.alive:
            self._lived, self.alive = self.alive, {}

    def forget(self, key: object) -> None:
        """Do not keep what `get` found: it no longer holds."""
        self.new.pop(key, None)
