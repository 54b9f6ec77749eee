"""A checkout with the line ends of Windows: scripts for sh run, and the site is the same in every byte."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, SITES, tree

from guide import pipeline
from guide.pages import assets
from guide.publish.unchanged import MARK
from guide.read import load

IGNORED = shutil.ignore_patterns(
    ".git", ".venv", ".tools", "public", "__pycache__", ".*-preview", ".*-memo", ".*_cache", ".hypothesis"
)


def built(home: Path, edition: Path, out: Path) -> dict[str, bytes]:
    result = pipeline.build(pipeline.Job(edition, home, out, MINI_TODAY, search=False))
    assert result.published, result.findings
    return {path: data for path, data in tree(out).items() if path != MARK}


def with_crlf(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.suffix in (".css", ".js", ".svg", ".html", ".md", ".yaml", ".toml", ".txt"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def test_files_that_have_crlf_all_the_same_make_the_same_site(tmp_path: Path) -> None:
    """From an archive, an editor, a share: templates, styles, scripts, drawings and what staff write."""
    home, edition = tmp_path / "home", tmp_path / "edition"
    for name in ("templates", "static", "examples"):
        shutil.copytree(HOME / name, home / name)
    shutil.copytree(SITES / "good", edition, ignore=shutil.ignore_patterns("expected"))
    before = built(home, edition, tmp_path / "a")
    with_crlf(home)
    with_crlf(edition)
    assert built(home, edition, tmp_path / "b") == before


def test_no_import_is_left_in_any_script() -> None:
    written = load.static(HOME / "static")
    assert list(assets.imports_left(written)) == []
    for path, data in assets.build(written).files.items():
        assert not path.endswith(".js") or not assets.LEFT.search(data), path


@pytest.mark.slow
def test_a_clone_by_a_git_that_converts_line_ends_works(tmp_path: Path) -> None:
    """`core.autocrlf=true`: sh can read every script, nothing but the table for spreadsheets has CRLF, the site is the same."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    shutil.copytree(HOME, origin, ignore=IGNORED, symlinks=True)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], cwd=origin, check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", "-c", "core.autocrlf=true", str(origin), str(clone)], check=True, capture_output=True)
    scripts = sorted((clone / "tools").glob("*.sh"))
    assert scripts
    for script in scripts:
        subprocess.run(["sh", "-n", str(script)], check=True)
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=clone, check=True, capture_output=True, text=True).stdout
    crlf = [line.split("\t")[1] for line in listed.splitlines() if "w/crlf" in line or "w/mixed" in line]
    assert crlf == ["docs/accessibility-report.csv"]
    sites = {}
    for home in (origin, clone):
        out = home.with_name(home.name + "-public")
        command = [sys.executable, str(home / "build.py"), "--site", str(home / "tests/sites/good"), "--out", str(out)]
        subprocess.run([*command, "--today", "2026-03-01", "--no-search"], check=True, capture_output=True)
        sites[home] = {path: data for path, data in tree(out).items() if path != MARK}
    assert sites[origin] == sites[clone]
    shell = subprocess.run(["sh", str(clone / "tools/setup.sh"), "nai"], cwd=clone, capture_output=True, text=True, check=False)
    assert "Illegal option" not in shell.stderr
    assert shell.returncode == 2
