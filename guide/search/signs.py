"""What was learned of the pieces of questions, as the search page reads it: see static/js/search/routes.js."""

from __future__ import annotations

from collections.abc import Sequence

from guide.read.vocabulary import Sign

STEP = 0.5  # of a weight: one letter further
MOST = 26  # letters there are; what tells more tells as much as the last


def compact(signs: Sequence[Sign], routes: Sequence[str]) -> dict[str, object]:
    """`pieces` in one row; of each, in `levels`, one letter for any route and one for each: a for, A against, . for nothing.

    `starts` is where every question starts. Signs of routes that are not there any more are passed over.
    """
    columns: dict[str | None, int] = {None: 0, **{route: i for i, route in enumerate(routes, 1)}}
    starts = [0.0] * len(routes)
    rows: dict[str, list[str]] = {}
    for sign in (each for each in signs if each.route in columns):
        if not sign.pieces and sign.route:
            starts[columns[sign.route] - 1] = sign.weight
        for piece in sign.pieces.split():
            rows.setdefault(piece, ["."] * len(columns))[columns[sign.route]] = _letter(sign.weight)
    # Pieces that tell alike stand together, which packs better.
    known = sorted(rows, key=lambda piece: ("".join(rows[piece]), piece))
    levels = "".join("".join(rows[piece]) for piece in known)
    return {"routes": list(routes), "starts": starts, "pieces": " ".join(known), "levels": levels}


def _letter(weight: float) -> str:
    level = min(round(abs(weight) / STEP), MOST)
    return chr(ord("a" if weight > 0 else "A") + level - 1) if level else "."
