"""How long and how deep a file may be, looked at before a parser sees it: parsers recurse, and some crash the process."""

from __future__ import annotations

import re

from guide.read import characters
from guide.read.findings import Finding, Place

FILE_BYTES = 4_000_000  # a list of 1,000,000 characters in Japanese is shorter
LIST_CHARACTERS = 1_000_000  # the longest list of the first edition has 620,000
HEAD_CHARACTERS = 100_000  # of a page
BODY_CHARACTERS = 50_000  # about 50 printed pages
SETTINGS_CHARACTERS = 50_000
DEPTH = 8
SAFE_DEPTH = 100  # parsers stand this; what may be deeper is looked at with its own eyes
# YAML: where a list or a mapping within brackets may begin, and a line whose indent holds room for many levels.
OPENING = re.compile(r"(?m)^[ \t]*[\[{]|[\[{,:?-](?=[ \t]*[\[{])")
INDENT = re.compile(rf"\n[ \t?:-]{{{SAFE_DEPTH}}}")
# TOML: strings and comments, and what is left when they are taken away.
# A quote that nobody closes counts to its end: the parser stops there anyway. Nothing is tried twice (`*+`).
QUOTED = re.compile(
    r'"""(?:\\.|(?!""").)*+(?:"{3,5}|\Z|)|\'\'\'.*?(?:\'{3,5}|\Z)|"(?:\\.|[^"\\\n])*+"?|\'[^\'\n]*+\'?|#[^\n]*+', re.DOTALL
)
LONG_WORD = re.compile(r"(?<![\w+.:-])[\w+.:-]{100,}+")  # a bare key or a number
DOTTED = re.compile(r'(?<![\w"-])(?:[\w"-]++[ \t]*+\.[ \t]*+){8}')
BRACKETS = re.compile(r"[\[\]{}]")


def too_long(text: str, most: int, file: str, first_line: int = 1) -> Finding | None:
    """A text that is longer than `most` characters."""
    if len(text) <= most:
        return None
    message = f"長すぎます（{len(text):,} 文字）。"
    return Finding(Place(file, first_line), "Y006", message, f"{most:,} 文字までに分けてください。")


def too_deep(place: Place) -> Finding:
    """What lies deeper than anything that people write."""
    return Finding(place, "Y006", "入れ子が深すぎます。", f"入れ子は {DEPTH} 段までにしてください。")


def may_be_deep(text: str) -> bool:
    """False when YAML tells at a glance that it is not too deep for its parser, as nearly all does."""
    brackets = text.count("[") + text.count("{") > SAFE_DEPTH and sum(1 for _ in OPENING.finditer(text)) > SAFE_DEPTH
    return brackets or INDENT.search("\n" + text) is not None


def toml_too_deep(text: str, file: str) -> Finding | None:
    """The place where TOML is longer or deeper than settings are; what is written between quotes does not count."""
    if fault := too_long(text, SETTINGS_CHARACTERS, file):
        return fault
    bare = bare_toml(text)
    if found := LONG_WORD.search(bare):
        message = f"長すぎる数か名前があります（{len(found[0]):,} 文字）。"
        return Finding(characters.place(bare, found.start(), file), "Y006", message, "100 文字までにしてください。")
    if found := DOTTED.search(bare):
        return too_deep(characters.place(bare, found.start(), file))
    depth = 0
    for bracket in BRACKETS.finditer(bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEPTH:
            return too_deep(characters.place(bare, bracket.start(), file))
    return None


def bare_toml(text: str) -> str:
    """The same text, each character where it was, with marks in the place of what is quoted and nothing in that of comments."""
    return QUOTED.sub(lambda found: re.sub(r"[^\n]", " " if found[0][0] == "#" else '"', found[0]), text)
