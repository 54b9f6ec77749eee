"""A parser with only the rules that a text needs makes of it what the whole grammar makes of it."""

from __future__ import annotations

import pytest
from conftest import HOME
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from guide.read import grammar
from guide.read.parsed import FRONT

# Pieces of which every rule is made, and what stands around them.
PIECES = (
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "    ",
        "\t",
        "#",
        "## ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        "---",
        "***",
        "_ _ _",
        "===",
        "=",
        "-",
    ),
    *(
        "|",
        "| a | b |\n",
        "| --- | :-: |\n",
        "```",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        ")",
        "]: ",
        "![",
        "<",
        ">",
        "</p>",
    ),
    *(
        "\\",
        "&",
        "&amp;",
        "&#x200b;",
        "{",
        "}",
        "{申請|しんせい}",
        "|よみ}",
        "申請",
        "窓口",
        "a",
        "https://a.example/",
        "0570-00",
        "！",
        "!",
    ),
)


def whole() -> MarkdownIt:
    """The grammar with all its rules and with markdown-it's own way of asking them."""
    parser = grammar.grammar()
    own = RendererHTML(parser)
    own.rules |= {name: parser.renderer.rules[name] for name in ("ruby", "table_open", "table_close")}
    parser.renderer = own
    return parser


def assert_same(text: str) -> None:
    full, lean = whole(), grammar.parser_for(text)
    expected, made = full.parse(text), lean.parse(text)
    assert [token.as_dict() for token in made] == [token.as_dict() for token in expected]
    assert lean.renderer.render(made, lean.options, {}) == full.renderer.render(expected, full.options, {})


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("- - -\n")
@example("> a\n===\n")
@example("a\n   ---   \n")
@example("1. a\n\n       code\n")
@example("[a]\n\n[a]: /b\n")
@example("- a\n\n      code\n> # b")
@example("a | b\n- | -\nc")
def test_any_text_is_parsed_as_by_the_whole_grammar(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize("folder", ["programs", "consultation", "schemes", "pages"])
def test_the_bodies_of_the_guide_are_parsed_as_by_the_whole_grammar(folder: str) -> None:
    for path in (HOME / "content" / folder).glob("*.md"):
        text = path.read_text(encoding="utf-8")
        front = FRONT.match(text)
        assert front, path
        assert_same(text[front.end() :])


def test_rules_are_left_out_at_all() -> None:
    """Else the tests above compare the grammar with itself."""
    rules = grammar.parser_for("ひとつの文です。").get_active_rules()
    assert rules["block"] == ["paragraph"]
    assert rules["inline"] == ["text", "newline"]
