"""Which Markdown there is, and a parser for a text: of the grammar's rules only those that could find anything in it.

Each rule is a function that markdown-it asks at every line or sign; most texts hold no fences, no code, no escapes. A rule is
left out where what it starts with does not stand in the text at all, so the tokens are the same (tests/read/test_grammar.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from guide.read import layout, softbreaks

RUBY = re.compile(r"\{([^{}|]+)\|([ぁ-ゖー]+)\}")
# What stands in a text wherever a rule finds something. Those about lines ask too seldom rather than too often: a line may
# begin inside of a quote or of a list.
SIGNS: dict[str, re.Pattern[str]] = {
    "table": re.compile(r"\|"),
    "code": re.compile(r"\t| {4}"),
    "fence": re.compile(r"```|~~~"),
    "blockquote": re.compile(r">"),
    "hr": re.compile(r"(?:[-*_][ \t]*){3}$", re.MULTILINE),
    "list": re.compile(r"(?:[-+*]|[0-9][.)])(?:[ \t]|$)", re.MULTILINE),
    "reference": re.compile(r"\]:"),
    "heading": re.compile(r"#"),
    "lheading": re.compile(r"[-=][ \t]*$", re.MULTILINE),
    "escape": re.compile(r"\\"),
    "backticks": re.compile(r"`"),
    "emphasis": re.compile(r"[*_]"),
    "link": re.compile(r"\["),
    "image": re.compile(r"!\["),
    "autolink": re.compile(r"<"),
    "entity": re.compile(r"&"),
    "ruby": re.compile(r"\{"),
    "text_join": re.compile(r"[\\&]"),  # puts in what the rules for escapes and entities found
}
NEVER = ("html_block", "html_inline")  # HTML is shown as text
# A block without these is one text, whatever rules there are.
MARKED = re.compile(r"[\n\\`*_\[\]!<&{]")


def parser_for(text: str) -> MarkdownIt:
    """A parser that makes of this text (its lines end in LF) the tokens that the whole grammar would make of it."""
    return _parser(tuple(rule for rule, sign in SIGNS.items() if not sign.search(text)))


@lru_cache(maxsize=256)
def _parser(without: tuple[str, ...]) -> MarkdownIt:
    parser = grammar().disable([*NEVER, *without])
    parser.core.ruler.at("inline", _inline)
    return parser


def grammar() -> MarkdownIt:
    """A parser of all Markdown that the guide knows, and how it is rendered."""
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    softbreaks.install(parser)
    parser.inline.ruler.before("text", "ruby", _ruby)
    # `{` must stop the plain-text rule, or the ruby rule would never be asked.
    parser.inline.add_terminator_char("{")
    # It would print a link to `javascript:` as plain text without a word; here it is a link, a finding, and leads nowhere.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.add_render_rule("ruby", lambda _self, tokens, i, _options, _env: ruby_html(tokens[i].content, tokens[i].info))
    parser.add_render_rule("table_open", _table_region)
    layout.add_to(parser)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


class _Renderer(RendererHTML):
    """markdown-it's own; of the many tokens that are one text or have no attribute it is not asked at length."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        if len(tokens) == 1 and tokens[0].type == "text":
            return escapeHtml(tokens[0].content)
        return super().renderInline(tokens, options, env)

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802
        return RendererHTML.renderAttrs(token) if token.attrs else ""


def _inline(state: StateCore) -> None:
    """In the place of markdown-it's own rule: a block without any sign is one text, and nobody needs to be asked."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if MARKED.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif token.content:
                token.children.append(Token("text", "", 0, content=token.content))


def _ruby(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser calls rules so
    """Inline rule: {申請|しんせい} becomes ruby with fallback parentheses."""
    match = RUBY.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("ruby", "", 0)
        token.content, token.info = match[1], match[2]
    state.pos = match.end()
    return True


def ruby_html(base: str, reading: str) -> Markup:
    """One word with its reading, which is for the eye only: read aloud, each word would come twice (A11Y-14)."""
    return Markup('<ruby>{}<rp>（</rp><rt aria-hidden="true">{}</rt><rp>）</rp></ruby>').format(base, reading)


def _table_region(_renderer: object, _tokens: object, _i: int, _options: object, env: dict[str, int]) -> str:
    """A table scrolls inside its own region, which keyboards reach; regions of a page bear different names."""
    env["tables"] = env.get("tables", 0) + 1
    return f'<div class="table" role="region" tabindex="0" aria-label="表{env["tables"]}"><table>\n'
