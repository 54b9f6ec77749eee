"""Pages that an earlier build made, and whether they still hold: nothing changed of what making them read.

Their bytes are not kept twice: they lie in the site that was published last, if nobody has touched it since.

What was read is kept as numbers in one table of all that was read for any page, with the digest that each thing had then:
so a build looks at each thing once, and then only whether a page read one of the few that changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from guide.pages.html_facts import Facts
from guide.pages.output import About, Output, Rendered
from guide.pages.page import Maker
from guide.read.findings import Place
from guide.read.later import Later
from guide.read.memo import Memo
from guide.read.store import Store
from guide.site.watched import Digests, Read

LISTS = ("headings", "ids", "links", "tels")
VALUES = ("title", "language", "digits", "characters")
PAGES, THINGS = "pages", "things"  # keys of the memo: all pages of the last build, and all that was read for them
MOST = 4  # things for each page; of more, some are of records that are gone
Key = tuple[str, ...]


class Kept:
    """The memos of rendered pages and of compiled templates.

    `beside` is what all pages depend on and no Site tells: assets, base path, languages. `last` is the folder published last,
    `tree` a look at what it holds now (unchanged.tree).
    """

    def __init__(self, store: Store, digests: Digests, beside: str, last: Path, tree: str) -> None:
        self.memo, self.facts, self.compiled = store.memo("pages"), store.memo("facts"), store.memo("templates")
        self.digests, self.beside, self.last = digests, beside, last
        known_tree, known = self.memo.get(PAGES) or ("", {})
        self.pages: dict[Key, Any] = known if known_tree == tree else {}
        self.things = Things(self.memo if self.pages else Memo(), digests)
        self.holding: dict[Key, tuple[Any, ...]] = {}

    def _key(self, make: Maker) -> Key:
        """Which page a maker makes: its language, its function and what it names."""
        return (self.beside, make.args[0].language.code, make.func.__name__, *(str(name) for name in make.args[1:]))

    def page(self, make: Maker) -> Rendered | None:
        """The page of a maker as it was made before; None when it is to be made."""
        key = self._key(make)
        known = self.pages.get(key)
        if known is None or not self.things.hold(known[0]) or not self.facts.holds(known[2][3]):
            return None
        self.holding[key] = known
        _, path, (title, characters, bound, page_key, anchors), about = known
        output, facts = Output(path, f"{self.last}/{path}", About(*about)), Later(partial(_facts, path, self.facts, page_key))
        return Rendered(output, title, characters, bound, page_key, anchors, facts)

    def keep(self, make: Maker, page: Rendered, read: Iterable[Read]) -> None:
        """Remember a page with what it read; not one that the rules have something to say about."""
        output, facts = page.output, page.facts()
        if facts.inline or output.page is None:
            return
        about = (output.page.sensitive, output.page.untitled, output.page.record, output.page.language)
        told = (page.title, page.characters, page.bound, page.key, page.anchors)
        self.facts.put(page.key, _plain(facts))
        self.holding[self._key(make)] = (self.things.numbers(read), output.path, told, about)

    def published(self, tree: str) -> None:
        """All pages lie in the published site from now on; `tree` is a look at it."""
        if len(self.things.number) > MOST * len(self.holding) + 1000:
            renumbered = self.things.only({number for known in self.holding.values() for number in array("I", known[0])})
            self.holding = {key: (renumbered(known[0]), *known[1:]) for key, known in self.holding.items()}
        self.memo.put(PAGES, (tree, self.holding))
        self.memo.put(THINGS, self.things.plain())


class Things:
    """All that was read for any page, by number, and which of it has changed since."""

    def __init__(self, memo: Memo, digests: Digests) -> None:
        self.digests = digests
        known = memo.get(THINGS) or ()
        self.number = {(kind, name): number for number, (kind, name, _) in enumerate(known)}
        self.changed = {number for number, (kind, name, value) in enumerate(known) if digests.of((kind, name)) != value}

    def hold(self, numbers: bytes) -> bool:
        """True when none of these has changed."""
        return self.changed.isdisjoint(array("I", numbers))

    def numbers(self, read: Iterable[Read]) -> bytes:
        """What was read, as numbers; things that are new are added."""
        return array("I", (self.number.setdefault(each, len(self.number)) for each in sorted(read))).tobytes()

    def only(self, used: set[int]) -> Callable[[bytes], bytes]:
        """Forget what no page reads any more; returns what gives a page's numbers as they are from now on."""
        kept = [each for each, number in self.number.items() if number in used]
        new = {self.number[each]: number for number, each in enumerate(kept)}
        self.number = {each: number for number, each in enumerate(kept)}
        return lambda numbers: array("I", (new[number] for number in array("I", numbers))).tobytes()

    def plain(self) -> tuple[tuple[str, str, bytes], ...]:
        """All things with their digests, for a memo."""
        return tuple((*each, self.digests.of(each)) for each in self.number)


def _plain(facts: Facts) -> tuple[object, ...]:
    lists = tuple(tuple(what for what, _ in getattr(facts, name)) for name in LISTS)
    return lists, tuple(getattr(facts, name) for name in VALUES)


def _facts(path: str, memo: Memo, key: bytes) -> Facts:
    lists, values = memo.get(key)
    here, facts = Place(path), Facts()
    for name, told in zip(LISTS, lists, strict=True):
        setattr(facts, name, [(what, here) for what in told])
    for name, value in zip(VALUES, values, strict=True):
        setattr(facts, name, value)
    return facts
