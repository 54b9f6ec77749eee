"""How a window is reached otherwise than by telephone: writing, chat, sign language, and going there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guide.read.records import WRITTEN, Way, Window
from guide.site.calling import Call, is_silent
from guide.site.items import Item
from guide.site.site import Site

POSTAL = re.compile(r"〒\d{3}-\d{4}")
NUMBERED = re.compile(r"\d-\d|[\d一二三四五六七八九十]丁目")


def written_ways(item: Item) -> tuple[Way, ...]:
    """The known ways of a window for people who cannot telephone: writing, chat, sign language; an address is none."""
    ways = item.record.ways if isinstance(item.record, Window) else ()
    return tuple(way for way in ways if way.kind in WRITTEN and not is_silent(way.value))


def other_ways(item: Item, shown: Sequence[Call]) -> tuple[Item, ...]:
    """The windows of a record that can be reached otherwise than by telephone: its own, or those to call.

    Whatever else is shown to call, beside a window that cannot be written to itself, is here for its ways only.
    """
    windows = list(placed(item, shown))
    if item.kind == "program" or not written_ways(item):
        others = [call.window for call in shown if written_ways(call.window)]
        windows += [window for window in others if window not in windows]
    return tuple(w for w in windows if isinstance(w.record, Window) and (w.record.ways or w.record.places))


def spot(place: str) -> str | None:
    """What a map finds of an address as written: its street and number, without postal code, building and remarks."""
    outside, _, inside = place.partition("（")
    for part in (outside, inside.rstrip("）")):
        for word in POSTAL.sub("", part).split():
            if NUMBERED.search(word):
                return word
    return None


def placed(item: Item, shown: Iterable[Call]) -> tuple[Item, ...]:
    """The windows whose addresses are a record's: itself, or those that take its matter; not near ones."""
    return (item,) if item.kind == "window" else tuple(call.window for call in shown if call.role == "window")


def without_telephone(site: Site) -> tuple[Item, ...]:
    """The windows that can be written to, in reading order."""
    return tuple(item for item in site.items.values() if written_ways(item))
