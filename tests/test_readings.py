"""Readings are data; SudachiPy only checks them (JA-10). A mismatch is looked at by a person and confirmed with yomi_ok."""

from __future__ import annotations

import re

from conftest import HOME
from sudachipy import Dictionary, SplitMode

from guide import load
from guide.model import Record

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
