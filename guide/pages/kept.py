"""Pages that an earlier build made, and whether they still hold: nothing changed of what making them read.

Their bytes are not kept twice: they lie in the site that was published last, if nobody has touched it since.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from guide.pages.html_facts import Facts
from guide.pages.output import About, Output, Rendered
from guide.pages.pages import Maker
from guide.read.findings import Place
from guide.read.later import Later
from guide.read.store import Store
from guide.site.watched import Digests, Read

LISTS = ("headings", "ids", "links", "tels")
VALUES = ("title", "language", "digits", "characters")
TREE = "tree"  # the key under which a look at the published site is kept (unchanged.tree)


class Kept:
    """The memos of rendered pages and of compiled templates.

    `beside` is what all pages depend on and no Site tells: assets, base path. `last` is the folder published last,
    `tree` a look at what it holds now.
    """

    def __init__(self, store: Store, digests: Digests, beside: str, last: Path, tree: str) -> None:
        self.memo, self.compiled = store.memo("pages"), store.memo("templates")
        self.digests, self.beside, self.last = digests, beside, last
        self.holds = self.memo.get(TREE) == tree
        self.made: list[tuple[tuple[str, ...], object]] = []

    def _key(self, make: Maker) -> tuple[str, ...]:
        """Which page a maker makes: its function and what it names, the Site aside."""
        return (self.beside, make.func.__name__, *(str(name) for name in make.args[1:]))

    def page(self, make: Maker) -> Rendered | None:
        """The page of a maker as it was made before; None when it is to be made."""
        key = self._key(make)
        known = self.memo.get(key) if self.holds else None
        if known is None:
            return None
        read, path, about, (title, characters, bound, page_key, anchors), facts = known
        if not self.digests.hold(read):
            self.memo.forget(key)
            return None
        output, later = Output(path, self.last / path, About(*about)), Later(partial(_facts, path, facts))
        return Rendered(output, title, characters, bound, page_key, anchors, later)

    def keep(self, make: Maker, page: Rendered, read: Iterable[Read]) -> None:
        """Remember a page with what it read, once it is published; not one that the rules have something to say about."""
        output, facts = page.output, page.facts()
        if facts.inline or output.page is None:
            return
        digests = self.digests.all_of(read)
        about = (output.page.sensitive, output.page.untitled, output.page.record)
        told = (page.title, page.characters, page.bound, page.key, page.anchors)
        self.made.append((self._key(make), (digests, output.path, about, told, _plain(facts))))

    def published(self, tree: str) -> None:
        """All that was made lies in the published site from now on; `tree` is a look at it."""
        for key, value in self.made:
            self.memo.put(key, value)
        self.memo.put(TREE, tree)


def _plain(facts: Facts) -> bytes:
    """What a page holds as one plain value: most builds do not ask for it."""
    lists = tuple(tuple(what for what, _ in getattr(facts, name)) for name in LISTS)
    return marshal.dumps((lists, tuple(getattr(facts, name) for name in VALUES)))


def _facts(path: str, plain: bytes) -> Facts:
    lists, values = marshal.loads(plain)  # noqa: S302  # out of our own memo
    here, facts = Place(path), Facts()
    for name, told in zip(LISTS, lists, strict=True):
        setattr(facts, name, [(what, here) for what in told])
    for name, value in zip(VALUES, values, strict=True):
        setattr(facts, name, value)
    return facts
