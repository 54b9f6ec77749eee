"""What a language says for which Japanese, put together from its folder and from what the content bears itself."""

from __future__ import annotations

from collections.abc import Iterator

from guide.read import origins
from guide.read.edition import Content
from guide.read.languages import PHRASES, CaseTold, CheckerTold, Phrase, RecordTold, RouteTold, SituationTold, Told, Tongue
from guide.read.questions import Checker
from guide.read.records import Record
from guide.read.situations import Route, Situation

INLINE = ("programs", "consultation", "situations", "routes")  # what may bear its text in another language itself


def all_of(content: Content, code: str, tongue: Tongue) -> tuple[dict[str, str], dict[str, tuple[str | None, ...]]]:
    """What a language says for which Japanese, and what it tells of which thing; plain values, for a memo."""
    said: dict[str, str] = {}
    told: dict[str, tuple[str | None, ...]] = {}
    for kind in INLINE if tongue.inline else ():
        for entry in content.of(kind):
            if text := getattr(entry.noun, str(tongue.inline)):
                told[f"{kind}/{entry.id}"] = (text, None, tongue.checked_by)
            said |= _inline(entry.noun, str(tongue.inline))
    for kind, entry, whom in origins.told(content, code):
        if whom is not None and isinstance(noun := entry.noun, Told):
            said |= _says(noun, whom.noun)
            before, *_ = told.get(f"{kind}/{entry.id}", (None,))
            changed = str(noun.date or "") if noun.of is not None and noun.of != origins.mark(whom) else None
            text = getattr(noun, "text", None) or before
            told[f"{kind}/{entry.id}"] = (text, changed, noun.checked_by or tongue.checked_by)
    said |= {entry.id: entry.noun.text for entry in content.of(f"{code}/{PHRASES}") if isinstance(entry.noun, Phrase)}
    return said, told


def _inline(noun: object, name: str) -> dict[str, str]:
    """What stands for which Japanese, where a noun bears it itself."""
    pairs = []
    if isinstance(noun, Record):
        pairs = [(condition.text, getattr(condition, name)) for condition in noun.conditions]
    if isinstance(noun, Situation):
        pairs = [(noun.summary, getattr(noun, name))]
    if isinstance(noun, Route):
        pairs = [(noun.text, getattr(noun, name))]
    return {japanese: text for japanese, text in pairs if text}


def _says(told: Told, noun: object) -> dict[str, str]:
    """What stands for which Japanese, where a file of the language tells it."""
    pairs = [(getattr(noun, name, None), getattr(told, name, None)) for name in ("name", "summary", "title", "say", "note")]
    if isinstance(told, CaseTold | RouteTold):
        pairs.append((getattr(noun, "text", None), told.text))
    if isinstance(told, SituationTold) and isinstance(noun, Situation):
        pairs += [(each.name, told.subtopics.get(each.id)) for each in noun.subtopics]
    if isinstance(told, CheckerTold) and isinstance(noun, Checker):
        pairs += _asked(told, noun)
    if isinstance(told, RecordTold) and isinstance(noun, Record) and len(told.conditions) == len(noun.conditions):
        pairs += [(condition.text, text) for condition, text in zip(noun.conditions, told.conditions, strict=True)]
    return {japanese: text for japanese, text in pairs if japanese and text}


def _asked(told: CheckerTold, checker: Checker) -> Iterator[tuple[str | None, str | None]]:
    """What questions, answers and outcomes say; answers only where there are as many as in the Japanese."""
    for question in checker.questions:
        if (here := told.questions.get(question.id)) is not None:
            yield from ((question.text, here.text), (question.help, here.help))
            if len(here.answers) == len(question.answers):
                yield from ((answer.text, text) for answer, text in zip(question.answers, here.answers, strict=True))
    for outcome in checker.outcomes:
        if (end := told.outcomes.get(outcome.id)) is not None:
            yield from ((outcome.title, end.title), (outcome.text, end.text))
            yield from ((fit.decides, end.fits.get(fit.record)) for fit in outcome.fits)
