"""YAML as staff type it: YAML 1.2 values, a place for each, and no trap that YAML 1.1 sets (SEC-10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.read.findings import Place
from guide.read.yamlread import read


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("9:30", "9:30"),
        ("0123", 123),
        ("0o17", 15),
        ("1_000", "1_000"),
        ("096-328-2111", "096-328-2111"),
        ("2026-11-21", "2026-11-21"),
        ("110", 110),
        ("'110'", "110"),
        ("true", True),
        ("yes", "yes"),
        ("~", None),
        ("", None),
        ("1.5", 1.5),
        (".inf", float("inf")),
        ("=", "="),
        ("2026", 2026),
        ("|-\n  a\n  b", "a\nb"),
    ],
)
def test_scalars_follow_yaml_1_2(typed: str, value: object) -> None:
    document = read(f"key: {typed}", "f.yaml")
    assert document.findings == []
    assert document.data == {"key": value}


def test_every_value_and_key_has_its_place() -> None:
    document = read("a: 1\nb:\n  - x\n  - c: 道\n    d: e\n", "f.yaml", first_line=2)
    assert document.values[("b", 1, "d")] == Place("f.yaml", 6, 8)
    assert document.keys[("b", 1, "d")] == Place("f.yaml", 6, 5)
    assert document.place(("b", 9, "z")) == document.values[("b",)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2", "Y002", 2, 1),
        ("a: &x 1\nb: *x", "Y003", 1, 4),
        ("a: !!python/object:os.system {}", "Y003", 1, 4),
        ("a:\n  <<: {b: 1}", "Y003", 2, 3),
        ("? [a]\n: b", "Y003", 1, 3),
        ("a: 'x", "Y001", 1, 6),
        ("a: b\n\tc: d", "Y001", 2, 2),
        ("a: b\x07c", "Y004", 1, 5),
        ("a: [[[[[[[[[[1]]]]]]]]]]", "Y006", 1, 12),
    ],
)
def test_traps_are_told_with_their_place(text: str, code: str, line: int, column: int) -> None:
    findings = read(text, "f.yaml").findings
    assert [(f.code, f.place.line) for f in findings] == [(code, line)]
    if code != "Y001":  # where libyaml gives up depends on its version
        assert findings[0].place.column == column


def test_an_alias_bomb_is_refused_at_once() -> None:
    """A few bytes that would unfold to billions of values."""
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    assert [f.code for f in read("\n".join(lines), "f.yaml").findings] == ["Y003"]


@given(st.text())
def test_random_text_never_raises_and_every_place_is_inside(text: str) -> None:
    document = read(text, "f.yaml")
    lines = text.split("\n")
    for place in [*document.values.values(), *(f.place for f in document.findings)]:
        assert 1 <= place.line <= len(lines) + 1
        assert place.column >= 1
