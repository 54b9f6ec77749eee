"""Whether a warm build is ever other than a clean one: python bench/edits.py [edits] [seed].

Random edits in random order of everything that a site is made of (records, lists, pages, settings, templates, styles, the
day, the base path), each followed by a build beside the memos of all before and a clean one. Prints the differences, which
must be none: 2,000 edits take about five minutes. A short run of it is a test (tests/test_warm.py).
"""

from __future__ import annotations

import datetime
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide import pipeline  # noqa: E402  # the checkout is not installed
from guide.publish.mark import ASSETS, older  # noqa: E402  # the checkout is not installed
from guide.publish.swap import beside  # noqa: E402  # the checkout is not installed
from guide.publish.unchanged import MARK  # noqa: E402  # the checkout is not installed

DAY = datetime.date(2026, 3, 1)
WORDS = ("川", "山の", "まち", "くらし", "3回", "こども")


class World:
    """An invented town's edition and a copy of the generator's own files, in a folder; and the options of the next build."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # repeatable, not secret
        self.edition, self.home, self.folder = folder / "edition", folder / "home", folder
        shutil.copytree(HOME / "tests" / "sites" / "good", self.edition, ignore=shutil.ignore_patterns("expected"))
        for name in ("templates", "static", "examples"):
            shutil.copytree(HOME / name, self.home / name)
        self.first = {path: path.read_bytes() for path in self.files("edition", "home")}
        self.day, self.base, self.gallery = DAY, "/", False

    def files(self, *roots: str) -> list[Path]:
        return sorted(path for root in roots for path in (self.folder / root).rglob("*") if path.is_file())

    def some(self, pattern: str, root: str = "edition") -> Path | None:
        """A file of the edition (or home) at random whose path matches, if any is left."""
        found = [path for path in self.files(root) if re.search(pattern, path.as_posix())]
        return self.random.choice(found) if found else None

    def edit(self) -> str:
        """Change something; returns what was done."""
        change = self.random.choice(CHANGES)
        return f"{change.__name__} {change(self)}"

    def job(self, out: str) -> pipeline.Job:
        return pipeline.Job(self.edition, self.home, self.folder / out, self.day, self.base, search=False, gallery=self.gallery)


def rewrite(world: World, path: Path | None, old: str, new: Callable[[re.Match[str]], str]) -> str:
    """Replace one match at random in a file."""
    if path is None:
        return "nothing"
    text = path.read_text(encoding="utf-8")
    if matches := list(re.finditer(old, text, re.MULTILINE)):
        match = world.random.choice(matches)
        path.write_text(text[: match.start()] + new(match) + text[match.end() :], encoding="utf-8")
    return path.name


def body(world: World) -> str:
    return rewrite(world, world.some(r"content/.*\.md$"), r"。", lambda _: f"。{world.random.choice(WORDS)}があります。")


def value(world: World) -> str:
    """A word more or less in a text of front matter: names, summaries, conditions, readings of none."""
    keys = r"^( *(?:- )?(?:name|summary|text|when|start|label|hours|note|english|meaning|title): )(\S.*)$"
    return rewrite(world, world.some(r"content/.*"), keys, lambda m: f"{m[1]}{world.random.choice(WORDS)}{m[2]}")


def line_gone(world: World) -> str:
    return rewrite(world, world.some(r"content/.*"), r"^  - .*\n", lambda _: "")


def line_twice(world: World) -> str:
    return rewrite(world, world.some(r"content/.*"), r"^  - \S*\n", lambda m: m[0] + m[0])


def status(world: World) -> str:
    return rewrite(
        world, world.some(r"(programs|consultation)/"), r"^status: \w+", lambda _: "status: ended\nstatus_note: 終わりました。"
    )


def record_more(world: World) -> str:
    path = world.some(r"(programs|consultation)/")
    if path is None:
        return "nothing"
    copy = path.with_name(f"{path.stem}-{world.random.randrange(9)}.md")
    text = path.read_text(encoding="utf-8").replace("name: ", "name: また", 1).replace("yomi: ", "yomi: また", 1)
    copy.write_text(re.sub(r"  - number: .*\n(    .*\n)+", "", text), encoding="utf-8")
    return copy.name


def record_gone(world: World) -> str:
    path = world.some(r"(programs|consultation|schemes)/")
    if path is not None:
        path.unlink()
    return path.name if path else "nothing"


def settings(world: World) -> str:
    return rewrite(world, world.edition / "site.toml", r'^(title|city|label|text|area) = "', lambda m: f"{m[0]}み")


def template(world: World) -> str:
    return rewrite(world, world.some(r"templates/.*html$", "home"), r"<p", lambda _: f'<p id="x{world.random.randrange(10**9)}"')


def style(world: World) -> str:
    path = world.some(r"static/(css|js)/", "home")
    assert path is not None
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return rewrite(world, path, r"0\.5", lambda _: "0.6")


def day(world: World) -> str:
    world.day += datetime.timedelta(days=world.random.choice((1, 1, 100)))
    return str(world.day)


def options(world: World) -> str:
    world.base, world.gallery = world.random.choice(("/", "/x/")), world.random.random() < 0.3
    return f"{world.base} {world.gallery}"


def as_before(world: World) -> str:
    """All as at the beginning: what is known from then must still be right, or not be believed."""
    for path in world.files("edition", "home"):
        if path not in world.first:
            path.unlink()
    for path, data in world.first.items():
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    world.day = DAY
    return ""


CHANGES = (body, body, value, value, line_gone, line_twice, status, record_more, record_gone)
CHANGES += (settings, template, style, day, options, as_before, as_before, as_before)


def told(job: pipeline.Job) -> tuple[object, dict[str, bytes]]:
    """What a build says and what it publishes, the mark aside; of a faulty edition what it says alone."""
    result = pipeline.build(job)
    files = sorted(path for path in job.out.rglob("*") if path.is_file()) if result.published else []
    brought = {job.out / ASSETS / name for name in older(job.out)}  # assets of the release before
    files = [path for path in files if brought.isdisjoint(path.parents)]
    published = {path.relative_to(job.out).as_posix(): path.read_bytes() for path in files if path.name != MARK}
    return (result.findings, result.published, result.pages, result.characters, result.heaviest, result.notes), published


def differences(world: World) -> list[str]:
    """What a warm build and a clean one do not agree in."""
    warm, clean = told(world.job("warm")), told(world.job("clean"))
    shutil.rmtree(beside(world.folder / "clean"), ignore_errors=True)
    shutil.rmtree(world.folder / "clean", ignore_errors=True)
    wrong = [] if warm[0] == clean[0] else [f"told: {warm[0]} / {clean[0]}"]
    return wrong + [path for path in {**warm[1], **clean[1]} if warm[1].get(path) != clean[1].get(path)]


def main() -> None:
    edits, seed = (int(each) for each in (*sys.argv[1:], "2000", "1")[:2])
    wrong = faulty = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), seed)
        for number in range(edits):
            done = world.edit()
            found = differences(world)
            faulty += not (world.folder / "warm").exists()
            if found:
                wrong += 1
                print(f"edit {number}, {done}: {found[:5]}")
    print(f"{edits} edits, {wrong} with a difference")


if __name__ == "__main__":
    main()
