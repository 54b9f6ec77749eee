"""YAML values written over several lines without a mark for it (plain, quoted, `>`): what their folds become.

YAML makes a space of each fold and no longer tells it from a space that somebody typed, so the lines are looked for in it.
"""

from __future__ import annotations

from itertools import pairwise

import yaml

from guide.read import lineends


def unfolded(value: str, raw: str, style: str | None) -> str:
    """A value whose folds between Japanese characters leave no space; `raw` is how it stands in the file."""
    lines = _lines(raw, style)
    if lineends.apart("\n".join(lines)):
        return value
    made, upto = [], 0
    for (_, end), (start, _) in pairwise(_spots(value, lines)):
        if value[end:start] == " " and lineends.closes(value, end, start):
            made.append(value[upto:end])
            upto = start
    return "".join([*made, value[upto:]])


def _lines(raw: str, style: str | None) -> list[str]:
    """What stands on each line that is not empty, as it stands in the value."""
    if style == ">":
        raw = raw.partition("\n")[2]  # after the sign itself
    elif style:
        raw = raw[1:-1]
    lines = [line for piece in raw.split("\n") if (line := piece.strip(" \t"))]
    if style == "'":
        return [line.replace("''", "'") for line in lines]
    if style == '"' and "\\" in raw:
        return [_unescaped(line) for line in lines]
    return lines


def _unescaped(line: str) -> str:
    """One line of a value in double quotes; one that ends in a sign of its own is left, and then found nowhere."""
    try:
        node = yaml.compose(f'"{line}"', Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return line
    return str(node.value) if node else line


def _spots(value: str, lines: list[str]) -> list[tuple[int, int]]:
    """Where each line begins and ends in the value; none when one of them is not there as it was thought."""
    spots: list[tuple[int, int]] = []
    end = 0
    for line in lines:
        start = value.find(line, end)
        if start < 0 or value[end:start].strip():
            return []
        end = start + len(line)
        spots.append((start, end))
    return spots
