"""Whether there is anything to do: names, sizes and times of all that a site is made of, beside those it was made of last.

This room imports nothing heavy, so that a build without a change is over before the generator is even loaded.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

MARK = ".guide-site"  # a folder with this file was made by us and may be replaced
SOURCES = ("content", "site.toml")  # of an edition
GENERATOR = (
    "build.py",
    "guide",
    "templates",
    "static",
    "examples",
    "requirements",
    "content/interface",
)  # of the generator's own folder


def fingerprint(edition: Path, code: str, options: tuple[object, ...]) -> str:
    """One value for everything that decides the bytes of a site: sources, options, the day, and `code` (see generator)."""
    return _digest((options, code, _looks(edition, SOURCES)))


def generator(home: Path) -> str:
    """One value for the generator, its libraries and its Python."""
    libraries = sysconfig.get_path("purelib")  # its time changes when a library comes, goes or is replaced
    return _digest((sys.version, _times(libraries), _looks(home, GENERATOR)))


def is_current(out: Path, made_of: str) -> bool:
    """True when `out` was made of the same, and nothing in it has changed since."""
    try:
        told = (out / MARK).read_text(encoding="utf-8").splitlines()[-1]
    except (OSError, UnicodeDecodeError, IndexError):
        return False
    return told.startswith(made_of) and told == stamp(tree(out), made_of)


def stamp(held: str, made_of: str) -> str:
    """What the mark of a folder says last: what it was made of, and what it holds (see tree)."""
    return f"{made_of} {held}"


def tree(folder: Path) -> str:
    """One value for what a published folder holds: names, sizes and times."""
    return looked(folder)[1]


def looked(folder: Path) -> tuple[list[str], str]:
    """The names of all files that a published folder holds, its mark aside, and one value for all that it holds (see tree)."""
    looks = [look for look in _looks(folder, ("",)) if look[0] != MARK]
    return [name for name, *_ in looks], _digest(looks)


def names(folder: Path, tops: Iterable[str]) -> list[str]:
    """The names of all files at or below some names in a published folder; a link is a file."""
    found: list[str] = []
    for top in tops:
        found += [top] if (folder / top).is_symlink() else [name for name, size, *_ in _looks(folder, (top,)) if size >= 0]
    return found


# Name, size in bytes, when it was written, when anything of it changed (nanoseconds; nobody can set that one).
Look = tuple[str, int, int, int]


def _looks(folder: Path, names: tuple[str, ...]) -> list[Look]:
    found: list[Look] = []
    for name in names:
        _look(os.path.join(folder, name), name, found)  # noqa: PTH118  # as text: there are thousands below it
    return found


def _look(path: str, name: str, found: list[Look]) -> None:
    """Add name, size and time of each file below a path, in the order of names; links are looked at, not followed."""
    try:
        with os.scandir(path) as listed:
            entries = list(listed)
    except NotADirectoryError:
        told = Path(path).stat()
        found.append((name, told.st_size, told.st_mtime_ns, told.st_ctime_ns))
        return
    except FileNotFoundError:
        found.append((name, -1, -1, -1))
        return
    if len(entries) > 1:
        entries.sort(key=_name)
    for entry in entries:
        below = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                _look(entry.path, below, found)
        else:
            with contextlib.suppress(FileNotFoundError):  # an editor's file of a moment
                told = entry.stat(follow_symlinks=False)
                found.append((below, told.st_size, told.st_mtime_ns, told.st_ctime_ns))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _times(path: Path | str) -> int:
    return Path(path).stat().st_mtime_ns


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
