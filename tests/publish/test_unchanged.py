"""Nothing to do is found out at a glance, and never wrongly: any change of a source, an option or the site itself is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, tree

import build

UNCHANGED = "変わったものがない"
Run = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a site is made of beside its edition, in the place of the checkout."""
    folder = tmp_path / "home"
    for name in ("templates", "static", "examples", "requirements"):
        shutil.copytree(HOME / name, folder / name)
    monkeypatch.setattr(build, "HOME", folder)
    return folder


@pytest.fixture
def run(mini: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*options: str) -> str:
        every = ["--site", str(mini), "--out", str(tmp_path / "out"), "--no-search", "--today", str(MINI_TODAY)]
        assert build.main([*every, *options]) == 0
        return capsys.readouterr().out

    return run


def test_a_second_build_of_the_same_does_nothing(run: Run, tmp_path: Path) -> None:
    assert UNCHANGED not in run()
    before = tree(tmp_path / "out")
    assert UNCHANGED in run()
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize(
    "change",
    [
        lambda edition, home, out: (edition / "content" / "units.yaml").open("a").write("\n"),
        lambda edition, home, out: (edition / "site.toml").touch(),
        lambda edition, home, out: (edition / "content" / "pages" / "about.md").rename(edition / "x"),
        lambda edition, home, out: (home / "templates" / "pages" / "list.html").touch(),
        lambda edition, home, out: (home / "static" / "css" / "base.css").touch(),
        lambda edition, home, out: (home / "requirements" / "site.txt").touch(),
        lambda edition, home, out: (out / "index.html").write_text("x"),
        lambda edition, home, out: (out / "list" / "index.html").unlink(),
        lambda edition, home, out: (out / "list" / ".DS_Store").touch(),
        lambda edition, home, out: (out / ".guide-site").write_text("made by build.py\nx\n"),
        lambda edition, home, out: shutil.rmtree(out),
    ],
    ids=lambda change: "",
)
def test_any_change_is_seen(
    run: Run, mini: Path, home: Path, tmp_path: Path, change: Callable[[Path, Path, Path], object]
) -> None:
    """A source, the generator, a library, the site itself: each makes a new site."""
    run()
    before = tree(tmp_path / "out")
    change(mini, home, tmp_path / "out")
    if (mini / "x").exists():
        # The same name, size and time again; but meanwhile another may have been read in its place.
        (mini / "x").rename(mini / "content" / "pages" / "about.md")
    assert UNCHANGED not in run()
    after = tree(tmp_path / "out")
    assert {path: data for path, data in after.items() if path != ".guide-site"} == {
        path: data for path, data in before.items() if path != ".guide-site"
    }


@pytest.mark.parametrize("option", [("--base-path", "/x/"), ("--gallery",), ("--packed",), ("--today", "2026-03-02")])
def test_another_option_or_day_makes_another_site(run: Run, option: tuple[str, ...]) -> None:
    run()
    assert UNCHANGED not in run(*option)
    assert UNCHANGED in run(*option)


def test_a_site_with_remarks_tells_them_each_time(run: Run, mini: Path) -> None:
    """Accessibility results near the end of their year are told at every build."""
    runs = "runs:\n  - id: axe\n    tool: axe\n    date: '2025-04-15'\n    pages: 9\n    modes:\n      - light\n    faults: 0\n"
    (mini / "content" / "accessibility-results.yaml").write_text(runs, encoding="utf-8")
    first, second = run(), run()
    assert UNCHANGED not in first
    assert UNCHANGED not in second
