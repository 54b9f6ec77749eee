"""Markdown to tokens, links and HTML. HTML in the text is shown as text, never let through (SEC-8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

from guide.read import characters, layout, limits, softbreaks
from guide.read.findings import Finding, Place
from guide.read.grammar import RUBY, parser_for, ruby_html

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
SCHEMES = ("https", "http", "mailto")
PORT = r"(?::(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4}))?"  # to 65535
# An address that leads somewhere: a host, perhaps a port, and nothing that no address holds (RFC 3986; Japanese is let be).
WEB = re.compile(rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*{PORT}(?:[/?#][^\s<>\"\\^`{{|}}\x00-\x1f\x7f-\x9f]*)?", re.IGNORECASE)
MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+", re.IGNORECASE)
VAGUE = ("こちら", "ここ", "詳細", "詳しくはこちら", "クリック", "ここをクリック")
# Stands in the HTML in the place of a link's target; in a text the parser puts another sign for NUL (CommonMark 2.3).
CUT = "\x00target\x00"
TOLD = ("heading_open", "inline")  # tokens that may be a fault by themselves


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: its target, its text and where it stands."""

    target: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """Parsed text. `parts` is its HTML in pieces: every second one is a link's target as written, to be resolved.

    `blocks` are its paragraphs, headings and cells as rules read them (a word with a reading counts as its reading), each
    with its line in the file; `plain` its words without marks and addresses, for search.
    """

    parts: tuple[str, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    text: str
    blocks: tuple[tuple[int, str], ...]
    plain: str


def parse(text: str, file: str, first_line: int) -> Body:
    """Parse a body whose first line is `first_line` of `file`."""
    if fault := limits.too_long(text, limits.BODY_CHARACTERS, file, first_line) or characters.fault(text, file, first_line):
        return Body(("",), (), (fault,), text, (), "")
    parser = parser_for(text)
    tokens = parser.parse(text)
    lines = text.split("\n")
    inline = [token for token in tokens if token.type == "inline"]
    links = tuple(link for token in inline for link in _links(token, lines, file, first_line))
    findings = [f for link in links if (f := _link_fault(link))]
    findings += [f for token in tokens if token.type in TOLD and (f := _block_fault(token, file, first_line))]
    findings += [f for f in [characters.disguise(text, file, first_line)] if f]
    blocks = tuple((first_line + token.map[0], _as_read(token)) for token in inline if token.map)
    plain = " ".join(child.content for token in inline for child in token.children or [] if child.content)
    if "&" in text and (message := characters.hidden(plain)):  # named by an entity (&#x200b;)
        line = next((line for line, block in blocks if characters.hidden(block)), first_line)
        findings.append(Finding(Place(file, line), "Y004", message, characters.HIDDEN_HINT))
    return Body(_parts(parser, tokens), links, tuple(findings), text, blocks, plain)


def _as_read(token: Token) -> str:
    return "".join([child.info if child.type == "ruby" else softbreaks.shown(child) for child in token.children or []])


def _parts(parser: MarkdownIt, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The HTML of all tokens, cut at the targets of links."""
    targets: list[str] = []
    for child in (child for token in tokens for child in token.children or [] if child.type == "link_open"):
        target = str(child.attrGet("href") or "")
        targets.append(target if _is_let(target) else "")
        child.attrSet("href", CUT)
    pieces = parser.renderer.render(list(layout.prepared(tokens)), parser.options, {}).split(CUT)
    parts = [pieces[0]]
    for target, piece in zip(targets, pieces[1:], strict=True):
        parts += [target, piece]
    return tuple(parts)


def _links(token: Token, lines: Sequence[str], file: str, first_line: int) -> Iterator[Link]:
    """The links of one block. markdown-it tells no columns, so each `](target` is looked for in the block's lines."""
    if len(token.children or []) < 2:  # most are one text
        return
    start, end = token.map or (0, len(lines))
    spot = (start, 0)
    target, words = "", list[str]()
    for child in token.children or []:
        if child.type == "link_open":
            target, words = str(child.attrGet("href") or ""), []
        elif child.type == "link_close":  # links do not nest
            spot = _find(target, lines, spot, end)
            yield Link(target, "".join(words), Place(file, first_line + spot[0], spot[1] + 1))
        elif child.type in ("text", "ruby", "code_inline"):
            words.append(child.content)


def _find(target: str, lines: Sequence[str], after: tuple[int, int], end: int) -> tuple[int, int]:
    for number in range(after[0], end):
        begin = after[1] + 1 if number == after[0] and after[1] else 0
        column = lines[number].find(f"({target}", begin)
        if column >= 0:
            return number, column + 1
    return after


def _is_let(target: str) -> bool:
    scheme = SCHEME.match(target)
    return not scheme or scheme[1].lower() in SCHEMES


def _link_fault(link: Link) -> Finding | None:
    scheme = SCHEME.match(link.target)
    if scheme and not _is_let(link.target):
        hint = "http・https・mailto か、content の中のファイルへの道（例: ../consultation/x.md）を書いてください。"
        return Finding(link.place, "L002", f"「{scheme[1]}:」のリンクは使えません。", hint)
    if scheme and not (MAIL if scheme[1].lower() == "mailto" else WEB).fullmatch(link.target):
        hint = "「https://www.city.example.jp/」「mailto:name@city.example.jp」の形で、写し直してください。"
        return Finding(link.place, "L002", f"アドレス「{link.target}」の形が違います。", hint)
    if link.text.strip() in VAGUE or not link.text.strip():
        return Finding(
            link.place,
            "L003",
            f"リンクの文字「{link.text}」では行き先が分かりません。",
            "行き先の名前をリンクの文字にしてください。",
        )
    return None


def _block_fault(token: Token, file: str, first_line: int) -> Finding | None:
    place = Place(file, first_line + (token.map[0] if token.map else 0))
    if token.type == "heading_open" and token.tag == "h1":
        return Finding(place, "L004", "見出し「# 」は使えません（ページの題名と重なります）。", "「## 」から始めてください。")
    if token.type == "inline" and any(child.type == "image" for child in token.children or []):
        return Finding(place, "L004", "本文に画像は使えません。", "画像の内容を文で書いてください。")
    return None


def html(body: Body, resolve: Callable[[str], str]) -> Markup:
    """The body as HTML; `resolve` turns each link's target into an address."""
    return Markup(_joined(body, resolve).replace(layout.SECTION, ""))  # markdown-it escapes every text it renders


def sections(body: Body, resolve: Callable[[str], str]) -> tuple[Markup, tuple[layout.Section, ...]]:
    """The same in parts: what stands before the first section, and the sections."""
    return layout.sections(_joined(body, resolve))


def _joined(body: Body, resolve: Callable[[str], str]) -> str:
    return "".join(escapeHtml(resolve(part)) if i % 2 else part for i, part in enumerate(body.parts))


def ruby(text: str) -> Markup:
    """A line of easy Japanese ({漢字|かんじ} notation) as HTML."""
    parts = RUBY.split(text)
    pieces = [Markup(escapeHtml(parts[0]))]
    for base, reading, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pieces += [ruby_html(base, reading), Markup(escapeHtml(rest))]
    return Markup("").join(pieces)


def without_readings(text: str) -> str:
    """The same line as plain text, for titles, data and search."""
    return RUBY.sub(r"\1", text)
