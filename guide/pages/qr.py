"""QR codes as SVG paths."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the side of its square in modules, quiet zone included, and the dark modules as an SVG path."""

    size: int
    path: str


def qr(text: str) -> Code:
    """A QR code of error level M (about 15 % may be damaged)."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            width = next((i for i, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if width:
                parts.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width or 1
    return Code(len(rows) + 2 * QUIET, "".join(parts))
