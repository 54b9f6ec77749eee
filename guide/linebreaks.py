"""Where a Japanese heading may break: at the ends of phrases, in every browser (JA-11).

BudouX finds the phrases; its own HTML helper is not used, for it writes styles into the page, which our policy forbids.
"""

from __future__ import annotations

from functools import cache

from budoux import Parser, load_default_japanese_parser
from markupsafe import Markup


@cache
def _parser() -> Parser:
    return load_default_japanese_parser()


@cache
def phrases(text: str) -> Markup:
    """The text with a `<wbr>` between its phrases; the styles let headings, cards and buttons break nowhere else."""
    return Markup("<wbr>").join(_parser().parse(text))
