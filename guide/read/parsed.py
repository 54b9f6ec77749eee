"""Files of their own (records, pages, schemes) taken apart into plain values and HTML: over all cores, and once only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guide.read import cores, markdown, yamlread
from guide.read.findings import Finding, Place
from guide.read.markdown import Body, Link
from guide.read.memo import Memo, digest


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file of its own, taken apart: its front matter as text and as plain values, its body and that one's first line."""

    front: str
    data: object
    body: Body | None
    body_line: int
    findings: tuple[Finding, ...] = ()

    def kept(self) -> tuple[object, ...]:
        """As plain values, for a memo; only where there is nothing to find."""
        assert self.body is not None
        links = tuple((link.target, link.text, link.place.file, link.place.line, link.place.column) for link in self.body.links)
        return self.front, self.data, self.body_line, (self.body.parts, links, self.body.text, self.body.blocks, self.body.plain)

    @classmethod
    def known(cls, kept: tuple[Any, ...]) -> Parsed:
        """What `kept` was made of."""
        front, data, line, (parts, links, text, blocks, plain) = kept
        found = tuple(Link(target, words, Place(*place)) for target, words, *place in links)
        return cls(front, data, Body(parts, found, (), text, blocks, plain), line)


def all_of(pages: Sequence[tuple[str, str]], memo: Memo) -> list[Parsed]:
    """Each page parsed, over all cores; those known from an earlier build are not parsed again."""
    keys = [digest(*page) for page in pages]
    known = {key: Parsed.known(kept) for key in keys if (kept := memo.get(key)) is not None}
    new = [(key, page) for key, page in zip(keys, pages, strict=True) if key not in known]
    for (key, _), parsed in zip(new, cores.each(_parse, [page for _, page in new]), strict=True):
        known[key] = parsed
        if not parsed.findings:
            memo.put(key, parsed.kept())
    return [known[key] for key in keys]


def _parse(page: tuple[str, str]) -> Parsed:
    """A file's name (below content/) and text, taken apart; on any core."""
    name, text = page
    file = f"content/{name}"
    parts = re.match(r"---\n(.*?)(?:\n|(?<=---\n))---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not parts:
        hint = "1行目と前書きの終わりに「---」だけの行を置いてください。"
        fault = Finding(Place(file), "Y005", "前書き（--- から --- まで）がありません。", hint)
        return Parsed("", None, None, 1, (fault,))
    document = yamlread.read(parts[1], file, first_line=2)
    line = parts[0].count("\n") + 1
    body = markdown.parse(text[parts.end() :], file, line)
    return Parsed(document.text, document.data, body, line, (*document.findings, *body.findings))
