"""What a printed sheet says of itself: where it comes from, and until when it should be trusted (OFF-12, DV-7)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import segno

from guide.site import Item, Site

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the side of its square in modules, quiet zone included, and the dark modules as an SVG path."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The foot of a printed record. `code` is None for sensitive records: a sheet must not lead others to the page."""

    address: str
    until: datetime.date
    code: Code | None


def sheet(site: Site, item: Item) -> Sheet:
    """The sheet of one record. Trusted until `[paper] trusted_days` after the day its facts were checked."""
    address = site.config.site.address.rstrip("/") + item.url
    until = item.record.checked + datetime.timedelta(days=site.config.paper.trusted_days)
    return Sheet(address, until, None if item.record.sensitive else qr(address))


def qr(text: str) -> Code:
    """A QR code of error level M (about 15 % may be damaged)."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                parts.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width or 1
    return Code(len(rows) + 2 * QUIET, "".join(parts))
