"""What the search page of another language loads beside the search files: what it shows instead of their Japanese.

The files of the search and their ranking are the same in every language. Names in the other language are found too.
"""

from __future__ import annotations

from guide.read.records import Phone
from guide.search import data_files
from guide.site import beside, calling
from guide.site.language import Language
from guide.site.site import Site


def words(own: Site, other: Site) -> dict[str, object]:
    """Names, summaries and status in the order of the records, calls in the order of `calls`; None: shown in Japanese.

    `areas` are the names of wards by their Japanese.
    """
    language = other.language
    items = [other.items[id_] for id_ in own.items]
    _, calls = data_files.whom_to_call(own)
    return {
        "names": [_said(language, item.record.name) for item in items],
        "summaries": [_said(language, item.record.summary) for item in items],
        "status": ["" if (s := item.record.status) == "active" else language.t(f"status.{s}").plain for item in items],
        "calls": [[_phone(language, call, phone) for phone in data_files.told_phones(call)] for call in calls.values()],
        "areas": {area.name: language.say(area.name).plain for area in own.areas},
    }


def _said(language: Language, text: str) -> str | None:
    return language.say(text).plain if language.has(text) else None


def _phone(language: Language, call: calling.Call, phone: Phone) -> list[str | None]:
    """Whose number it is and what limits it, as the Japanese file gives them."""
    label = beside.service(phone) if call.by_area else phone.label
    return [_said(language, label), data_files.limits(language, phone)]
