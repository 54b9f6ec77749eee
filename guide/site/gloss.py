"""Words of the offices, explained where they first stand on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guide.read.vocabulary import Term


def first_uses(terms: Sequence[Term], sections: Iterable[tuple[str, str]]) -> Mapping[str, tuple[Term, ...]]:
    """For each section of a page (key and text, in reading order) the terms that stand there for the first time.

    A longer term wins over a shorter one inside it: 校区社会福祉協議会 is not also explained as 校区.
    """
    if not terms:
        return {key: () for key, _ in sections}
    by_word, pattern = _words(terms)
    seen: set[str] = set()
    found: dict[str, tuple[Term, ...]] = {}
    for key, text in sections:
        here: list[Term] = []
        for word in pattern.findall(text):
            term = by_word[word]
            if term.term not in seen:
                seen.add(term.term)
                here.append(term)
        found[key] = tuple(here)
    return found


def _words(terms: Sequence[Term]) -> tuple[Mapping[str, Term], re.Pattern[str]]:
    """The terms by the words that stand for them, and a pattern of all these; of the terms asked for last, they are at hand."""
    if not _last or _last[0] is not terms:
        by_word = {word: term for term in terms for word in (term.term, *term.aliases)}
        _last[:] = terms, by_word, re.compile("|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True)))
    return _last[1], _last[2]


_last: list[Any] = []  # terms, and what _words makes of them
