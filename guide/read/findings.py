"""Faults as values: where, what, what to do. This room never reads a file and never prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
LEVEL_NAMES: Mapping[Level, str] = {"error": "エラー", "warning": "注意"}
MOST = 500  # findings that a report shows to people; it says how many more there are
WIDEST = 300  # characters of a line of a report
# What a terminal would act on or cannot show; bytes of file names that are no UTF-8 arrive as lone surrogates.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
NO_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
BYTES = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: path relative to the edition's folder, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. `code` is stable and listed in `guide.codes`; `message` and `hint` are for staff, in Japanese."""

    place: Place
    code: str
    message: str
    hint: str
    level: Level = "error"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetition, sorted by file, line, column and code."""
    return sorted(set(findings), key=lambda f: (f.place.file, f.place.line, f.place.column, f.code, f.message, f.hint, f.level))


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when at least one finding is an error: nothing may be published then."""
    return any(f.level == "error" for f in findings)


def as_text(findings: Iterable[Finding], texts: Mapping[str, str]) -> str:
    """The report for people: each fault with its line of source and what to do, then one line that counts them.

    `texts` maps a file (as in `Place.file`) to its text; a file that is not in it is shown without its line. Errors come
    before warnings where there are more than a report shows.
    """
    ordered = in_order(findings)
    errors = sum(f.level == "error" for f in ordered)
    shown = ordered if len(ordered) <= MOST else in_order(sorted(ordered, key=lambda f: f.level != "error")[:MOST])
    lines = {file: texts[file].split("\n") for file in {f.place.file for f in shown} if file in texts}
    blocks = [_block(f, lines.get(f.place.file, [])) for f in shown]
    if len(shown) < len(ordered):
        blocks.append(f"ほか {len(ordered) - len(shown):,} 件は、ここまでを直してから出ます。")
    counts = f"エラー {errors} 件、注意 {len(ordered) - errors} 件"
    return "\n".join([*blocks, counts]) + "\n"


def _block(finding: Finding, lines: list[str]) -> str:
    head = f"{finding.place}  {LEVEL_NAMES[finding.level]} {finding.code}  {short(finding.message)}"
    shown = lines[finding.place.line - 1].rstrip("\r") if finding.place.line <= len(lines) else ""
    parts = [visible(head)]
    if shown.strip():
        parts.append(f"    {finding.place.line} | {visible(_around(shown, finding.place.column))}")
    parts.append(f"    直し方: {visible(short(finding.hint, 3 * WIDEST))}")
    return "\n".join(parts)


def short(text: str, most: int = WIDEST) -> str:
    """A text that may quote what somebody wrote, which may be of any length."""
    return text if len(text) <= most else f"{text[: most - 40]}…（{len(text):,} 文字）…{text[-20:]}"


def _around(line: str, column: int) -> str:
    """A line of source; of a very long one what stands around a column."""
    if len(line) <= WIDEST:
        return line
    start = max(0, min(column - WIDEST // 2, len(line) - WIDEST))
    return f"{'…' if start else ''}{line[start : start + WIDEST]}{'…' if start + WIDEST < len(line) else ''}"


def visible(text: str) -> str:
    """A text for a terminal, on which no character of it does anything: <U+001B> stands for an escape. Tabs are spaces."""
    text = BYTES.sub(lambda found: found[0].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), text)
    return CONTROL.sub(lambda found: " " if found[0] == "\t" else f"<U+{ord(found[0]):04X}>", text)


def as_json(findings: Iterable[Finding]) -> str:
    """The report for machines: a JSON list of objects with file, line, column, level, code, message and hint."""
    rows = [
        {
            "file": f.place.file,
            "line": f.place.line,
            "column": f.place.column,
            "level": f.level,
            "code": f.code,
            "message": short(f.message),
            "hint": short(f.hint, 3 * WIDEST),
        }
        for f in in_order(findings)
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    text = ASTRAL.sub(lambda found: json.dumps(found[0])[1:-1], text)  # a terminal may not know them, and \\U is no JSON
    return NO_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


class Refused(Exception):
    """The destination may not be replaced, or the machine does not let us; the message is for staff, in Japanese."""
