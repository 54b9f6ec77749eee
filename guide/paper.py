"""A record as one sheet of paper: numbers and hours closely set, other ways, and until when to trust it (OFF-12, DV-7).

How long a sheet may be trusted counts from the oldest source of its numbers, not from the day on which the record was
written: nobody has called them since. Old or undated numbers ask to be checked first.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from guide.calling import Call, is_silent, service
from guide.model import Phone
from guide.site import Item, Site

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
    """One record's sheet. `code` is None for sensitive records: a sheet must not lead others to the page.

    `oldest` and `newest` are the dates of the sources of its numbers, as written there; `until` is None when one of them
    has no date or is too old already: then the sheet asks to call before going.
    """

    blocks: tuple[Block, ...]
    address: str
    oldest: str | None
    newest: str | None
    until: datetime.date | None
    code: Code | None


def sheet(site: Site, item: Item, calls: Sequence[Call]) -> Sheet:
    """The sheet of one record. Trusted until `[paper] trusted_days` after the date of the oldest source of its numbers."""
    address = site.config.site.address.rstrip("/") + item.url
    dates = [call.source(phone).date for call in calls for phone in call.phones]
    dated = sorted(date for date in dates if first_day(date))
    until = None
    if dated and len(dated) == len(dates):
        last = (first_day(dated[0]) or site.today) + datetime.timedelta(days=site.config.paper.trusted_days)
        until = last if last >= site.today else None
    code = None if item.record.sensitive else qr(address)
    oldest, newest = (dated[0], dated[-1]) if dated else (None, None)
    return Sheet(tuple(map(_block, calls)), address, oldest, newest, until, code)


def first_day(date: str) -> datetime.date | None:
    """The first day that a source's date may mean (2026-06 → 1 June 2026); None for a source without a date."""
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    return datetime.date(*[*parts, 1, 1][:3]) if parts else None


def _block(call: Call) -> Block:
    table = _table(call)
    return Block(call, table, () if table else tuple(_line(phone, call.source(phone).date) for phone in call.phones))


def _line(phone: Phone, date: str) -> Line:
    return Line(phone.label, phone.number, f"{_hours(phone)}、{_seen([date])}")


def _seen(dates: Sequence[str]) -> str:
    """When a number was read, for a line of the sheet: the oldest of several, and that there is none as such."""
    oldest = min((date for date in dates if first_day(date)), default=None)
    return "日付のない資料" if oldest is None else f"{oldest.replace('-', '.')}の資料"


def _hours(phone: Phone) -> str:
    """When somebody answers and what is to know before calling, in one phrase."""
    hours = "受付の時間は未確認" if is_silent(phone.hours) else phone.hours
    closed = None if is_silent(phone.closed) else f"休み {phone.closed}"
    parts = (hours, closed, phone.cost, phone.languages, phone.for_, phone.note)
    return "、".join(part.rstrip("。") for part in parts if part)


def _table(call: Call) -> Table | None:
    """The numbers by area, when there are several areas and each service has the same hours in all of them."""
    areas = [(area, phones) for area, phones in call.areas if area]
    if len(areas) < 2 or len(areas) < len(call.areas):
        return None
    named = [(area, {service(phone): phone for phone in phones}) for area, phones in areas]
    services = list(dict.fromkeys(name for _, phones in named for name in phones))
    hours = [{_hours(phones[name]) for _, phones in named if name in phones} for name in services]
    whole = all(len(phones) == len(kept) for (_, phones), (_, kept) in zip(areas, named, strict=True))
    if len(services) > COLUMNS or not whole or any(len(told) > 1 for told in hours):
        return None
    seen = [_seen([call.source(phones[name]).date for _, phones in named if name in phones]) for name in services]
    columns = tuple((name, f"{told.pop()}、{date}") for name, told, date in zip(services, hours, seen, strict=True))
    rows = tuple((area, tuple(p[s].number if s in p else "" for s in services)) for area, p in named)
    return Table(columns, rows)


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
