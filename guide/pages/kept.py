"""Pages that an earlier build made, and whether they still hold: nothing changed of what making them read."""

from __future__ import annotations

from collections.abc import Iterable

from guide.pages.html_facts import Facts
from guide.pages.output import About, Output, Rendered
from guide.pages.pages import Maker
from guide.read.findings import Place
from guide.read.memo import Store
from guide.site.watched import Digests, Read

LISTS = ("headings", "ids", "links", "tels")
VALUES = ("title", "language", "digits", "characters")


class Kept:
    """The memos of rendered pages and of compiled templates.

    `beside` is what all pages depend on and no Site tells: assets, base path.
    """

    def __init__(self, store: Store, digests: Digests, beside: str) -> None:
        self.memo, self.compiled = store.memo("pages"), store.memo("templates")
        self.digests, self.beside = digests, beside

    def _key(self, make: Maker) -> tuple[str, ...]:
        """Which page a maker makes: its function and what it names, the Site aside."""
        return (self.beside, make.func.__name__, *(str(name) for name in make.args[1:]))

    def page(self, make: Maker) -> Rendered | None:
        """The page of a maker as it was made before; None when it is to be made."""
        key = self._key(make)
        known = self.memo.get(key)
        if known is None:
            return None
        read, path, html, about, bound, lists, values = known
        if not self.digests.hold(read):
            self.memo.forget(key)
            return None
        here = Place(path)
        facts = Facts()
        for name, told in zip(LISTS, lists, strict=True):
            setattr(facts, name, [(what, here) for what in told])
        for name, value in zip(VALUES, values, strict=True):
            setattr(facts, name, value)
        return Rendered(Output(path, html, About(*about)), facts, bound)

    def keep(self, make: Maker, page: Rendered, read: Iterable[Read]) -> None:
        """Remember a page with what it read; not one that the rules have something to say about anyway."""
        output, facts = page.output, page.facts
        if facts.inline or output.page is None:
            return
        digests = self.digests.all_of(read)
        about = (output.page.sensitive, output.page.untitled, output.page.record)
        lists = tuple(tuple(what for what, _ in getattr(facts, name)) for name in LISTS)
        values = tuple(getattr(facts, name) for name in VALUES)
        self.memo.put(self._key(make), (digests, output.path, output.data, about, page.bound, lists, values))
