"""The search page's own modules in V8, without a page: spelling, slips, and what a question finds in a small index."""

from __future__ import annotations

import json

import pytest
from conftest import HOME
from hypothesis import given
from hypothesis import strategies as st

from guide.read import load
from guide.search.ranker import Ranker

VECTORS = json.loads((HOME / "tests" / "vectors" / "normalise.json").read_text(encoding="utf-8"))
CORE = {
    "columns": [
        *(["a", "b"], ["p", "w"], ["家賃の補助", "くらしの窓口"], ["やちんのほじょ", "くらしのまどぐち"]),
        *(["家賃が払えない|yachin", "相談したい"], [1, 1]),
    ],
    "urgent": [["life", "息をしていない"]],
    "calm": [],
}
MORE = {
    "words": ["", ""],
    "summaries": ["家賃を助けます。", "なんでも聞きます。"],
    "needs": [["住む所がない", [1, 0], ""], ["倒れている", [1], "life"]],
    "stops": "",
    "equals": [["間借り代", "家賃"]],
    "elsewhere": ["パスポート"],
}


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker(load.static(HOME / "static"), CORE, MORE)


RANKER = Ranker(load.static(HOME / "static"), CORE, MORE)  # for what hypothesis asks


def alike(one: str, other: str) -> bool:
    return bool(RANKER.evaluate(f"alike({json.dumps(one)}, {json.dumps(other)})"))


@pytest.mark.parametrize("name", ["fold", "grams", "pieces", "token", "kana"])
def test_the_script_folds_and_cuts_like_python(ranker: Ranker, name: str) -> None:
    """The shared vectors, which guide/search/normalise.py answers to as well."""
    texts = json.dumps([text for text, _ in VECTORS[name]])
    assert ranker.evaluate(f"{texts}.map((text) => {name}(text))") == [expected for _, expected in VECTORS[name]]


@given(st.text(alphabet="abc", min_size=1, max_size=6), st.integers(0, 5), st.sampled_from("abcx"))
def test_one_slip_is_alike(word: str, place: int, letter: str) -> None:
    """A letter put in, left out or changed is one slip; two words are alike both ways or not at all."""
    place = min(place, len(word) - 1)
    assert alike(word, word[:place] + letter + word[place:])
    assert alike(word, word[:place] + word[place + 1 :])
    assert alike(word[:place] + letter + word[place + 1 :], word)


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_alike_is_symmetric(one: str, other: str) -> None:
    if len(one) != len(other):
        assert alike(one, other) == alike(other, one)


@pytest.mark.parametrize(
    ("query", "first"),
    [("家賃の補助", 0), ("yachin", 0), ("間借り代", 0), ("くらし", 1), ("住む所がない", 1)],
)
def test_a_question_finds_its_record(ranker: Ranker, query: str, first: int) -> None:
    """A name, romaji, a word that means the same, a part of a name, a need."""
    assert [result.record for result in ranker.answer(query).results][:1] == [first]


def test_the_parts_add_up_to_why(ranker: Ranker) -> None:
    """The layers that speak for a record stand with it, best first."""
    best = ranker.answer("家賃が払えない").results[0]
    assert best.why == "家賃が払えない"
    assert best.parts[0][0] == "words"
    assert [score for _, score in best.parts] == sorted((score for _, score in best.parts), reverse=True)


def test_what_is_elsewhere_or_an_alarm_is_told(ranker: Ranker) -> None:
    assert ranker.answer("パスポート").elsewhere
    assert ranker.answer("父が息をしていない").routes == ["life"]


def test_whatever_is_typed_is_answered(ranker: Ranker) -> None:
    for query in ("", "？", "`${1}`", '"); throw 1; ("', "\u2028", "\ud83d\ude00", "</script>"):
        assert ranker.answer(query).results == [], query
