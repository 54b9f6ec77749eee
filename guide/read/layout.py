"""What the HTML of a body needs to be laid out: where its sections begin, and which links stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# Stands in the HTML before each section; in a text the parser puts another sign for NUL (CommonMark 2.3).
SECTION = "\x00section\x00"
FEW = 6  # so many letters beside its links make no sentence of a list item or a cell
ALONE = ("list_item_open", "td_open")
BETWEEN = "、"


class Section(NamedTuple):
    """A part of a body with its heading as HTML, and what stands below it."""

    heading: Markup
    text: Markup


def add_to(parser: MarkdownIt) -> None:
    """Teach a parser's renderer what `prepared` puts between its tokens."""
    parser.add_render_rule("section", lambda *_: SECTION)
    parser.add_render_rule("comma", lambda *_: f'<span class="comma">{BETWEEN}</span>')


def prepared(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with a mark before each section, and with their lonely links marked.

    Such links are targets of their own, as large as a finger, and each has its line; those in a sentence stay in it, or a
    comma behind one would begin a line.
    """
    above = ""
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            yield Token("section", "", 0)
        if token.type == "inline" and token.children and above in ALONE:
            _mark(token.children)
        if token.type != "paragraph_open":  # which stands in every item of a list
            above = token.type
        yield token


def _mark(children: Sequence[Token]) -> None:
    depth, beside = 0, 0
    for child in children:
        depth += child.nesting if child.type.startswith("link_") else 0
        beside += len(child.content.strip(BETWEEN + " ")) if not depth else 0
    if beside > FEW:
        return
    for before, child in zip((None, *children), children, strict=False):
        if child.type == "link_open":
            child.attrSet("class", "alone")
        if before and before.type == "link_close" and child.type == "text" and child.content.strip() == BETWEEN:
            child.type = "comma"


def sections(html: str) -> tuple[Markup, tuple[Section, ...]]:
    """What stands before the first section of a body, and the sections."""
    lead, *rest = html.split(SECTION)
    cut = (each.partition("</h2>\n") for each in rest)
    # The renderer made it, and escapes every text.
    sections = tuple(Section(Markup(heading + end.strip()), Markup(text)) for heading, end, text in cut)  # noqa: S704
    return Markup(lead), sections  # noqa: S704
