"""The bench's corpus as an edition of the guide: python bench/speed/edition.py N… (after corpus.py).

Reads .tools/speed/corpus/N/records.json, writes .tools/speed/corpus/N/ours: the same programs, windows, situations and
units, the same body text. Sentences are cut at commas and a few rare kanji replaced, so that the guide's own rules find
nothing: build with `--today 2026-03-01`. Our pages carry about 2.6 times the HTML of the peers'.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent.parent
CORPUS = HOME / ".tools" / "speed" / "corpus"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねの"
RARE = str.maketrans(dict.fromkeys("罹旭芦窪堺桐杉須鶴鍋浜柳湯吉辻萩橘榎柏", "川"))
LONGEST = 55
SOURCES = "sources:\n  - document: keikaku\n    lines: '5'\nchecked: '2026-02-01'\n"
# What the small edition's settings name and the corpus does not have.
SETTINGS = (
    ('["yakuba"]', '["keisatsu"]'),
    ('["kurashi-madoguchi"]', '["keisatsu"]'),
    ('["kurashi", "umi"]', '["s01", "s02"]'),
)

Record = dict[str, Any]


def yomi(number: int) -> str:
    """A reading that is different for each number."""
    text = ""
    while True:
        text = KANA[number % len(KANA)] + text
        number //= len(KANA)
        if not number:
            return "ん" + text


def cut(sentence: str) -> str:
    """A long sentence in two, at the comma nearest its middle, again and again."""
    commas = [i for i, c in enumerate(sentence) if c == "、"]
    if len(sentence) <= LONGEST or not commas:
        return sentence
    at = min(commas, key=lambda i: abs(i - len(sentence) // 2))
    return cut(sentence[:at]) + "。" + cut(sentence[at + 1 :])


def calm(text: str) -> str:
    """The text as the guide's rules want it."""
    return "\n".join(re.sub(r"[^。]+", lambda m: cut(m[0]), line) for line in text.translate(RARE).split("\n"))


def body(text: str) -> str:
    return re.sub(r"\(/programs/(p\d+)/\)", r"(../programs/\1.md)", calm(text))


def quoted(text: str) -> str:
    return json.dumps(calm(text), ensure_ascii=False)


def summary(text: str) -> str:
    text = calm(text)
    return json.dumps(text if len(text) <= 80 else text[:79] + "。", ensure_ascii=False)


def items(values: Iterable[str]) -> str:
    return "".join(f"  - {value}\n" for value in values)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edition(folder: Path) -> None:
    """The smallest complete edition, without its records."""
    shutil.rmtree(folder, ignore_errors=True)
    good = HOME / "tests" / "sites" / "good"
    shutil.copytree(good, folder, ignore=shutil.ignore_patterns("expected", "programs", "schemes"))
    settings = (folder / "site.toml").read_text(encoding="utf-8")
    for old, new in SETTINGS:
        settings = settings.replace(old, new)
    put(folder / "site.toml", settings)
    for name in ("topics", "without-case"):
        (folder / "content" / f"{name}.yaml").unlink()
    windows = folder / "content" / "consultation"
    police = (windows / "keisatsu.md").read_text(encoding="utf-8")
    shutil.rmtree(windows)
    put(windows / "keisatsu.md", re.sub(r"situations:\n(  - .*\n)+", "situations:\n  - s01\n", police))


def lists(corpus: Record, folder: Path) -> None:
    """Situations with a case each, and units."""
    situations, cases = "situations:\n", "cases:\n"
    for i, s in enumerate(corpus["situations"]):
        name, reading = s["name"], yomi(i)
        situations += f"  - id: {s['id']}\n    name: {name}\n    yomi: {reading}\n"
        situations += f"    summary: {name}の案内です。\n    words:\n      - {name}\n"
        cases += (
            f"  - id: c{i:03d}\n    text: {name}に困った\n    yomi: {reading}\n    situations:\n      - {s['id']}\n"
            "    kind: derived\n    leads_to:\n      - w00001\n    sources:\n      - document: keikaku\n        lines: '3'\n"
        )
    put(folder / "content" / "situations.yaml", situations + cases)
    units = (
        f"  - id: {u['id']}\n    name: {u['name']}\n    yomi: {yomi(i)}\n    summary: {u['name']}の仕事です。\n"
        for i, u in enumerate(corpus["units"])
    )
    put(folder / "content" / "units.yaml", "units:\n" + "".join(units))


def program(number: int, p: Record) -> str:
    return (
        f"---\nname: {quoted(p['title'])}\nyomi: {yomi(number)}\nwords:\n{items(p['keywords'])}"
        f"summary: {summary(p['summary'])}\nstatus: active\nsituations:\n{items(p['situations'])}unit: {p['unit']}\n"
        f"unit_certain: true\nlead:\n  - machi-yakuba\nwindows:\n{items(p['windows'])}{SOURCES}---\n\n{body(p['body'])}"
    )


def source(value: str, seen: str = "") -> str:
    """A contact's own source; `seen` holds the digits of a number (R012)."""
    words = f"    seen: 電話 {seen}\n" if seen else ""
    return f"  - id: hp\n    value: {value}\n    page: https://example.jp/\n    date: '2026-01'\n{words}    confidence: high\n"


def window(number: int, w: Record) -> str:
    return (
        f"---\nname: {quoted(w['title'])}\nyomi: {yomi(number)}\nsummary: {summary(w['summary'])}\nstatus: active\n"
        f"situations:\n  - s01\nunit: {w['unit']}\nunit_certain: true\nphones:\n  - number: {w['tel']}\n    label: 代表\n"
        f"    hours: {quoted(w['hours'])}\n    contact: hp\nplaces:\n  - text: {quoted(w['address'])}\n    contact: hp\n"
        f"contacts:\n{source(w['tel'], w['tel'])}{source(quoted(w['address']))}checked: '2026-02-01'\n---\n\n{body(w['body'])}"
    )


def told_apart(records: list[Record]) -> None:
    """Two records never share a name in our guide: the second bears a number."""
    seen: dict[str, int] = {}
    for record in records:
        record["title"] = calm(record["title"])
        seen[record["title"]] = seen.get(record["title"], 0) + 1
        if seen[record["title"]] > 1:
            record["title"] += str(seen[record["title"]])


def main() -> None:
    for n in sys.argv[1:]:
        corpus = json.loads((CORPUS / n / "records.json").read_text(encoding="utf-8"))
        folder = CORPUS / n / "ours"
        edition(folder)
        told_apart(corpus["programs"])
        told_apart(corpus["windows"])
        lists(corpus, folder)
        for i, p in enumerate(corpus["programs"]):
            put(folder / "content" / "programs" / f"{p['id']}.md", program(i, p))
        for i, w in enumerate(corpus["windows"]):
            put(folder / "content" / "consultation" / f"{w['id']}.md", window(i, w))


if __name__ == "__main__":
    main()
