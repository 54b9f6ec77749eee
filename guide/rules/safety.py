"""Rules over what people do first: who may be called first about safety, what may be a step, what must not be seen.

They run on everything that was read (topics.yaml, cases, routes, needs, records) and hold wherever a number comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guide.read import settings
from guide.read.edition import Content, Entry, records
from guide.read.findings import Finding
from guide.read.records import Program, Record, Window
from guide.read.schemes import Scheme
from guide.read.situations import Case, Route, Situation, Topic
from guide.read.vocabulary import Concept
from guide.rules import hours
from guide.rules.references import SETTINGS

SUNDAY, LATE = 6, 23 * 60  # an hour at which offices are closed


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    rules = (
        topics_are_answered,
        sensitive_topics_are_marked,
        safety_starts_with_a_specialist,
        safety_records_name_somebody,
        steps_can_be_taken,
        routes_can_be_called,
        settings_can_be_dialled,
        every_record_is_in_a_case_or_told_why_not,
    )
    return [finding for rule in rules for finding in rule(content)]


def topics(content: Content) -> Iterator[tuple[Entry, Topic]]:
    """The topics, as entries with their noun."""
    for entry in content.of("topics"):
        if isinstance(entry.noun, Topic):
            yield entry, entry.noun


def windows(content: Content) -> Mapping[str, Window]:
    """The windows that could be read, by id."""
    return {entry.id: entry.noun for entry in content.of("consultation") if isinstance(entry.noun, Window)}


def can_dial(window: Window | None) -> bool:
    """True when one of a window's own numbers can be a telephone link; faulty windows are told elsewhere."""
    return window is None or any(phone.diallable for phone in window.phones)


def answers_late(window: Window | None) -> bool:
    """True when one of a window's numbers that can be dialled answers late on a Sunday."""
    return window is None or any(p.diallable and hours.answered(p.hours, SUNDAY, LATE) for p in window.phones)


def word_of(topic: Topic, id_: str, texts: tuple[str, ...]) -> str | None:
    """The topic's word that stands in one of the texts; none for records that only mention it."""
    joined = "\x00".join(texts)  # a sign that no word holds
    return None if id_ in topic.besides else next((word for word in topic.words if word in joined), None)


def told(record: Record) -> tuple[str, ...]:
    """What a record says that it is about."""
    return (record.name, record.summary, *record.when, *record.words)


def figure_texts(scheme: Scheme) -> Iterator[str]:
    """What stands in the boxes of a scheme's figures."""
    for part in (part for figure in scheme.figures for part in figure.parts):
        yield from (part.title, part.text or "", *part.items)


def topics_are_answered(content: Content) -> Iterator[Finding]:
    """A topic of safety names specialists with a number, no switchboard, and somebody who answers at any hour."""
    known = windows(content)
    general = content.config.contact.general if content.config else ()
    for entry, topic in topics(content):
        for field in [name for name in ("first", "now") if topic.safety and not getattr(topic, name)]:
            hint = "命や体の安全の話題には、先に出す窓口（first）と、夜も出る窓口（now）を書いてください。"
            yield Finding(entry.place("safety"), "S003", f"話題「{topic.name}」に {field} がありません。", hint)
        for i, id_ in enumerate(topic.first):
            if id_ in general or not can_dial(known.get(id_)):
                hint = "専門の人が出る、かけられる番号のある窓口にしてください。代表電話は使えません。"
                yield Finding(entry.place("first", i), "S003", f"first: 窓口「{id_}」は先に案内できません。", hint)
        for i, id_ in enumerate(topic.now):
            if not answers_late(known.get(id_)):
                hint = "日曜の23時にも出る番号のある窓口にしてください（受付の「24時間」などを見ます）。"
                yield Finding(entry.place("now", i), "S003", f"now: 窓口「{id_}」は、夜や休みの日に出ません。", hint)


def sensitive_topics_are_marked(content: Content) -> Iterator[Finding]:
    """Whatever a sensitive topic's word stands in is marked as sensitive; a case leads first to a record that is."""
    marked = {entry.id: record.sensitive for entry, record in records(content)}
    unmarked: set[str] = set()
    for entry, id_, texts in what_is_told(content):
        found = ((topic, word_of(topic, id_, texts)) for _, topic in topics(content) if topic.sensitive)
        topic, word = next(((topic, word) for topic, word in found if word), (None, None))
        is_case = isinstance(entry.noun, Case)
        first = entry.noun.leads_to[0] if isinstance(entry.noun, Case) else id_
        # One mistake is told once: not again for each case that leads to the record.
        if topic is None or (is_case and first in unmarked) or getattr(entry.noun, "sensitive", marked.get(first, True)):
            continue
        unmarked.add(id_)
        message = f"見られると困る話題（{topic.name}）の言葉「{word}」がありますが、sensitive: true ではありません。"
        hint = f"sensitive: true にするか（「こんなとき」は先頭の記録に）、topics.yaml の besides に {id_} を足してください。"
        yield Finding(entry.place("text" if is_case else "sensitive"), "S001", message, hint)


def what_is_told(content: Content) -> Iterator[tuple[Entry, str, tuple[str, ...]]]:
    """Records, situations (with their cases about safety), schemes and cases: id, and the texts that tell what they are about."""
    for entry, record in records(content):
        yield entry, entry.id, told(record)
    for kind in ("situations", "schemes", "cases"):
        for entry in content.of(kind):
            noun = entry.noun
            if isinstance(noun, Situation):
                cases = (each.noun for each in content.of("cases") if isinstance(each.noun, Case))
                safe = tuple(case.text for case in cases if case.topic and noun.id in case.situations)
                yield entry, noun.id, (noun.name, noun.summary, *noun.words, *safe)
            elif isinstance(noun, Scheme):
                yield entry, entry.id, (noun.name, noun.summary, *figure_texts(noun))
            elif isinstance(noun, Case):
                yield entry, noun.id, (noun.text,)


def safety_starts_with_a_specialist(content: Content) -> Iterator[Finding]:
    """A case about safety bears its topic and leads first to one of the topic's specialists."""
    known = {topic.id: topic for _, topic in topics(content)}
    for entry in content.of("cases"):
        if not isinstance(case := entry.noun, Case):
            continue
        spoken = next(((t, w) for t in known.values() if t.safety and (w := word_of(t, case.id, (case.text,)))), None)
        topic = known.get(case.topic or "")
        if topic is None and spoken:
            message = f"安全にかかわる話題（{spoken[0].name}）の言葉「{spoken[1]}」がありますが、topic がありません。"
            yield Finding(entry.place("text"), "S002", message, f"topic: {spoken[0].id} と書いてください。")
        elif topic and topic.safety and case.leads_to[0] not in topic.first:
            hint = f"leads_to の最初に書ける窓口: {'、'.join(topic.first)}"
            message = f"安全にかかわる「こんなとき」（{topic.name}）が、専門の窓口から始まっていません。"
            yield Finding(entry.place("leads_to", 0), "S002", message, hint)


def safety_records_name_somebody(content: Content) -> Iterator[Finding]:
    """A record about safety has a number of its own, or names a window with one: its card never shows the switchboard."""
    known = windows(content)
    for entry, record in records(content):
        named = (*record.windows, *record.instead)
        near = (*named, *(i for id_ in record.windows if id_ in known for i in (*known[id_].windows, *known[id_].instead)))
        mine = [record] if isinstance(record, Window) else []
        if any(can_dial(window) for window in (*mine, *(known.get(id_) for id_ in near))):
            continue
        for topic in (topic for _, topic in topics(content) if topic.safety and word_of(topic, entry.id, told(record))):
            field = "windows" if isinstance(record, Program) else "instead"
            message = f"安全にかかわる話題（{topic.name}）の記録ですが、かけられる番号がありません。"
            yield Finding(entry.place(field), "S004", message, f"{field} に {'、'.join(topic.first)} などを足してください。")
            break


def steps_can_be_taken(content: Content) -> Iterator[Finding]:
    """Cases and needs lead first to what can be called or applied for, and never to what has ended."""
    known = windows(content)
    ended = {entry.id for entry, record in records(content) if record.status == "ended"}
    for entry in [*content.of("cases"), *content.of("concepts")]:
        leads = entry.noun.leads_to if isinstance(entry.noun, Case | Concept) else ()
        for i, id_ in enumerate(leads):
            if id_ in ended:
                message = f"leads_to: 「{id_}」は終わった取り組みです。"
                yield Finding(entry.place("leads_to", i), "S005", message, "今あるものに替えるか、消してください。")
        if isinstance(entry.noun, Case) and not can_dial(known.get(leads[0])):
            message = f"leads_to: 先頭の窓口「{leads[0]}」には、かけられる番号がありません。"
            hint = "番号のある窓口か、事業を先頭にしてください。番号のない窓口は、後ろに置けます。"
            yield Finding(entry.place("leads_to", 0), "S005", message, hint)


def routes_can_be_called(content: Content) -> Iterator[Finding]:
    """Every window of an emergency route has a number, the first is a specialist, and one answers at any hour."""
    known = windows(content)
    first = {id_ for _, topic in topics(content) for id_ in topic.first}
    for entry in content.of("routes"):
        if not isinstance(route := entry.noun, Route):
            continue
        for i, id_ in enumerate(route.windows):
            if not can_dial(known.get(id_)):
                message = f"windows: 窓口「{id_}」には、かけられる番号がありません。"
                yield Finding(entry.place("windows", i), "S006", message, "番号のある窓口だけを書いてください。")
        if first and route.windows[0] not in first:
            hint = "topics.yaml の first にある、専門の窓口を先頭にしてください。"
            yield Finding(entry.place("windows", 0), "S006", "急ぎの案内が、専門の窓口から始まっていません。", hint)
        if not any(answers_late(known.get(id_)) for id_ in route.windows):
            hint = "夜や休みの日も出る番号のある窓口を足してください。"
            yield Finding(entry.place("windows"), "S006", "日曜の23時に出る番号がありません。", hint)


def settings_can_be_dialled(content: Content) -> Iterator[Finding]:
    """What site.toml names for everybody can be called: a window with a number, or a program whose window has one."""
    if content.config is None:
        return
    known = windows(content)
    programs = {entry.id: entry.noun for entry in content.of("programs") if isinstance(entry.noun, Program)}
    text = content.texts.get("site.toml", "")
    for table, key, _ in (setting for setting in SETTINGS if setting[0] in ("contact", "urgent")):
        for id_ in getattr(getattr(content.config, table), key):
            program = programs.get(id_)
            asked = [known.get(w) for w in (*program.windows, *program.instead)] if program else [known.get(id_)]
            if not any(can_dial(window) for window in asked):
                hint = "かけられる番号のある窓口の id を書いてください。"
                yield Finding(
                    settings.place(text, table, key), "S007", f"{table}.{key}: 「{id_}」には、かけられる番号がありません。", hint
                )


def every_record_is_in_a_case_or_told_why_not(content: Content) -> Iterator[Finding]:
    """Where without-case.yaml is kept, each record is led to by a case or stands there with the reason, not both."""
    if not content.of("uncased"):
        return
    led = {id_ for entry in content.of("cases") if isinstance(entry.noun, Case) for id_ in entry.noun.leads_to}
    excused = {getattr(entry.noun, "record", ""): entry for entry in content.of("uncased")}
    for id_ in sorted(led & excused.keys()):
        hint = "「こんなとき」に入ったので、ここから消してください。"
        yield Finding(excused[id_].place("record"), "S008", f"「{id_}」は「こんなとき」から案内されています。", hint)
    faulty = {finding.place.file for finding in content.findings}
    for entry, _ in records(content):
        if entry.document.file not in faulty and entry.id not in led and entry.id not in excused:
            hint = "situations.yaml の cases の leads_to に足すか、without-case.yaml に理由を書いてください。"
            yield Finding(entry.place("name"), "S008", f"「{entry.id}」に行き着く「こんなとき」がありません。", hint)
