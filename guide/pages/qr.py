"""QR codes as SVG paths."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import zxingcpp

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
DARK = re.compile(rb"\x00+")


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the side of its square in modules, quiet zone included, and the dark modules as lines to stroke, one wide."""

    size: int
    path: str


def qr(text: str) -> Code:
    """A QR code of error level M (about 15 % may be damaged)."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)  # a buffer; its type says so from Python 3.12 on
    rows = bytes(image)
    size = math.isqrt(len(rows))
    return Code(size + 2 * QUIET, "".join(_row(rows[y * size : (y + 1) * size], y + QUIET) for y in range(size)))


def _row(modules: bytes, y: int) -> str:
    """One row: to its first dark module, then a line as long as each run and a step over what is light."""
    path, x = "", 0
    for run in DARK.finditer(modules):
        path += f"M{run.start() + QUIET} {y}.5h" if not path else f"m{run.start() - x} 0h"
        path += str(len(run[0]))
        x = run.end()
    return path
