"""Rules over the subtopics of a situation: each of its cases stands under exactly one, and nobody else's does.

Else a case would be on no list, or on two, and only somebody who knows its address would find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guide.read.edition import Content, Entry
from guide.read.findings import Finding
from guide.read.situations import Case, Situation


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    cases = {entry.id: entry for entry in content.of("cases")}
    found: list[Finding] = []
    for entry in content.of("situations"):
        if isinstance(situation := entry.noun, Situation) and situation.subtopics:
            found += ids_differ(entry, situation)
            found += cases_are_of_the_situation(entry, situation, cases)
            found += every_case_is_under_one(situation, cases)
    return found


def ids_differ(entry: Entry, situation: Situation) -> Iterator[Finding]:
    """An id names one subtopic of a situation: it is an address inside its page."""
    seen: set[str] = set()
    for i, subtopic in enumerate(situation.subtopics):
        if subtopic.id in seen:
            message = f"小見出しの id「{subtopic.id}」が、分野「{situation.name}」に2つあります。"
            yield Finding(entry.place("subtopics", i, "id"), "R002", message, "どちらかの id を変えてください。")
        seen.add(subtopic.id)


def cases_are_of_the_situation(entry: Entry, situation: Situation, cases: Mapping[str, Entry]) -> Iterator[Finding]:
    """A case under a subtopic names the situation as its own, and stands there once; one that is not there is told elsewhere."""
    under: dict[str, str] = {}
    for i, subtopic in enumerate(situation.subtopics):
        for j, id_ in enumerate(subtopic.cases):
            place = ("subtopics", i, "cases", j)
            case = cases[id_].noun if id_ in cases else None
            if isinstance(case, Case) and situation.id not in case.situations:
                message = f"「こんなとき」の「{id_}」は、分野「{situation.name}」のものではありません。"
                hint = f"ここから消すか、「{id_}」の situations に {situation.id} を足してください。"
                yield Finding(entry.place(*place), "R020", message, hint)
            if id_ in under:
                message = f"「こんなとき」の「{id_}」が、小見出し「{under[id_]}」と「{subtopic.name}」にあります。"
                yield Finding(entry.place(*place), "R020", message, "どちらか1つだけに書いてください。")
            under.setdefault(id_, subtopic.name)


def every_case_is_under_one(situation: Situation, cases: Mapping[str, Entry]) -> Iterator[Finding]:
    """No case of a situation with subtopics is left out."""
    under = {id_ for subtopic in situation.subtopics for id_ in subtopic.cases}
    for id_, entry in cases.items():
        if isinstance(case := entry.noun, Case) and situation.id in case.situations and id_ not in under:
            place = entry.place("situations", case.situations.index(situation.id))
            message = f"「{id_}」は、分野「{situation.name}」のどの小見出しにもありません。"
            hint = f"分野「{situation.id}」の subtopics のどれかの cases に、{id_} を足してください。"
            yield Finding(place, "R020", message, hint)
