"""The memos of one destination, in a folder beside it that may be deleted at any time.

Of each memo there are two files: its values, to which a build appends what is new, and an index of them, which is replaced
whole once they are written. The index is believed only when it is ours, whole, and of this very generator; else it is as if
there were none, and one line says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from guide.read import trouble
from guide.read.memo import DIGEST, SPOILT, Memo, Raw, Spoilt, Written

HEAD = b"guide memo 3\n"


class Store:
    """The memos of one destination. `code` tells generators, libraries and Pythons apart; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, code: str = "") -> None:
        self.folder, self.code = folder, code.encode()
        self.notes: list[str] = []  # for staff, in Japanese
        self._memos: dict[str, Memo] = {}
        self._lost = False  # what lies in the folder is of no use

    def memo(self, name: str) -> Memo:
        """The memo of one kind, read when it is first asked for."""
        if name not in self._memos:
            self._memos[name] = self._read(name)
        return self._memos[name]

    def turn(self) -> None:
        """Begin another build in the same process."""
        self.notes.clear()
        for memo in self._memos.values():
            memo.turn()

    def forget(self, why: str) -> None:
        """Begin anew with nothing; `why` is told to staff."""
        self._memos, self._lost, self.notes = {}, True, [why]

    def save(self) -> None:
        """Write the memos that changed, each whole or not at all. Troubles of the disk are noted, never raised.

        A memo that this build did not come to stays as it is: the build says nothing about it.
        """
        if self.folder is None:
            return
        for name, memo in self._memos.items():
            if memo.new and (memo.new.keys() != memo.old.keys() or memo.new != memo.old):
                try:
                    self._write(name, memo)
                except (OSError, ValueError) as error:
                    why = trouble.why(error)
                    note = f"作りかけの控え（{self.folder}）に書けません（{why}）。なくても、次も正しく作れます。"
                    self.notes += [] if note in self.notes else [note]
                except Spoilt as spoilt:
                    self.notes.append(str(spoilt))
            elif memo.written is not None:
                self._clear(name, memo.written.path)

    def _read(self, name: str) -> Memo:
        if self.folder is None or self._lost:
            return Memo()
        path = self.folder / name
        try:
            if not (_is_ours(self.folder, stat.S_ISDIR) and _is_ours(path, stat.S_ISREG)):
                self.notes.append(f"作りかけの控え（{path}）は使いません（ほかの人も書けます）。")
                return Memo()
            return self._believed(path, path.read_bytes())
        except FileNotFoundError:
            return Memo()
        except (OSError, ValueError) as error:
            self.notes.append(f"作りかけの控え（{path}）は使いません（{error}）。")
            return Memo()

    def _believed(self, path: Path, data: bytes) -> Memo:
        """What an index tells, if it is whole and of this generator. Raises OSError and ValueError of the file of values."""
        head = HEAD + self.code + b"\n"
        if not data.startswith(head):
            return Memo()  # of another version: nothing to tell
        body = data[len(head) : -DIGEST]
        if data[-DIGEST:] == hashlib.blake2b(body, digest_size=DIGEST).digest():
            file, known = marshal.loads(body)  # noqa: S302  # ours, whole, and of this very Python
            with contextlib.suppress(FileNotFoundError):
                values = path.parent / file
                if not _is_ours(values, stat.S_ISREG):
                    raise OSError("ほかの人も書けます")
                return Memo({key: Raw(*where) for key, where in known}, Written(values))
        self.notes.append(SPOILT.format(path=path))
        return Memo()

    def _write(self, name: str, memo: Memo) -> None:
        """Append what is new to the values, or write them all where more than half of the file would be of no use."""
        assert self.folder is not None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(self.folder, stat.S_ISDIR):
            raise OSError("ほかの人も書けます")
        kept = sum(value.length for value in memo.new.values() if isinstance(value, Raw))
        written = memo.written
        anew = written is None or kept < len(written.data) / 2
        values = self._fresh(name) if written is None or anew else written.path
        before = values.stat().st_size
        try:
            self._put(name, marshal.dumps((values.name, _append(values, memo, anew=anew))))
        except BaseException:
            with contextlib.suppress(OSError):  # what no index tells of only takes room, of which there may be none
                values.unlink() if anew else os.truncate(values, before)
            raise
        self._clear(name, values)

    def _clear(self, name: str, values: Path) -> None:
        """Remove what the index before told of, and what a killed save left."""
        assert self.folder is not None
        for stray in self.folder.glob(f"{name}.*"):
            if stray != values:
                with contextlib.suppress(OSError):
                    stray.unlink()

    def _fresh(self, name: str) -> Path:
        assert self.folder is not None
        file, fresh = tempfile.mkstemp(prefix=f"{name}.", dir=self.folder)
        os.close(file)
        return Path(fresh)

    def _put(self, name: str, body: bytes) -> None:
        """Replace an index."""
        assert self.folder is not None
        fresh = self._fresh(name)
        try:
            fresh.write_bytes(HEAD + self.code + b"\n" + body + hashlib.blake2b(body, digest_size=DIGEST).digest())
            fresh.replace(self.folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise


def _append(path: Path, memo: Memo, *, anew: bool) -> list[tuple[object, tuple[object, ...]]]:
    """Write a memo's values to the end of a file: those that are new to it. Returns where each lies. Raises Spoilt."""
    known: list[tuple[object, tuple[object, ...]]] = []
    with path.open("ab") as out:
        at = out.tell()
        for key, value in memo.new.items():
            if isinstance(value, Raw) and not anew:
                known.append((key, tuple(value)))
                continue
            assert not isinstance(value, Raw) or memo.written is not None
            data = memo.written.raw(value) if isinstance(value, Raw) and memo.written else marshal.dumps(value)
            out.write(data)
            known.append((key, (at, len(data), hashlib.blake2b(data, digest_size=DIGEST).digest())))
            at += len(data)
    return known


def _is_ours(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """True when nobody but us could have written a file or folder, and it is one (a pipe would keep us waiting).

    A link is none: where others write too, it could lead to any place of ours, and we would write and clear there.
    """
    told = path.lstat()
    if not is_kind(told.st_mode):
        raise OSError("ファイルではありません")
    return not hasattr(os, "getuid") or (told.st_uid == os.getuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
