"""Whatever stops a build, and whenever: a whole site, true words, nothing left behind (bench/kills.py, a short run of it)."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import kills
import pytest
from conftest import HOME, tree

import build
from guide import pipeline
from guide.publish import mark, swap
from guide.read import signals
from guide.read.findings import Refused
from guide.search import fulltext

Jobs = Callable[..., pipeline.Job]


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of a process that listens, for this test; signals are sent by calling what hears them."""
    monkeypatch.setattr(signals, "_now", signals._State(owner=os.getpid()))


def send() -> None:
    signals._hear(signal.SIGTERM, None)


@pytest.mark.usefixtures("listening")
def test_a_signal_waits_for_the_end_of_what_is_held() -> None:
    done = []

    def work() -> None:
        with signals.held():
            send()
            done.append(1)

    with pytest.raises(signals.Stopped):
        work()
    assert done == [1]


@pytest.mark.usefixtures("listening")
def test_what_is_tidied_up_is_not_cut_off() -> None:
    done = []

    def work() -> None:
        with signals.held():
            try:
                with signals.heard():
                    send()
                    done.append("never")
            finally:
                send()
                done.append("tidied")

    with pytest.raises(signals.Stopped):
        work()
    assert done == ["tidied"]


@pytest.mark.usefixtures("listening")
def test_after_the_point_of_no_return_a_signal_is_noted_only() -> None:
    with signals.held(), signals.heard(), signals.held():
        signals.no_return()
        send()
    assert signals.noted()
    with pytest.raises(signals.Stopped):
        signals.heed()


def test_a_signal_waits_until_a_module_is_loaded(tmp_path: Path) -> None:
    """Libraries in C++ end the process when Python raises something while they are loaded."""
    (tmp_path / "heavy.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nprint('loaded', flush=True)\n")
    code = f"""import sys, time; sys.path[:0] = [{str(HOME)!r}, {str(tmp_path)!r}]
from guide.read import signals
signals.listen()
import heavy
try:
    time.sleep(10)
except signals.Stopped:
    print("stopped")"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=8)
    assert done.stdout == "loaded\nstopped\n"


@pytest.mark.usefixtures("listening")
def test_a_signal_that_was_swallowed_stops_before_the_swap(job: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python drops what is raised where it tidies up objects."""
    made = job()
    real = mark.finish

    def finish(*args: object) -> str:
        with pytest.raises(signals.Stopped):
            send()
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(mark, "finish", finish)
    with pytest.raises(signals.Stopped):
        pipeline.build(made)
    assert not made.out.exists()


@pytest.mark.usefixtures("listening")
def test_a_signal_during_the_swap_is_told_as_it_is(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = swap.exchange
    options = ["--site", str(mini), "--out", str(tmp_path / "o"), "--no-search", "--today", "2026-03-01"]
    assert build.main(options) == 0

    def exchange(one: Path, other: Path) -> None:
        send()
        real(one, other)

    monkeypatch.setattr(swap, "exchange", exchange)
    (mini / "site.toml").open("a", encoding="utf-8").write("# 二\n")
    signals.heed()
    assert build.main(options) == 0
    said = capsys.readouterr()
    assert "できました" in said.out
    assert "もう公開していました" in said.err
    assert "そのままです" not in said.err


def test_killed_builds_leave_whole_sites_and_true_words(tmp_path: Path) -> None:
    """One of each signal in make quick; forty in the slow test."""
    world = kills.World(tmp_path, 1, search=False)
    for what in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        assert kills.kill(world, "swap", what, search=False)[0] == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_forty_killed_builds(tmp_path: Path) -> None:
    world = kills.World(tmp_path, int(time.time()))
    assert kills.kills(world, 40)["faults"] == 0


@pytest.mark.slow
def test_builds_at_once_full_disks_and_readers(tmp_path: Path) -> None:
    world = kills.World(tmp_path, 1)
    assert kills.doubles(world, 3)["faults"] == 0
    assert kills.full(world, 6)["faults"] == 0
    told = kills.swaps(world, 4)
    assert (told["gaps"], told["lost styles"], told["left"], told["most asset folders"]) == (0, 0, 0, 2)


def test_pagefind_ends_with_its_build(tmp_path: Path, job: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed without a chance to tidy up, a build takes its Pagefind along; a hanging one too."""
    code = f"""import sys, time; sys.path.insert(0, {str(HOME)!r})
from pathlib import Path
from guide.read.memo import Memo
from guide.search import fulltext
fulltext.pagefind = lambda: ["/bin/sh", "-c", "exec sleep 60"]
with fulltext.indexing({{"a/index.html": "川"}}, Path({str(tmp_path)!r}), Memo()) as index:
    print(index.process.pid, flush=True)
    time.sleep(60)"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _runs(child):
        time.sleep(0.01)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_limit_to_the_size_of_files_is_told_and_the_index_whole(job: Jobs) -> None:
    """The report's `ulimit -f 40`: rc 0, with pagefind.js cut at 40,960 bytes."""
    made = job(search=True)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40 * 1024, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            pipeline.build(made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not made.out.exists()
    assert pipeline.build(made).published
    assert (made.out / "pagefind" / "pagefind.js").stat().st_size > 45_000


def test_a_full_disk_is_called_that(mini: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--out", str(tmp_path / "o"), "--today", "2026-03-01"]
    limited = ["sh", "-c", 'ulimit -f 40; exec "$@"', "sh", *command]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "やめました: ファイルを読み書きできません。書けるファイルの大きさに限りがあります" in done.stderr
    assert "公開中のサイトはそのままです" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["edition"]


@pytest.mark.parametrize("answer", ["e30=,e30=,e30", "e30=,e30=,e30=,", "x,x,x,", "e30=,e30=,W10=,", ""])
def test_a_cut_answer_of_pagefind_is_refused_and_not_kept(
    job: Jobs, tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\nprintf '{answer}'\n")
    fake.chmod(0o755)
    made = job(search=True)
    with monkeypatch.context() as patch:
        patch.setattr(fulltext, "pagefind", lambda: [str(fake)])
        with pytest.raises(Refused, match="索引"):
            pipeline.build(made)
    assert pipeline.build(made).published
    entry = json.loads((made.out / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert sum(language["page_count"] for language in entry["languages"].values()) == 6


def test_nobody_listening_stops_nothing(mini: Path, tmp_path: Path) -> None:
    """`build.py | true`, and a log on a full disk."""
    command = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--out", str(tmp_path / "o"), "--today", "2026-03-01"]
    for log in ("| true", ">/dev/full 2>&1"):
        (mini / "site.toml").open("a", encoding="utf-8").write("# 二\n")
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f'"$@" --no-search {log}', "sh", *command],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "o" / "index.html").exists()


def test_the_assets_of_the_last_release_stay_for_one_more(job: Jobs, tmp_path: Path) -> None:
    """A page that somebody still reads finds its stylesheet; nothing grows."""
    world = kills.World(tmp_path / "world", 1, search=False)
    css = world.home / "static" / "css" / "base.css"
    made = job(home=world.home)
    folders = []
    for number in range(4):
        css.write_text(css.read_text(encoding="utf-8") + f"\n.g-x{number} {{ color: red }}\n", encoding="utf-8")
        for _ in range(2):  # the second changes nothing in the assets, and takes nothing away
            assert pipeline.build(made).published
            there = {path.name for path in (made.out / "assets").iterdir()}
            folders += [name for name in there if name not in folders]
            assert there == set(folders[-2:])
    before = tree(made.out / "assets")
    assert before[f"{folders[-2]}/site.css"] != before[f"{folders[-1]}/site.css"]
