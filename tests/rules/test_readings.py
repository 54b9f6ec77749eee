"""Readings are data; SudachiPy only checks them (JA-10). A mismatch is looked at by a person and confirmed with yomi_ok."""

from __future__ import annotations

import re

import pytest
from conftest import HOME, TODAY
from sudachipy import Dictionary, SplitMode

from guide import pipeline
from guide.read import load
from guide.read.records import Record
from guide.read.vocabulary import Reading
from guide.site import site, texts

# Signs and figures in names are not read out in `yomi`.
SILENT = re.compile(r"（#\d+）|（[A-Z]+）|[（）「」・、\s＋]")
TOKENIZER = Dictionary(dict="small").tokenizer(mode=SplitMode.C)


def machine_reading(name: str) -> str:
    """What the dictionary reads, in hiragana."""
    katakana = "".join(token.reading_form() for token in TOKENIZER.tokenize(SILENT.sub("", name)))
    return re.sub("[^ぁ-ゖー]", "", "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana))


def records() -> list[tuple[str, Record]]:
    content = load.edition(HOME)
    entries = [*content.of("programs"), *content.of("consultation")]
    return [(entry.id, entry.noun) for entry in entries if isinstance(entry.noun, Record)]


def test_every_reading_agrees_with_the_dictionary_or_is_confirmed() -> None:
    doubtful = {
        id_: (record.name, record.yomi, machine_reading(record.name))
        for id_, record in records()
        if not record.yomi_ok and machine_reading(record.name) != record.yomi
    }
    assert doubtful == {}


MARKED = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
KANJI = re.compile("[一-龯々]")


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    """The words of the switch for readings, as plain text and as it is read."""
    found = [entry.noun for entry in load.edition(HOME).of("readings")]
    return {MARKED.sub(r"\1", word.word): MARKED.sub(r"\2", word.word) for word in found if isinstance(word, Reading)}


def read(words: dict[str, str], text: str) -> str:
    """The rule of static/js/furigana.js: the longest known word at each place."""
    longest = max(map(len, words))
    spoken, i = "", 0
    while i < len(text):
        known = next((text[i : i + n] for n in range(longest, 0, -1) if text[i : i + n] in words), text[i])
        spoken += words.get(known, known)
        i += len(known)
    return spoken


def hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def test_shown_readings_agree_with_the_readings_of_the_records(words: dict[str, str]) -> None:
    """Two hands wrote them: the list for the switch and the `yomi` of names, terms, cases. Figures and letters are left out."""
    content = load.edition(HOME)
    nouns = [e.noun for kind in ("programs", "consultation", "situations", "cases", "terms", "units") for e in content.of(kind)]
    named = [(getattr(n, "name", None) or getattr(n, "text", None) or n.term, n.yomi) for n in nouns]  # type: ignore[attr-defined]
    plain = [(name, yomi) for name, yomi in named if not re.search("[A-Za-z0-9０-９]", name)]
    wrong = {
        name: (spoken, yomi)
        for name, yomi in plain
        if not KANJI.search(spoken := read(words, name)) and re.sub("[^ぁ-ゖー]", "", hiragana(spoken)) != yomi
    }
    assert len(plain) > 300
    assert wrong == {}


def test_shown_readings_agree_with_the_easy_texts(words: dict[str, str]) -> None:
    lines = [line for _, record in records() for line in (record.easy or "").split("\n") if not re.search("[0-9]", line)]
    wrong = {}
    for line in lines:
        spoken = read(words, MARKED.sub(r"\1", line).replace(" ", ""))
        if not KANJI.search(spoken) and spoken != MARKED.sub(r"\2", line).replace(" ", ""):
            wrong[line] = spoken
    assert len(lines) > 600
    assert wrong == {}


def real_site() -> site.Site:
    content, _ = pipeline.checked(pipeline.Job(HOME, HOME, HOME / "public", TODAY))
    return site.build(content, TODAY, "/")


def test_nearly_every_word_has_its_reading(words: dict[str, str]) -> None:
    """What the switch leaves without a reading is told and stays below one kanji in fifty."""
    text = "\n".join(texts.running_text(item) for item in real_site().items.values())
    left = len(KANJI.findall(read(words, text)))
    assert left / len(KANJI.findall(text)) < 0.02
