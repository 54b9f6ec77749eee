"""What is published: files with their bytes, and what pages among them are and hold."""

from __future__ import annotations

from dataclasses import dataclass

from guide.pages.html_facts import Facts


@dataclass(frozen=True, slots=True)
class About:
    """What a rendered page is: kept from eyes and caches or not, sharing its title with others or not, of which record."""

    sensitive: bool = False
    untitled: bool = False  # bears the guide's name only, so that a tab or a history tells nothing (DV-4)
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One file to publish: its path below the site's root, its bytes, and what it is when it is a page."""

    path: str
    data: bytes
    page: About | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it will be published, what it holds, and at most what it weighs on its way (render.bound)."""

    output: Output
    facts: Facts
    bound: int
