"""Rules over what staff write for people: short sentences, plain words, readings, nothing left out (standards JA-2…JA-8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kanji_lists import JOYO

from guide.read.edition import Content, Entry
from guide.read.findings import Finding, Place
from guide.read.markdown import RUBY, without_readings
from guide.read.records import Record
from guide.read.vocabulary import Term

LONGEST = 60  # characters of a sentence; easy Japanese at most LONGEST_EASY (JA-2)
LONGEST_EASY = 40
SENTENCE = re.compile(r"[^。！？\n]+")
BRACKETS = re.compile(r"（[^（）]*）|「[^「」]*」")
KANJI = re.compile(r"[\u3400-\u9fff]")
NUMBER = re.compile(r"(?<![\d\-.])0\d{1,4}-\d{1,4}-\d{2,5}(?![\d\-])|(?<!\d)0\d{9,10}(?!\d)")
# What a page must not say, and what to write instead (JA-3; truth: never promising).
AVOIDED: tuple[tuple[str, str], ...] = (
    ("ないわけでは", "二重の打ち消しをやめ、「〜ことがあります」と書く"),
    ("ないことはな", "二重の打ち消しをやめ、「〜できます」と書く"),
    ("なくはな", "二重の打ち消しをやめる"),
    ("させていただ", "「〜します」と書く"),
    ("ご遠慮", "「〜しないでください」と書く"),
    ("お越しくだ", "「来てください」と書く"),
    ("場合がござ", "「場合があります」と書く"),
    ("対象です", "約束にならないよう「〜のための制度です」と書く"),
    ("必ずもらえ", "約束にならないよう「もらえることがあります」と書く"),
    ("及び", "「と」「や」と書く"),
    ("当該", "「その」と書く"),
    ("に係る", "「の」「についての」と書く"),
)
SINGLE = ("summary", "status_note", "note", "for_whom", "start", "next", "text", "meaning", "why")
MANY = ("when", "prepare")
WANTED = ("when", "for_whom", "start", "prepare", "next", "easy", "english")
NEEDS_NOTE = ("study", "old-plan", "name-unknown", "detail-unknown", "ended")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that people read, and where it starts."""

    text: str
    place: Place


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    entries = [entry for kind in content.entries for entry in content.of(kind)]
    names = sorted({e.noun.name for e in entries if isinstance(e.noun, Record)}, key=len, reverse=True)
    findings = [f for entry in entries for passage in passages(entry) for f in plain(passage, names)]
    terms = [entry.noun for entry in content.of("terms") if isinstance(entry.noun, Term)]
    easy_ones = [entry for entry in entries if not isinstance(entry.noun, Term)]
    findings += [f for entry in easy_ones for passage in easy_texts(entry) for f in easy(passage, terms)]
    rules = content.config.rules if content.config else None
    if rules:
        findings += [f for entry in entries for f in nothing_is_left_out(entry, rules.least_words, complete=rules.complete)]
    return findings


def passages(entry: Entry) -> Iterator[Passage]:
    """The running texts of a noun: its sentences in front matter and the blocks of its body."""
    for field in SINGLE:
        if isinstance(value := getattr(entry.noun, field, None), str):
            yield Passage(value, entry.place(field))
    for field in MANY:
        for i, value in enumerate(getattr(entry.noun, field, ())):
            yield Passage(value, entry.place(field, i))
    for i, condition in enumerate(getattr(entry.noun, "conditions", ())):
        yield Passage(condition.text, entry.place("conditions", i, "text"))
    for token in entry.body.tokens if entry.body else ():
        if token.type == "inline" and token.map:
            # A word with a reading counts as its reading: it may hold any kanji.
            text = "".join(c.info if c.type == "ruby" else c.content for c in token.children or [])
            yield Passage(text, Place(entry.document.file, entry.body_line + token.map[0]))


def plain(passage: Passage, names: list[str]) -> Iterator[Finding]:
    """Sentences are short, words plain, kanji common, numbers elsewhere."""
    for sentence in SENTENCE.findall(passage.text):
        length = len(BRACKETS.sub("", sentence).strip())
        if length > LONGEST:
            hint = f"{LONGEST} 文字までの文に分けてください。"
            yield Finding(passage.place, "P001", f"{length} 文字の文があります（{sentence.strip()[:16]}…）。", hint)
    text = passage.text
    for name in names:
        text = text.replace(name, "")
    for word, hint in AVOIDED:
        if word in text:
            yield Finding(passage.place, "P003", f"「{word}」は分かりにくいか、約束する言い方です。", f"{hint}。")
    rare = sorted({char for char in KANJI.findall(text) if char not in JOYO})
    if rare:
        message = f"常用漢字でない漢字があります（{''.join(rare)}）。"
        yield Finding(passage.place, "P004", message, "ひらがなにするか、別の言葉にしてください。")
    if NUMBER.search(text):
        yield Finding(passage.place, "P008", "文の中に電話番号があります。", "番号は窓口の phones にだけ書いてください。")


def easy_texts(entry: Entry) -> Iterator[Passage]:
    """The texts in easy Japanese of a noun: its own and those of its conditions."""
    if isinstance(text := getattr(entry.noun, "easy", None), str):
        yield Passage(text, entry.place("easy"))
    for i, condition in enumerate(getattr(entry.noun, "conditions", ())):
        if condition.easy:
            yield Passage(condition.easy, entry.place("conditions", i, "easy"))


def easy(passage: Passage, terms: list[Term]) -> Iterator[Finding]:
    """Easy Japanese: at most LONGEST_EASY characters a sentence, every kanji with a reading, hard words explained."""
    text, place = passage.text, passage.place
    for sentence in SENTENCE.findall(without_readings(text)):
        length = len("".join(sentence.split()))
        if length > LONGEST_EASY:
            yield Finding(place, "P002", f"{length} 文字の文があります。", f"{LONGEST_EASY} 文字までの文に分けてください。")
    if bare := KANJI.findall(RUBY.sub("", text)):
        message = f"読みのない漢字があります（{''.join(bare[:10])}）。"
        yield Finding(place, "P005", message, "{漢字|かんじ} の形で読みを付けてください。")
    joined = without_readings(text).replace(" ", "")
    for term in terms:
        if term.term in joined and not term.easy:
            hint = "glossary.yaml のその言葉に easy を書いてください。"
            yield Finding(place, "P006", f"役所の言葉「{term.term}」のやさしい説明がありません。", hint)


def nothing_is_left_out(entry: Entry, least_words: int, *, complete: bool) -> Iterator[Finding]:
    """Every field of a record is told, if only as unknown; a status that needs words has its note."""
    record = entry.noun
    if not isinstance(record, Record):
        return
    missing = [field for field in WANTED if complete and not getattr(record, field)]
    if complete and record.status in NEEDS_NOTE and not record.status_note:
        missing.append("status_note")
    if complete and not (entry.body and entry.body.text.strip()):
        missing.append("本文")
    if missing:
        hint = "分からないことは「未確認」か「計画に記載なし」と書いてください。"
        yield Finding(entry.place("name"), "P007", f"書かれていない項目があります（{'、'.join(missing)}）。", hint)
    if len(record.words) < least_words:
        hint = f"人が実際に使う言葉を {least_words} 個以上書いてください。"
        yield Finding(entry.place("words"), "P009", f"words が {len(record.words)} 個です。", hint)
