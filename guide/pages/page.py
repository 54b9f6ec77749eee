"""What a page is before it is rendered, and how a link written in a file becomes an address."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from markupsafe import Markup

from guide.read.layout import Section
from guide.site.items import Item
from guide.site.site import Site

# Pages of running text, read aloud where the device can, beside those that have a place in the guide (a trail).
SPOKEN = ("about.html", "safety.html", "accessibility.html")
DATED = ("home.html", "urgent.html", "minsei.html", "without-phone.html", "list.html")


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render. `path` is below the language's home; `record` marks pages that search answers with.

    `everywhere`: there is such a page at the same rest of the address in each language. `subject` is the thing that it is
    about, where a language tells it ("programs/kome-bin").
    """

    path: str
    template: str
    title: str
    description: str
    trail: tuple[tuple[str, str], ...] = ()
    record: Item | None = None
    sensitive: bool = False  # nobody beside the reader should see what it is about (DV-1 to DV-7)
    context: dict[str, object] = field(default_factory=dict)
    everywhere: bool = False
    subject: str = ""

    @property
    def spoken(self) -> bool:
        """Whether the page has a switch for reading its main part aloud: lists and the search have none."""
        return bool(self.trail) or self.template in SPOKEN

    @property
    def dated(self) -> bool:
        """Whether the page says on which day it was made: lists of numbers do, which are printed. A day rewrites a page."""
        return self.template in DATED

    @property
    def address(self) -> str:
        """Its address below the language's home."""
        return self.path.removesuffix("index.html")


@dataclass(frozen=True, slots=True)
class Cut:
    """A body for a page that folds it: what stands before its first section, and the sections."""

    lead: Markup
    sections: tuple[Section, ...]


Maker = partial[Page]


def link_resolver(site: Site, file: str) -> Callable[[str], str]:
    """How a link written in `file` becomes an address: outside links stay, files become their pages."""

    def resolve(target: str) -> str:
        if ":" in target.partition("/")[0]:
            return target
        path, _, fragment = target.partition("#")
        address = site.files[posixpath.normpath(posixpath.join(posixpath.dirname(file), path))] if path else ""
        return address + (f"#{fragment}" if fragment else "")

    return resolve
