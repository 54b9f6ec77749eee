"""Faults as values: where, what, what to do. This room never reads a file and never prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
LEVEL_NAMES: Mapping[Level, str] = {"error": "エラー", "warning": "注意"}


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
    return sorted(set(findings))


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when at least one finding is an error: nothing may be published then."""
    return any(f.level == "error" for f in findings)


def as_text(findings: Iterable[Finding], texts: Mapping[str, str]) -> str:
    """The report for people: each fault with its line of source and what to do, then one line that counts them.

    `texts` maps a file (as in `Place.file`) to its text; a file that is not in it is shown without its line.
    """
    ordered = in_order(findings)
    blocks = [_block(f, texts.get(f.place.file, "")) for f in ordered]
    errors = sum(f.level == "error" for f in ordered)
    counts = f"エラー {errors} 件、注意 {len(ordered) - errors} 件"
    return "\n".join([*blocks, counts]) + "\n"


def _block(finding: Finding, text: str) -> str:
    lines = text.split("\n")
    head = f"{finding.place}  {LEVEL_NAMES[finding.level]} {finding.code}  {finding.message}"
    shown = lines[finding.place.line - 1].rstrip("\r") if text and finding.place.line <= len(lines) else ""
    parts = [head]
    if shown.strip():
        parts.append(f"    {finding.place.line} | {shown}")
    parts.append(f"    直し方: {finding.hint}")
    return "\n".join(parts)


def as_json(findings: Iterable[Finding]) -> str:
    """The report for machines: a JSON list of objects with file, line, column, level, code, message and hint."""
    rows = [
        {
            "file": f.place.file,
            "line": f.place.line,
            "column": f.place.column,
            "level": f.level,
            "code": f.code,
            "message": f.message,
            "hint": f.hint,
        }
        for f in in_order(findings)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


class Refused(Exception):
    """The destination may not be replaced, or the machine does not let us; the message is for staff, in Japanese."""
