"""Any machine: its zone, locale, users, clocks and disks. The real door is run, as the reports did."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, tree

from guide import pipeline
from guide.read import clock, findings
from guide.read.findings import Finding, Place, Refused

DAY = ("--today", "2026-03-01")
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PROGRAM = "content/programs/kome-bin.md"
# Becomes a user that no table of users knows, after everything is loaded: libraries may lie where only their owner reads.
STRANGER = """
import contextlib, encodings.ascii, encodings.unicode_escape, encodings.utf_8_sig, io, os, sys, tempfile
import build
from guide.staff import unforeseen
with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
    for command in ("build", "check"):
        build.main([command, "--site", "tests/sites/good", "--out", f"{folder}/o", "--no-search", "--today", "2026-03-01"])
if os.getuid() == 0:
    os.setgroups([]); os.setgid(54321); os.setuid(54321)
os.environ.pop("HOME", None)
sys.exit(build.main(sys.argv[1:]))
"""


def run(*args: object, python: tuple[str, ...] = (), **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *python, str(HOME / "build.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})


@pytest.fixture
def shared(mini: Path) -> Iterator[Path]:
    """The invented town's edition where everybody may read it: pytest's own folders are ours alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(mini, folder / "edition")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o777)
        yield folder / "edition"


def as_stranger(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STRANGER, *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, text=True, cwd=HOME)


def spoil(mini: Path, old: str, new: str, file: str = PROGRAM) -> None:
    text = (mini / file).read_text(encoding="utf-8")
    assert old in text
    (mini / file).write_text(text.replace(old, new), encoding="utf-8")


# Zones


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        (None, "2026-02-28T15:00:00", "2026-03-01"),
        (None, "2026-02-28T14:59:59", "2026-02-28"),
        ("America/Los_Angeles", "2026-03-01T07:59:59", "2026-02-28"),
        ("UTC", "2026-02-28T15:00:00", "2026-02-28"),
        ("Asia/Nowhere", "2026-02-28T15:00:00", "2026-03-01"),  # a finding, when the settings are read
        ("Asia", "2026-02-28T15:00:00", "2026-03-01"),
        ("../../etc/passwd", "2026-02-28T15:00:00", "2026-03-01"),
    ],
)
def test_the_day_is_that_of_the_edition(mini: Path, zone: str | None, moment: str, day: str) -> None:
    if zone:
        spoil(mini, "[site]\n", f'[site]\nzone = "{zone}"\n', "site.toml")
    assert clock.today(mini, datetime.datetime.fromisoformat(f"{moment}+00:00")).isoformat() == day


def test_a_machine_in_another_zone_takes_the_day_of_the_edition(mini: Path) -> None:
    """`checked:` of today in Japan is not in the future, wherever the machine stands."""
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Tokyo")).date()
    spoil(mini, "checked: '2026-02-01'", f"checked: '{today}'")
    for zone in ("Etc/GMT+12", "Asia/Tokyo", "Pacific/Kiritimati"):
        done = run("check", "--site", mini, TZ=zone)
        assert b"R010" not in done.stdout, (zone, done.stdout.decode())


def test_a_machine_without_tables_of_zones(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Japan's day is known all the same; another zone's is asked for with a remedy, and is no finding."""
    monkeypatch.setattr(zoneinfo, "available_timezones", set)

    def none(name: str) -> object:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", none)
    moment = datetime.datetime(2026, 2, 28, 15, tzinfo=datetime.UTC)
    assert clock.today(mini, moment) == MINI_TODAY
    spoil(mini, "[site]\n", '[site]\nzone = "Europe/Paris"\n', "site.toml")
    with pytest.raises(Refused, match="tzdata"):
        clock.today(mini, moment)
    assert pipeline.checked(pipeline.Job(mini, HOME, mini / "o", MINI_TODAY))[1] == []


# Locales and terminals


@pytest.mark.parametrize("env", [C_LOCALE, {"PYTHONIOENCODING": "cp932"}, {"PYTHONIOENCODING": "ascii"}])
def test_messages_arrive_in_any_locale(mini: Path, env: dict[str, str]) -> None:
    spoil(mini, "status: active", "status: Tiếng 😀")
    done = run("check", "--site", mini, *DAY, **env)
    text = done.stdout.decode("cp932" if "cp932" in env.values() else "utf-8")
    assert (done.returncode, done.stderr) == (1, b"")
    assert text.startswith("content/programs/kome-bin.md:5:9  エラー F004  status: 「Ti")
    assert "直し方: 使える値" in text
    rows = json.loads(
        run("check", "--site", mini, *DAY, "--format", "json", **env).stdout.decode(
            "cp932" if "cp932" in text else "utf-8", "replace"
        )
    )
    assert "Tiếng 😀" in rows[0]["message"] or "cp932" in env.values()


@pytest.mark.parametrize("env", [C_LOCALE, {"LC_ALL": "C.UTF-8"}])
def test_folders_with_spaces_and_japanese(mini: Path, tmp_path: Path, env: dict[str, str]) -> None:
    edition = mini.rename(tmp_path / "み なと's 版")
    done = run("--site", edition, "--out", tmp_path / "出 力" / "x", *DAY, **env)
    assert done.returncode == 0, done.stderr.decode()
    assert "出 力/x" in done.stdout.decode()
    assert (tmp_path / "出 力" / "x" / "pagefind" / "pagefind.js").exists()


def test_safe_path_of_python(mini: Path) -> None:
    done = run("check", "--site", mini, *DAY, python=("-P",))
    assert done.returncode == 0, done.stderr.decode()
    assert run("check", "--site", mini, *DAY, PYTHONSAFEPATH="1").returncode == 0


def test_nothing_reaches_a_terminal_raw(mini: Path, tmp_path: Path) -> None:
    """File names, folders and values with escapes, in every report."""
    (mini / "content" / "programs" / "a\x1b[31m\n\x9b2Jb.md").write_text("x", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(mini / "content") + b"/\xff\xe3\x81\x82.md")).write_text("x", encoding="utf-8")
    spoil(mini, "name: 米びつ便", 'name: "\\e]0;x\\a"')
    out = tmp_path / "o\x1b[2J"
    for code, done in (
        (1, run("check", "--site", mini, *DAY)),
        (2, run("--site", mini, "--out", out, *DAY)),
        (1, run("check", "--site", mini, "--format", "json")),
    ):
        text = (done.stdout + done.stderr).decode()
        assert done.returncode == code, text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        assert "Traceback" not in text
    (tmp_path / "mine\x1b[2J").mkdir()
    (tmp_path / "mine\x1b[2J" / "x").touch()
    assert b"\x1b" not in run("--site", mini, "--out", tmp_path / "mine\x1b[2J", *DAY).stderr


def test_streams_that_nobody_reads(mini: Path) -> None:
    command = f"'{sys.executable}' '{HOME / 'build.py'}' check --site '{mini}' --today 2026-03-01"
    full = subprocess.run(["sh", "-c", f"{command} >/dev/full"], capture_output=True, text=True, check=False)
    assert (full.returncode, "Traceback" in full.stderr, "やめました" in full.stderr) == (2, False, True)
    closed = subprocess.run(["sh", "-c", f"{command} >&- 2>&-"], capture_output=True, check=False)
    assert closed.returncode == 0


# Clocks and users


@pytest.mark.parametrize("seconds", [0, -86_400 * 365 * 20, 86_400 * 365 * 300])
def test_old_and_future_times_on_the_disk(mini: Path, job: object, tmp_path: Path, seconds: int) -> None:
    """1970, 1950 and 2270: the same bytes, also from what the first build left."""
    for path in mini.rglob("*"):
        os.utime(path, (seconds, seconds))
    outs = [tmp_path / "a", tmp_path / "a", tmp_path / "b"]
    for out in outs:
        done = run("--site", mini, "--out", out, "--no-search", *DAY)
        assert done.returncode == 0, done.stderr.decode()
    assert "そのままにしました" in run("--site", mini, "--out", outs[0], "--no-search", *DAY).stdout.decode()
    kept = {name: data for name, data in tree(outs[0]).items() if not name.startswith(".")}
    assert kept == {name: data for name, data in tree(outs[2]).items() if not name.startswith(".")}


@pytest.mark.parametrize("year", [1970, 1999, 2200, 9999])
def test_a_clock_that_is_wrong_is_said_plainly(mini: Path, year: int) -> None:
    """A machine whose battery is empty begins in 1970: every day in the content would be in the future."""
    with pytest.raises(Refused, match=f"時計が {year} 年になっていて.*--today"):
        clock.today(mini, datetime.datetime(year, 6, 1, tzinfo=datetime.UTC))


def test_a_folder_that_is_gone_under_the_feet_and_warnings_that_are_errors(mini: Path, tmp_path: Path) -> None:
    """Pagefind too starts where somebody stands; Python's strictest mode has nothing to say."""
    (tmp_path / "gone").mkdir()
    command = f"cd '{tmp_path}/gone' && rmdir ../gone && exec \"$@\""
    call = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--out", str(tmp_path / "o"), *DAY]
    env = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"}
    done = subprocess.run(["sh", "-c", command, "sh", *call], capture_output=True, text=True, check=False, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "o" / "pagefind" / "pagefind.js").exists()


def test_a_user_without_a_home(shared: Path) -> None:
    done = as_stranger("--site", shared, "--no-search", *DAY)
    assert done.returncode == 0, done.stderr
    assert (shared / "public" / "index.html").exists()


@pytest.mark.parametrize("name", ["content/programs", "content", PROGRAM, "site.toml"])
def test_what_may_not_be_opened_is_told(shared: Path, name: str) -> None:
    """Once, and not as a trail of what is missing; a build refuses."""
    (shared / name).chmod(0)
    done = as_stranger("check", "--site", shared, *DAY)
    build = as_stranger("--site", shared, "--no-search", *DAY)
    (shared / name).chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert f"{name}:1:1  エラー D004" in done.stdout
    assert "エラー 1 件" in done.stdout
    assert build.returncode in (1, 2)
    assert "Traceback" not in build.stderr


@pytest.mark.parametrize("name", ["content/programs/x.md", "content/programs/x", "content/units.yaml", "site.toml"])
def test_pipes_are_told_and_not_waited_for(mini: Path, name: str) -> None:
    (mini / name).unlink(missing_ok=True)
    os.mkfifo(mini / name)
    done = run("check", "--site", mini, *DAY)
    assert f"{name}:1:1  エラー D004" in done.stdout.decode()


def test_what_systems_leave_is_ignored_and_near_misses_are_not(mini: Path) -> None:
    folder = mini / "content" / "programs"
    for name in (
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._kome-bin.md",
        "kome-bin.md~",
        "#kome-bin.md#",
        ".kome-bin.md.swp",
        "~$memo.docx",
    ):
        (folder / name).write_bytes(b"\x00\xff")
    (folder / ".#kome-bin.md").symlink_to("somebody@machine.1:2")
    (folder / ".obsidian").mkdir()
    (folder / ".obsidian" / "x.json").touch()
    assert run("check", "--site", mini, *DAY).returncode == 0
    missed = (
        "kome-bin.MD",
        "kome-bin.md.txt",
        "kome-bin.markdown",
        "kome-bin (1).md",
        "kome-bin.md.bak",
        ".kome-bin.md",
        "米.md",
        "Thumbs.md",
    )
    for name in missed:
        (folder / name).write_text("x", encoding="utf-8")
    report = run("check", "--site", mini, *DAY).stdout.decode()
    assert [name for name in missed if f"content/programs/{name}:1:1" not in report] == []


# The last handler


def test_the_last_handler_keeps_the_details(mini: Path, tmp_path: Path) -> None:
    """A bug is one sentence, exit code 2, and a file; where no file can be written the details are printed."""
    broken = (
        "import sys, build\nfrom guide.rules import check\ndef fail(*_):\n    raise KeyError('わざと')\ncheck.edition = fail\n"
    )
    command = [sys.executable, "-c", f"{broken}sys.exit(build.main(sys.argv[1:]))", "check", "--site", str(mini), *DAY]
    for temp in (str(tmp_path), None):
        env = {**os.environ, "TMPDIR": temp or "/proc/none"}
        code = "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/proc/none'];" if temp is None else ""
        done = subprocess.run(
            [*command[:2], code + command[2], *command[3:]], capture_output=True, text=True, check=False, env=env, cwd=HOME
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("やめました: 思わぬ問題が起きました（KeyError）。公開中のサイトはそのままです。")
        if temp:
            assert done.stderr.count("\n") == 1
            assert "わざと" in Path(done.stderr.strip().rpartition(": ")[2]).read_text(encoding="utf-8")
        else:
            assert "KeyError: 'わざと'" in done.stderr


def test_a_missing_library_is_named(mini: Path) -> None:
    code = "import sys, build\nsys.modules['yaml'] = None\nsys.exit(build.main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "check", "--site", str(mini)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HOME)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "必要な部品（yaml）" in done.stderr


@pytest.mark.parametrize("id_", ["../../../escaped", "住宅", "Hogo-Ka", "a/b", "a" * 300, "", "-a", "a--b", "a\n", "."])
def test_new_writes_inside_only(mini: Path, id_: str) -> None:
    before = tree(mini.parent)
    for kind in ("program", "window"):
        done = run("new", kind, "--site", mini, "--", id_)
        assert done.returncode == 2
    assert tree(mini.parent) == before


def test_new_does_not_follow_a_folder_that_is_a_link(mini: Path, tmp_path: Path) -> None:
    (mini / "content" / "programs").rename(tmp_path / "elsewhere")
    (mini / "content" / "programs").symlink_to(tmp_path / "elsewhere")
    assert run("new", "program", "atarashii", "--site", mini).returncode == 2
    assert not (tmp_path / "elsewhere" / "atarashii.md").exists()


def test_a_report_says_how_many_more_there_are() -> None:
    found = [Finding(Place("a", n + 1), "X", "m" * 10_000, "h", "warning" if n < 600 else "error") for n in range(1_200)]
    text = findings.as_text(found, {"a": "x" * 5_000 + "\n" * 1_200})
    assert text.count("エラー X") == findings.MOST
    assert "ほか 700 件" in text
    assert text.endswith("エラー 600 件、注意 600 件\n")
    assert max(map(len, text.split("\n"))) < 1_000
