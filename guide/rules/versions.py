"""Rules over the versions of a record: standard, easy Japanese and English hold the same conditions, names and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guide.read.edition import Content, Entry, records
from guide.read.fields import SILENT
from guide.read.findings import Finding, Place
from guide.read.markdown import without_readings
from guide.read.records import Record
from guide.read.vocabulary import Spelling
from guide.read.yamlread import Path

# What an easy text tells the reader to do: an act, as a request or as something that can be done.
ACT = re.compile(
    "(電話|聞|相談|話し|行|来|見|押|申し|頼|知らせ|かけ|書|使|入|読|出し|言)[^。\n]*(ください|でき|られます|けます|えます)"
)


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    rules = (conditions_are_told_in_each_language, old_plans_say_so, easy_texts_tell_what_to_do, english_names_have_one_spelling)
    return [finding for rule in rules for finding in rule(content)]


def conditions_are_told_in_each_language(content: Content) -> Iterator[Finding]:
    """A condition of a record that has an easy or English version is told there too."""
    for entry, record in records(content):
        for i, condition in enumerate(record.conditions):
            lacking = [name for name in ("easy", "english") if getattr(record, name) and not getattr(condition, name)]
            if lacking and condition.text not in SILENT:
                hint = "条件は、やさしい日本語（easy）と英語（english）でも書きます。条件でない話は、本文に移してください。"
                place = entry.place("conditions", i, "text")
                yield Finding(place, "V001", f"この条件に {'、'.join(lacking)} がありません。", hint)


def old_plans_say_so(content: Content) -> Iterator[Finding]:
    """What only an old plan names says so in its summary, its easy text and its English."""
    words = content.config.words if content.config else None
    if not (words and words.old_plan and words.old_plan_english):
        return
    for entry, record in records(content):
        if record.status != "old-plan":
            continue
        versions = (
            ("summary", record.summary, words.old_plan),
            ("easy", without_readings(record.easy or "").replace(" ", ""), words.old_plan),
            ("english", record.english, words.old_plan_english),
        )
        for field, text, mark in versions:
            if text and mark not in text:
                message = f"{field}: 前の計画だけの記録ですが、「{mark}」という言葉がありません。"
                hint = f"「{mark}」の言葉を入れて、今もあるとは読めないように書いてください。"
                yield Finding(entry.place(field), "V002", message, hint)


def easy_texts_tell_what_to_do(content: Content) -> Iterator[Finding]:
    """An easy text tells what the reader can do: whom to ask, where to look."""
    for entry, record in records(content):
        if record.easy and not ACT.search(without_readings(record.easy).replace(" ", "")):
            hint = "「…に 電話で 聞いて ください。」のように、読んだ人がすることを書いてください。"
            yield Finding(entry.place("easy"), "V003", "やさしい日本語に、読んだ人がすることがありません。", hint)


def english_names_have_one_spelling(content: Content) -> Iterator[Finding]:
    """Names of offices and words with several spellings stand in English texts as english.yaml has them."""
    spellings = [entry.noun for entry in content.of("spellings") if isinstance(entry.noun, Spelling)]
    for entry in (entry for kind in content.parts if kind != "spellings" for entry in content.of(kind)):
        for path, text in english_texts(entry):
            yield from spelt(text, entry.place(*path), spellings)


def spelt(text: str, place: Place, spellings: Iterable[Spelling]) -> Iterator[Finding]:
    """What a text in English calls otherwise than english.yaml says."""
    for spelling in spellings:
        for other in (other for other in spelling.instead_of if other in text):
            rest = text.replace(spelling.english, "")
            if re.search(rf"(?<![A-Za-z]){re.escape(other)}(?![A-Za-z])", rest):
                message = f"英語の「{other}」（{spelling.name}）は、別の書き方に決まっています。"
                yield Finding(place, "V004", message, f"「{spelling.english}」と書いてください（english.yaml）。")


def english_texts(entry: Entry) -> Iterator[tuple[Path, str]]:
    """The English texts of a noun with their paths."""
    if isinstance(text := getattr(entry.noun, "english", None), str):
        yield ("english",), text
    for i, condition in enumerate(entry.noun.conditions if isinstance(entry.noun, Record) else ()):
        if condition.english:
            yield ("conditions", i, "english"), condition.english
