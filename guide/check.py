"""Rules over everything that was read: each function is named for what ought to be true and returns what is not."""

from __future__ import annotations

import datetime
import difflib
import posixpath
from collections.abc import Iterable, Iterator

from guide.config import places as config_places
from guide.findings import Finding
from guide.load import Content, Entry
from guide.model import Case, Record, Window

UNKNOWN_UNIT = "unknown"
KIND_NAMES = {
    "programs": "事業",
    "consultation": "窓口",
    "situations": "困りごとの分野",
    "cases": "こんなとき",
    "units": "単位",
    "actors": "担い手",
    "documents": "資料",
    "terms": "言葉",
    "routes": "急ぎの案内",
    "pages": "ページ",
}


def every_rule(content: Content, today: datetime.date) -> list[Finding]:
    """All findings of all rules. Runs on whatever could be read, so that one run tells every fault."""
    rules = (ids_differ, references_resolve, settings_resolve, links_resolve, contacts_hold, numbers_can_be_dialled)
    findings = [finding for rule in rules for finding in rule(content)]
    findings += records_are_consistent(content, today)
    findings += urgent_cases_start_right(content)
    return findings


def records(content: Content) -> Iterator[tuple[Entry, Record]]:
    """Programs and windows, as entries with their noun."""
    for entry in [*content.of("programs"), *content.of("consultation")]:
        if isinstance(entry.noun, Record):
            yield entry, entry.noun


def ids_differ(content: Content) -> Iterator[Finding]:
    """An id names one thing of its kind; programs and windows share one set of ids."""
    for kinds in (("programs", "consultation"), *((kind,) for kind in KIND_NAMES if kind not in ("programs", "consultation"))):
        seen: dict[str, Entry] = {}
        for entry in (e for kind in kinds for e in content.of(kind)):
            if entry.id in seen:
                message = f"id「{entry.id}」が2つあります（もう1つは {seen[entry.id].place()}）。"
                yield Finding(entry.place("id"), "R002", message, "どちらかの id かファイル名を変えてください。")
            seen.setdefault(entry.id, entry)


def _ids(content: Content, *kinds: str) -> set[str]:
    return {entry.id for kind in kinds for entry in content.of(kind)}


def _dangling(entry: Entry, field: str, ids: Iterable[str], known: set[str], kind: str) -> Iterator[Finding]:
    for i, target in enumerate(ids):
        if target not in known:
            near = difflib.get_close_matches(target, sorted(known), n=1)
            maybe = f"もしかして: {near[0]}　" if near else ""
            hint = f"{maybe}ある id を書くか、「{target}」を先に作ってください。"
            yield Finding(entry.place(field, i), "R001", f"{field}: {kind}「{target}」はありません。", hint)


def references_resolve(content: Content) -> Iterator[Finding]:
    """Every id that a record, case, route or page names exists."""
    situations, actors, documents = (_ids(content, kind) for kind in ("situations", "actors", "documents"))
    units = _ids(content, "units") | {UNKNOWN_UNIT}
    windows, anything = _ids(content, "consultation"), _ids(content, "programs", "consultation")
    for entry, record in records(content):
        yield from _dangling(entry, "situations", record.situations, situations, "困りごとの分野")
        yield from _dangling(entry, "windows", record.windows, windows, "窓口")
        yield from _dangling(entry, "related", record.related, anything, "事業・窓口")
        for field in ("lead", "partners", "involved"):
            yield from _dangling(entry, field, getattr(record, field), actors, "担い手")
        if isinstance(record, Window):
            yield from _dangling(entry, "instead", record.instead, windows, "窓口")
        unit = getattr(record, "unit", None)
        if unit is not None and unit not in units:
            yield from _dangling(entry, "unit", [unit], units, "単位")
    for entry in content.of("cases"):
        assert isinstance(entry.noun, Case)
        yield from _dangling(entry, "situations", entry.noun.situations, situations, "困りごとの分野")
        yield from _dangling(entry, "leads_to", entry.noun.leads_to, anything, "事業・窓口")
    for entry in [*content.of("routes"), *content.of("pages")]:
        yield from _dangling(entry, "windows", getattr(entry.noun, "windows", ()), windows, "窓口")
    for entry in [*(e for e, _ in records(content)), *content.of("cases")]:
        for i, source in enumerate(getattr(entry.noun, "sources", ())):
            for finding in _dangling(entry, "document", [source.document], documents, "資料"):
                yield Finding(entry.place("sources", i, "document"), finding.code, finding.message, finding.hint)


def settings_resolve(content: Content) -> Iterator[Finding]:
    """The ids that site.toml names exist."""
    config = content.config
    if config is None:
        return
    place = config_places(content.texts.get("site.toml", ""))
    known = _ids(content, "programs", "consultation")
    named = [(("contact", "general"), config.contact.general, _ids(content, "consultation"))]
    named.append((("urgent", "first"), config.urgent.first, known))
    named.append((("volunteers", "situations"), config.volunteers.situations, _ids(content, "situations")))
    for path, ids, among in named:
        for target in ids:
            if target not in among:
                message = f"{'.'.join(path)}: 「{target}」はありません。"
                yield Finding(place[path], "R001", message, "content にある id を書いてください。")


def links_resolve(content: Content) -> Iterator[Finding]:
    """Every link in a body leads to a file that was read."""
    known = {
        f"content/{e.document.file.removeprefix('content/')}"
        for kind in ("programs", "consultation", "pages")
        for e in content.of(kind)
    }
    for kind in ("programs", "consultation", "pages"):
        for entry in content.of(kind):
            for link in entry.body.links if entry.body else ():
                if ":" in link.target.partition("/")[0]:
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(entry.document.file), link.target.split("#")[0]))
                if target not in known:
                    hint = "このファイルから見た道（例: ../consultation/x.md）を確かめてください。"
                    yield Finding(link.place, "L001", f"リンク先「{link.target}」がありません。", hint)


def contacts_hold(content: Content) -> Iterator[Finding]:
    """Each number and address names its source on the same record, and no doubtful source is published."""
    for entry, record in records(content):
        known = {source.id: source for source in record.contacts}
        for i, source in enumerate(record.contacts):
            if source.confidence == "low":
                hint = "確かめて confidence を上げるまで、この出どころと番号を消してください。"
                yield Finding(
                    entry.place("contacts", i, "confidence"),
                    "R004",
                    f"出どころ「{source.id}」は確かではありません（low）。",
                    hint,
                )
        for field in ("phones", "ways", "places"):
            for i, item in enumerate(getattr(record, field, ())):
                if item.contact not in known:
                    message = f"出どころ「{item.contact}」が contacts にありません。"
                    hint = "この記録の contacts に、資料のアドレスと日付を書いてください。"
                    yield Finding(entry.place(field, i, "contact"), "R003", message, hint)


def numbers_can_be_dialled(content: Content) -> Iterator[Finding]:
    """A number with # cannot be a telephone link (OFF-10), so one that can be dialled stands beside it."""
    windows = {entry.id: entry.noun for entry in content.of("consultation") if isinstance(entry.noun, Window)}
    for entry in content.of("consultation"):
        window = windows[entry.id]
        near = [window, *(windows[i] for i in window.instead if i in windows)]
        if window.phones and not any(phone.diallable for other in near for phone in other.phones):
            message = f"「{window.phones[0].number}」は、リンクを押してもかけられない電話があります。"
            hint = "かけられる番号を phones に足すか、instead にその番号のある窓口を書いてください。"
            yield Finding(entry.place("phones", 0, "number"), "R005", message, hint)


def records_are_consistent(content: Content, today: datetime.date) -> Iterator[Finding]:
    """Sources given, unit and its certainty agree, actors told one way, no check date in the future."""
    for entry, record in records(content):
        if not record.sources and not record.contacts:
            yield Finding(
                entry.place("sources"), "R006", "出典がありません。", "sources か contacts に、読んだ資料を書いてください。"
            )
        unit, certain = getattr(record, "unit", None), getattr(record, "unit_certain", False)
        if certain and unit in (None, UNKNOWN_UNIT):
            hint = "単位が読み取れないときは unit_certain を消してください。"
            yield Finding(entry.place("unit_certain"), "R007", "単位が分からないのに unit_certain が true です。", hint)
        if record.involved and (record.lead or record.partners):
            hint = "実施と協力の別が確かなら lead・partners だけ、確かでなければ involved だけにしてください。"
            yield Finding(entry.place("involved"), "R008", "担い手が2つの書き方で書かれています。", hint)
        if record.checked > today:
            hint = "確かめた日を書いてください。"
            yield Finding(entry.place("checked"), "R010", f"確認日 {record.checked} が今日（{today}）より後です。", hint)


def urgent_cases_start_right(content: Content) -> Iterator[Finding]:
    """An urgent case leads first to what site.toml names in [urgent] first."""
    if content.config is None:
        return
    first = content.config.urgent.first
    for entry in content.of("cases"):
        case = entry.noun
        if isinstance(case, Case) and case.urgent and case.leads_to[: len(first)] != first:
            hint = f"leads_to の最初を {'、'.join(first)} の順にしてください。"
            yield Finding(entry.place("leads_to"), "R009", "急ぎの「こんなとき」が、先に案内する窓口から始まっていません。", hint)
