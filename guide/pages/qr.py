"""QR codes as SVG paths."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import zxingcpp

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
ROW = re.compile(rb"([^\x00]*)(\x00+)")  # modules that are light, then dark ones


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the side of its square in modules, quiet zone included, and the dark modules as lines to stroke, one wide."""

    size: int
    path: str


def qr(text: str) -> Code:
    """A QR code of error level M (about 15 % may be damaged)."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)  # a buffer; its type says so from Python 3.12 on
    modules = bytes(image)
    size = math.isqrt(len(modules))
    rows = (_row(ROW.findall(modules, y * size, (y + 1) * size), y + QUIET) for y in range(size))
    return Code(size + 2 * QUIET, "".join(rows))


def _row(runs: list[tuple[bytes, bytes]], y: int) -> str:
    """One row: to its first dark module, then a line as long as each run and a step over what is light."""
    if not runs:
        return ""
    light, dark = runs[0]
    return f"M{len(light) + QUIET} {y}.5h{len(dark)}" + "".join(map(_STEPS.__getitem__, runs[1:]))


class _Steps(dict[tuple[bytes, bytes], str]):
    """The step over a light run and the line of a dark one: there are few that differ."""

    def __missing__(self, run: tuple[bytes, bytes]) -> str:
        self[run] = f"m{len(run[0])} 0h{len(run[1])}"
        return self[run]


_STEPS = _Steps()
