"""Files of their own (records, pages, schemes) taken apart into plain values and HTML: over all cores, and once only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from guide.read import cores, limits, markdown, yamlread
from guide.read.findings import Finding, Place
from guide.read.later import Later, now
from guide.read.markdown import Body, Link
from guide.read.memo import Memo, digest
from guide.read.yamlread import Document

FRONT = re.compile(r"---\n(.*?)(?:\n|(?<=---\n))---[ \t]*(?:\n|$)", re.DOTALL)
Look = tuple[int, int, int]  # of a file: its size in bytes, when it was written, and when anything of it changed (ns)
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

    `key` digests its name and text, `head` its name and front matter; `tail` its name and body where the memo has it.
    """

    front: Callable[[], str]
    data: Later[object]
    body: Later[Body | None]
    key: bytes
    head: bytes
    tail: bytes
    findings: tuple[Finding, ...] = ()


class Looks:
    """How the pages looked that earlier builds took apart without a fault, and where the memo has them.

    Of each by its name: look, key, head, and the key of its body.
    """

    KEY = "looks"

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self.known: dict[str, tuple[Look, bytes, bytes, bytes]] = memo.get(self.KEY) or {}
        self.holding: dict[str, tuple[Look, bytes, bytes, bytes]] = {}

    def keys(self, name: str, look: Look) -> tuple[bytes, bytes, bytes] | None:
        """Where the memo has a page that looks like this; None when it is to be read."""
        known = self.known.get(name)
        if known is None or known[0] != look or not (self.memo.holds(known[2]) and self.memo.holds(known[3])):
            return None
        self.holding[name] = known
        return known[1:]

    def add(self, page: Page, one: Parsed) -> None:
        """A page that was taken apart now, and has no fault."""
        self.holding[page.name] = (page.look, one.key, one.head, one.tail)

    def keep(self) -> None:
        """Remember them for the next build."""
        self.memo.put(self.KEY, self.holding)


def known(page: Page, keys: tuple[bytes, bytes, bytes], memo: Memo) -> Parsed:
    """A page that the memo has: each half is read there when it is asked for."""
    key, head, body = keys
    front = partial(_front_of, page.text)
    return Parsed(front, Later(partial(_data, memo, head)), Later(partial(_body, memo, body)), key, head, body)


def all_of(pages: Sequence[Page], lists: Mapping[str, str], memo: Memo) -> tuple[list[Parsed], dict[str, Document]]:
    """Each page and each list (text by name) taken apart, over all cores; no page that an earlier build knows."""
    halves = [_split(page.text()) for page in pages]
    keys = [_keys(page, half) for page, half in zip(pages, halves, strict=True)]
    new = [n for n, key in enumerate(keys) if key is None or not (memo.holds(key[1]) and memo.holds(key[2]))]
    # The longest list first: it takes longer than many pages.
    order = sorted(lists, key=lambda name: -len(lists[name]))
    work: list[partial[Any]] = [partial(yamlread.read, lists[name], f"content/{name}") for name in order]
    work += [partial(_parse, pages[n].name, halves[n]) for n in new]
    made = cores.each(_done, work)
    taken = dict(zip(new, made[len(order) :], strict=True))
    parsed = [_one(page, key, taken.get(n), memo) for n, (page, key) in enumerate(zip(pages, keys, strict=True))]
    return parsed, dict(zip(order, made[: len(order)], strict=True))


def _done(work: Callable[[], Any]) -> Any:  # noqa: ANN401  # a page or a list
    return work()


def _one(page: Page, keys: tuple[bytes, bytes, bytes] | None, made: Made | None, memo: Memo) -> Parsed:
    """A page as it was made now, or as the memo has it."""
    if made is None:
        assert keys is not None
        return known(page, keys, memo)
    data, body, findings = made
    front = partial(_front_of, page.text)
    if keys is None or body is None or findings:
        return Parsed(front, now(data), now(body), digest(page.name, page.text()), digest(page.name, front()), b"", findings)
    memo.put(keys[1], (data,))
    memo.put(keys[2], _plain(body))
    return Parsed(front, now(data), now(body), *keys)


def _split(text: str) -> Halves | None:
    """A page as front matter and body, or None when it has no front matter."""
    parts = FRONT.match(text)
    return (parts[1], parts[0].count("\n") + 1, text[parts.end() :]) if parts else None


def _front_of(text: Later[str]) -> str:
    parts = FRONT.match(text())
    return parts[1] if parts else ""


def _keys(page: Page, halves: Halves | None) -> tuple[bytes, bytes, bytes] | None:
    if halves is None:
        return None
    front, line, body = halves
    return digest(page.name, page.text()), digest("front", page.name, front), digest("body", page.name, str(line), body)


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


def _parse(name: str, halves: Halves | None) -> Made:
    """A page's halves, taken apart; on any core."""
    file = f"content/{name}"
    if halves is None:
        hint = "1行目と前書きの終わりに「---」だけの行を置いてください。"
        fault = Finding(Place(file), "Y005", "前書き（--- から --- まで）がありません。", hint)
        return None, None, (fault,)
    front, line, text = halves
    document = yamlread.read(front, file, first_line=2, most=limits.HEAD_CHARACTERS)
    body = markdown.parse(text, file, line)
    return document.data, body, (*document.findings, *body.findings)
