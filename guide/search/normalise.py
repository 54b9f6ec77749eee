"""One spelling and one cut for searching, the same here and in static/js/normalise.js.

Both are held together by the vectors in tests/vectors/normalise.json: change all three or none. No dictionary and no
`Intl.Segmenter`, whose cuts differ between browsers (measured: Pagefind issue 1237).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

# Small kana count as large ones, and the long mark is dropped, so that slips of the thumb still match.
SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
LONG = "-ー〜~‐‑–—―ｰ"
# Forms of one kanji, and spellings of one word (left: after folding kana; right: the one spelling used inside the search).
FORMS = dict(zip("髙﨑邊邉澤齋齊濵國學會區", "高崎辺辺沢斎斉浜国学会区", strict=True))
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("障がい", "障害"),
    ("障碍", "障害"),
    ("子ども", "こども"),
    ("子供", "こども"),
    ("お年寄り", "年寄り"),
)
KANJI = re.compile("[々〇一-鿿㐀-䶿]")
WORD = re.compile(r"[a-z0-9]+|[ぁ-んゔ々〇一-鿿㐀-䶿가-힣\u0900-\u097f\u0e00-\u0e7f]+")


class _Plain(dict[int, str]):
    """What each character counts as, for str.translate; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


PLAIN = _Plain()


def fold(text: str) -> str:
    """One spelling: NFKC, small letters, hiragana, no long marks, small kana large, one form of each known variant."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(PLAIN)
    for pattern, spelling in SPELLINGS:
        folded = folded.replace(pattern, spelling)
    return folded


def _plain(char: str) -> str:
    """Katakana as hiragana, small as large, Latin letters without their marks (Vietnamese is often typed without them)."""
    if char in LONG:
        return ""
    if "ァ" <= char <= "ヶ":
        char = chr(ord(char) - 0x60)
    if char == "đ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    return SMALL.get(char, FORMS.get(char, base if base.isascii() else char))


def runs(text: str) -> list[str]:
    """The folded text's runs of letters; spaces and punctuation separate them."""
    return _runs(fold(text))


def _runs(folded: str) -> list[str]:
    return WORD.findall(folded)


def grams(text: str) -> list[str]:
    """The pieces that are indexed and looked up: Latin words whole, everything else in overlapping pairs."""
    return _grams(fold(text))


def _grams(folded: str) -> list[str]:
    pieces: list[str] = []
    for run in _runs(folded):
        if run[0].isascii() or len(run) == 1:
            pieces.append(run)
        else:
            pieces += [a + b for a, b in pairwise(run)]
    return pieces


def pieces(text: str) -> list[str]:
    """What the ranking compares: the grams, and each kanji alone, so that a wrong or other compound still matches."""
    folded = fold(text)
    return list(dict.fromkeys([*_grams(folded), *KANJI.findall(folded)]))


def key(text: str) -> str:
    """A text as it is kept for matching: its runs, one space between."""
    return " ".join(runs(text))


@cache
def token(gram: str) -> str:
    """A piece as one word that no indexer cuts further: `0` and four letters for each character.

    Pagefind takes a word of two kanji apart and answers with pages that hold either; Latin pieces stay as they are.
    """
    return gram if gram[0].isascii() else "0" + "".join(map(_letters, gram))


@cache
def _letters(char: str) -> str:
    """A character's number, which is below 26**4, in four letters."""
    digits = (ord(char) // 26**power % 26 for power in (3, 2, 1, 0))
    return "".join(chr(ord("a") + digit) for digit in digits)
