"""What earlier builds worked out, kept beside the site by what it was worked out of. Never believed when it could be wrong.

A memo holds plain values (what `marshal` can write) by keys that cover everything they depend on. A file of memos is
believed only when it is ours, whole, and of this very generator; else it is as if there were none, and one line says so.
Only what a build used is kept for the next, so that it cannot grow. The folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import mmap
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")
HEAD = b"guide memo 2\n"
DIGEST, LENGTH = 16, 8  # bytes of a digest, and of each of the two lengths before a pair


def digest(*parts: str | bytes) -> bytes:
    """A key out of texts: 16 bytes, other for other parts."""
    known = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        known.update(len(data).to_bytes(8, "little"))
        known.update(data)
    return known.digest()


Raw = memoryview  # a value as it is written: it is read when somebody asks for it, and goes to the next file as it is


class Memo:
    """Values of one kind by key: what an earlier build left, and what this one used or made."""

    def __init__(self, old: dict[Any, Any] | None = None) -> None:
        self.old = old or {}
        self.new: dict[Any, Any] = {}
        self._read: dict[Any, Any] = {}  # values of which the raw form is in `old`
        self.alive: dict[Any, Any] = {}  # objects for the next build of this process: they are not written
        self._lived: dict[Any, Any] = {}

    def get(self, key: object) -> Any:  # noqa: ANN401  # whatever was put there
        """What is known for a key, or None; it is kept for the next build."""
        value = self.old.get(key)
        if value is None:
            return None
        self.new[key] = value
        if not isinstance(value, Raw):
            return value
        if key not in self._read:
            self._read[key] = marshal.loads(value)  # noqa: S302  # ours, whole, and of this very Python
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

    def stay(self) -> None:
        """Keep for the next build what the last one left, and nothing of this one: it was not published."""
        self.new = dict(self.old)


class Store:
    """The memos of one destination. `code` tells the generator, its libraries and its Python apart; None keeps nothing."""

    def __init__(self, folder: Path | None = None, code: str = "") -> None:
        self.folder, self.code = folder, code.encode()
        self.notes: list[str] = []  # for staff, in Japanese
        self._memos: dict[str, Memo] = {}

    def memo(self, name: str) -> Memo:
        """The memo of one kind, read when it is first asked for."""
        if name not in self._memos:
            self._memos[name] = Memo(self._read(name))
        return self._memos[name]

    def turn(self) -> None:
        """Begin another build in the same process."""
        self.notes.clear()
        for memo in self._memos.values():
            memo.turn()

    def save(self) -> None:
        """Write the memos that changed, each whole or not at all. Troubles of the disk are noted, never raised."""
        for name, memo in self._memos.items():
            if self.folder is not None and (memo.new.keys() != memo.old.keys() or memo.new != memo.old):
                try:
                    self._write(name, memo.new)
                except (OSError, ValueError) as error:
                    self.notes.append(f"作りかけの控え（{self.folder}）に書けません（{error}）。なくても、次も正しく作れます。")
                    return

    def _read(self, name: str) -> dict[Any, Any]:
        if self.folder is None:
            return {}
        path = self.folder / name
        try:
            if not _is_ours(self.folder) or not _is_ours(path):
                self.notes.append(f"作りかけの控え（{path}）は使いません（ほかの人も書けます）。")
                return {}
            with path.open("rb") as file:
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            if not isinstance(error, ValueError):
                self.notes.append(f"作りかけの控え（{path}）は使いません（{error}）。")
            return {}
        return self._believed(path, data)

    def _believed(self, path: Path, data: memoryview) -> dict[Any, Any]:
        head = HEAD + self.code + b"\n"
        if data[: len(head)] != head:
            return {}  # of another version: nothing to tell
        body = data[len(head) : -DIGEST]
        if data[-DIGEST:] != hashlib.blake2b(body, digest_size=DIGEST).digest():
            self.notes.append(f"作りかけの控え（{path}）がこわれているので、使いません。")
            return {}
        known, at = {}, 0
        while at < len(body):
            middle = at + 2 * LENGTH + int.from_bytes(body[at : at + LENGTH], "little")
            end = middle + int.from_bytes(body[at + LENGTH : at + 2 * LENGTH], "little")
            key = marshal.loads(body[at + 2 * LENGTH : middle])  # noqa: S302  # ours, whole, and of this very Python
            known[key], at = body[middle:end], end
        return known

    def _write(self, name: str, values: dict[Any, Any]) -> None:
        assert self.folder is not None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for stray in self.folder.glob(f".{name}-*"):  # of a save that was killed
            stray.unlink()
        file, fresh = tempfile.mkstemp(prefix=f".{name}-", dir=self.folder)
        try:
            known = hashlib.blake2b(digest_size=DIGEST)
            with os.fdopen(file, "wb") as out:
                out.write(HEAD + self.code + b"\n")
                for key, value in values.items():  # one by one: all of them at once would be in memory twice
                    name_of, data = marshal.dumps(key), value if isinstance(value, Raw) else marshal.dumps(value)
                    head = len(name_of).to_bytes(LENGTH, "little") + len(data).to_bytes(LENGTH, "little") + name_of
                    for part in (head, data):
                        known.update(part)
                        out.write(part)
                out.write(known.digest())
            Path(fresh).replace(self.folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(fresh).unlink()
            raise


def _is_ours(path: Path) -> bool:
    """True when nobody but us could have written a file or folder."""
    told = path.stat()
    return not hasattr(os, "getuid") or (told.st_uid == os.getuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
