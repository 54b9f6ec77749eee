"""Rules over what staff write for people: short sentences, plain words, readings, nothing left out (standards JA-2…JA-8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanji_lists import JOYO

from guide.read.edition import Content, Entry, records
from guide.read.findings import Finding, Place
from guide.read.grammar import RUBY
from guide.read.markdown import without_readings
from guide.read.questions import Checker, parts
from guide.read.records import Noun, Record
from guide.read.settings import RuleSettings
from guide.read.vocabulary import Term
from guide.read.yamlread import Path

LONGEST = 60  # characters of a sentence; easy Japanese at most LONGEST_EASY (JA-2)
LONGEST_EASY = 40
SENTENCE = re.compile(r"[^。！？\n]+")
BRACKETS = re.compile(r"（[^（）]*）|「[^「」]*」")
KANJI = re.compile(r"[\u3400-\u9fff]")
# Characters that were looked at and are no rare kanji: nearly all that a text holds, so a set says it at once.
COMMON: set[str] = set()
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
SINGLE = ("summary", "status_note", "note", "for_whom", "start", "next", "text", "say", "meaning", "why")
MANY = ("when", "prepare")
ASKED = ("title", "help", "decides")  # of a checker and its parts, beside SINGLE
WANTED = ("when", "for_whom", "start", "prepare", "next", "easy", "english")
NEEDS_NOTE = ("study", "old-plan", "name-unknown", "detail-unknown", "ended")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that people read, and where it starts: at a path of an entry's nouns, or on a line of its body."""

    text: str
    entry: Entry
    path: Path = ()
    line: int | None = None

    @property
    def place(self) -> Place:
        """Where the text starts; looked up only for what is told."""
        return self.entry.place(*self.path) if self.line is None else Place(self.entry.document.file, self.line)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the rules over a text look at beside it: names of records that may stand in it, explained words, settings.

    Of an explained word it says whether it is explained in easy Japanese too.
    """

    names: tuple[str, ...]
    terms: tuple[tuple[str, bool], ...]
    settings: RuleSettings | None


def told(content: Content) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The names and the explained words of an edition."""
    names = sorted({record.name for _, record in records(content)}, key=len, reverse=True)
    rare = tuple(name for name in names if is_rare(name) or is_avoided(name))  # of the others nothing would be said anyway
    return rare, tuple((e.noun.term, bool(e.noun.easy)) for e in content.of("terms") if isinstance(e.noun, Term))


def every_rule(entry: Entry, beside: Beside) -> list[Finding]:
    """All findings of this room in one noun and its body."""
    found = [finding for passage in passages(entry) for finding in plain(passage, beside.names)]
    if not isinstance(entry.noun, Term):
        found += [finding for passage in easy_texts(entry) for finding in easy(passage, beside.terms)]
    if beside.settings:
        found += nothing_is_left_out(entry, beside.settings.least_words, complete=beside.settings.complete)
    return found


def passages(entry: Entry) -> Iterator[Passage]:
    """The running texts of a noun: its sentences in front matter and the blocks of its body."""
    if isinstance(entry.noun, Checker):
        for path, part in [((), entry.noun), *parts(entry.noun)]:
            yield from _told(entry, part, path, (*SINGLE, *ASKED))
    else:
        yield from _told(entry, entry.noun)
    for i, condition in enumerate(entry.noun.conditions if isinstance(entry.noun, Record) else ()):
        yield Passage(condition.text, entry, ("conditions", i, "text"))
    for line, text in entry.body.blocks if entry.body else ():
        yield Passage(text, entry, line=line)


def _told(entry: Entry, noun: Noun, at: Path = (), single: Sequence[str] = SINGLE) -> Iterator[Passage]:
    """The texts of an entry's noun, or of the part of it that stands at a path."""
    fields = type(noun).model_fields  # asked first: pydantic is slow to say that a noun has no such field
    for field in (field for field in single if field in fields):
        if isinstance(value := getattr(noun, field), str):
            yield Passage(value, entry, (*at, field))
    for field in (field for field in MANY if field in fields):
        for i, value in enumerate(getattr(noun, field)):
            yield Passage(value, entry, (*at, field, i))


def plain(passage: Passage, names: Sequence[str]) -> Iterator[Finding]:
    """Sentences are short, words plain, kanji common, numbers elsewhere."""
    text = passage.text
    for sentence in SENTENCE.findall(text) if len(text) > LONGEST else ():
        length = len(BRACKETS.sub("", sentence).strip()) if len(sentence) > LONGEST else 0
        if length > LONGEST:
            hint = f"{LONGEST} 文字までの文に分けてください。"
            yield Finding(passage.place, "P001", f"{length} 文字の文があります（{sentence.strip()[:16]}…）。", hint)
    if is_rare(text) or is_avoided(text):
        yield from _words_are_plain(passage, names)
    if "0" in text and NUMBER.search(text):
        yield Finding(passage.place, "P008", "文の中に電話番号があります。", "番号は窓口の phones にだけ書いてください。")


def _words_are_plain(passage: Passage, names: Sequence[str]) -> Iterator[Finding]:
    """No avoided word and no rare kanji; names of records are as they are."""
    text = passage.text
    for name in names:
        text = text.replace(name, "")
    for word, hint in AVOIDED:
        if word in text:
            yield Finding(passage.place, "P003", f"「{word}」は分かりにくいか、約束する言い方です。", f"{hint}。")
    if rare := "".join(sorted(char for char in set(text) - COMMON if is_rare(char))):
        message = f"常用漢字でない漢字があります（{rare}）。"
        yield Finding(passage.place, "P004", message, "ひらがなにするか、別の言葉にしてください。")


def is_avoided(text: str) -> bool:
    """True when one of the words stands in the text that a page must not say."""
    return any(word in text for word, _ in AVOIDED)


def is_rare(text: str) -> bool:
    """True when a kanji of the text is not one of 常用漢字 (2010)."""
    new = set(text) - COMMON
    COMMON.update(char for char in new if not KANJI.fullmatch(char) or char in JOYO)
    return not new <= COMMON


def easy_texts(entry: Entry) -> Iterator[Passage]:
    """The texts in easy Japanese of a noun: its own and those of its conditions."""
    if "easy" in type(entry.noun).model_fields and isinstance(text := getattr(entry.noun, "easy"), str):  # noqa: B009
        yield Passage(text, entry, ("easy",))
    for i, condition in enumerate(entry.noun.conditions if isinstance(entry.noun, Record) else ()):
        if condition.easy:
            yield Passage(condition.easy, entry, ("conditions", i, "easy"))


def easy(passage: Passage, terms: Sequence[tuple[str, bool]]) -> Iterator[Finding]:
    """Easy Japanese: at most LONGEST_EASY characters a sentence, every kanji with a reading, hard words explained."""
    text = passage.text
    for sentence in SENTENCE.findall(without_readings(text)):
        length = len("".join(sentence.split()))
        if length > LONGEST_EASY:
            yield Finding(
                passage.place, "P002", f"{length} 文字の文があります。", f"{LONGEST_EASY} 文字までの文に分けてください。"
            )
    if bare := KANJI.findall(RUBY.sub("", text)):
        message = f"読みのない漢字があります（{''.join(bare[:10])}）。"
        yield Finding(passage.place, "P005", message, "{漢字|かんじ} の形で読みを付けてください。")
    joined = without_readings(text).replace(" ", "")
    for term, is_easy in terms:
        if term in joined and not is_easy:
            hint = "glossary.yaml のその言葉に easy を書いてください。"
            yield Finding(passage.place, "P006", f"役所の言葉「{term}」のやさしい説明がありません。", hint)


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
