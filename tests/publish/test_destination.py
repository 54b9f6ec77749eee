"""Any folder after --out is served right, or refused before anything is read, with what to do about it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import HOME, tree

from guide import pipeline
from guide.publish import destination
from guide.publish.unchanged import MARK
from guide.read.findings import Refused

Jobs = Callable[..., pipeline.Job]


def run(mini: Path, out: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--no-search", "--today", "2026-03-01"]
    env = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [*command, f"--out={out}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=env,
        errors="replace",
        **more,  # type: ignore[call-overload]
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "場所 と空白"
    folder.mkdir()
    return folder


def link(to: str) -> Callable[[Path], None]:
    return lambda place: (place / "o").symlink_to(to)


@pytest.mark.parametrize(
    ("out", "before"),
    [
        ("o", lambda place: None),
        ("o/", lambda place: None),
        ("./a/../o", lambda place: None),
        ("a/b/c/o", lambda place: None),
        ("o", lambda place: (place / "o").mkdir()),
        ("o", link("real")),  # leads nowhere yet
        ("o", lambda place: ((place / "real").mkdir(), link("real")(place))),
        ("o", lambda place: ((place / "x").symlink_to("real"), link("x")(place))),
        ("l/o", lambda place: ((place / "real").mkdir(), (place / "l").symlink_to("real"))),
        ("*", lambda place: None),
        ("[!a]?", lambda place: None),
        ("$HOME;x", lambda place: None),
        ("公開 サイト", lambda place: None),
        ("-o", lambda place: None),
        ("~", lambda place: None),
        (".hidden", lambda place: None),
        ("n" * 255, lambda place: None),
        ("o'\"\\x", lambda place: None),
        ("%s{0}", lambda place: None),
    ],
)
def test_served_right(mini: Path, place: Path, out: str, before: Callable[[Path], object]) -> None:
    """Twice, with something new the second time; a link stays a link, and nothing else is left beside."""
    before(place)
    links = {path for path in place.iterdir() if path.is_symlink()}
    for mark in ("一", "二"):
        (mini / "site.toml").open("a", encoding="utf-8").write(f"# {mark}\n")
        done = run(mini, out, place)
        assert (done.returncode, done.stderr) == (0, "")
        assert (place / os.path.normpath(out) / "index.html").is_file()
    assert all(path.is_symlink() for path in links)
    real = (place / os.path.normpath(out)).resolve()
    assert [path.name for path in real.parent.iterdir() if path not in links and path != real and path.name != "real"] in (
        [f".{real.name}-memo"],
        [path.name for path in real.parent.glob(".*-memo")],
    )


@pytest.mark.parametrize(
    ("out", "before", "words"),
    [
        (".", lambda place: None, "いまいるフォルダー"),
        ("", lambda place: None, "いまいるフォルダー"),
        ("..", lambda place: None, "元のファイルが入っています"),
        ("/", lambda place: None, "元のファイルが入っています"),
        (tempfile.gettempdir(), lambda place: None, ""),
        ("/dev/null", lambda place: None, "フォルダーではありません"),
        ("/dev/null/o", lambda place: None, "フォルダーではありません"),
        ("/proc/o", lambda place: None, ""),
        ("/dev/shm", lambda place: None, "マウント"),  # noqa: S108  # refused
        ("o", lambda place: (place / "o").write_text("x"), "フォルダーではありません"),
        ("o/p", lambda place: (place / "o").write_text("x"), "フォルダーではありません"),
        ("o", lambda place: os.mkfifo(place / "o"), "フォルダーではありません"),
        ("o", lambda place: socket.socket(socket.AF_UNIX).bind(os.path.relpath(place / "o")), "フォルダーではありません"),
        ("o", link("o"), "リンク"),
        ("o/p/q", lambda place: ((place / "o").symlink_to("x"), (place / "x").symlink_to("o")), "リンク"),
        ("n" * 256, lambda place: None, "長すぎ"),
        ("\udcff", lambda place: None, "読めない文字"),
        ("a\nb", lambda place: None, "読めない文字"),
        ("\x1b[31m", lambda place: None, "読めない文字"),
        (".git/o", lambda place: None, "道具が使う"),
        ("o/node_modules", lambda place: None, "道具が使う"),
        (".public-memo", lambda place: None, "道具が使う"),
        ("o", lambda place: ((place / "o").mkdir(), (place / "o" / "a.jpg").write_text("x")), "作ったものではない"),
        ("o/p", lambda place: ((place / "o").mkdir(), (place / "o" / MARK).write_text("x")), "公開中のサイト"),
        ("c/content/o", lambda place: ((place / "c").mkdir(), (place / "c" / "site.toml").write_text("")), "ほかの版"),
    ],
)
def test_refused_at_once(mini: Path, place: Path, out: str, before: Callable[[Path], object], words: str) -> None:
    """One sentence, exit code 2, nothing read (the content is gone) and nothing made."""
    shutil.rmtree(mini / "content")
    before(place)
    there = sorted(place.parent.rglob("*"))
    done = run(mini, out, place)
    assert done.returncode == 2
    assert done.stderr.startswith("やめました: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert "Errno" not in done.stderr
    assert done.stdout == ""
    assert sorted(place.parent.rglob("*")) == there


@pytest.mark.parametrize("name", ["content/site", "content", "static/x", ".git/x", ".cache"])
def test_inside_the_edition_is_refused(job: Jobs, mini: Path, name: str) -> None:
    with pytest.raises(Refused, match="書き出せません"):
        pipeline.build(job(out=mini / name))


@pytest.mark.parametrize(
    "name", ["content/site", "static/x", "templates/x", "guide/x", "tests/x", ".git/x", ".venv/x", "deploy/x"]
)
def test_inside_the_generator_is_refused(job: Jobs, name: str) -> None:
    with pytest.raises(Refused, match="書き出せません"):
        pipeline.build(job(out=HOME / name))
    assert not (HOME / name).exists() or name == ".venv/x"


@pytest.mark.parametrize("name", ["public", "o/public", "editions/x/public"])
def test_beside_the_sources_is_fine(tmp_path: Path, name: str) -> None:
    destination.guard(tmp_path / name, tmp_path, tmp_path)


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A folder where a disk is mounted."""
    folder = tmp_path / "above" / "volume"
    folder.mkdir(parents=True)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode != 0:
        pytest.skip("only root may mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_mounted_disk_is_refused_and_a_folder_in_it_is_fine(job: Jobs, volume: Path) -> None:
    with pytest.raises(Refused, match=r"マウント.*その中にフォルダーを1つ作り"):
        pipeline.build(job(out=volume))
    with pytest.raises(Refused, match="マウント"):
        pipeline.build(job(out=volume.parent))
    for _ in range(2):
        assert pipeline.build(job(out=volume / "public")).published


def test_a_folder_mounted_onto_one_of_the_same_disk_is_refused(job: Jobs, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    for name in ("one", "o ther"):
        (tmp_path / name).mkdir()
    subprocess.run(["mount", "--bind", tmp_path / "one", tmp_path / "o ther"], check=True)
    try:
        with pytest.raises(Refused, match="マウント"):
            pipeline.build(job(out=tmp_path / "o ther"))
    finally:
        subprocess.run(["umount", tmp_path / "o ther"], check=True)


def test_a_disk_that_may_not_be_written_is_refused(job: Jobs, volume: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", volume], check=True)
    with pytest.raises(Refused, match=r"書く権限がありません|読み取り専用"):
        pipeline.build(job(out=volume / "public"))


@pytest.mark.parametrize("whose", ["above", "itself"])
def test_what_belongs_to_another_user_is_refused(whose: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may become another user")
    with tempfile.TemporaryDirectory() as folder:
        above = Path(folder) / "www"
        (above / "public").mkdir(parents=True)
        Path(folder).chmod(0o755)
        os.chown(above, 0 if whose == "above" else 65534, 0)
        os.seteuid(65534)
        try:
            with pytest.raises(Refused, match="別の利用者のもの" if whose == "itself" else "書く権限がありません"):
                destination.guard(above / "public", Path("/nowhere/x"), Path("/nowhere/y"))
        finally:
            os.seteuid(0)


def test_what_hosts_need_passes_over_to_the_next_site(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    (made.out / "CNAME").write_text("example.org")
    (made.out / ".well-known" / "acme").mkdir(parents=True)
    (made.out / ".well-known" / "acme" / "proof").write_text("1")
    (made.out / ".nojekyll").touch()
    (made.out / "Thumbs.db").touch()
    for _ in range(3):
        assert pipeline.build(made).published
        assert (made.out / "CNAME").read_text() == "example.org"
        assert (made.out / ".well-known" / "acme" / "proof").read_text() == "1"
        assert (made.out / ".nojekyll").exists()
        assert not (made.out / "Thumbs.db").exists()
    (made.out / "CNAME").unlink()
    assert pipeline.build(made).published
    assert not (made.out / "CNAME").exists()


@pytest.mark.parametrize("name", [".git/HEAD", "photo.jpg", "programs/kome-bin/leaflet.pdf", "assets/x/y.css"])
def test_what_others_put_there_is_named_and_stays(job: Jobs, name: str) -> None:
    made = job()
    assert pipeline.build(made).published
    (made.out / name).parent.mkdir(parents=True, exist_ok=True)
    (made.out / name).write_text("mine")
    before = tree(made.out)
    with pytest.raises(Refused, match=f"作っていないファイルがあります（{name}）。.*移してください"):
        pipeline.build(made)
    assert tree(made.out) == before


@pytest.mark.parametrize("name", ["CNAME", ".well-known/acme"])
def test_what_cannot_pass_over_is_named(job: Jobs, name: str) -> None:
    """A pipe where a host's file belongs: it cannot be copied, and reading it would wait for ever."""
    made = job()
    assert pipeline.build(made).published
    (made.out / name).parent.mkdir(exist_ok=True)
    os.mkfifo(made.out / name)
    with pytest.raises(Refused, match=f"作っていないファイルがあります（{name}）。.*移してください"):
        pipeline.build(made)


def test_files_packed_by_others_are_ours(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    (made.out / "index.html.gz").write_bytes(b"x")
    assert pipeline.build(made).published
    assert not (made.out / "index.html.gz").exists()
