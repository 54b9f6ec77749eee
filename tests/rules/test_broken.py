"""One broken site per finding code: each reports exactly its fault, with file, line, column and what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, SITES

from guide import pipeline
from guide.read.codes import CODES
from guide.read.findings import as_text, has_errors

BROKEN = sorted((SITES / "broken").iterdir())


def replace(edition: Path, path: Path) -> None:
    """Lines of file, old and new text, with tabs between; a file that the edition lacks is the generator's own."""
    for line in path.read_text(encoding="utf-8").splitlines():
        name, old, new = (part.replace("\\n", "\n") for part in line.split("\t"))
        target = edition / name
        text = (target if target.exists() else HOME / name).read_text(encoding="utf-8")
        assert old in text, line
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace(old, new), encoding="utf-8")


def broken_edition(overlay: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The good edition with the overlay's files put over it, and the generator's folder with its templates and scripts."""
    edition, home = tmp_path / "edition", tmp_path / "home"
    shutil.copytree(SITES / "good", edition, ignore=shutil.ignore_patterns("expected"))
    home.mkdir()
    shutil.copytree(HOME / "static", home / "static")
    shutil.copytree(HOME / "templates", home / "templates")
    for path in sorted(overlay.rglob("*")):
        inside = path.relative_to(overlay)
        if path.is_symlink():
            (edition / inside).symlink_to(SITES / "good" / "content" / "programs" / "kome-bin.md")
        elif path.name == "delete.txt":
            for name in path.read_text().split():
                (edition / name).unlink()
        elif path.name == "replace.txt":
            replace(edition, path)
        elif path.is_file() and path.name not in ("expected.txt", "replace.txt"):
            target = (home if inside.parts[0] in ("templates", "static") else edition) / inside
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    return edition, home


@pytest.mark.parametrize("overlay", BROKEN, ids=lambda path: path.name)
def test_a_broken_site_reports_exactly_its_fault(overlay: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The whole report is as expected, only the code in the folder's name is told, and nothing with an error is published."""
    edition, home = broken_edition(overlay, tmp_path)
    out = tmp_path / "public"
    result = pipeline.build(pipeline.Job(edition, home, out, MINI_TODAY, search=False))
    report = as_text(result.findings, result.texts)
    expected = overlay / "expected.txt"
    if request.config.getoption("--update-goldens"):
        expected.write_text(report, encoding="utf-8")

    assert report == expected.read_text(encoding="utf-8")
    assert {finding.code for finding in result.findings} == {overlay.name[:4]}
    assert result.published is (not has_errors(result.findings))
    assert out.exists() is result.published


def test_every_code_has_a_broken_site() -> None:
    """No rule is without a site that breaks it, and no site breaks a rule that is not listed."""
    assert {path.name[:4] for path in BROKEN} == set(CODES)


def test_every_code_that_the_rooms_use_is_listed() -> None:
    """Codes in the source and codes in the list are the same."""
    used = {code for room in (HOME / "guide").rglob("*.py") for code in re.findall(r'"([A-Z]\d{3})"', room.read_text())}
    assert used == set(CODES)
