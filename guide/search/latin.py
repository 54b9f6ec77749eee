"""Latin words as people type them: romaji to kana, the beginning of a word, one slip of the finger.

Twin of static/js/latin.js; both answer to tests/vectors/normalise.json.
"""

from __future__ import annotations

ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
SINGLE = {
    "ya": "や",
    "yu": "ゆ",
    "yo": "よ",
    "wa": "わ",
    "wo": "を",
    "shi": "し",
    "chi": "ち",
    "tsu": "つ",
    "fu": "ふ",
    "ji": "じ",
}
TWISTED = {
    "ky": "き",
    "sh": "し",
    "ch": "ち",
    "ny": "に",
    "hy": "ひ",
    "my": "み",
    "ry": "り",
    "gy": "ぎ",
    "j": "じ",
    "by": "び",
    "py": "ぴ",
    "sy": "し",
    "ty": "ち",
    "jy": "じ",
    "zy": "じ",
}
SYLLABLES = {
    **{head + vowel: kana for head, row in ROWS.items() for vowel, kana in zip("aiueo", row, strict=True)},
    **SINGLE,
    **{head + vowel: first + last for head, first in TWISTED.items() for vowel, last in zip("auo", "やゆよ", strict=True)},
}
VOWELS = "aiueo"


def kana(word: str) -> str | None:
    """Romaji (Hepburn or official) as folded hiragana, or None when it is no romaji. `word` is in small letters."""
    made, i = "", 0
    while i < len(word):
        following = word[i + 1 : i + 2]
        if word[i] == "n" and (not following or following not in VOWELS + "y"):
            made, i = made + "ん", i + 1
        elif following == word[i] and word[i] not in VOWELS + "n":
            made, i = made + "つ", i + 1
        else:
            size = next((n for n in (3, 2, 1) if word[i : i + n] in SYLLABLES), 0)
            if not size:
                return None
            made, i = made + SYLLABLES[word[i : i + size]], i + size
    return made


def alike(one: str, other: str) -> bool:
    """True when the words differ by at most one letter: put in, left out, changed, or two changed places."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    i = 0
    while i < len(one) and one[i] == other[i]:
        i += 1
    if len(one) < len(other):
        return one[i:] == other[i + 1 :]
    swapped = one[i : i + 2] == other[i : i + 2][::-1] and one[i + 2 :] == other[i + 2 :]
    return one[i + 1 :] == other[i + 1 :] or swapped
