"""A record as one sheet of paper: numbers and hours closely set, other ways, and until when to trust it (OFF-12, DV-7).

How long a sheet may be trusted counts from the oldest source of its numbers, not from the day on which the record was
written: nobody has called them since. Old or undated numbers ask to be checked first.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guide.pages.qr import Code, qr
from guide.read.records import Phone
from guide.site.beside import closed_days, service
from guide.site.calling import Call, is_local, is_silent
from guide.site.items import Item
from guide.site.site import Site


@dataclass(frozen=True, slots=True)
class Line:
    """One number as a line: who answers, the number, when and at what cost ("" where that stands at the head)."""

    label: str
    number: str
    told: str


@dataclass(frozen=True, slots=True)
class Block:
    """A window on the sheet: lines by area (None for everybody), what holds for all of them, and notes told once."""

    call: Call
    head: str
    areas: tuple[tuple[str | None, tuple[Line, ...]], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record's sheet. `code` is None for sensitive records: a sheet must not lead others to the page.

    `oldest` and `newest` are the dates of the sources of its numbers, as written there; `until` is None when one of them
    has no date (`undated`) or is too old already: then the sheet asks to call before going.
    `local`: see calling.is_local; `visited`: one of the windows has an address.
    """

    blocks: tuple[Block, ...]
    address: str
    oldest: str | None
    newest: str | None
    undated: bool
    until: datetime.date | None
    code: Code | None
    local: bool
    visited: bool


def sheet(site: Site, item: Item, calls: Sequence[Call]) -> Sheet:
    """The sheet of one record. Trusted until `[paper] trusted_days` after the date of the oldest source of its numbers."""
    address = site.config.site.address.rstrip("/") + item.url
    dates = dates_of(calls)
    dated = sorted(date for date in dates if first_day(date))
    until = None
    if dated and len(dated) == len(dates):
        last = (first_day(dated[0]) or site.today) + datetime.timedelta(days=site.config.paper.trusted_days)
        until = last if last >= site.today else None
    code = None if item.record.sensitive else qr(address)
    oldest, newest = (dated[0], dated[-1]) if dated else (None, None)
    undated = len(dated) < len(dates)
    visited = any(getattr(call.window.record, "places", ()) for call in calls)
    blocks = tuple(map(_block, calls))
    return Sheet(blocks, address, oldest, newest, undated, until, code, is_local(item, calls), visited)


def first_day(date: str) -> datetime.date | None:
    """The first day that a source's date may mean (2026-06 → 1 June 2026); None for a source without a date."""
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    return datetime.date(*[*parts, 1, 1][:3]) if parts else None


def _block(call: Call) -> Block:
    """What numbers have in common is told once, and by area what each service's numbers have: there is no room to repeat."""
    told = {phone: [*_told(phone), _seen([call.source(phone).date])] for phone in call.phones}
    common = [part for part in next(iter(told.values()), []) if len(told) > 1 and all(part in parts for parts in told.values())]
    start = _shared_start([service(phone) for phone in call.phones])
    names = {phone: service(phone).removeprefix(start).strip() if call.by_area else phone.label for phone in call.phones}
    own = {phone: "、".join(part for part in parts if part not in common) for phone, parts in told.items()}
    notes = list(_notes(call, names))
    if call.by_area:
        notes += [f"{name}{'：' if name else ''}{text}" for name, text in _by_service(names, own)]
        own = dict.fromkeys(own, "")
    lines = {phone: Line(names[phone], phone.number, own[phone]) for phone in call.phones}
    areas = tuple((area, tuple(lines[phone] for phone in phones)) for area, phones in call.areas)
    return Block(call, "、".join(common), areas, tuple(dict.fromkeys(notes)))


def _notes(call: Call, names: Mapping[Phone, str]) -> Iterator[str]:
    """The notes of a window's numbers, each once, and whose it is where it is not everybody's."""
    for note in dict.fromkeys(note for phone in call.phones for note in (phone.note, phone.hours_note) if note):
        mine = [_whose(phone, names[phone]) for phone in call.phones if note in (phone.note, phone.hours_note)]
        whose = "" if len(mine) == len(call.phones) else "・".join(dict.fromkeys(name for name in mine if name))
        yield f"{whose}：{note.rstrip('。')}" if whose else note.rstrip("。")


def _by_service(names: Mapping[Phone, str], own: Mapping[Phone, str]) -> Iterator[tuple[str, str]]:
    """What is told of numbers, each telling once, with whose it is: the service that they share and no other has, else areas."""
    for text in dict.fromkeys(own[phone] for phone in names if own[phone]):
        alike = [_bare(names[phone]).split("、") for phone in names if own[phone] == text]
        others = {service for phone in names if own[phone] != text for service in _bare(names[phone]).split("、")}
        services = [service for each in alike for service in each if service and service not in others]
        if services and all(set(each) & set(services) for each in alike):
            shared = [service for service in services if all(service in each for each in alike)]
            yield "／".join(dict.fromkeys(shared or services)), text
        else:
            yield "・".join(dict.fromkeys(phone.area or "" for phone in names if own[phone] == text)), text


def _whose(phone: Phone, name: str) -> str:
    """A number's service, or its area where it is for several services or for no certain one."""
    return _bare(name) if name and "、" not in name else phone.area or ""


def _bare(name: str) -> str:
    """A name without brackets that stand around all of it: （障がい福祉） → 障がい福祉; 高齢福祉班（介護保険） stays."""
    return name[1:-1] if name.startswith("（") and name.find("）") == len(name) - 1 else name


def _told(phone: Phone) -> list[str]:
    """When somebody answers, at what cost, for whom (unless the area tells it); what is not known says of what."""
    whom = None if phone.area else phone.for_
    parts = (
        _or_unknown("受付の時間", phone.hours),
        closed_days(phone),
        _or_unknown("料金", phone.cost),
        _or_unknown("言葉", phone.languages),
        whom,
    )
    return [part for part in parts if part]


def _or_unknown(name: str, value: str | None) -> str | None:
    return f"{name}は未確認" if value and is_silent(value) else value


def dates_of(calls: Iterable[Call]) -> list[str]:
    """The dates of the sources of all numbers, as written there."""
    return [call.source(phone).date for call in calls for phone in call.phones]


def _seen(dates: Sequence[str]) -> str:
    """When numbers were read: the date of their source, of several the oldest; that one has none goes before all."""
    dated = sorted(date for date in dates if first_day(date))
    if len(dated) < len(dates) or not dated:
        return "日付のない資料"
    return f"{dated[0].replace('-', '.')}{'からの' if len(set(dated)) > 1 else 'の'}資料"


def _shared_start(labels: Sequence[str]) -> str:
    """What all labels begin with, where a bracket or nothing follows: 保健こども課（…）, 保健こども課（…） → 保健こども課."""
    start = posixpath.commonprefix(labels).partition("（")[0].strip()
    return start if all(label.removeprefix(start)[:1] in ("", " ", "（") for label in labels) else ""
