"""One spelling and one cut: the vectors that Python and JavaScript both answer to (tests/browser/test_search.py)."""

from __future__ import annotations

import json

import pytest
from conftest import HOME
from hypothesis import given
from hypothesis import strategies as st

from guide.search.normalise import fold, grams, pieces, runs, token

VECTORS = json.loads((HOME / "tests" / "vectors" / "normalise.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), VECTORS["fold"])
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("text", "expected"), VECTORS["grams"])
def test_grams(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(("text", "expected"), VECTORS["pieces"])
def test_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(("text", "expected"), VECTORS["token"])
def test_token(text: str, expected: str) -> None:
    assert token(text) == expected


@given(st.text())
def test_folding_again_changes_nothing_that_is_searched(text: str) -> None:
    """What was folded once is found again by its folded form."""
    assert runs(" ".join(runs(text))) == runs(text)


@given(st.text(alphabet="あいうえおかきくけこアイウエオカキクケコー", min_size=1))
def test_kana_of_both_kinds_are_one(text: str) -> None:
    """Katakana, hiragana and a long mark more or less find the same."""
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ん" else c for c in text)
    assert grams(katakana) == grams(text) == grams(text.replace("ー", ""))
