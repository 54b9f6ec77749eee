"""One header set in two forms, with the policy that the standards ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import read_headers

from guide.publish import headers


def nginx_rules(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "nginx-headers.conf").read_text(encoding="utf-8")
    blocks = re.findall(r"location (?:= )?(\S+) \{\n(.*?)\}", text, re.DOTALL)
    return {path: dict(re.findall(r'add_header (\S+) "(.*)" always;', body)) for path, body in blocks}


def test_both_forms_say_the_same(public: Path) -> None:
    """What a host sends for a path is the same, whichever file it reads."""
    everywhere, *hashed = read_headers(public)
    nginx = nginx_rules(public)
    assert nginx["/"] == everywhere[1]
    for pattern, extra in hashed:
        assert nginx[pattern.removesuffix("*")] == everywhere[1] | extra


def test_sensitive_pages_are_kept_nowhere(public: Path) -> None:
    """No cache holds them, the browser's back and forward included (DV-4); other pages are asked for anew."""
    rules = dict(read_headers(public))
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    sensitive = [record["url"] for record in [*guide["programs"], *guide["windows"]] if record["sensitive"]]
    assert sensitive
    for url in [*sensitive, "/urgent/", "/safety/", "/situations/violence-rights/"]:
        assert rules[url] == {"Cache-Control": "no-store"}
    assert "/programs/fukushi-taxi/" not in rules


def test_the_policy_is_the_one_that_was_tried() -> None:
    assert headers.POLICY == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_hosts_accept_the_lines(public: Path) -> None:
    """Cloudflare takes at most 100 rules and 2,000 characters a line (SEC-1)."""
    lines = (public / "_headers").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 2000
    assert len(read_headers(public)) <= 100
