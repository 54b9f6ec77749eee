"""A build beside what earlier ones left is the same as a clean one, whatever was edited; a spoilt memo is never believed."""

from __future__ import annotations

from pathlib import Path

import edits
import pytest

from guide import pipeline
from guide.publish.swap import beside
from guide.read.memo import Memo


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
