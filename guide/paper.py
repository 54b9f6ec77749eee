"""A record as one sheet of paper: numbers and hours closely set, other ways, and until when to trust it (OFF-12, DV-7)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from guide.model import Phone
from guide.site import Item, Site
from guide.calling import Call, is_silent

QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
COLUMNS = 4  # numbers side by side on a sheet; more would not leave room for their names


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: the side of its square in modules, quiet zone included, and the dark modules as an SVG path."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """One number as a line: who answers, the number, when and at what cost."""

    label: str
    number: str
    told: str


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by area: a row an area, a column a service with its hours; cells hold a number or nothing."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A window on the sheet: its numbers as a table by area, or as lines (one of them is empty)."""

    call: Call
    table: Table | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record's sheet. `code` is None for sensitive records: a sheet must not lead others to the page."""

    blocks: tuple[Block, ...]
    address: str
    checked: datetime.date
    until: datetime.date
    code: Code | None


def sheet(site: Site, item: Item, calls: Sequence[Call]) -> Sheet:
    """The sheet of one record. Trusted until `[paper] trusted_days` after the day its oldest facts were checked."""
    address = site.config.site.address.rstrip("/") + item.url
    checked = min([item.record.checked, *(call.window.record.checked for call in calls)])
    until = checked + datetime.timedelta(days=site.config.paper.trusted_days)
    return Sheet(tuple(map(_block, calls)), address, checked, until, None if item.record.sensitive else qr(address))


def _block(call: Call) -> Block:
    table = _table(call)
    return Block(call, table, () if table else tuple(_line(phone) for phone in call.phones))


def _line(phone: Phone) -> Line:
    return Line(phone.label, phone.number, _hours(phone))


def _hours(phone: Phone) -> str:
    """When somebody answers and what is to know before calling, in one phrase."""
    hours = "受付の時間は未確認" if is_silent(phone.hours) else phone.hours
    closed = None if is_silent(phone.closed) else f"休み {phone.closed}"
    return "、".join(part for part in (hours, closed, phone.cost, phone.languages, phone.for_, phone.note) if part)


def _table(call: Call) -> Table | None:
    """The numbers by area, when there are several areas and each service has the same hours in all of them."""
    areas = [(area, phones) for area, phones in call.areas if area]
    if len(areas) < 2 or len(areas) < len(call.areas):
        return None
    named = [(area, {_service(phone): phone for phone in phones}) for area, phones in areas]
    services = list(dict.fromkeys(service for _, phones in named for service in phones))
    hours = [{_hours(phones[service]) for _, phones in named if service in phones} for service in services]
    whole = all(len(phones) == len(kept) for (_, phones), (_, kept) in zip(areas, named, strict=True))
    if len(services) > COLUMNS or not whole or any(len(told) > 1 for told in hours):
        return None
    columns = tuple((service, told.pop()) for service, told in zip(services, hours, strict=True))
    rows = tuple((area, tuple(p[s].number if s in p else "" for s in services)) for area, p in named)
    return Table(columns, rows)


def _service(phone: Phone) -> str:
    """A number's label without its area: 中央区 保健こども課 → 保健こども課."""
    return phone.label.removeprefix(phone.area or "").strip()


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
