"""The word that somebody may have meant: 「もしかして」. Cheap, for a broken file may hold ten thousand wrong words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 60  # a longer word is no slip of the hand
MOST = 50  # suggestions of one rule: who has made more mistakes of a kind has made one


class Near:
    """Suggests, a limited number of times."""

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def word(self, wrong: str, known: Iterable[str], cutoff: float = 0.6) -> str:
        """「もしかして: …」 with a space after it, or nothing."""
        if self.left <= 0 or len(wrong) > LONGEST:
            return ""
        near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=cutoff)
        self.left -= 1
        return f"もしかして: {near[0]}　" if near else ""
