#!/usr/bin/env python3
"""The bench's corpus as an edition of the guide: ours.py CHECKOUT N… (after make_corpus.py; $BENCH_DIR as there).

Reads $BENCH_DIR/corpus/N/records.json, writes $BENCH_DIR/corpus/N/ours: the same programs, windows, situations and units,
the same body text. Sentences are cut at commas and a few rare kanji replaced, so that the guide's own rules find nothing:
build with `--today 2026-03-01`. Our pages carry about 2.8 times the HTML of the peers'.
"""

import json
import os
import re
import shutil
import sys

KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねの"
RARE = str.maketrans(dict.fromkeys("罹旭芦窪堺桐杉須鶴鍋浜柳湯吉辻萩橘榎柏", "川"))
LONGEST = 55
SOURCES = "sources:\n  - document: keikaku\n    lines: '5'\nchecked: '2026-02-01'\n"


def yomi(number):
    """A reading that is different for each number."""
    text = ""
    while True:
        text = KANA[number % len(KANA)] + text
        number //= len(KANA)
        if not number:
            return "ん" + text


def cut(sentence):
    """A long sentence in two, at the comma nearest its middle, again and again."""
    commas = [i for i, c in enumerate(sentence) if c == "、"]
    if len(sentence) <= LONGEST or not commas:
        return sentence
    at = min(commas, key=lambda i: abs(i - len(sentence) // 2))
    return cut(sentence[:at]) + "。" + cut(sentence[at + 1 :])


def calm(text):
    return "\n".join(re.sub(r"[^。]+", lambda m: cut(m[0]), line) for line in text.translate(RARE).split("\n"))


def body(text):
    return re.sub(r"\(/programs/(p\d+)/\)", r"(../programs/\1.md)", calm(text))


def quoted(text):
    return json.dumps(calm(text), ensure_ascii=False)


def summary(text):
    text = calm(text)
    return json.dumps(text if len(text) <= 80 else text[:79] + "。", ensure_ascii=False)


def items(values):
    return "".join(f"  - {value}\n" for value in values)


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def edition(home, folder):
    """The smallest complete edition, without its records."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(f"{home}/tests/sites/good", folder, ignore=shutil.ignore_patterns("expected", "programs", "schemes"))
    with open(f"{folder}/site.toml", encoding="utf-8") as file:
        settings = file.read()
    for old, new in (
        ('["yakuba"]', '["keisatsu"]'),
        ('["kurashi-madoguchi"]', '["keisatsu"]'),
        ('["kurashi", "umi"]', '["s01", "s02"]'),
    ):
        settings = settings.replace(old, new)
    put(f"{folder}/site.toml", settings)
    for name in ("topics", "without-case"):
        os.remove(f"{folder}/content/{name}.yaml")
    police = f"{folder}/content/consultation/keisatsu.md"
    with open(police, encoding="utf-8") as file:
        text = re.sub(r"situations:\n(  - .*\n)+", "situations:\n  - s01\n", file.read())
    shutil.rmtree(f"{folder}/content/consultation")
    put(police, text)


def lists(corpus, folder):
    situations, cases = "situations:\n", "cases:\n"
    for i, s in enumerate(corpus["situations"]):
        situations += f"  - id: {s['id']}\n    name: {s['name']}\n    yomi: {yomi(i)}\n    summary: {s['name']}の案内です。\n    words:\n      - {s['name']}\n"
        cases += (
            f"  - id: c{i:03d}\n    text: {s['name']}に困った\n    yomi: {yomi(i)}\n    situations:\n      - {s['id']}\n    kind: derived\n"
            "    leads_to:\n      - w00001\n    sources:\n      - document: keikaku\n        lines: '3'\n"
        )
    put(f"{folder}/content/situations.yaml", situations + cases)
    units = (
        f"  - id: {u['id']}\n    name: {u['name']}\n    yomi: {yomi(i)}\n    summary: {u['name']}の仕事です。\n"
        for i, u in enumerate(corpus["units"])
    )
    put(f"{folder}/content/units.yaml", "units:\n" + "".join(units))


def program(number, p):
    return (
        f"---\nname: {quoted(p['title'])}\nyomi: {yomi(number)}\nwords:\n{items(p['keywords'])}summary: {summary(p['summary'])}\nstatus: active\n"
        f"situations:\n{items(p['situations'])}unit: {p['unit']}\nunit_certain: true\nlead:\n  - machi-yakuba\nwindows:\n{items(p['windows'])}"
        f"{SOURCES}---\n\n{body(p['body'])}"
    )


def source(value, seen=None):
    words = f"    seen: 電話 {seen}\n" if seen else ""
    return f"  - id: hp\n    value: {value}\n    page: https://example.jp/\n    date: '2026-01'\n{words}    confidence: high\n"


def window(number, w):
    return (
        f"---\nname: {quoted(w['title'])}\nyomi: {yomi(number)}\nsummary: {summary(w['summary'])}\nstatus: active\nsituations:\n  - s01\n"
        f"unit: {w['unit']}\nunit_certain: true\nphones:\n  - number: {w['tel']}\n    label: 代表\n    hours: {quoted(w['hours'])}\n    contact: hp\n"
        f"places:\n  - text: {quoted(w['address'])}\n    contact: hp\n"
        f"contacts:\n{source(w['tel'], w['tel'])}{source(quoted(w['address']))}checked: '2026-02-01'\n"
        f"---\n\n{body(w['body'])}"
    )


def told_apart(records):
    """Two records never share a name in our guide: the second bears a number."""
    seen = {}
    for record in records:
        record["title"] = calm(record["title"])
        seen[record["title"]] = seen.get(record["title"], 0) + 1
        if seen[record["title"]] > 1:
            record["title"] += str(seen[record["title"]])


def main():
    home, bench = sys.argv[1], os.environ["BENCH_DIR"]
    for n in sys.argv[2:]:
        with open(f"{bench}/corpus/{n}/records.json", encoding="utf-8") as file:
            corpus = json.load(file)
        folder = f"{bench}/corpus/{n}/ours"
        edition(home, folder)
        told_apart(corpus["programs"])
        told_apart(corpus["windows"])
        lists(corpus, folder)
        for i, p in enumerate(corpus["programs"]):
            put(f"{folder}/content/programs/{p['id']}.md", program(i, p))
        for i, w in enumerate(corpus["windows"]):
            put(f"{folder}/content/consultation/{w['id']}.md", window(i, w))
        print(n, "written")


if __name__ == "__main__":
    main()
