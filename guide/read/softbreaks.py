"""Line ends inside the paragraphs of a Markdown text: rules that its parser asks. What they mean is said by `lineends`."""

from __future__ import annotations

from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guide.read import lineends


def install(parser: MarkdownIt) -> None:
    """Let a parser ask these rules."""
    parser.core.ruler.after("block", "lines_within", _lines_within)
    parser.core.ruler.push("lines_at_marks", _lines_at_marks)


def shown(token: Token) -> str:
    """What is seen of a piece of a paragraph."""
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _lines_within(state: StateCore) -> None:
    """Before the inline rules: line ends right between two Japanese characters go, in code spans and readings too."""
    for token in state.tokens:
        if token.type == "inline" and "\n" in token.content and not lineends.apart(token.content):
            token.content = lineends.within(token.content)


def _lines_at_marks(state: StateCore) -> None:
    """After them: the same where a mark, a link or another script stands at the line's end."""
    for token in state.tokens:
        children = token.children or []
        if not any(child.type == "softbreak" for child in children) or lineends.apart(token.content):
            continue
        text = "".join(shown(child) for child in children)
        spots = accumulate((len(shown(child)) for child in children), initial=0)
        token.children = [
            child
            for child, at in zip(children, spots, strict=False)
            if child.type != "softbreak" or not lineends.closes(text, at, at + 1)
        ]
