"""A line's end between Japanese characters leaves nothing, between words that stand apart a space, wherever it is written."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.read import lineends, markdown, yamlread
from guide.read.fields import Easy, Text
from guide.read.records import Condition

# One of each kind that has its own block in Unicode, and what stands at the ends of lines.
JAPANESE = "あアｱ漢々〆〇ー、。「」（）・〜！？Ａ　𠮷㈱葛"
MARKS = ("{}", "**{}**", "*{}*", "`{}`", "[{}](x.md)", "{{{}|よみ}}", "「{}」", "（{}）")
words = st.text("漢字仮名かなカナー々", min_size=1, max_size=6)


def shown(text: str) -> str:
    """What a reader sees of a body, in one line."""
    made = re.sub(r"<rp>.*?</rp>|<rt.*?</rt>", "", str(markdown.html(markdown.parse(text, "f.md", 1), lambda target: target)))
    return html.unescape(re.sub(r"[ \t\n]+", " ", re.sub(r"<[^>]+>", "", made))).strip(" ")


@pytest.mark.parametrize("before", JAPANESE)
@pytest.mark.parametrize("after", JAPANESE)
def test_nothing_stands_between_japanese_characters(before: str, after: str) -> None:
    text = f"字{before}\n{after}字"
    assert lineends.joined(text) == f"字{before}{after}字"
    assert shown(text) == f"字{before}{after}字"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("電話は\n110番", "電話は110番"),
        ("ABC\nです", "ABCです"),
        ("です。\nABC です", "です。ABC です"),
        ("call us\nat once", "call us at once"),
        ("096-328-2323\n096-328-2325", "096-328-2323 096-328-2325"),
        ("中央区 東区\nの人", "中央区 東区の人"),  # a space that somebody typed
        ("泣く😢\nときは", "泣く😢ときは"),
        ("泣く👍🏽\n👍🏽と", "泣く👍🏽👍🏽と"),
        ("☎️\nです", "☎️です"),
        ("help 😢\nme", "help 😢 me"),
        ("한국어\n日本語", "한국어 日本語"),
        ("葛\U000e0100\nと", "葛\U000e0100と"),
        ("でんわ して ください。\nすぐ きて ください。", "でんわ して ください。 すぐ きて ください。"),
        ("Call the 保護課\nof your ward office", "Call the 保護課 of your ward office"),
    ],
)
def test_other_line_ends(text: str, expected: str) -> None:
    assert lineends.joined(text) == expected
    assert shown(text) == expected


def test_breaks_that_are_meant_stay() -> None:
    for text in ("一  \n二", "一\\\n二"):
        assert "<br />" in str(markdown.html(markdown.parse(text, "f.md", 1), str))
    assert shown("- 一\n  二\n- 三") == "一二 三"
    assert shown("> 一\n> 二") == "一二"


def test_links_and_paragraphs_keep_their_lines() -> None:
    """Findings point at the source, whatever was joined."""
    body = markdown.parse("一\n二\n[名](x.md)\n三\n\n四\nABC\nDEF", "f.md", 10)
    assert [(link.place.line, link.place.column) for link in body.links] == [(12, 5)]
    assert body.blocks == ((10, "一二名三"), (15, "四ABC DEF"))


@given(st.lists(st.tuples(st.sampled_from(MARKS), words), min_size=1, max_size=8))
def test_whatever_marks_stand_at_the_ends_of_lines(pieces: list[tuple[str, str]]) -> None:
    lines = [mark.format(word) for mark, word in pieces]
    assert shown("\n".join(lines)) == shown("".join(f"{line}<>" for line in lines)).replace("<>", "")


@given(st.lists(st.text("漢かカー、。A1 😢ｱ", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=6))
def test_no_letter_and_no_typed_space_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    for made in (lineends.joined(text), shown(text)):
        assert re.sub(r"\s", "", made) == re.sub(r"\s", "", text)
        spots = [i for i, line in enumerate(lines) if " " in line]
        assert all(re.sub(" +", " ", lines[i]) in re.sub(" +", " ", made) for i in spots)


STYLES = ("a: {0}", "a: >-\n  {0}", "a: '{0}'", 'a: "{0}"', "a:\n  {0}")


@given(st.lists(words, min_size=1, max_size=6), st.sampled_from(STYLES))
def test_a_folded_value_is_one_line_however_it_is_written(pieces: list[str], style: str) -> None:
    assert yamlread.read(style.format("\n  ".join(pieces)), "f").data == {"a": "".join(pieces)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: >-\n  一\n  二 三\n\n  四\n    五\n  六", "一二 三\n四\n  五\n六"),
        ("a: 'い''\n  ろ'", "い'ろ"),
        ('a: "い\\t\n  ろ"', "い\tろ"),
        ('a: "い\\\n  ろ"', "いろ"),
        ('a: "い\\u3042\n  ろ\\\\\n  は"', "いあろ\\は"),
        ("a: call us\n  at once", "call us at once"),
        ("a: |-\n  一\n  二", "一\n二"),
        ("a: いろ\n  いろ\n  い", "いろいろい"),
    ],
)
def test_folds_of_yaml(text: str, expected: str) -> None:
    assert yamlread.read(text, "f").data == {"a": expected}


def test_the_whole_of_a_list_of_values() -> None:
    assert yamlread.read("a:\n  - 一\n    二\n  - 三\nb: {c: 四\n  五}", "f").data == {"a": ("一二", "三"), "b": {"c": "四五"}}


@given(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4))
def test_easy_japanese_stays_as_it_is_written(lines: list[str]) -> None:
    """Its spaces inside lines and its lines; where YAML folds them, a space each."""
    literal = yamlread.read("text: x\neasy: |-\n  " + "\n  ".join(lines), "f").data
    assert Condition.model_validate(literal).easy == "\n".join(lines)
    folded = yamlread.read("text: x\neasy: >-\n  " + "\n  ".join(lines), "f").data
    assert Condition.model_validate(folded).easy == " ".join(lines)
    assert Condition.model_validate({"text": "\n".join(lines[:1] * 2)}).text.count("\n") == 0


def test_texts_are_one_line_and_easy_ones_as_they_are() -> None:
    made = Condition.model_validate({"text": "一\n二\n", "easy": "いち\nに\n", "english": "one\ntwo"})
    assert (made.text, made.easy, made.english) == ("一二", "いち\nに", "one two")
    assert Text != Easy
