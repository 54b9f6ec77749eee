"""Where a Japanese heading may break: at the ends of phrases, in every browser (JA-11).

BudouX finds the phrases; its own HTML helper is not used, for it writes styles into the page, which our policy forbids.
"""

from __future__ import annotations

import re
from functools import cache

from budoux import Parser, load_default_japanese_parser
from markupsafe import Markup

LONG = 8  # letters; a heading on a phone of 320 px holds about 12


@cache
def _parser() -> Parser:
    return load_default_japanese_parser()


@cache
def phrases(text: str) -> Markup:
    """The text with a `<wbr>` between its phrases; the styles let headings, cards and buttons break nowhere else."""
    return Markup("<wbr>").join(part for phrase in _parser().parse(text) for part in _short(phrase))


def _short(phrase: str) -> list[str]:
    """Any phrase may break after a middle dot, a long compound also before katakana and brackets: 相談支援|センター."""
    return re.split(r"(?<=・)" if len(phrase) <= LONG else r"(?<=・)|(?=（)|(?<=[一-鿿々])(?=[ァ-ヴ])", phrase)
