"""The mark in a published folder: that it is ours, which files are, and what was taken over from the site before it.

Files are named by short digests of their names: the mark is served by hosts that serve everything, and shall list nothing.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from guide.publish.unchanged import MARK, names, stamp, tree

FIRST = "made by build.py; replaced whole by the next build\n"
SIZE = 6  # bytes of a digest: a chance of 1 in 10,000,000,000 that a stranger among 30,000 files is not seen
ASSETS = "assets"
BESIDE = (ASSETS, "pagefind")  # folders where more of ours lies than is written page by page
# What hosts ask for beside a site, and nobody can write elsewhere: a domain's name, proofs, "publish it as it is".
KEPT = ("CNAME", ".nojekyll", ".well-known")
RUBBISH = (".DS_Store", "Thumbs.db", "desktop.ini")  # file managers leave these wherever somebody has looked


def begin(folder: Path) -> None:
    """Mark a fresh folder as ours, before anything is in it: what a killed build leaves is known by this."""
    (folder / MARK).write_text(FIRST, encoding="utf-8")


def take_over(last: Path, folder: Path) -> list[str]:
    """Put into a new site what passes over from the last one: what only hosts need, and its assets for one release more.

    Pages that somebody still has open, or that a cache holds, name the assets of their own release. Those of older releases go,
    so that there are never more than two. Returns the names of files that are not ours.
    """
    if not (last / MARK).is_file():
        return []
    told = _told(last, "names")
    ours = _ours(told)
    kept = [name for name in names(last, KEPT) if told and _digest(name) not in ours]
    strangers = [name for name in kept if not os.path.lexists(folder / name)]
    for name in strangers:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(last / name, folder / name, follow_symlinks=False)
    there, new = _folders(last / ASSETS), _folders(folder / ASSETS)
    for name in (there - older(last) - new) or (there & older(last)) - new:
        shutil.copytree(last / ASSETS / name, folder / ASSETS / name, copy_function=again)
    return strangers


def older(folder: Path) -> set[str]:
    """The asset folders in a published site that its last release brought along."""
    return set(_told(folder, "older").split())


def again(source: str, target: str) -> None:
    """A file of the last site once more: a second name where the disk can do that, else a copy. Servers can read it."""
    if os.stat(source).st_mode & 0o777 == 0o644:  # noqa: PTH116  # thousands
        try:
            os.link(source, target)
        except OSError:
            pass
        else:
            return
    Path(target).write_bytes(Path(source).read_bytes())


def finish(folder: Path, written: Iterable[str], strangers: Iterable[str], own: Iterable[str]) -> None:
    """Write down what a folder holds: what was `written` and all BESIDE; `strangers` are not ours.

    `own` are the folders of this release's assets.
    """
    ours = b"".join(sorted(_digest(name) for name in {*written, *names(folder, BESIDE)} - set(strangers)))
    brought = " ".join(sorted(_folders(folder / ASSETS) - set(own)))
    with (folder / MARK).open("a", encoding="utf-8") as file:
        file.write(f"older {brought}\nnames {base64.b64encode(ours).decode()}\n")


def seal(site: Path, made_of: str) -> str:
    """Write into a published site what it was made of ("" for nothing told). Returns a look at it (unchanged.tree).

    Last of all: files that stay get a new time when their name in the old site goes.
    """
    held = tree(site)
    if made_of:
        with (site / MARK).open("a", encoding="utf-8") as file:
            file.write(stamp(held, made_of) + "\n")
    return held


def strangers(folder: Path, found: Iterable[str]) -> list[str]:
    """Which of the names found in a published folder are neither ours nor taken over: they would be gone with the next build."""
    told = _told(folder, "names")
    if not told:  # published before marks told of names
        return []
    ours = _ours(told)
    strange = [n for n in found if _digest(n) not in ours and not _is_made_of_ours(n, ours)]
    return [n for n in strange if not _is_kept(n) or not _can_pass_over(folder / n)]


def _is_kept(name: str) -> bool:
    return name.split("/", maxsplit=1)[0] in KEPT


def _can_pass_over(path: Path) -> bool:
    """A file or a link: a pipe cannot be copied, and would keep us waiting."""
    kind = path.lstat().st_mode
    return stat.S_ISREG(kind) or stat.S_ISLNK(kind)


def _is_made_of_ours(name: str, ours: set[bytes]) -> bool:
    """Rubbish of file managers, or one of our files packed by somebody else."""
    return name.rsplit("/", maxsplit=1)[-1] in RUBBISH or (name.endswith((".gz", ".br")) and _digest(name[:-3]) in ours)


def _told(folder: Path, what: str) -> str:
    try:
        lines = (folder / MARK).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:  # an empty folder
        return ""
    for line in lines:
        if line.startswith(what + " "):
            return line.removeprefix(what + " ")
    return ""


def _ours(told: str) -> set[bytes]:
    try:
        data = base64.b64decode(told)
    except ValueError:
        return set()
    return {data[at : at + SIZE] for at in range(0, len(data), SIZE)}


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=SIZE).digest()


def _folders(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return set()
