"""The words of a record as plain text: its sentences, and what the full-text index holds of it."""

from __future__ import annotations

from guide.read.markdown import without_readings
from guide.site.calling import is_silent
from guide.site.items import Item


def running_text(item: Item) -> str:
    """The sentences of a record in standard Japanese, in reading order."""
    record = item.record
    single = (record.summary, record.status_note, record.for_whom, record.start, record.next)
    told = [str(text) for text in single if not is_silent(text)]
    return "\n".join([*told, *record.when, *(condition.text for condition in record.conditions), item.body.plain])


def search_text(item: Item) -> str:
    """What the full-text index holds of a record: what was written about it, not the labels every page repeats."""
    record = item.record
    easy = without_readings(record.easy or "")
    parts = (record.name, *record.former_names, *record.words, running_text(item), *record.prepare, easy, record.english or "")
    return "\n".join(parts)
