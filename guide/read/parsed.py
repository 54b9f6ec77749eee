"""Files of their own (records, pages, schemes) taken apart into plain values and HTML: over all cores, and once only."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from guide.read import cores, markdown, yamlread
from guide.read.findings import Finding, Place
from guide.read.later import Later, now
from guide.read.markdown import Body, Link
from guide.read.memo import Memo, digest

FRONT = re.compile(r"---\n(.*?)(?:\n|(?<=---\n))---[ \t]*(?:\n|$)", re.DOTALL)
Look = tuple[int, int]  # of a file: its size in bytes, and the time when it was written in nanoseconds
Halves = tuple[str, int, str]  # of a page: its front matter, its body's first line, and that
Made = tuple[object, Body | None, tuple[Finding, ...]]  # front matter as plain values, body, faults


@dataclass(frozen=True, slots=True)
class Page:
    """A file of its own: its name below content/, how it looks on the disk, and its text, which may wait to be read."""

    name: str
    look: Look
    text: Later[str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page taken apart: its front matter as text and as plain values, its body.

    `key` digests its name and text, `head` its name and front matter.
    """

    front: Callable[[], str]
    data: Later[object]
    body: Later[Body | None]
    key: bytes
    head: bytes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where the memo has a page: of the whole, of its front matter and of its body."""

    key: bytes
    head: bytes
    body: bytes


def is_known(name: str, look: Look, memo: Memo) -> bool:
    """True when an earlier build took a page apart that looked the same, and found no fault: it need not be read."""
    known = memo.get(("look", name))
    return known is not None and known[0] == look and memo.holds(known[2]) and memo.holds(known[3])


def all_of(pages: Sequence[Page], memo: Memo) -> list[Parsed]:
    """Each page parsed, over all cores. Of those that an earlier build knows, each half is read from the memo when asked for."""
    halves: dict[int, Halves | None] = {}
    keys: list[_Keys | None] = []
    for number, page in enumerate(pages):
        if is_known(page.name, page.look, memo):
            keys.append(_Keys(*memo.get(("look", page.name))[1:]))
            continue
        halves[number] = _split(page.text())
        keys.append(_keys(page, halves[number]))
    new = [number for number in halves if (key := keys[number]) is None or not (memo.holds(key.head) and memo.holds(key.body))]
    made = dict(zip(new, cores.each(_parse, [(pages[number].name, halves[number]) for number in new]), strict=True))
    return [_one(page, key, made.get(number), memo) for number, (page, key) in enumerate(zip(pages, keys, strict=True))]


def _one(page: Page, key: _Keys | None, made: Made | None, memo: Memo) -> Parsed:
    """A page as it was made now, or as the memo has it."""
    front = partial(_front_of, page.text)
    if made is None:
        assert key is not None
        found = Parsed(front, Later(partial(_data, memo, key.head)), Later(partial(_body, memo, key.body)), key.key, key.head)
    else:
        data, body, findings = made
        if key is None or body is None or findings:
            return Parsed(front, now(data), now(body), digest(page.name, page.text()), digest(page.name, front()), findings)
        memo.put(key.head, (data,))
        memo.put(key.body, _plain(body))
        found = Parsed(front, now(data), now(body), key.key, key.head)
    memo.put(("look", page.name), (page.look, key.key, key.head, key.body))
    return found


def _split(text: str) -> Halves | None:
    """A page as front matter and body, or None when it has no front matter."""
    parts = FRONT.match(text)
    return (parts[1], parts[0].count("\n") + 1, text[parts.end() :]) if parts else None


def _front_of(text: Later[str]) -> str:
    parts = FRONT.match(text())
    return parts[1] if parts else ""


def _keys(page: Page, halves: Halves | None) -> _Keys | None:
    if halves is None:
        return None
    front, line, body = halves
    return _Keys(digest(page.name, page.text()), digest("front", page.name, front), digest("body", page.name, str(line), body))


def _data(memo: Memo, key: bytes) -> object:
    return memo.get(key)[0]


def _body(memo: Memo, key: bytes) -> Body | None:
    parts, links, text, blocks, plain = memo.get(key)
    found = tuple(Link(target, words, Place(*place)) for target, words, *place in links)
    return Body(parts, found, (), text, blocks, plain)


def _plain(body: Body) -> tuple[object, ...]:
    """A body without a finding as plain values, for a memo."""
    links = tuple((link.target, link.text, link.place.file, link.place.line, link.place.column) for link in body.links)
    return body.parts, links, body.text, body.blocks, body.plain


def _parse(page: tuple[str, Halves | None]) -> Made:
    """A page's name and its halves, taken apart; on any core."""
    name, halves = page
    file = f"content/{name}"
    if halves is None:
        hint = "1行目と前書きの終わりに「---」だけの行を置いてください。"
        fault = Finding(Place(file), "Y005", "前書き（--- から --- まで）がありません。", hint)
        return None, None, (fault,)
    front, line, text = halves
    document = yamlread.read(front, file, first_line=2)
    body = markdown.parse(text, file, line)
    return document.data, body, (*document.findings, *body.findings)
