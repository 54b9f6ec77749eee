"""Characters that a text must not hold: one check for values, bodies, settings. It names the character and its place.

What nobody sees (controls, zero widths, direction marks, private use) and what only looks like another character (parts
that stand apart, signs of radicals) breaks search, reading aloud and copying, and on a terminal it can do worse.
"""

from __future__ import annotations

import re
import unicodedata

from guide.read.findings import Finding, Place

# Everything but tab and newline that YAML or an editor may count as a line break or refuses to read, and what has no width.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
JOINER = re.compile("(?<=[\u0600-\u10ff])[\u200c\u200d]")  # belongs to the scripts from Arabic to Burmese
RADICALS = re.compile("[\u2e80-\u2fdf]")  # ⽶ looks like 米 and is found by nobody who types 米
HIDDEN_HINT = "その文字を消してください。ほかのソフトから貼り付けたときに入ることがあります。"


def hidden(text: str) -> str | None:
    """What is wrong with a text that holds a character which nobody sees, in Japanese; None when it holds none."""
    found = _first(text)
    return f"見えない文字（{code(found[0])}）が混じっています。" if found else None


def _first(text: str) -> re.Match[str] | None:
    if HIDDEN.search(text) is None:  # nearly always, and quickly told
        return None
    return next((found for found in HIDDEN.finditer(text) if not JOINER.match(text, found.start())), None)


def disguised(text: str) -> tuple[int, str] | None:
    """Where a text holds a character that only looks like another, and what is wrong in Japanese; None when it holds none."""
    if unicodedata.is_normalized("NFC", text) and not RADICALS.search(text):
        return None
    for at, char in enumerate(text):
        if RADICALS.match(char) and (plain := unicodedata.normalize("NFKC", char)) != char:
            return at, f"「{char}」（{code(char)}）は部首の記号です。「{plain}」（{code(plain)}）と打ち直してください。"
        if (plain := unicodedata.normalize("NFC", char)) != char:
            return at, f"「{char}」（{code(char)}）は、「{plain}」（{code(plain[0])}）と打ち直してください。"
        pair = text[at : at + 2]
        if unicodedata.is_normalized("NFC", pair[1:]) and not unicodedata.is_normalized("NFC", pair):
            return at, f"濁点などが分かれた文字「{pair}」（{code(pair[1])}）が混じっています。"
    found = RADICALS.search(text)
    return None if found else (0, "濁点などが分かれた文字（NFD）が混じっています。")


def code(char: str) -> str:
    """U+200B."""
    return f"U+{ord(char):04X}"


def fault(text: str, file: str, first_line: int = 1) -> Finding | None:
    """The first hidden character of a text that begins at a line of a file."""
    found = _first(text)
    return Finding(place(text, found.start(), file, first_line), "Y004", hidden(found[0]) or "", HIDDEN_HINT) if found else None


def disguise(text: str, file: str, first_line: int = 1) -> Finding | None:
    """The first character of a text that only looks like another."""
    found = disguised(text)
    return Finding(place(text, found[0], file, first_line), "F006", found[1], "その行を打ち直してください。") if found else None


def place(text: str, at: int, file: str, first_line: int = 1) -> Place:
    """The place of a character by its index in a text that begins at a line of a file."""
    start = text.rfind("\n", 0, at) + 1
    return Place(file, first_line + text.count("\n", 0, at), at - start + 1)
