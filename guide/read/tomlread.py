"""TOML text to plain values; never raises on bad input. Light: no library but the standard one's parser."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from guide.read import characters, limits
from guide.read.findings import Finding, Place

Path = tuple[str | int, ...]
KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
DOTTED = rf"{KEY}(?:[ \t]*\.[ \t]*{KEY})*"
HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({DOTTED})[ \t]*\]")
PAIR = re.compile(rf"[ \t]*({DOTTED})[ \t]*=")


def read(text: str, file: str = "site.toml") -> tuple[dict[str, Any] | None, list[Finding]]:
    """The values of a text (arrays as tuples), or None; and what is wrong with it."""
    if fault := limits.toml_too_deep(text, file):
        return None, [fault]
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number that Python does not convert
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(file, int(where[1]), int(where[2])) if where else Place(file, text.count("\n") + 1)
        hint = '「名前 = "値"」の形と、引用符の閉じ忘れを確かめてください。'
        return None, [Finding(place, "T001", "site.toml として読めません。", hint)]
    found = places(text, file)
    faults = [Finding(nearest(found, path, file), "Y004", message, characters.HIDDEN_HINT) for path, message in _hidden(values)]
    return (None, faults) if faults else (_frozen(values), [])


def _hidden(value: object, path: Path = ()) -> list[tuple[Path, str]]:
    """Where values and keys hold a character that nobody sees (an escape between quotes), and what is said of it."""
    if isinstance(value, dict):
        keys = [((*path, key), message) for key in value if (message := characters.hidden(key))]
        return keys + [found for key, inner in value.items() for found in _hidden(inner, (*path, key))]
    if isinstance(value, list):
        return [found for inner in value for found in _hidden(inner, path)]
    message = characters.hidden(value) if isinstance(value, str) else None
    return [(path, message)] if message else []


def _frozen(value: Any) -> Any:  # noqa: ANN401  # plain values
    """TOML arrays as tuples, as the model's strict types want them."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value


def places(text: str, file: str = "site.toml") -> dict[Path, Place]:
    """Where each table and key stands. tomllib tells no positions; what is within an inline table has that of the table."""
    found: dict[Path, Place] = {}
    table: tuple[str, ...] = ()
    bare = limits.bare_toml(text).split("\n")
    for number, (line, shown) in enumerate(zip(text.split("\n"), bare, strict=True), 1):
        if header := HEADER.match(line) if shown.lstrip().startswith("[") else None:
            table = _parts(header[1])
            found[table] = Place(file, number)
        elif pair := PAIR.match(line) if "=" in shown else None:
            path = (*table, *_parts(pair[1]))
            found[path] = Place(file, number, pair.start(1) + 1)
            for end in range(len(table) + 1, len(path)):
                found.setdefault(path[:end], found[path])
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(KEY, dotted))


def nearest(known: dict[Path, Place], path: Path, file: str = "site.toml") -> Place:
    """The place of a value, or of what it lies in."""
    while path and path not in known:
        path = path[:-1]
    return known.get(path, Place(file))
