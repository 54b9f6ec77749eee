"""The command line as staff use it: what is printed, which exit code, nothing lost."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOME


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOME / "build.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_build_prints_a_summary_and_exits_0(mini: Path, tmp_path: Path) -> None:
    done = run("--site", mini, "--out", tmp_path / "o", "--today", "2026-03-01")
    assert done.returncode == 0, done.stderr
    for word in ("ページ 87", "検索できるページ 6", "文字", "秒", "重いページ（圧縮して KB）: consultation/"):
        assert word in done.stdout
    assert (tmp_path / "o" / "pagefind" / "pagefind.js").exists()


def test_findings_exit_1_and_leave_the_site(mini: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    assert run("build", "--site", mini, "--out", out, "--today", "2026-03-01", "--no-search").returncode == 0
    before = (out / "index.html").read_bytes()
    (mini / "content" / "units.yaml").write_text("units: 3\n")
    done = run("build", "--site", mini, "--out", out, "--today", "2026-03-01")
    assert done.returncode == 1
    assert "content/units.yaml:1:8  エラー F001" in done.stderr
    assert (out / "index.html").read_bytes() == before


def test_check_as_text_and_as_json(mini: Path) -> None:
    program = mini / "content" / "programs" / "kome-bin.md"
    program.write_text(program.read_text().replace("status: active", "status: x"))
    done = run("check", "--site", mini, "--today", "2026-03-01")
    assert done.returncode == 1
    assert done.stdout.startswith("content/programs/kome-bin.md:5:9  エラー F004")
    rows = json.loads(run("check", "--site", mini, "--today", "2026-03-01", "--format", "json").stdout)
    assert [(row["file"], row["line"], row["column"], row["code"]) for row in rows] == [
        ("content/programs/kome-bin.md", 5, 9, "F004"),
    ]


def test_refusals_exit_2_in_japanese(mini: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("x")
    done = run("build", "--site", mini, "--out", tmp_path / "mine")
    assert (done.returncode, "やめました" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
    done = run("build", "--site", mini, "--out", "/proc/x/y")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--today", "あした"), "--today の「あした」は日付として使えません。「2026-11-21」のように"),
        (("--today", "2026-02-30"), "--today の「2026-02-30」は日付として使えません。"),
        (("--today", "1970-01-01"), "2000 年から 2199 年まで"),
        (("--today",), "--today のあとに、値を1つ書いてください。"),
        (("serve", "--port", "八千"), "--port の「八千」は数ではありません。"),
        (
            ("tukuru",),
            "命令 に「tukuru」はありません。使えるのは、build, check, serve, new, translated, ",
        ),
        (("--format", "xml"), "--format に「xml」はありません。使えるのは、text, json です。"),
        (("--packed=yes",), "--packed に値は要りません（「yes」を消してください）。"),
        (("--p", "1"), "--p だけでは、どれか分かりません（--port, --packed）。"),
        (("--どこ",), "「--どこ」は分かりません。"),
        (("--x\x1b[31m",), "「--x<U+001B>[31m」は分かりません。"),
        (("--base-path", "guide"), "--base-path は「/guide/」のように、/ で始まり / で終わる、"),
        (("--base-path", "/../guide/"), "--base-path は「/guide/」のように"),
        (("--base-path", "/./"), "--base-path は「/guide/」のように"),
    ],
)
def test_what_the_command_line_does_not_understand_is_said_in_japanese(given: tuple[str, ...], told: str) -> None:
    """One sentence and where to look; argparse knows English only."""
    done = run(*given)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("やめました: ")
    assert told in done.stderr
    assert done.stderr.endswith("書き方は「build.py --help」で見られます。\n")
    assert not re.search("argument|invalid|usage|error", done.stderr.replace("--format", ""))


def test_help_is_in_japanese() -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert not re.search("usage|options|arguments|show this", done.stdout)


def test_new_writes_a_file_that_check_then_asks_to_fill_in(mini: Path) -> None:
    done = run("new", "window", "atarashii", "--site", mini, "--today", "2026-03-01")
    assert done.returncode == 0, done.stderr
    assert run("new", "window", "atarashii", "--site", mini).returncode == 2
    assert run("new", "thing", "x", "--site", mini).returncode == 2
    report = run("check", "--site", mini, "--today", "2026-03-01").stdout
    assert "content/consultation/atarashii.md:2:" in report


def test_coverage_lists_every_row_and_every_record() -> None:
    """The report names each measure of the real plan, its rows with their pages, and how complete the records are."""
    done = run("coverage", "--today", "2026-11-30")
    assert done.returncode == 0, done.stderr
    assert "取組12（7 件）" in done.stdout
    assert "おでかけICカード（288-290 行） → /programs/odekake-ic/" in done.stdout
    complete, total = done.stdout.split("すべての項目がある: ")[1].split(" 件")[0].split(" / ")
    assert complete == total


def test_search_on_the_terminal_tells_the_layers() -> None:
    """Staff see the records, the score of each layer and the emergency route."""
    done = run("search", "食べるものがない", "--today", "2026-11-30")
    assert done.returncode == 0, done.stderr
    assert "急ぎの案内: 食べるものがない" in done.stdout
    assert "保護課（hogo-ka）" in done.stdout.splitlines()[2]
    assert "困りごと" in done.stdout
    assert "この案内にはありません" in run("search", "パスポート", "--today", "2026-11-30").stdout


def test_words_lists_clashing_words() -> None:
    done = run("words", "--today", "2026-11-30")
    assert done.returncode == 0
    assert "言葉が 12 個より少ない記録 0 件" in done.stdout


def eventually(holds: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return True
        except OSError:
            pass
        time.sleep(0.3)
    return False


def test_serve_shows_a_change_and_survives_a_mistake(mini: Path, tmp_path: Path) -> None:
    """Preview on loopback: a saved change is built; a broken file is told in the terminal and the good page stays."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(HOME / "build.py"), "serve", "--site", str(mini), "--out", str(tmp_path / "o")]
    options = ["--today", "2026-03-01", "--port", str(port), "--no-search"]
    program, told = mini / "content" / "programs" / "kome-bin.md", tmp_path / "log"

    def page() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/programs/kome-bin/") as answer:
            return str(answer.read().decode())

    def saved(old: str, new: str) -> None:
        """Save the file anew: the watcher compares times from its first look on, which may come after our first save."""
        program.write_text(program.read_text().replace(old, new))

    def shows_the_change() -> bool:
        saved("米を届けます", "お米を運びます")
        return "お米を運びます" in page()

    def tells_the_mistake() -> bool:
        saved("status: active", "status: x")
        return "F004" in told.read_text()

    with told.open("w") as log:
        server = subprocess.Popen([*command, *options], stdout=log, stderr=log)
        try:
            assert eventually(lambda: "米を届けます" in page())
            assert eventually(shows_the_change)
            assert eventually(tells_the_mistake)
            assert "お米を運びます" in page()
            server.send_signal(signal.SIGINT)
            assert server.wait(10) in (0, 2)
        finally:
            server.kill()
            server.wait()
