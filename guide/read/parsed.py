"""Files of their own (records, pages, schemes) taken apart into plain values and HTML: over all cores, and once only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from guide.read import cores, markdown, yamlread
from guide.read.findings import Finding, Place
from guide.read.later import Later, now
from guide.read.markdown import Body, Link
from guide.read.memo import Memo, digest

FRONT = re.compile(r"---\n(.*?)(?:\n|(?<=---\n))---[ \t]*(?:\n|$)", re.DOTALL)
Known = tuple[str, str, int, str]  # of a page: its name below content/, its front matter, its body's first line and text


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file of its own, taken apart: its front matter as text and as plain values, its body and that one's first line."""

    front: str
    data: Later[object]
    body: Later[Body | None]
    body_line: int
    findings: tuple[Finding, ...] = ()


def all_of(pages: Sequence[tuple[str, str]], memo: Memo) -> list[Parsed]:
    """Each page parsed, over all cores. Of those that an earlier build knows, each half is read from the memo when asked for."""
    parts = [_split(*page) for page in pages]
    keys = [_keys(*part) if part else None for part in parts]
    known = [key is not None and all(memo.holds(half) for half in key) for key in keys]
    new = [number for number, held in enumerate(known) if not held]
    work = [(pages[number][0], parts[number]) for number in new]
    made = dict(zip(new, cores.each(_parse, work), strict=True))
    found = []
    for number, (part, key) in enumerate(zip(parts, keys, strict=True)):
        one = made.get(number)
        if one is None:
            assert part is not None and key is not None  # noqa: PT018  # of one that is known
            found.append(Parsed(part[1], Later(partial(_front, memo, key[0])), Later(partial(_body, memo, key[1])), part[2]))
            continue
        front, data, body, line, findings = one
        if key is not None and body is not None and not findings:
            memo.put(key[0], (data,))
            memo.put(key[1], _plain(body))
        found.append(Parsed(front, now(data), now(body), line, findings))
    return found


def _split(name: str, text: str) -> Known | None:
    """A page as front matter and body, or None when it has no front matter."""
    parts = FRONT.match(text)
    return (name, parts[1], parts[0].count("\n") + 1, text[parts.end() :]) if parts else None


def _keys(name: str, front: str, line: int, body: str) -> tuple[bytes, bytes]:
    return digest("front", name, front), digest("body", name, str(line), body)


def _front(memo: Memo, key: bytes) -> object:
    return memo.get(key)[0]


def _body(memo: Memo, key: bytes) -> Body | None:
    parts, links, text, blocks, plain = memo.get(key)
    found = tuple(Link(target, words, Place(*place)) for target, words, *place in links)
    return Body(parts, found, (), text, blocks, plain)


def _plain(body: Body) -> tuple[object, ...]:
    """A body without a finding as plain values, for a memo."""
    links = tuple((link.target, link.text, link.place.file, link.place.line, link.place.column) for link in body.links)
    return body.parts, links, body.text, body.blocks, body.plain


def _parse(page: tuple[str, Known | None]) -> tuple[str, object, Body | None, int, tuple[Finding, ...]]:
    """A file's name (below content/) and its halves, taken apart; on any core."""
    name, parts = page
    file = f"content/{name}"
    if parts is None:
        hint = "1行目と前書きの終わりに「---」だけの行を置いてください。"
        fault = Finding(Place(file), "Y005", "前書き（--- から --- まで）がありません。", hint)
        return "", None, None, 1, (fault,)
    _, front, line, text = parts
    document = yamlread.read(front, file, first_line=2)
    body = markdown.parse(text, file, line)
    return document.text, document.data, body, line, (*document.findings, *body.findings)
