"""What is published: files with their bytes, and what pages among them are and hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guide.pages.html_facts import Facts
from guide.read.later import Later, now
from guide.read.memo import digest


@dataclass(frozen=True, slots=True)
class About:
    """What a rendered page is: kept from eyes and caches or not, sharing its title with others or not, of which record."""

    sensitive: bool = False
    untitled: bool = False  # bears the guide's name only, so that a tab or a history tells nothing (DV-4)
    record: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One file to publish: its path below the site's root, its bytes, and what it is when it is a page.

    `made` are the bytes, or the path of the file in the site of the last build that holds them.
    """

    path: str
    made: bytes | str
    page: About | None = None

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self.made if isinstance(self.made, bytes) else Path(self.made).read_bytes()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it will be published, with what is asked of every page; what it holds beside that is read when asked for.

    `bound` is what it weighs on its way at most (render.bound), `key` a digest of its bytes, `anchors` one of its ids.
    """

    output: Output
    title: str
    characters: int
    bound: int
    key: bytes
    anchors: bytes
    facts: Later[Facts]

    @classmethod
    def new(cls, output: Output, facts: Facts, bound: int) -> Rendered:
        """One that was just made."""
        anchors = digest(*sorted({id_ for id_, _ in facts.ids}))
        return cls(output, facts.title, facts.characters, bound, digest(output.data), anchors, now(facts))
