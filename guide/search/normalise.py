"""One spelling and one cut for searching, the same here and in static/js/normalise.js.

Both are held together by the vectors in tests/vectors/normalise.json: change all three or none. No dictionary and no
`Intl.Segmenter`, whose cuts differ between browsers (measured: Pagefind issue 1237).
"""

from __future__ import annotations

import re
import unicodedata

# Small kana count as large ones, and the long mark is dropped, so that slips of the thumb still match.
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
LONG = re.compile("[-ー〜~‐‑–—―ｰ]")
# Spellings of one word. Left: pattern after folding kana; right: the one spelling used inside the search.
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("障がい", "障害"),
    ("障碍", "障害"),
    ("子ども", "こども"),
    ("子供", "こども"),
    ("お年寄り", "年寄り"),
    ("髙", "高"),
    ("﨑", "崎"),
    ("邊", "辺"),
    ("邉", "辺"),
    ("澤", "沢"),
    ("齋", "斎"),
    ("齊", "斉"),
    ("濵", "浜"),
    ("國", "国"),
    ("學", "学"),
    ("會", "会"),
    ("區", "区"),
)
KANJI = re.compile("[々〇一-鿿㐀-䶿]")
WORD = re.compile(r"[a-z0-9]+|[ぁ-んゔ々〇一-鿿㐀-䶿가-힣\u0900-\u097f\u0e00-\u0e7f]+")


def fold(text: str) -> str:
    """One spelling: NFKC, small letters, hiragana, no long marks, small kana large, one form of each known variant."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = LONG.sub("", "".join(_plain(c) for c in folded)).translate(SMALL)
    for pattern, spelling in SPELLINGS:
        folded = folded.replace(pattern, spelling)
    return folded


def _plain(char: str) -> str:
    """Katakana as hiragana, Latin letters without their marks (Vietnamese is often typed without them)."""
    if "ァ" <= char <= "ヶ":
        return chr(ord(char) - 0x60)
    base = unicodedata.normalize("NFD", char)[0]
    return "d" if char == "đ" else base if base.isascii() else char


def runs(text: str) -> list[str]:
    """The folded text's runs of letters; spaces and punctuation separate them."""
    return WORD.findall(fold(text))


def grams(text: str) -> list[str]:
    """The pieces that are indexed and looked up: Latin words whole, everything else in overlapping pairs."""
    pieces: list[str] = []
    for run in runs(text):
        if run[0].isascii() or len(run) == 1:
            pieces.append(run)
        else:
            pieces += [run[i : i + 2] for i in range(len(run) - 1)]
    return pieces


def pieces(text: str) -> list[str]:
    """What the ranking compares: the grams, and each kanji alone, so that a wrong or other compound still matches."""
    found = dict.fromkeys(grams(text))
    found.update(dict.fromkeys(KANJI.findall(fold(text))))
    return list(found)


def key(text: str) -> str:
    """A text as it is kept for matching: its runs, one space between."""
    return " ".join(runs(text))


def token(gram: str) -> str:
    """A piece as one word that no indexer cuts further: `0` and four letters for each character.

    Pagefind takes a word of two kanji apart and answers with pages that hold either; Latin pieces stay as they are.
    """
    return gram if gram[0].isascii() else "0" + "".join(_letters(ord(char)) for char in gram)


def _letters(number: int) -> str:
    """A number below 26**4 in four letters."""
    digits = (number // 26**power % 26 for power in (3, 2, 1, 0))
    return "".join(chr(ord("a") + digit) for digit in digits)
