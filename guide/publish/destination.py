"""Whether a folder may be replaced by a site: told before anything is read, with what to do when not.

Refused is what would hurt: what a site is made from, what others put there, what cannot be replaced at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from guide.publish import mark, unchanged
from guide.publish.unchanged import MARK
from guide.read import signals, trouble
from guide.read.findings import Refused

# At the top of an edition or of the generator's folder: what a site is made from, or what belongs to the work on it.
SOURCES = {
    *("content", "static", "templates", "guide", "examples", "requirements"),
    *("tests", "docs", "tools", "deploy", "bench"),
}
NEVER = {".git", ".hg", ".svn", ".venv", ".tools", "node_modules", "__pycache__"}
PREVIEW = re.compile(r"\..+-preview")  # where `serve` builds, beside the site
OURS = re.compile(r"\..+-(memo|(stage|old)-[a-z0-9_]{8})")  # what builds keep beside a site
ODD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # a name that no message can show
ELSEWHERE = "別の場所を --out で選んでください。"
MOUNTED = "その中にフォルダーを1つ作り、それを --out で選んでください。"


def resolved(path: Path) -> Path:
    """Where a path leads: a link stays, what it leads to is replaced. Raises Refused for links that lead nowhere at all."""
    try:
        return path.resolve()
    except RuntimeError as error:  # links in a ring
        raise Refused(f"{_shown(path)} は、たがいを指すリンクです。リンクを直すか、{ELSEWHERE}") from error


def guard(destination: Path, edition: Path, home: Path) -> str:
    """Raise Refused unless `destination` may be replaced. Returns a look at what it holds (unchanged.tree)."""
    may_hold(destination, edition, home)
    with _refusing(destination):
        return _contents(destination)


def may_hold(destination: Path, edition: Path, home: Path) -> None:
    """Raise Refused unless a site may be put there, whatever lies there now: told without looking at thousands of files."""
    with _refusing(destination):
        _name(destination)
        _place(destination, edition.resolve(), home.resolve())
        _mounts(destination)
        _rights(destination)


@contextlib.contextmanager
def _refusing(destination: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{_shown(destination)} には書き出せません。{trouble.why(error)}。") from error


def _shown(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()


def _name(destination: Path) -> None:
    try:
        readable = os.fsencode(destination).decode()  # a locale that knows no Japanese shows us the bytes of it
    except UnicodeDecodeError:
        readable = str(destination)
    if ODD.search(readable):
        raise Refused(f"{_shown(destination)!r} には書き出せません。名前に読めない文字があります。{ELSEWHERE}")


def _place(destination: Path, edition: Path, home: Path) -> None:
    """Neither what a site is made from, nor above or inside of it; neither inside another site nor where somebody stands."""
    for project in (edition, home):
        if destination == project or destination in project.parents:
            raise Refused(f"{destination} には書き出せません。サイトの元のファイルが入っています。{ELSEWHERE}")
    inside = next((project for project in (edition, home) if project in destination.parents), None)
    top = destination.relative_to(inside).parts[0] if inside else ""
    if top in SOURCES or (top.startswith(".") and not PREVIEW.fullmatch(top)):
        raise Refused(f"{destination} には書き出せません。{top} は、サイトの元のファイルや道具のフォルダーです。{ELSEWHERE}")
    for part in destination.parts:
        if part in NEVER or OURS.fullmatch(part):
            raise Refused(f"{destination} には書き出せません。{part} は、道具が使うフォルダーです。{ELSEWHERE}")
    for above in destination.parents:
        if (above / MARK).exists():
            raise Refused(f"{destination} には書き出せません。公開中のサイト（{above}）の中は、次に作ると消えます。{ELSEWHERE}")
        if (above / "site.toml").exists() and destination.relative_to(above).parts[0] == "content":
            raise Refused(f"{destination} には書き出せません。ほかの版（{above}）の元のファイルの中です。{ELSEWHERE}")
    with contextlib.suppress(FileNotFoundError):  # the folder where somebody stood is gone
        here = Path.cwd()
        if destination == here or destination in here.parents:
            raise Refused(f"{destination} は、いまいるフォルダーなので入れ替えられません。「cd」で外に出てから作ってください。")


def _mounts(destination: Path) -> None:
    """A disk or volume that is mounted there cannot be swapped for another folder, nor be taken along."""
    for place in [destination] if destination.is_mount() else _mounted():
        if place == destination or destination in place.parents:
            raise Refused(f"{place} にはディスク（マウント）がつながっていて、入れ替えられません。{MOUNTED}")


def _mounted() -> list[Path]:
    """All places where something is mounted, as Linux tells; a folder mounted onto one of the same disk is told nowhere else."""
    try:
        with Path("/proc/self/mountinfo").open("rb") as file:
            places = [line.split(b" ")[4] for line in file]
    except (OSError, IndexError):
        return []
    return [Path(os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), place))) for place in places]


def _rights(destination: Path) -> None:
    """We may put a folder beside it, and take away what is there."""
    if destination.exists() and not destination.is_dir():
        raise Refused(f"{destination} はフォルダーではありません。{ELSEWHERE}")
    above = next(folder for folder in destination.parents if folder.exists())
    if not above.is_dir():
        raise Refused(f"{destination} には書き出せません。{above} はフォルダーではありません。{ELSEWHERE}")
    try:  # the only answer that is sure
        with signals.held():
            Path(tempfile.mkdtemp(prefix=f".{destination.name[:50]}-stage-", dir=above)).rmdir()
    except PermissionError as error:
        raise Refused(f"{destination} には書き出せません。{above} に書く権限がありません。権限を直すか、{ELSEWHERE}") from error
    except FileNotFoundError as error:  # folders of the system (/proc)
        if not above.exists() or not above.stat().st_size:
            raise Refused(f"{destination} には書き出せません。{above} はファイルの置き場所ではありません。{ELSEWHERE}") from error
    if not destination.exists() or not hasattr(os, "geteuid") or os.geteuid() == 0:
        return
    if destination.stat().st_uid != os.geteuid():
        raise Refused(f"{destination} は別の利用者のものなので、入れ替えられません。その利用者で作るか、{ELSEWHERE}")
    if not os.access(destination, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(f"{destination} を読み書きする権限がありません。権限を直すか、{ELSEWHERE}")


def _contents(destination: Path) -> str:
    """Empty, or ours with nothing in it that others put there."""
    if not destination.is_dir():
        return unchanged.tree(destination)
    if any(destination.iterdir()) and not (destination / MARK).is_file():
        raise Refused(f"{destination} には、このツールが作ったものではないファイルがあります。{ELSEWHERE}")
    names, held = unchanged.looked(destination)
    if strangers := mark.strangers(destination, names):
        told = "、".join(strangers[:3]) + (f" など {len(strangers)} 個" if len(strangers) > 3 else "")
        raise Refused(
            f"{destination} に、このツールが作っていないファイルがあります（{_shown(Path(told))}）。"
            "作り直すと消えるので、ほかの場所に移してください。"
        )
    return held
