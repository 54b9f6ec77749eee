"""Words as a page shows them: escaped, with readings as ruby, marked where they are of another language than the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Self

from markupsafe import Markup, escape

from guide.read import markdown

FILL = re.compile(r"\{([a-z_]+)\}")


class Shown(Markup):
    """HTML of words. `plain` are the same without markup and readings: for attributes, titles and data.

    `lang` is set where the words are of another language than the page.
    """

    plain: str
    lang: str

    def __new__(cls, html: str, plain: str | None = None, lang: str = "") -> Self:
        """Of HTML that is escaped already; what Markup's own methods make has no plain form."""
        made = super().__new__(cls, html)
        if plain is not None:
            made.plain = plain
        made.lang = lang
        return made


def plain(value: object) -> str:
    """What a value says, without markup."""
    return value.plain if isinstance(value, Shown) else str(value)


@lru_cache(maxsize=10_000)
def words(text: str) -> Shown:
    """A text of the page's own language; {漢字|かんじ} is a reading, and a line of it a line on the page."""
    lines = text.split("\n")
    return Shown(Markup("<br>").join(map(markdown.ruby, lines)), " ".join(map(markdown.without_readings, lines)))


@lru_cache(maxsize=10_000)
def bare(text: str) -> Shown:
    """A text as it is, whatever signs it holds."""
    return Shown(escape(text), text)


@lru_cache(maxsize=10_000)
def foreign(text: str, lang: str) -> Shown:
    """A text of another language than the page's."""
    return Shown(Markup('<span lang="{}">{}</span>').format(lang, text), text, lang)


def foreign_block(html: Markup, lang: str) -> Markup:
    """Paragraphs in another language than the page's."""
    return Markup('<div lang="{}">{}</div>').format(lang, html)


def filled(pattern: str, values: Mapping[str, object]) -> Shown:
    """A pattern with its places filled in; what is filled in is escaped, unless it is shown words itself."""
    html, bare = [], []
    for i, part in enumerate(FILL.split(pattern)):
        html.append(escape(values[part]) if i % 2 else words(part))
        bare.append(plain(values[part]) if i % 2 else words(part).plain)
    return Shown(Markup("").join(html), "".join(bare))
