"""Rules over numbers: where each was read, that those words hold it, one set of hours for it, and whose area it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from guide.read.edition import Content, Entry, records
from guide.read.fields import SILENT
from guide.read.findings import Finding
from guide.read.records import ContactSource, Record, Window
from guide.read.situations import Area
from guide.read.yamlread import Path
from guide.rules import hours

LOCAL = 6  # digits of a number without its area code: pages of a city leave that out
DENIALS = ("受け付けていません", "受け付けません", "受付はありません")


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    rules = (contacts_hold, sources_hold_their_number, areas_are_known, numbers_have_one_set_of_hours, denials_agree_with_hours)
    return [finding for rule in rules for finding in rule(content)]


def contacts_hold(content: Content) -> Iterator[Finding]:
    """Each number, way and address has a source of its own on the same record, and no doubtful source is published."""
    for entry, record in records(content):
        for i, source in enumerate(record.contacts):
            if source.confidence == "low":
                hint = "確かめて confidence を上げるまで、この出どころと番号を消してください。"
                place = entry.place("contacts", i, "confidence")
                yield Finding(place, "R004", f"出どころ「{source.id}」は確かではありません（low）。", hint)
        known = {(source.id, source.value) for source in record.contacts}
        told = list(_told(record))
        for field, i, contact, value in told:
            if (contact, value) not in known and not (value in SILENT and contact in {source.id for source in record.contacts}):
                message = f"「{value}」の出どころ「{contact}」が contacts にありません。"
                hint = f"contacts に id: {contact} と value: {value} の項目を作り、読んだページ、日付、見た言葉を書いてください。"
                yield Finding(entry.place(field, i, "contact"), "R003", message, hint)
        used = {value for _, _, _, value in told}
        for i, source in enumerate(record.contacts):
            if source.value and source.value not in used:
                hint = "番号や場所を直したときは、出どころの value も直すか、いらない出どころを消してください。"
                place = entry.place("contacts", i, "value")
                yield Finding(place, "R013", f"出どころの「{source.value}」は、この記録のどこにも出ていません。", hint)


def _told(record: Record) -> Iterator[tuple[str, int, str, str]]:
    """What a record tells that needs a source: field, place in it, the source's id, the value."""
    for field, name in (("phones", "number"), ("ways", "value"), ("places", "text")):
        for i, each in enumerate(getattr(record, field, ())):
            yield field, i, each.contact, getattr(each, name)


def digits(text: str) -> str:
    """The digits of a text, full-width ones included."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def holds(source: ContactSource) -> bool:
    """Whether the words seen hold the number, with or without the area code."""
    number, seen = digits(source.value or ""), digits(source.seen or "")
    return number in seen or (number[:1] == "0" and any(number[n:] in seen for n in range(2, 5) if len(number) - n >= LOCAL))


def sources_hold_their_number(content: Content) -> Iterator[Finding]:
    """The words seen hold the digits of the number: a date or page of another number is found so."""
    for entry, record in records(content):
        numbers = {phone.number for phone in getattr(record, "phones", ())}
        numbers |= {way.value for way in getattr(record, "ways", ()) if way.kind == "fax"}
        for i, source in enumerate(record.contacts):
            if source.value in numbers and not holds(source):
                hint = "seen に、見た言葉を番号もふくめて写してください。別のページで見た番号なら、page と date も直します。"
                message = f"出どころの見た言葉（seen）に、番号「{source.value}」がありません。"
                yield Finding(entry.place("contacts", i, "seen" if source.seen else "value"), "R012", message, hint)


def areas_are_known(content: Content) -> Iterator[Finding]:
    """Where one number of a window is for a ward of areas.yaml, all are; a slip of the pen would hide a ward's number."""
    known = [area.noun.name for area in content.of("areas") if isinstance(area.noun, Area)]
    for entry in content.of("consultation"):
        phones = entry.noun.phones if isinstance(entry.noun, Window) else ()
        named = [[name for name in (phone.area or "").split("・") if name] for phone in phones]
        if not any(name in known for names in named for name in names):
            continue
        for i, names in enumerate(named):
            for name in [name for name in names or ["（なし）"] if name not in known]:
                maybe = content.near.word(name, known, 0.5)
                hint = f"{maybe}書ける区: {'、'.join(known)}（2つのときは「・」でつなぎます）"
                place = entry.place("phones", i, "area" if phones[i].area else "number")
                yield Finding(place, "R014", f"area: 区「{name}」は areas.yaml にありません。", hint)


def numbers_have_one_set_of_hours(content: Content) -> Iterator[Finding]:
    """The same number stands once in a record, and wherever it stands has the same hours, closed days and cost."""
    first: dict[str, tuple[Entry, tuple[str | None, ...]]] = {}
    for entry in content.of("consultation"):
        seen: set[str] = set()
        for i, phone in enumerate(entry.noun.phones if isinstance(entry.noun, Window) else ()):
            told = (phone.hours, phone.closed, phone.cost)
            other, known = first.setdefault(phone.number, (entry, told))
            place = ("phones", i, "number")
            if phone.number in seen:
                hint = "1つにまとめ、label に用件を並べてください。"
                yield Finding(entry.place(*place), "R016", f"番号「{phone.number}」が、この記録に2回あります。", hint)
            elif known != told:
                message = f"番号「{phone.number}」の受付、休み、料金が {other.document.file} と違います。"
                yield Finding(entry.place(*place), "R016", message, "同じ番号には、同じ受付、休み、料金を書いてください。")
            seen.add(phone.number)


def denials_agree_with_hours(content: Content) -> Iterator[Finding]:
    """A sentence that says when nobody answers names days and times, and does not deny what the hours say."""
    for entry, record in records(content):
        told = [phone.hours for phone in getattr(record, "phones", ()) if hours.spans(phone.hours)]
        texts: list[tuple[Path, str]] = [
            (("conditions", i, "text"), condition.text) for i, condition in enumerate(record.conditions)
        ]
        texts += [(("when", i), text) for i, text in enumerate(record.when)]
        for path, text in texts:
            if not told or not any(word in text for word in DENIALS):
                continue
            spans = hours.denied(text)
            hint = f"受付は「{told[0]}」です。「平日の8時〜19時」のように、日と時刻を書いてください。"
            if not spans:
                yield Finding(entry.place(*path), "R015", "受け付けない時間の、日と時刻が読み取れません。", hint)
            elif any(hours.contradicts(text_of, span) for text_of in told for span in spans):
                yield Finding(entry.place(*path), "R015", "受け付けないと書いた時間に、受付があります。", hint)
