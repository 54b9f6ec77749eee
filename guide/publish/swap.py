"""The one room that writes: stage beside the destination, then swap. A failure leaves the old site standing."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from guide.publish import mark
from guide.publish.unchanged import MARK
from guide.read import signals, trouble
from guide.read.findings import Refused

if TYPE_CHECKING:
    from guide.pages.output import Output

Tell = Callable[[str], object]
HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)
CANNOT = (errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EOPNOTSUPP)  # the kernel, a sandbox or the disk has no exchange
STUCK = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM)
LONGEST = 200  # bytes of a name to which more is added: most disks take 255


@contextlib.contextmanager
def alone(destination: Path, waiting: Callable[[], None]) -> Iterator[bool]:
    """One build at a time beside a destination: a second one would clear the first one's stage. `waiting` is told before.

    The lock is on the folder that holds the destination, and goes with the process that holds it. False where the system or
    the disk has no locks. What is made inside can be read by a server, whatever the umask.
    """
    umask = os.umask(0o022)
    folder = None
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(destination.parent, os.O_RDONLY) if fcntl is not None else None
        yield folder is not None and _locked(folder, waiting)
    finally:
        if folder is not None:
            os.close(folder)
        os.umask(umask)


def _locked(folder: int, waiting: Callable[[], None]) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError:  # a network disk without locks
        return False
    return True


def restore(destination: Path, tell: Tell) -> bool:
    """Put back the site that a killed swap left aside, and clear what dead builds left. True when one was put back.

    Nobody else may be building beside the destination (`alone`).
    """
    olds = [folder for folder in _left(destination, "old") if (folder / MARK).exists()]
    restored = bool(olds) and not destination.exists()
    if restored:
        olds.pop(max(range(len(olds)), key=lambda number: (olds[number] / MARK).stat().st_mtime_ns)).rename(destination)
    for folder in (*_left(destination, "stage"), *olds):
        clear(folder, tell)
    return restored


def _left(destination: Path, what: str) -> list[Path]:
    """The folders that builds to a destination have made and nobody cleared: named as ours, and empty or marked."""
    ours = re.compile(re.escape(_hidden(destination, what)) + "-[a-z0-9_]{8}")
    with os.scandir(destination.parent) as entries:
        found = [Path(e.path) for e in entries if ours.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
    return [folder for folder in found if (folder / MARK).exists() or not any(folder.iterdir())]


@contextlib.contextmanager
def stage(destination: Path, tell: Tell) -> Iterator[Path]:
    """A fresh folder beside the destination, on the same disk; removed on the way out whatever happens."""
    with signals.held():
        folder = Path(tempfile.mkdtemp(prefix=_hidden(destination, "stage") + "-", dir=destination.parent))
        try:
            with contextlib.suppress(PermissionError):  # disks without modes
                folder.chmod(0o755)
            mark.begin(folder)
            with signals.heard():
                yield folder
        finally:
            clear(folder, tell)


def clear(folder: Path, tell: Tell) -> None:
    """Remove a folder of ours; its mark goes last, so that the next build knows what is left of it. Troubles are told."""
    troubles: list[OSError] = []
    try:
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, onerror=lambda _call, _path, error: troubles.append(error[1]))  # type: ignore[arg-type]
            elif entry.name != MARK:
                entry.unlink()
        if not troubles:
            (folder / MARK).unlink(missing_ok=True)
            folder.rmdir()
    except FileNotFoundError:
        return
    except OSError as error:
        troubles.append(error)
    if troubles:
        tell(f"使い終わったフォルダー（{folder}）を消せません（{trouble.why(troubles[0])}）。公開には影響ありません。")


def write(outputs: Iterable[Output], folder: Path) -> None:
    """Write every output below `folder`. Raises OSError when the disk does not let us."""
    made: set[str] = set()
    for output in outputs:
        parent, _, _ = output.path.rpartition("/")
        if parent not in made:
            _make(f"{folder}/{parent}")
            made.add(parent)
        if isinstance(output.made, str):
            mark.again(output.made, f"{folder}/{output.path}")
        else:
            _put(f"{folder}/{output.path}", output.made)


def _make(folder: str) -> None:
    """A folder, with those above it where they are not there."""
    try:
        os.mkdir(folder)  # noqa: PTH102  # thousands: a Path for each costs more than making it
    except FileNotFoundError:
        os.makedirs(folder)  # noqa: PTH103
    except FileExistsError:
        pass


def _put(path: str, data: bytes) -> None:
    """Make a file; never through a name that is there, which may be the last site's too."""
    with open(path, "xb") as file:  # noqa: PTH123  # thousands
        file.write(data)


def swap(folder: Path, destination: Path) -> None:
    """The new site in, the old one into the new one's folder: in one step where the system can do that, else in two renames."""
    signals.no_return()
    try:
        if not destination.exists():
            folder.rename(destination)
            return
        try:
            exchange(folder, destination)
        except OSError as error:
            if error.errno not in CANNOT:
                raise
            _two_renames(folder, destination)
    except OSError as error:
        if error.errno not in STUCK:
            raise
        why = trouble.why(error)
        raise Refused(
            f"{destination} を新しいサイトと入れ替えられません（{why}）。別の場所を --out で選んでください。"
        ) from error


def exchange(one: Path, other: Path) -> None:
    """Two folders change their names at once, so that no reader meets a gap. Raises OSError where that cannot be done."""
    import ctypes  # noqa: PLC0415  # nothing changed: nothing to swap

    rename = getattr(ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None, "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))


def _two_renames(folder: Path, destination: Path) -> None:
    """The old site aside, the new one in; the old one comes back when the second rename fails."""
    old = Path(tempfile.mkdtemp(prefix=_hidden(destination, "old") + "-", dir=destination.parent))
    old.rmdir()
    destination.rename(old)
    try:
        folder.rename(destination)
    except BaseException:
        old.rename(destination)
        raise
    old.rename(folder)  # where it is cleared


def beside(destination: Path) -> Path:
    """The folder beside a destination where what earlier builds worked out is kept; it may be deleted at any time."""
    return destination.parent / _hidden(destination, "memo")


def _hidden(destination: Path, what: str) -> str:
    """The name of something beside a destination; one that would be too long is cut, and told apart by a digest."""
    name = destination.name
    if len(os.fsencode(name)) > LONGEST:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return f".{name}-{what}"
