"""Set-up on machines that this one is not: no root, no venv, no network. Programs are stand-ins that note what they are asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOME

NEEDED = ("sh", "mkdir", "rm", "tail", "grep", "cat", "touch", "dirname", "timeout", "cp", "chmod", "sed", "tr", "cmp")
# A Python of which parts can be left out: $NO holds any of "venv", "pip", "net".
PYTHON = """\
#!/bin/sh
echo "python $*" >>"$NOTES"
case "$*" in
  -c*) exit 0 ;;
  *"-m pip --version"*) case "$0:$NO" in *.venv/*) exit 0 ;; *pip*) exit 1 ;; *) exit 0 ;; esac ;;
  *"-m venv"*)
    case "$*:$NO" in
      *without-pip*) ;;
      *venv*:*venv*) if [ ! -e "$NOTES.venv" ]; then echo "ensurepip is not available"; exit 1; fi ;;
    esac
    mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  *" install "*) case "$NO" in *net*) echo "ERROR: no route to host"; exit 1 ;; esac ;;
  *"playwright --version"*) case "$NO" in *libatomic*) exit 1 ;; esac ;;
esac
"""
APT = """\
#!/bin/sh
echo "apt-get $*" >>"$NOTES"
cp "$SAID" "$NOTES.said"
case "$*" in *install*) case "$NO" in *net*) echo "E: Unable to fetch"; exit 1 ;; esac; touch "$NOTES.venv" ;; esac
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def machine(tmp_path: Path) -> Run:
    """A checkout on a machine with a few programs; run(script, …, uid=, no=) tells exit code, what was said, what was asked."""
    checkout, programs, notes, said = (tmp_path / name for name in ("checkout", "bin", "notes", "said"))
    shutil.copytree(HOME / "tools", checkout / "tools")
    shutil.copytree(HOME / "requirements", checkout / "requirements")
    programs.mkdir()
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name) or "")

    def run(script: str, *arguments: str, uid: int = 1000, no: str = "") -> tuple[int, str, str]:
        for name, text in {"python3": PYTHON, "apt-get": APT, "id": f"#!/bin/sh\necho {uid}\n"}.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        notes.write_text("")
        env = {
            "PATH": str(programs),
            "NOTES": str(notes),
            "SAID": str(said),
            "NO": no,
            "HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
        }
        with said.open("w") as out:
            done = subprocess.run(
                ["sh", f"tools/{script}", *arguments], cwd=checkout, env=env, stdout=out, stderr=out, check=False
            )
        return done.returncode, said.read_text(), notes.read_text()

    return run


def test_set_up_says_what_it_installs_and_asks_nothing(machine: Run, tmp_path: Path) -> None:
    code, said, asked = machine("setup.sh", "site")
    count = (HOME / "requirements" / "site.txt").read_text().count("==")
    assert (code, said) == (
        0,
        "… Python の置き場所（.venv）を作ります\n"
        f"… Python の部品 {count} 個を .venv に入れます（一覧は requirements/site.txt。初めは1〜2分かかります）\n",
    )
    assert "--require-hashes --only-binary :all: -r requirements/site.txt" in asked
    assert (tmp_path / "checkout" / ".venv" / "site.stamp").exists()


def test_root_on_a_bare_debian_is_told_before_anything_is_installed(machine: Run, tmp_path: Path) -> None:
    code, said, asked = machine("setup.sh", "site", uid=0, no="venv pip")
    line = "… Debian の python3-venv を入れます（Python の置き場所を作るため。記録: .tools/apt.log）\n"
    assert code == 0, said
    assert "apt-get install -y -qq --no-install-recommends python3-venv" in asked
    assert line in (tmp_path / "notes.said").read_text()  # when apt-get ran, it had been said
    assert (tmp_path / "checkout" / ".venv" / "site.stamp").exists()


def test_without_root_the_machines_own_pip_helps(machine: Run) -> None:
    code, said, asked = machine("setup.sh", "site", no="venv")
    assert code == 0, said
    assert "… pip を .venv に入れます（requirements/pip.txt）\n" in said
    assert "--python .venv/bin/python install --disable-pip-version-check --require-hashes" in asked
    assert "apt-get" not in asked


def test_without_root_and_without_pip_the_administrator_is_named(machine: Run, tmp_path: Path) -> None:
    code, said, asked = machine("setup.sh", "site", no="venv pip")
    assert code == 2
    assert said.endswith(
        "やめました: Python の置き場所（.venv）を作れません。"
        "管理者に「sudo apt-get install python3-venv」を頼んでから、同じ命令をもう一度。\n"
    )
    assert "apt-get" not in asked
    assert not (tmp_path / "checkout" / ".venv").exists()


@pytest.mark.parametrize(("uid", "no", "log"), [(1000, "net", "pip-site"), (0, "venv pip net", "apt")])
def test_a_failure_shows_its_log_and_where_it_is(machine: Run, tmp_path: Path, uid: int, no: str, log: str) -> None:
    code, said, _ = machine("setup.sh", "site", uid=uid, no=no)
    assert code == 2
    assert {"pip-site": "ERROR: no route to host", "apt": "E: Unable to fetch"}[log] in said
    assert said.endswith(f"くわしい記録は .tools/{log}.log にあります。\n")
    assert not (tmp_path / "checkout" / ".venv" / "site.stamp").exists()


def test_a_set_that_is_none_is_refused(machine: Run) -> None:
    for name in ("", "nai", "../x"):
        code, said, asked = machine("setup.sh", name)
        assert (code, asked) == (2, "")
        assert said.startswith("やめました: requirements に")


def test_without_a_browser_and_without_root_it_says_what_to_do(machine: Run) -> None:
    machine("setup.sh", "test")
    code, said, asked = machine("browser.sh", no="net")
    assert code == 2
    assert "… ブラウザー（Chromium、およそ 150 MB）を取りに行きます（記録: .tools/playwright.log）\n" in said
    assert "ERROR: no route to host" in said
    assert "CHROMIUM=/path/to/chromium make test" in said
    assert said.endswith("管理者に「sudo apt-get install chromium fonts-noto-cjk」を頼んでから、同じ命令をもう一度。\n")
    assert "apt-get" not in asked


@pytest.mark.parametrize(
    ("script", "package", "word"),
    [
        ("vnu.sh", "default-jre-headless", "java"),
        ("lighthouse.sh", "npm", "npm"),
        ("peers.sh", "npm", "npm"),
        ("speed.sh", "npm", "npm"),
    ],
)
def test_what_needs_a_program_that_is_not_there_says_whom_to_ask(machine: Run, script: str, package: str, word: str) -> None:
    code, said, asked = machine(script)
    assert (code, "apt-get" in asked) == (2, False)
    assert word in said
    assert said.endswith(f"管理者に「sudo apt-get install {package}」を頼んでから、同じ命令をもう一度。\n")


def test_every_script_that_installs_speaks_first() -> None:
    """In each script the line that installs comes after one that says so."""
    for script in sorted((HOME / "tools").glob("*.sh")):
        text = script.read_text(encoding="utf-8")
        for call in ("npm_ci .tools", "playwright install", "npm install --silent"):
            if call in text and script.name != "common.sh":
                assert "say " in text[: text.index(call)], script
    assert os.access(HOME / "tools" / "setup.sh", os.R_OK)
