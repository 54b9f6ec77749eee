"""What lies in an edition's folder: regular files, what systems and editors leave beside them, and what is neither."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guide.read import limits

# What systems and editors leave: index files of folders, locks, copies before a save. What staff write looks otherwise.
LEFT_BEHIND = re.compile(
    r"\.#.*|\._.*|#.*#|.*~|~\$.*|\.~lock\..*|(?i:thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx|\$recycle\.bin)|Icon\r"
    r"|\.(?!.*\.(?:md|ya?ml)\Z).*",
    re.DOTALL,
)
Kind = Literal["file", "link", "odd", "closed", "big"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file by its name below a folder, its size, when it was written, and when anything of it changed (nanoseconds).

    `kind`: a file to read; a link; neither file nor folder, or a folder named like a file; a folder that we may not open;
    a file too large to be read.
    """

    name: str
    kind: Kind
    size: int = 0
    time: int = 0
    changed: int = 0


def is_left_behind(name: str) -> bool:
    """True for names of files and folders that systems and editors leave, which are no content."""
    return LEFT_BEHIND.fullmatch(name) is not None


def below(folder: str, name: str = "") -> Iterator[Found]:
    """Everything below a folder but what is left behind; nothing, where there is no such folder."""
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except FileNotFoundError:
        return
    except OSError:
        yield Found(name.rstrip("/"), "closed")
        return
    for entry in entries:
        if not is_left_behind(entry.name):
            yield from _found(entry, f"{name}{entry.name}")


def _found(entry: os.DirEntry[str], name: str) -> Iterator[Found]:
    try:
        told = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return  # an editor's file of a moment
    except OSError:
        yield Found(name, "closed")
        return
    if stat.S_ISLNK(told.st_mode):
        yield Found(name, "link")
    elif stat.S_ISDIR(told.st_mode):
        yield from [Found(name, "odd")] if name.endswith((".md", ".yaml")) else below(entry.path, f"{name}/")
    elif stat.S_ISREG(told.st_mode):
        kind: Kind = "big" if told.st_size > limits.FILE_BYTES else "file"
        yield Found(name, kind, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
    else:
        yield Found(name, "odd")


def text(path: Path) -> str:
    """The text of a regular file, with one kind of line ends. Raises OSError, UnicodeDecodeError.

    A pipe would keep us waiting for ever and a device has no end, so they are not opened.
    """
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        raise OSError("ふつうのファイルではありません")
    if told.st_size > limits.FILE_BYTES:
        raise OSError("大きすぎます")
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
