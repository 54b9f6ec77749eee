"""Rules over the words of the interface: every language has all of them, no others, and the same places to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.read.edition import Content
from guide.read.findings import Finding
from guide.read.grammar import RUBY
from guide.read.languages import Tongue
from guide.read.translations import flat
from guide.read.yamlread import Document
from guide.rules.prose import KANJI

PLACE = re.compile(r"\{([a-z_]+)\}")
MOST = 5  # keys that one finding names


def every_rule(content: Content) -> list[Finding]:
    """All findings of this room."""
    asked = {".".join(map(str, path)): text for path, text in flat(content.asked().data)}
    found: list[Finding] = []
    for language, later in content.interface.items():
        found += words_are_whole(language, later(), asked)
    tongues = {entry.id: entry.noun for entry in content.of("languages") if isinstance(entry.noun, Tongue)}
    easy = (language for language, tongue in tongues.items() if tongue.readings and language in content.interface)
    return found + [finding for language in easy for finding in kanji_have_readings(content.interface[language]())]


def words_are_whole(language: str, document: Document, asked: dict[str, str]) -> Iterator[Finding]:
    """A language has the words that pages ask for, and each of them fills in the same."""
    here = {".".join(map(str, path)): (path, text) for path, text in flat(document.data)}
    missing: dict[str, list[str]] = {}
    for key in asked.keys() - here.keys():
        missing.setdefault(key.partition(".")[0], []).append(key)
    for group, keys in sorted(missing.items()):
        named = "、".join(sorted(keys)[:MOST]) + (f" など {len(keys)} 件" if len(keys) > MOST else "")
        hint = f"content/interface/ja.yaml の日本語を見て、{language} の言葉を書き足してください。"
        yield Finding(document.place((group,)), "W001", f"画面の言葉がありません（{named}）。", hint)
    for key, (path, text) in here.items():
        if key not in asked:
            hint = "content/interface/ja.yaml にある名前に直すか、消してください。"
            yield Finding(document.keys.get(path, document.place(path)), "W002", f"「{key}」という画面の言葉はありません。", hint)
            continue
        wanted, filled = set(PLACE.findall(asked[key])), set(PLACE.findall(text))
        if wanted != filled:
            named = "、".join(f"{{{name}}}" for name in sorted(wanted)) or "なし"
            hint = f"日本語と同じ差し込み（{named}）を、同じ名前で書いてください。"
            yield Finding(document.place(path), "W003", f"「{key}」の差し込みが、日本語と違います。", hint)


def kanji_have_readings(document: Document) -> Iterator[Finding]:
    """In easy Japanese every kanji has its reading."""
    for path, text in flat(document.data):
        if bare := KANJI.findall(RUBY.sub("", text)):
            message = f"読みのない漢字があります（{''.join(bare[:10])}）。"
            yield Finding(document.place(path), "P005", message, "{漢字|かんじ} の形で読みを付けてください。")
