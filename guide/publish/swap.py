"""The one room that writes: stage beside the destination, then swap. A failure leaves the old site standing."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from guide.publish.unchanged import MARK, stamp, tree
from guide.read.findings import Refused

if TYPE_CHECKING:
    from guide.pages.output import Output


def guard(destination: Path, project: Path) -> None:
    """Raise Refused unless `destination` is missing, empty or ours, and neither is nor holds the project."""
    destination, project = destination.resolve(), project.resolve()
    if destination == project or destination in project.parents:
        raise Refused(f"{destination} には書き出せません。サイトの元のファイルが入っています。")
    if destination.is_file():
        raise Refused(f"{destination} はフォルダーではありません。")
    if destination.is_dir() and any(destination.iterdir()) and not (destination / MARK).exists():
        raise Refused(
            f"{destination} には、このツールが作ったものではないファイルがあります。別の場所を --out で選んでください。"
        )


@contextlib.contextmanager
def alone(destination: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One build at a time beside a destination: a second one would clear the first one's stage. `waiting` is told before.

    The lock is on the folder that holds the destination, and goes with the process that holds it.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    folder = os.open(destination.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def restore(destination: Path) -> bool:
    """Put back the site that an interrupted swap left aside, and clear stray stages. True when one was put back."""
    old = _old(destination)
    restored = False
    if old.exists() and not destination.exists():
        old.rename(destination)
        restored = True
    for stray in destination.parent.glob(f".{destination.name}-stage-*"):
        shutil.rmtree(stray, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return restored


@contextlib.contextmanager
def stage(destination: Path) -> Iterator[Path]:
    """A fresh folder beside the destination, on the same disk; removed on the way out whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix=f".{destination.name}-stage-", dir=destination.parent))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(outputs: Iterable[Output], folder: Path) -> None:
    """Write every output below `folder`. Raises OSError when the disk does not let us."""
    made: set[str] = set()
    for output in outputs:
        parent, _, _ = output.path.rpartition("/")
        if parent not in made:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)  # noqa: PTH103  # thousands: a Path for each costs more than making it
            made.add(parent)
        _put(output, f"{folder}/{output.path}")


def _put(output: Output, target: str) -> None:
    """Make one file. One that lies in the last site is not written again but bears a second name, where the disk can do that."""
    if isinstance(output.made, str):
        with contextlib.suppress(OSError):
            os.link(output.made, target)
            return
    with open(target, "xb") as file:  # noqa: PTH123  # never through a name that is there: it may be the last site's
        file.write(output.data)


def mark(folder: Path) -> None:
    """Mark a folder, with everything in it, as ours."""
    (folder / MARK).write_text("made by build.py; replaced whole by the next build\n", encoding="utf-8")


def seal(destination: Path, made_of: str) -> str:
    """Mark a published site as made of what unchanged.fingerprint told ("" for nothing told). Returns a look at what it holds.

    Last of all: files that stay get a new time when their name in the old site goes.
    """
    held = tree(destination)
    if made_of:
        with (destination / MARK).open("a", encoding="utf-8") as file:
            file.write(stamp(held, made_of) + "\n")
    return held


def swap(folder: Path, destination: Path) -> None:
    """Two renames: the old site aside, the new one in; the old one comes back when the second rename fails."""
    old = _old(destination)
    if destination.exists():
        destination.rename(old)
    try:
        folder.rename(destination)
    except BaseException:
        if old.exists():
            old.rename(destination)
        raise
    shutil.rmtree(old, ignore_errors=True)


def beside(destination: Path) -> Path:
    """The folder beside a destination where what earlier builds worked out is kept; it may be deleted at any time."""
    return destination.parent / f".{destination.name}-memo"


def _old(destination: Path) -> Path:
    return destination.parent / f".{destination.name}-old"
