"""The command line as staff use it: what is printed, which exit code, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import HOME


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOME / "build.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_build_prints_a_summary_and_exits_0(mini: Path, tmp_path: Path) -> None:
    done = run("--site", mini, "--out", tmp_path / "o", "--today", "2026-03-01")
    assert done.returncode == 0, done.stderr
    for word in ("ページ 19", "検索できるページ 6", "文字", "秒", "いちばん重いページ"):
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


def test_a_wrong_base_path_is_refused(mini: Path) -> None:
    assert run("build", "--site", mini, "--base-path", "guide").returncode == 2


def test_new_writes_a_file_that_check_then_asks_to_fill_in(mini: Path) -> None:
    done = run("new", "window", "atarashii", "--site", mini, "--today", "2026-03-01")
    assert done.returncode == 0, done.stderr
    assert run("new", "window", "atarashii", "--site", mini).returncode == 2
    assert run("new", "thing", "x", "--site", mini).returncode == 2
    report = run("check", "--site", mini, "--today", "2026-03-01").stdout
    assert "content/consultation/atarashii.md:2:" in report
