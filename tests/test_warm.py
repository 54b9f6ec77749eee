"""A build beside what earlier ones left is the same as a clean one, whatever was edited; a spoilt memo is never believed."""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import cast

import edits
import pytest

from guide import pipeline
from guide.pages.kept import Things
from guide.publish import unchanged
from guide.publish.swap import beside
from guide.read import files
from guide.read.memo import Memo, Spoilt, digest
from guide.read.store import Store
from guide.site.watched import Digests


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_edits_warm_is_clean(tmp_path: Path, seed: int) -> None:
    """The first edits of bench/edits.py, which is run for thousands."""
    world = edits.World(tmp_path, seed)
    for number in range(25):
        done = world.edit()
        assert edits.differences(world) == [], (number, done)


@pytest.fixture
def world(tmp_path: Path) -> edits.World:
    """An invented town, built once: its memos are there."""
    made = edits.World(tmp_path, 1)
    assert edits.differences(made) == []
    assert {path.name for path in beside(tmp_path / "warm").iterdir()} >= {"parsed", "pages", "data"}
    return made


def notes(world: edits.World) -> tuple[str, ...]:
    """What a warm build says about its memos; it must be right all the same."""
    said = pipeline.build(world.job("warm")).notes
    clean = edits.told(world.job("clean"))[1]
    assert {**clean} == {
        path.relative_to(world.folder / "warm").as_posix(): path.read_bytes()
        for path in sorted((world.folder / "warm").rglob("*"))
        if path.is_file() and path.name != edits.MARK
    }
    return said


def test_damaged_memos_are_told_and_not_used(world: edits.World) -> None:
    for path in beside(world.folder / "warm").iterdir():
        data = bytearray(path.read_bytes())
        data[-3] ^= 1
        path.write_bytes(data)
    said = notes(world)
    assert said
    assert all("こわれているので、使いません" in note for note in said)
    assert notes(world) == (), "made anew"


@pytest.mark.parametrize("data", [b"", b"x", b"guide memo 1\n", b"guide memo 0\nabc\n"])
def test_memos_of_another_version_are_passed_over(world: edits.World, data: bytes) -> None:
    for path in beside(world.folder / "warm").iterdir():
        path.write_bytes(data)
    assert notes(world) == ()


def test_memos_that_others_can_write_are_not_used(world: edits.World) -> None:
    beside(world.folder / "warm").chmod(0o777)
    assert any("ほかの人も書けます" in note for note in notes(world))


def test_memos_are_neither_written_nor_cleared_through_a_link(world: edits.World) -> None:
    """Beside a site in a folder that others write to, the place for memos may be a link to anything that is ours."""
    folder, elsewhere = memos(world), world.folder / "elsewhere"
    folder.rename(world.folder / "away")
    elsewhere.mkdir()
    (elsewhere / "pages.txt").write_text("mine")
    folder.symlink_to(elsewhere)
    assert any("書けません" in note for note in notes(world))
    assert [path.name for path in elsewhere.iterdir()] == ["pages.txt"]
    for path in (world.folder / "away").iterdir():  # believed memos behind a link are no better
        path.rename(elsewhere / path.name)
    assert any("使いません" in note for note in notes(world))
    assert (elsewhere / "pages.txt").read_text() == "mine"


def test_a_place_for_memos_that_is_none_stops_nothing(world: edits.World) -> None:
    folder = beside(world.folder / "warm")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("a file")
    assert any("書けません" in note for note in notes(world))


def test_a_build_that_ended_early_forgets_nothing() -> None:
    memo = Memo()
    memo.put("used", 1)
    memo.put("unused", 2)
    made = memo.living("object", list)
    memo.turn()
    memo.turn()
    assert memo.get("used") == 1
    assert memo.living("object", list) is made
    memo.turn()
    assert memo.get("unused") is None, "what a build did not use is not kept"


def memos(world: edits.World) -> Path:
    return beside(world.folder / "warm")


def test_a_spoilt_value_is_never_given_a_fresh_digest(tmp_path: Path) -> None:
    """Values are copied when most of a file is of no use: each is held against its digest before."""
    store = Store(tmp_path)
    store.memo("x").put("kept", "か" * 100)
    store.memo("x").put("gone", "き" * 900)
    store.save()
    (values,) = tmp_path.glob("x.*")
    values.write_bytes(values.read_bytes().replace("か".encode(), "が".encode(), 1))
    store = Store(tmp_path)
    assert store.memo("x").holds("kept")
    store.save()
    assert ["こわれている" in note for note in store.notes] == [True]
    with pytest.raises(Spoilt):
        Store(tmp_path).memo("x").get("kept")


def test_spoilt_values_begin_the_build_anew(world: edits.World) -> None:
    for path in memos(world).glob("*.*"):
        path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    (world.folder / "warm" / "index.html").touch()  # so that all pages are asked for
    assert ["こわれている" in note for note in notes(world)] == [True]
    assert notes(world) == ()


@pytest.mark.parametrize("kind", [os.mkfifo, Path.mkdir])
def test_what_is_no_file_among_the_memos_keeps_nobody_waiting(world: edits.World, kind: Callable[[Path], None]) -> None:
    index = memos(world) / "rules"
    index.unlink()
    kind(index)
    assert any("ファイルではありません" in note for note in notes(world))
    held = len(list(memos(world).iterdir()))
    notes(world)
    assert len(list(memos(world).iterdir())) == held, "a save that fails leaves nothing"


def test_a_build_says_nothing_about_memos_that_it_did_not_come_to(world: edits.World) -> None:
    before = {path.name: path.read_bytes() for path in memos(world).iterdir()}
    record = next((world.edition / "content" / "programs").glob("*.md"))
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("summary:", "sumary:"), encoding="utf-8")
    assert not pipeline.build(world.job("warm")).published
    after = {path.name: path.read_bytes() for path in memos(world).iterdir()}
    assert {name for name in before if before[name] != after.get(name)} <= {"parsed", "rules"} | {
        name for name in before if name.startswith(("parsed.", "rules."))
    }


def test_an_edit_of_the_same_size_and_time_is_seen(world: edits.World) -> None:
    record = next((world.edition / "content" / "programs").glob("*.md"))
    told = record.stat()
    text = record.read_text(encoding="utf-8")
    record.write_text(text[:-2] + "々\n", encoding="utf-8")
    os.utime(record, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert edits.differences(world) == []


@pytest.mark.parametrize("harm", ["byte", "mode"])
def test_what_somebody_did_to_the_published_site_does_not_stay(world: edits.World, harm: str) -> None:
    page = world.folder / "warm" / "about" / "index.html"
    told, data = page.stat(), page.read_bytes()
    if harm == "byte":
        page.write_bytes(data[:-5] + b"x" + data[-4:])
        os.utime(page, ns=(told.st_atime_ns, told.st_mtime_ns))
    else:
        page.chmod(0o600)
    assert notes(world) == ()
    assert page.stat().st_mode == told.st_mode


def test_files_of_a_moment_hide_no_others(tmp_path: Path) -> None:
    """Editors make and remove files beside the one that they save; meanwhile the folder is looked at."""
    for number in range(200):
        (tmp_path / f"m{number:03}.md").touch()
    done = threading.Event()

    def edit() -> None:
        while not done.is_set():
            for name in ("4913", "aa~", "zz"):
                (tmp_path / name).touch()
                (tmp_path / name).unlink()

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(300):
            assert len([found for found in files.below(str(tmp_path)) if found.name.startswith("m")]) == 200
            unchanged.fingerprint(tmp_path, "", ())
            unchanged.tree(tmp_path)
    finally:
        done.set()
        editor.join()


class Same:
    """Digests of things that never change."""

    def of(self, read: tuple[str, str]) -> bytes:
        return digest(*read)


def test_records_that_are_gone_are_forgotten() -> None:
    """What was read for pages is one table; it does not grow with every record that there ever was."""
    things = Things(Memo(), cast("Digests", Same()))
    gone, page = things.numbers([("items", "gone"), ("items", "a")]), things.numbers([("items", "a"), ("items", "b")])
    assert gone != page
    renumbered = things.only(set(array("I", page)))
    assert [name for _, name, _ in things.plain()] == ["a", "b"]
    memo = Memo({"things": things.plain()})
    again = Things(memo, cast("Digests", Same()))
    assert again.hold(renumbered(page))
    assert again.numbers([("items", "a"), ("items", "b")]) == renumbered(page)
