"""Whole sites: goldens of <main>, the same bytes every time, any base path, any city."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import HOME, SITES, tree

from guide import pipeline
from guide.publish.unchanged import MARK

Jobs = Callable[..., pipeline.Job]
EXPECTED = SITES / "good" / "expected"


def mains(folder: Path) -> dict[str, str]:
    pages = {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.html"))}
    return {path: re.search("<main.*</main>", text, re.DOTALL)[0] + "\n" for path, text in pages.items()}  # type: ignore[index]


def test_goldens(job: Jobs, request: pytest.FixtureRequest) -> None:
    """The main part of every page of the invented town is as it was agreed (--update-goldens rewrites it)."""
    made = job()
    assert pipeline.build(made).published
    built = mains(made.out)
    if request.config.getoption("--update-goldens"):
        for old in EXPECTED.rglob("*.html"):
            old.unlink()
        for path, text in built.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, encoding="utf-8")

    assert built == {p.relative_to(EXPECTED).as_posix(): p.read_text(encoding="utf-8") for p in sorted(EXPECTED.rglob("*.html"))}


def build_elsewhere(folder: Path, zone: str, seed: str, locale: str, cores: set[int]) -> dict[str, bytes]:
    """The real guide, built by another process in another folder, time zone, hash seed, locale and on some cores.

    The mark is left out: it holds the times of what the site was made of.
    """
    command = [sys.executable, str(HOME / "build.py"), "--out", str(folder / "public"), "--today", "2026-11-30"]
    env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"}
    bound = partial(os.sched_setaffinity, 0, cores)
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=folder, preexec_fn=bound)
    return {path: data for path, data in tree(folder / "public").items() if path != MARK}


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two builds of the real guide agree in every byte, Pagefind's bundle included (SEC-11)."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = build_elsewhere(tmp_path / "a", "Asia/Tokyo", "1", "C", {min(os.sched_getaffinity(0))})
    second = build_elsewhere(tmp_path / "b", "America/New_York", "2", "C.UTF-8", os.sched_getaffinity(0))
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert any(path.startswith("pagefind/") for path in first)


def test_every_address_honours_the_base_path(job: Jobs) -> None:
    made = job(base_path="/a/b/", search=True)
    assert pipeline.build(made).published
    for path, text in mains(made.out).items():
        inside = re.findall(r'(?:href|src|action|data-\w+)="(/[^"]*)"', text)
        assert [address for address in inside if not address.startswith("/a/b/")] == [], path
    assert "/a/b/*" in (made.out / "_headers").read_text()
    guide = json.loads((made.out / "data" / "guide.json").read_text(encoding="utf-8"))
    assert all(
        record["url"].startswith("/a/b/") for kind in ("programs", "windows", "situations", "units") for record in guide[kind]
    )


def test_no_city_in_the_generator() -> None:
    """Not one word of the edition's city stands in the generator, its templates or its static files."""
    words = re.compile("熊本|くまもと|クマモト|kumamoto|096-|ささえりあ|ひごまる", re.IGNORECASE)
    for folder in ("guide", "templates", "static"):
        for path in (HOME / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                assert not words.search(path.read_text(encoding="utf-8")), path


def test_the_sample_notice_is_on_every_page_and_can_be_switched_off(job: Jobs, mini: Path) -> None:
    made = job()
    assert pipeline.build(made).published
    pages = list(made.out.rglob("*.html"))
    assert all("架空の町の試験用" in page.read_text() for page in pages)
    toml = mini / "site.toml"
    toml.write_text(toml.read_text().replace("sample = true", "sample = false").replace(".example", ".lg.jp"))
    assert pipeline.build(made).published
    assert not any("架空の町の試験用" in page.read_text() for page in pages)


def test_mending_the_file_clears_the_finding(job: Jobs, mini: Path) -> None:
    program = mini / "content" / "programs" / "kome-bin.md"
    good = program.read_text()
    program.write_text(good.replace("status: active", "status: activ"))
    assert [f.code for f in pipeline.build(job()).findings] == ["F004"]
    program.write_text(good)
    assert pipeline.build(job()).findings == ()


def test_all_faults_of_all_files_are_told_in_one_run(job: Jobs, mini: Path) -> None:
    program, window = mini / "content" / "programs" / "kome-bin.md", mini / "content" / "consultation" / "yakuba.md"
    program.write_text(program.read_text().replace("こめびつびん", "コメ").replace("status: active", "status: x"))
    window.write_text(window.read_text().replace("0999-00-0001", "0999-1").replace("平日 9:00〜17:00", "''"))
    (mini / "content" / "glossary.yaml").write_text("terms: []\n")
    codes = [f.code for f in pipeline.build(job()).findings]
    assert codes == ["F008", "F005", "F001", "F007", "F004"]
