"""The published site survives everything: a full disk, a crash, an interrupt, a wrong destination."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from conftest import HOME, SITES, tree

from guide import pipeline
from guide.publish import compress, swap
from guide.read.findings import Refused
from guide.search import fulltext

Jobs = Callable[..., pipeline.Job]


def strays(folder: Path) -> list[str]:
    """What a build left behind beside its site, the memos aside, which are meant to stay."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") and not p.name.endswith("-memo"))


@pytest.fixture
def standing(job: Jobs) -> pipeline.Job:
    """A job whose site is already published."""
    made = job()
    assert pipeline.build(made).published
    return made


def assert_untouched(made: pipeline.Job, before: dict[str, bytes]) -> None:
    assert tree(made.out) == before
    assert strays(made.out.parent) == []


def test_a_fault_in_content_leaves_the_site(standing: pipeline.Job) -> None:
    before = tree(standing.out)
    (standing.edition / "content" / "units.yaml").unlink()
    assert not pipeline.build(standing).published
    assert_untouched(standing, before)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
def test_a_failing_write_leaves_the_site(standing: pipeline.Job, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(standing.out)
    real, count = swap._put, iter(range(1000))

    def put(path: str, data: bytes) -> None:
        if next(count) == 7:
            raise error
        real(path, data)

    monkeypatch.setattr(swap, "_put", put)
    with pytest.raises(type(error)):
        pipeline.build(standing)
    monkeypatch.undo()
    assert_untouched(standing, before)


@pytest.mark.parametrize("script", ["import sys; sys.exit(3)", "import os; os.kill(os.getpid(), 9)", "pass"])
def test_a_failing_pagefind_leaves_the_site(
    standing: pipeline.Job, job: Jobs, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may exit with an error, be killed, or exit with 0 having done nothing."""
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{script}'\n")
    fake.chmod(0o755)
    before = tree(standing.out)
    monkeypatch.setattr(fulltext, "pagefind", lambda: [str(fake)])
    with pytest.raises(Refused, match="索引"):
        pipeline.build(job(search=True))
    assert_untouched(standing, before)


def test_a_hanging_pagefind_is_given_up(
    standing: pipeline.Job, job: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "fake"
    fake.write_text("#!/bin/sh\nexec sleep 30\n")
    fake.chmod(0o755)
    before = tree(standing.out)
    monkeypatch.setattr(fulltext, "pagefind", lambda: [str(fake)])
    monkeypatch.setattr(fulltext, "LIMIT_S", 0.3)
    with pytest.raises(Refused, match="終わりませんでした"):
        pipeline.build(job(search=True))
    assert_untouched(standing, before)


def test_pages_lost_by_pagefind_stop_the_build(standing: pipeline.Job, job: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that Pagefind skips without a word is noticed by the count."""
    before = tree(standing.out)
    monkeypatch.setattr(fulltext, "SHADOW", "<p>no body marker {lang} {text}")
    with pytest.raises(Refused):
        pipeline.build(job(search=True))
    assert_untouched(standing, before)


@pytest.fixture
def old_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that cannot exchange two folders at once."""

    def exchange(_one: Path, _other: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(swap, "exchange", exchange)


@pytest.mark.usefixtures("old_disk")
def test_two_renames_swap_where_there_is_no_exchange(standing: pipeline.Job) -> None:
    (standing.edition / "site.toml").open("a", encoding="utf-8").write("# 二\n")
    assert pipeline.build(standing).published
    assert strays(standing.out.parent) == []


@pytest.mark.usefixtures("old_disk")
def test_a_failing_second_rename_brings_the_old_site_back(standing: pipeline.Job, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(standing.out)
    real, count = Path.rename, iter(range(10))

    def rename(path: Path, target: Path) -> Path:
        if next(count) == 1:
            raise OSError(5, "Input/output error")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="Input/output"):
        pipeline.build(standing)
    monkeypatch.undo()
    assert_untouched(standing, before)


def test_a_swap_cut_off_between_its_renames_is_mended_by_the_next_build(standing: pipeline.Job) -> None:
    before = tree(standing.out)
    standing.out.rename(standing.out.parent / f".{standing.out.name}-old-abcdefgh")
    (standing.out.parent / f".{standing.out.name}-stage-abcdefgh").mkdir()
    (standing.edition / "content" / "units.yaml").unlink()
    assert not pipeline.build(standing).published
    assert_untouched(standing, before)


def test_only_what_builds_left_is_cleared(standing: pipeline.Job, job: Jobs) -> None:
    """Another site's stage, whatever its name and ours are; and folders of people that are named alike."""
    names = (".other-stage-abcdefgh", ".public-stage-2026", ".public-stage-20261130", ".public-old", ".public-old-abcdefgh")
    for name in names:
        (standing.out.parent / name).mkdir()
        (standing.out.parent / name / "mine.txt").write_text("mine")
    (standing.out.parent / ".other-stage-abcdefgh" / swap.MARK).write_text("x")
    assert pipeline.build(standing).published
    for name in ("*", "[a-z]*", "?ther"):
        assert pipeline.build(job(out=standing.out.parent / name)).published
    assert strays(standing.out.parent) == sorted(names)


def test_the_old_site_that_cannot_be_removed_is_told_and_goes_later(
    standing: pipeline.Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.rmtree

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    (standing.edition / "site.toml").open("a", encoding="utf-8").write("# 二\n")
    made = pipeline.build(standing)
    assert made.published
    assert any("消せません" in note and "権限がありません" in note for note in made.notes)
    assert strays(standing.out.parent)
    monkeypatch.setattr(shutil, "rmtree", real)
    assert pipeline.build(standing).published
    assert strays(standing.out.parent) == []


@pytest.mark.parametrize("umask", [0o077, 0o027, 0o777])
def test_a_server_can_read_everything_whatever_the_umask(job: Jobs, tmp_path: Path, umask: int) -> None:
    made = job(out=tmp_path / "new" / "deep" / "public", packed=True, search=True)
    before = os.umask(umask)
    try:
        for _ in range(2):
            assert pipeline.build(made).published
            (made.edition / "site.toml").open("a", encoding="utf-8").write("# 二\n")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "new").rglob("*") if "-memo" not in str(path)}
    assert modes == {True: 0o755, False: 0o644}
    assert {path.stat().st_mode & 0o077 for path in swap.beside(made.out).iterdir()} == {0}


def test_a_folder_that_is_not_ours_is_refused(job: Jobs, tmp_path: Path) -> None:
    mine = tmp_path / "photos"
    mine.mkdir()
    (mine / "a.jpg").write_bytes(b"x")
    with pytest.raises(Refused, match="作ったものではない"):
        pipeline.build(job(out=mine))
    assert tree(mine) == {"a.jpg": b"x"}


def test_a_destination_that_holds_the_project_is_refused(job: Jobs, mini: Path) -> None:
    for place in (mini, mini.parent, HOME, HOME.parent):
        with pytest.raises(Refused):
            pipeline.build(job(out=place))
    assert (SITES / "good" / "site.toml").exists()


def test_files_of_an_older_build_vanish(standing: pipeline.Job, job: Jobs) -> None:
    assert pipeline.build(job(gallery=True, packed=True)).published
    assert (standing.out / "gallery" / "index.html.gz").exists()
    assert pipeline.build(standing).published
    assert not (standing.out / "gallery").exists()
    assert not list(standing.out.rglob("*.gz"))


def test_packed_files_stand_beside_their_originals(job: Callable[..., pipeline.Job]) -> None:
    """`.br` and `.gz` of every text file over a kilobyte, equal after unpacking, with no time in them (PERF-6)."""
    out = job().out
    assert pipeline.build(job(packed=True)).published
    texts = [p for p in out.rglob("*") if p.suffix in compress.TEXTS and p.stat().st_size > compress.LEAST]
    assert texts
    for path in texts:
        plain, packed = path.read_bytes(), path.with_name(path.name + ".gz").read_bytes()
        assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == plain
        assert gzip.decompress(packed) == plain
        assert packed[4:8] == bytes(4)
    assert not list(out.glob("**/.guide-site.br"))


def test_a_second_build_waits_for_the_first(standing: pipeline.Job) -> None:
    """It would clear the stage of the first, which then published half a site."""
    told: list[str] = []
    second = threading.Thread(target=lambda: pipeline.build(standing, told.append))
    with swap.alone(standing.out, lambda: None):
        second.start()
        deadline = time.monotonic() + 20
        while not told and time.monotonic() < deadline:
            time.sleep(0.01)
        assert told == ["ほかの組み立てが終わるのを待っています"]
    second.join(30)
    assert told[1:]
    assert not second.is_alive()
    assert strays(standing.out.parent) == []


def test_a_link_as_destination_stays_and_what_it_leads_to_is_replaced(mini: Path, tmp_path: Path) -> None:
    link, real = tmp_path / "link", tmp_path / "real"
    real.mkdir()
    link.symlink_to(real)
    for mark in ("一", "二"):
        (mini / "site.toml").open("a", encoding="utf-8").write(f"# {mark}\n")
        command = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--out", str(link), "--today", "2026-03-01"]
        subprocess.run([*command, "--no-search"], check=True, capture_output=True)
        assert link.is_symlink()
        assert (real / "index.html").is_file()
