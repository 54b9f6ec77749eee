"""Rules over windows with numbers for several matters: whoever names one says which matter, and each area has a number for it.

Else the first number would be given for everything: the line for abuse to whoever asks for an allowance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guide.read.edition import Content, Entry
from guide.read.findings import Finding
from guide.read.questions import Outcome
from guide.read.records import Record, Window
from guide.read.schemes import Scheme
from guide.read.situations import Case, Route
from guide.read.yamlread import Path


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    windows = {entry.id: entry.noun for entry in content.of("consultation") if isinstance(entry.noun, Window)}
    found = [finding for entry in content.of("consultation") for finding in numbers_bear_services(entry, windows[entry.id])]
    for kind in ("programs", "consultation", "schemes", "cases", "routes"):
        for entry in content.of(kind):
            found += services_are_named(content, entry, windows)
    return found


def numbers_bear_services(entry: Entry, window: Window) -> Iterator[Finding]:
    """All numbers of a window say what they are for, or none does."""
    for i, phone in enumerate(window.phones):
        if not phone.services and any(other.services for other in window.phones):
            message = f"番号「{phone.number}」だけ、services（何の用の番号か）がありません。"
            yield Finding(entry.place("phones", i, "number"), "R017", message, f"書ける値: {'、'.join(services_of(window))}")


def services_of(window: Window) -> list[str]:
    """The services that a window's numbers bear, in the order written."""
    return list(dict.fromkeys(service for phone in window.phones for service in phone.services))


def named_windows(entry: Entry) -> Iterator[tuple[Path, str]]:
    """The windows (of a case: records) that a noun names, each with its path."""
    for field in ("windows", "instead", "leads_to"):
        for i, id_ in enumerate(getattr(entry.noun, field, ())):
            yield (field, i), id_
    for i, each in enumerate(getattr(entry.noun, "in_case", ())):
        yield ("in_case", i, "window"), each.window


def services_are_named(content: Content, entry: Entry, windows: Mapping[str, Window]) -> Iterator[Finding]:
    """A noun that names a window with several services says which, and names no others."""
    if not isinstance(noun := entry.noun, Record | Case | Route | Scheme | Outcome):
        return
    named = {id_: path for path, id_ in reversed(list(named_windows(entry)))}
    for id_, path in named.items():
        known = services_of(windows[id_]) if id_ in windows else []
        if known and id_ not in noun.services and id_ != entry.id:
            message = f"窓口「{id_}」には、用ごとに番号があります。どの用かが書かれていません。"
            hint = f"services に「{id_}: [{known[0]}]」のように書いてください。書ける値: {'、'.join(known)}"
            yield Finding(entry.place(*path), "R017", message, hint)
    for id_, meant in noun.services.items():
        if id_ not in named and content.lost.isdisjoint({"consultation"}):
            hint = "windows、instead、in_case、leads_to のどれかにある窓口だけを書いてください。"
            yield Finding(entry.place("services", id_), "R017", f"services: 「{id_}」は、ここに出てこない窓口です。", hint)
        elif id_ in windows:
            yield from _meant(entry, id_, meant, windows[id_])


def _meant(entry: Entry, id_: str, meant: Sequence[str], window: Window) -> Iterator[Finding]:
    known = services_of(window)
    for i, service in enumerate(meant):
        if service not in known:
            maybe = entry.document.near.word(service, known)
            message = f"services: 窓口「{id_}」に、用「{service}」の番号はありません。"
            hint = f"{maybe}書ける値: {'、'.join(known) or 'ありません'}"
            yield Finding(entry.place("services", id_, i), "R017", message, hint)
            return
    areas = {phone.area for phone in window.phones}
    served = {phone.area for phone in window.phones if not set(meant).isdisjoint(phone.services)}
    for area in sorted(area or "" for area in areas - served):
        message = f"services: 窓口「{id_}」の「{area}」に、用「{'、'.join(meant)}」の番号がありません。"
        hint = f"{id_} の phones の services に足すか、ほかの用も書いてください。"
        yield Finding(entry.place("services", id_), "R017", message, hint)
