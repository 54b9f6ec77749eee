"""What a line's end means in a text that is shown as running text: nothing between Japanese characters, else a space.

Browsers make a space of each, for they cannot know: Chromium showed one after every sentence that began a new line in
a source. Japanese has no spaces between words, so whoever wants one types it, inside a line. A text that does have them
(easy Japanese in 分かち書き, English with a name in kanji) keeps one at the end of a line too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Kana and kanji with their marks (々 ー), Japanese signs (、。「 and the wide space), full-width letters, half-width kana.
JAPANESE = (
    "\u2e80-\u2fdf\u2ff0-\u30ff\u3190-\u319f\u31c0-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe5\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
ONE = re.compile(f"[{JAPANESE}]")
APART = ("easy", "english")  # fields whose words always stand apart
NEAR = 8  # characters: what stands on one letter is fewer
LETTERS_A_SPACE = 10  # easy Japanese and English have one in five or six, Japanese with some names and numbers one in twenty
LINE_END = re.compile(r"[ \t]*\n[ \t\n]*")
UNSEEN = re.compile(r"\|[ぁ-ゖー]+\}|\]\([^)\s]*\)|[{\[]")  # of {漢字|かんじ} and of a link's address
SPACE = re.compile(rf"(?<=[{JAPANESE}]) (?=[{JAPANESE}])|(?<=[^\s{JAPANESE}]) (?=[^\s{JAPANESE}])")  # both sides of one script
# In Markdown, two spaces before a line's end are a break; in a code span no other way leads to its lines.
WITHIN = re.compile(f"(?<=[{JAPANESE}])[ \t]?\n[ \t]*(?=[{JAPANESE}])")


def apart(text: str) -> bool:
    """Whether the words of a text are set apart by spaces, as far as its lines tell."""
    plain = UNSEEN.sub("", text)
    spaces = len(SPACE.findall(plain))
    return spaces > 1 and spaces * LETTERS_A_SPACE > len(re.findall(r"\S", plain))


def closes(text: str, start: int, end: int) -> bool:
    """Whether nothing is to stand in the place of the line's end that `text` has from `start` to `end`."""
    last = _shaped(text[max(0, start - NEAR) : start][::-1])
    first = _shaped(text[end : end + NEAR])
    if not last or not first or _is_hangul(last) or _is_hangul(first):  # Korean sets its words apart
        return False
    return bool(ONE.match(last) or ONE.match(first)) or (_is_wide(last) and _is_wide(first))


def joined(text: str) -> str:
    """A text in one line."""
    if "\n" not in text:
        return text
    text = text.strip(" \t\n")
    spaced = apart(text)
    return LINE_END.sub(lambda found: "" if not spaced and closes(text, *found.span()) else " ", text)


def within(text: str) -> str:
    """Markdown whose line ends right between two Japanese characters are gone."""
    return WITHIN.sub("", text)


def _shaped(text: str) -> str:
    """The first character that has a shape of its own: selectors, joiners and skin tones of emoji have none."""
    return next((char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf") and char not in TONES), "")


@cache
def _is_hangul(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("HANGUL", "HALFWIDTH HANGUL", "PARENTHESIZED HANGUL", "CIRCLED HANGUL"))


@cache
def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFH"
