"""What a rendered page holds, as far as the rules over pages care: read fast, and once more with places where something is wrong.

A C parser (selectolax, Lexbor) reads all pages; it tells no positions, so a page with a finding is read again by the
standard library's, which does.
"""

from __future__ import annotations

import html.parser
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.read.findings import Place

VOID_SCRIPT_TYPES = ("application/ld+json",)
SKIPPED_TEXT = ("rt", "rp", "script", "style", "template")
ADDRESSES = ("href", "src", "action")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# In one :is(): a list of selectors would give a node once for each that it answers to.
TOLD = f":is({','.join([*HEADINGS, 'title', 'script', 'style', '[id]', '[style]', *(f'[{name}]' for name in ADDRESSES)])})"
OTHERS = re.compile(r"\D+")  # than digits
HANDLER = re.compile(rb"on[a-z]+\s*=")  # after a space; may stand in a text too: then the page is read with care


@dataclass(slots=True)
class Facts:
    """What one page holds, as far as the rules care. Places are line and column in the rendered page."""

    headings: list[tuple[int, Place]] = field(default_factory=list)
    ids: list[tuple[str, Place]] = field(default_factory=list)
    links: list[tuple[str, Place]] = field(default_factory=list)
    inline: list[tuple[str, Place]] = field(default_factory=list)
    tels: list[tuple[str, Place]] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    digits: str = ""  # of all its text, in order
    characters: int = 0  # of its main part, without spaces


class _Page(html.parser.HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path, self.facts = path, Facts()
        self.open: list[str] = []

    def here(self) -> Place:
        line, column = self.getpos()
        return Place(self.path, line, column + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        facts, here = self.facts, self.here()
        if tag not in ("meta", "link", "img", "input", "br", "hr", "wbr"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            facts.headings.append((int(tag[1]), here))
        if tag == "html":
            facts.language = values.get("lang")
        if "id" in values:
            facts.ids.append((values["id"], here))
        if "style" in values or any(name.startswith("on") for name in values) or tag == "style":
            facts.inline.append((tag, here))
        if tag == "script" and "src" not in values and values.get("type") not in VOID_SCRIPT_TYPES:
            facts.inline.append((tag, here))
        for name in ADDRESSES:
            if values.get(name, "").startswith("tel:"):
                facts.tels.append((values[name][4:], here))
            elif name in values:
                facts.links.append((values[name], here))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.facts.title += data


def read(path: str, page: bytes) -> Facts:
    """The facts of one rendered page; every place is the page's beginning."""
    here = Place(path)
    tree = LexborHTMLParser(page)
    facts = Facts(language=tree.root.attributes.get("lang") if tree.root else None)
    for node in tree.css(TOLD):
        _note(facts, node, here)
    if any(page[found.start() - 1 : found.start()].isspace() for found in HANDLER.finditer(page)):
        facts.inline += placed(path, page).inline
    facts.digits, facts.characters = _counted(tree)
    return facts


def _note(facts: Facts, node: LexborNode, here: Place) -> None:
    tag, values = node.tag or "", node.attributes
    if tag in HEADINGS:
        facts.headings.append((int(tag[1]), here))
    elif tag == "title" and node.parent is not None and node.parent.tag == "head":
        facts.title += node.text()
    if "style" in values or tag == "style" or (tag == "script" and _is_inline(values)):
        facts.inline.append((tag, here))
    if "id" in values:
        facts.ids.append((values["id"] or "", here))
    for name in ADDRESSES:
        if (address := values.get(name)) is not None:
            (facts.tels if address.startswith("tel:") else facts.links).append((address.removeprefix("tel:"), here))


def _is_inline(script: Mapping[str, str | None]) -> bool:
    return "src" not in script and script.get("type") not in VOID_SCRIPT_TYPES


def _counted(tree: LexborHTMLParser) -> tuple[str, int]:
    text, main = _texts(tree)
    return OTHERS.sub("", text), len("".join(main.split()))


def texts(page: bytes) -> tuple[str, str]:
    """What people read on a page, and in its main part; readings, scripts and the like left out."""
    return _texts(LexborHTMLParser(page))


def _texts(tree: LexborHTMLParser) -> tuple[str, str]:
    tree.strip_tags([*SKIPPED_TEXT, "head"], recursive=True)
    return tree.text(separator=" "), " ".join(node.text(separator=" ") for node in tree.css("main"))


def placed(path: str, page: bytes) -> Facts:
    """The facts of one rendered page, each with its line and column."""
    parser = _Page(path)
    parser.feed(page.decode())
    parser.close()
    parser.facts.digits, parser.facts.characters = _counted(LexborHTMLParser(page))
    return parser.facts
