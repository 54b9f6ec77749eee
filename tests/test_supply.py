"""What comes from elsewhere: locked by hash, installed without running anybody's scripts, named where it reaches visitors."""

from __future__ import annotations

import datetime
import gzip
import importlib.metadata
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import HOME, MINI_TODAY, tree
from test_shape import OUTSIDE

from guide import pipeline

Jobs = Callable[..., pipeline.Job]
LOCKS = sorted((HOME / "requirements").glob("*.txt"))
NODE = [path for path in sorted(HOME.glob("*/**/package.json")) if not {"node_modules", ".tools"} & set(path.parts)]
SCRIPTS = sorted((HOME / "tools").glob("*.sh"))


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\\n]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_requirement_is_locked_by_version_and_hash(lock: Path) -> None:
    """Each part of each lock has its hashes, and what is asked for by name is in it, in that version."""
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?! )", text.strip())
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    asked = lock.with_suffix(".in").read_text(encoding="utf-8")
    names = [line for line in asked.splitlines() if line and not line.startswith(("#", "-r "))]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[^ =]+", name) for name in names), names
    wanted = pins(asked) | (
        pins((HOME / "requirements" / "site.txt").read_text(encoding="utf-8")) if "-r site.in" in asked else {}
    )
    assert wanted.items() <= pins(text).items()


def test_every_library_that_the_rooms_import_is_in_the_lock() -> None:
    """By the packages that are installed: an import that only happens to be there would fail on a bare machine."""
    of = importlib.metadata.packages_distributions()
    used = {name.lower().replace("_", "-") for libraries in OUTSIDE.values() for library in libraries for name in of[library]}
    assert used <= pins((HOME / "requirements" / "site.txt").read_text(encoding="utf-8")).keys()


@pytest.mark.parametrize("package", NODE, ids=lambda path: path.relative_to(HOME).as_posix())
def test_every_part_from_npm_is_locked_by_version_and_hash(package: Path) -> None:
    asked = json.loads(package.read_text(encoding="utf-8"))
    if "dependencies" not in asked:
        return
    assert all(re.fullmatch(r"[0-9.]+", version) for version in asked["dependencies"].values())
    parts = json.loads(package.with_name("package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert parts[""]["dependencies"] == asked["dependencies"]
    assert [name for name, part in parts.items() if name and not part.get("integrity", "").startswith("sha512-")] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_set_up_installs_from_locks_only_and_runs_no_script_of_a_part(script: Path) -> None:
    text = script.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            continue
        if re.search(r"\bnpm (ci|install|i)\b", line):
            assert "--ignore-scripts" in line, line
            assert "npm ci" in line or 'cmp -s "$here/npm/package-lock.json"' in text, line
        if "pip" in line and " install " in line:
            assert "--require-hashes" in line, line
            assert "--only-binary :all:" in line, line
    assert not re.search(r"\b(npx|curl|wget)\b|>/dev/null 2>&1 *\|\| *fail", text)


def test_the_notice_names_what_is_shipped(public: Path) -> None:
    """Scripts, styles and programs lie in two folders, ours and Pagefind's; each is named, with the version that is locked."""
    notice = (HOME / "NOTICE").read_text(encoding="utf-8")
    code = {path.split("/")[0] for path in tree(public) if path.endswith((".js", ".mjs", ".css", ".wasm", ".pagefind", ".woff2"))}
    assert code == {"assets", "pagefind"}
    for folder in code:
        assert f"\n{folder}/ " in notice
    version = pins((HOME / "requirements" / "site.txt").read_text(encoding="utf-8"))["pagefind"]
    beside = (public / "pagefind" / "LICENSE.txt").read_text(encoding="utf-8")
    for text in (notice, beside):
        assert f"Pagefind {version}" in text
        assert "Copyright 2022 CloudCannon" in text
    assert f'pagefind_version="{version}"' in (public / "pagefind" / "pagefind.js").read_text(encoding="utf-8")
    assert "The above copyright notice and this permission notice shall be included in all copies" in beside


def test_what_is_compiled_into_pagefind_is_named_with_its_licence(public: Path) -> None:
    """As far as the compiled file tells what is in it, and by the list that the SBOM adds; the GPL's own conditions are kept."""
    compiled = gzip.decompress((public / "pagefind" / "wasm.unknown.pagefind").read_bytes())
    crates = set(re.findall(rb"/([a-z_-]+)-([0-9.]+)/src/", compiled))
    assert {name for name, _ in crates} >= {b"minicbor", b"wasm-bindgen"}
    beside = (public / "pagefind" / "LICENSE.txt").read_text(encoding="utf-8")
    for name, version in crates:
        assert f"{name.decode()} {version.decode()}" in beside
    inside = json.loads((HOME / "tools" / "pagefind-parts.json").read_text(encoding="utf-8"))
    assert inside["version"] == pins((HOME / "requirements" / "site.txt").read_text(encoding="utf-8"))[inside["of"]]
    for part in inside["parts"]:
        assert f"{part['name']} {part['version']}".strip() in beside
    assert [part["name"] for part in inside["parts"] if "GPL" in part["license"]] == ["pagefind_microjson"]
    assert f"tag v{inside['version']}" in beside  # where the source of it all is
    licence = (public / "pagefind" / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert licence.lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert "GPL-3.0.txt" in beside
    assert "GPL-3.0.txt" in (HOME / "NOTICE").read_text(encoding="utf-8")


def test_our_own_files_hold_nobody_elses_notice(public: Path) -> None:
    """Code that was taken from elsewhere mostly says so; such a mark must be looked at and named in NOTICE."""
    for path, data in tree(public / "assets").items():
        assert not re.search(rb"@licen[cs]e|copyright|\(c\) ?20|SPDX", data, re.IGNORECASE), path


def test_the_licence_is_for_the_code_and_says_so() -> None:
    licence = (HOME / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License\n")
    assert "content/" in licence
    assert "LICENSE（MIT）は content/ には及びません" in (HOME / "NOTICE").read_text(encoding="utf-8")


def with_contact(edition: Path, contact: str) -> None:
    file = edition / "site.toml"
    file.write_text(file.read_text().replace("[contact]\n", f'[contact]\nsecurity = "{contact}"\n'))


def test_security_txt_is_published_where_a_contact_is_named(mini: Path, job: Jobs) -> None:
    """RFC 9116: a contact, an end within a year of the day of the build, the address where it counts."""
    made = job()
    assert pipeline.build(made).published
    assert not (made.out / ".well-known").exists()
    with_contact(mini, "mailto:anzen@minato.example")
    assert pipeline.build(made).published
    text = (made.out / ".well-known" / "security.txt").read_text()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert list(fields) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert fields["Contact"] == "mailto:anzen@minato.example"
    end = datetime.datetime.fromisoformat(fields["Expires"])
    assert datetime.timedelta(300) < end.date() - MINI_TODAY < datetime.timedelta(365)
    assert fields["Preferred-Languages"] == "ja, en"
    assert fields["Canonical"] == "https://minato.example/.well-known/security.txt"


def test_security_txt_is_only_for_the_root_of_a_host(mini: Path, job: Jobs) -> None:
    with_contact(mini, "https://minato.example/anzen")
    made = job(base_path="/guide/")
    assert pipeline.build(made).published
    assert not (made.out / ".well-known").exists()


def test_security_txt_at_the_end_of_time(mini: Path, job: Jobs) -> None:
    with_contact(mini, "https://minato.example/anzen")
    pipeline.build(job(today=datetime.date(9999, 12, 31)))


def listed(**versions: str) -> dict[str, Any]:
    return {"components": [{"name": n, "version": v, "licenses": [{"license": {"id": "MIT"}}]} for n, v in versions.items()]}


def test_the_list_of_parts_is_held_against_the_lock() -> None:
    """`make sbom` refuses a list that lacks a part, has another version, one too many, or one without a licence."""
    sys.path.insert(0, str(HOME / "tools"))
    try:
        from sbom_check import add, missing  # noqa: PLC0415
    finally:
        sys.path.pop(0)
    lock = "a-b==1.0 \\\n    --hash=sha256:0\nc==2 ; python_version < '3.13' \\\n    --hash=sha256:0\n"
    assert missing(listed(A_b="1.0", c="2"), lock) == []
    assert missing(listed(A_b="1.0"), lock) == ["c 2"]
    assert missing(listed(A_b="1.1", c="2"), lock) == ["a-b 1.0"]
    assert missing(listed(A_b="1.0", c="2", d="1"), lock) == ["d（一覧にない）"]
    assert missing({"components": [{"name": "c", "version": "2"}]}, "c==2 \\\n") == ["c（ライセンスがない）"]
    parts = [{"name": "x", "version": "3", "purl": "pkg:cargo/x@3", "license": "MIT"}]
    whole: dict[str, Any] = listed(a_b="1.0", c="2")
    whole["components"][0]["bom-ref"] = "a"
    assert add(whole, {"of": "a-b", "version": "1.1", "parts": parts}) == [
        "a-b 1.1（pagefind-parts.json を新しい版に直してください）"
    ]
    assert add(whole, {"of": "a-b", "version": "1.0", "parts": parts}) == []
    assert [part["name"] for part in whole["components"]] == ["a_b", "c", "x"]
    assert {"ref": "a", "dependsOn": ["pkg:cargo/x@3"]} in whole["dependencies"]
