"""Rules over other languages: they tell of what is there, of all its conditions, and of the Japanese as it is now.

What a language lacks never stops a build, for a number must not wait for a translator; what is wrong in its files does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.read import origins
from guide.read.edition import Content, Entry
from guide.read.fields import SILENT
from guide.read.findings import Finding
from guide.read.languages import FILES, PHRASES, CheckerTold, RecordTold, SituationTold, Told, Tongue
from guide.read.questions import Checker
from guide.read.records import Record
from guide.read.situations import Situation
from guide.read.vocabulary import Spelling
from guide.read.yamlread import Path
from guide.rules import prose, references, versions
from guide.rules.prose import Passage

DATA = (
    *("situations", "cases", "checkers", "units", "actors", "documents", "routes", "areas", "topics"),
    *("programs", "consultation", "pages"),
)


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    found: list[Finding] = []
    for entry in content.of("languages"):
        if isinstance(entry.noun, Tongue):
            found += [*translations_are_of_now(content, entry.id), *conditions_are_told(content, entry.id, entry.noun)]
            found += [*phrases_are_said_somewhere(content, entry.id), *texts_are_plain(content, entry.id, entry.noun)]
            found += [*answers_are_told(content, entry.id), *links_lead_somewhere(content, entry.id)]
    return found


def translations_are_of_now(content: Content, language: str) -> Iterator[Finding]:
    """What is told is told of something that is there, and of its Japanese as it stands."""
    for kind, entry, of in origins.told(content, language):
        told = entry.noun
        assert isinstance(told, Told)
        command = f"build.py translated {language} {entry.id}"
        if of is None:
            if content.lost.isdisjoint((kind,)) and entry.id not in content.ids(kind):
                maybe = content.near.word(entry.id, content.ids(kind))
                hint = f"{maybe}id を直すか、この訳を消してください。"
                yield Finding(entry.place(), "R001", f"訳のもとの「{entry.id}」はありません。", hint, "warning")
        elif told.of is None:
            hint = f"訳が今の日本語と合っていることを確かめてから「{command}」と打つと、印（of）と日付が付きます。"
            yield Finding(entry.place(), "V005", f"「{entry.id}」の訳に、もとの日本語の印（of）がありません。", hint, "warning")
        elif told.of != origins.mark(of):
            hint = f"訳を見直してから「{command}」と打ってください。それまで、ページに「日本語が変わった」と出ます。"
            message = f"「{entry.id}」は、訳したあとで日本語が変わりました。"
            yield Finding(entry.place("of"), "V006", message, hint, "warning")
        for path in _parts_of_nothing(told, of.noun) if of is not None else ():
            hint = "id を直すか、この訳を消してください。"
            yield Finding(entry.place(*path), "R001", f"訳のもとの「{path[-1]}」はありません。", hint, "warning")


def _parts_of_nothing(told: Told, of: object) -> Iterator[Path]:
    """Parts that the Japanese has not: subtopics of a situation, questions and outcomes of a checker."""
    if isinstance(told, SituationTold) and isinstance(of, Situation):
        yield from (("subtopics", id_) for id_ in told.subtopics.keys() - {subtopic.id for subtopic in of.subtopics})
    if isinstance(told, CheckerTold) and isinstance(of, Checker):
        yield from (("questions", id_) for id_ in told.questions.keys() - {each.id for each in of.questions})
        known = {each.id: {fit.record for fit in each.fits} for each in of.outcomes}
        yield from (("outcomes", id_) for id_ in told.outcomes.keys() - known.keys())
        for id_, outcome in told.outcomes.items():
            yield from (("outcomes", id_, "fits", record) for record in outcome.fits.keys() - known.get(id_, outcome.fits.keys()))


def answers_are_told(content: Content, language: str) -> Iterator[Finding]:
    """A question that is told is told with all its answers, and an outcome with all that decides."""
    for _, entry, of in origins.told(content, language):
        told = entry.noun
        if not isinstance(told, CheckerTold) or of is None or not isinstance(of.noun, Checker):
            continue
        for question in of.noun.questions:
            here = told.questions.get(question.id)
            if here is not None and len(here.answers) != len(question.answers):
                message = f"「{question.id}」の答えは {len(question.answers)} つですが、訳は {len(here.answers)} つです。"
                hint = "answers に、日本語と同じ順で、同じ数だけ書いてください。それまで、答えは日本語で出ます。"
                yield Finding(entry.place("questions", question.id, "answers"), "V007", message, hint, "warning")
        for outcome in of.noun.outcomes:
            end = told.outcomes.get(outcome.id)
            missing = [fit.record for fit in outcome.fits if end is not None and fit.record not in end.fits]
            if missing:
                message = f"「{outcome.id}」の決め手（fits）の訳がありません（{'、'.join(missing)}）。"
                hint = "fits に「記録の id: 訳」を書いてください。それまで、足りないものは日本語で出ます。"
                yield Finding(entry.place("outcomes", outcome.id), "V007", message, hint, "warning")


def conditions_are_told(content: Content, language: str, tongue: Tongue) -> Iterator[Finding]:
    """A record that is told is told with all its conditions; those that it bears itself in this language count."""
    for _, entry, of in origins.told(content, language):
        told = entry.noun
        if not isinstance(told, RecordTold) or of is None or not isinstance(of.noun, Record):
            continue
        conditions = [condition for condition in of.noun.conditions if condition.text not in SILENT]
        inline = [condition for condition in conditions if tongue.inline and getattr(condition, tongue.inline)]
        count = len(told.conditions) or (len(inline) if told.text is None else 0)
        has_text = told.text or (tongue.inline and getattr(of.noun, tongue.inline))
        if has_text and count != len(conditions):
            message = f"「{entry.id}」の条件は {len(conditions)} つですが、訳は {count} つです。"
            hint = "conditions に、日本語と同じ順で、同じ数だけ書いてください。それまで、足りないものは日本語で出ます。"
            yield Finding(entry.place("conditions"), "V007", message, hint, "warning")


def phrases_are_said_somewhere(content: Content, language: str) -> Iterator[Finding]:
    """A short text that is translated stands somewhere in the data."""
    phrases = content.of(f"{language}/{PHRASES}")
    if not phrases or content.config is None or content.findings:  # what is faulty may hold it
        return
    texts = {text for kind in DATA for entry in content.of(kind) for text in origins.texts_of(entry.noun)}
    texts |= {*origins.texts_of(content.config), *SILENT}
    everything = ""
    for entry in phrases:
        if entry.id in texts:
            continue
        everything = everything or "\n".join(sorted(texts))
        if entry.id not in everything:
            message = f"「{entry.id}」という日本語は、どこにもありません。"
            hint = "もとの日本語が変わっていないか確かめ、訳を新しい日本語の行に移すか、消してください。"
            yield Finding(entry.document.keys.get(entry.at, entry.place()), "V008", message, hint, "warning")


def texts_are_plain(content: Content, language: str, tongue: Tongue) -> Iterator[Finding]:
    """No numbers in sentences; easy texts are short and give readings; English names have one spelling."""
    terms = prose.told(content)[1] if tongue.readings else ()
    spellings = [e.noun for e in content.of("spellings") if isinstance(e.noun, Spelling)] if _is_english(tongue) else []
    for entry in (entry for stem in (*FILES, PHRASES) for entry in content.of(f"{language}/{stem}")):
        for path, text in texts(entry):
            passage = Passage(text, entry, path)
            if prose.NUMBER.search(text) and not prose.NUMBER.search(entry.id):
                hint = "番号は窓口の phones にだけ書いてください。"
                yield Finding(passage.place, "P008", "文の中に電話番号があります。", hint)
            if tongue.readings:
                yield from prose.easy(passage, terms)
            yield from versions.spelt(text, passage.place, spellings) if spellings else ()


def _is_english(tongue: Tongue) -> bool:
    return tongue.tag.partition("-")[0] == "en"


def texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """The texts that an entry of a language tells, with their paths."""
    for name in type(entry.noun).model_fields:
        value = getattr(entry.noun, name)
        if name in ("of", "date", "checked_by"):
            continue
        yield from origins.texts_at(value, (name,) if isinstance(entry.noun, Told) else ())


def links_lead_somewhere(content: Content, language: str) -> Iterator[Finding]:
    """Links of a page are written as in the Japanese page: seen from content/pages/."""
    known = references.files(content)
    for entry in content.of(f"{language}/pages"):
        for link in entry.body.links if entry.body else ():
            path = re.sub(r"^\.\./", "content/", link.target.partition("#")[0])
            path = path if path.startswith("content/") else f"content/pages/{path}"
            if ":" not in link.target.partition("/")[0] and link.target[:1] != "#" and path not in known:
                hint = "日本語のページと同じ書き方（例: safety.md、../consultation/x.md）にしてください。"
                yield Finding(entry.place("text"), "L001", f"リンク先「{link.target}」がありません。", hint)
