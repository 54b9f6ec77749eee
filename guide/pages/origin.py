"""Where a page comes from, in few words: its plans, how many pages were read, and how old its numbers are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guide.pages.paper import dates_of, first_day
from guide.read.records import Record
from guide.read.schemes import Scheme
from guide.site.calling import Call
from guide.site.site import Site


@dataclass(frozen=True, slots=True)
class Origin:
    """Plans (short name; period, None for the current one), how many pages were read, the dates of the numbers' sources.

    `second_hand`: some of these copy a page that they name.
    """

    plans: tuple[tuple[str, str | None], ...]
    pages: int
    oldest: str | None
    newest: str | None
    undated: bool
    second_hand: bool


def origin(site: Site, noun: Record | Scheme, calls: Iterable[Call]) -> Origin | None:
    """The origin of a record or scheme with the numbers that its page shows; None where nothing is named."""
    documents = [site.documents[source.document] for source in noun.sources]
    plans = dict.fromkeys((each.short, None if each.current else each.period.partition("（")[0]) for each in documents)
    pages = {(source.page, source.cites) for source in noun.contacts} if isinstance(noun, Record) else ()
    shown = list(calls)
    dates = dates_of(shown)
    dated = sorted(date for date in dates if first_day(date))
    oldest, newest = (dated[0], dated[-1]) if dated else (None, None)
    copied = any(call.source(phone).second_hand for call in shown for phone in call.phones)
    found = Origin(tuple(plans), len(pages), oldest, newest, len(dated) < len(dates), copied)
    return found if plans or pages else None
