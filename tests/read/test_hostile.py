"""Any content: deep, long, odd. Findings at their place, never an exception, never long, never a crash of the process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, SITES
from hypothesis import given
from hypothesis import strategies as st

from guide.pages import paper
from guide.read import characters, findings, limits, load, markdown, settings, tomlread, yamlread
from guide.rules import check
from guide.site import items, site, views

GOOD_TOML = (SITES / "good" / "site.toml").read_text(encoding="utf-8")
MAIN_CODES = {"Y006", "T001", "F002", "F003", "F005", "F010", "F013"}


def codes(found: list[findings.Finding]) -> set[str]:
    return {each.code for each in found}


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 25_000, "a: " + "{a: " * 25_000, "- " * 25_000 + "a", "? " * 25_000 + "a", "[ #x\n" * 25_000, '["]",' * 25_000),
        *("[a: " * 25_000, "[\n" * 25_000, "[a, " * 25_000, "".join(f"{' ' * n}k:\n" for n in range(1_300))),
        *("{?" * 25_000, "-\t" * 25_000 + "a", "[" * 101 + "]" * 101, "'x': [" * 3_000),
        # An error long before the end, and a scanner whose work for each bracket grows with their depth.
        *("x:\n " + "{a={" * 200_000 + "\n y: z!", "x:\n " + "[a}[" * 200_000 + "\n y: &z"),
    ],
    ids=lambda text: repr(text[:10]),
)
def test_deep_yaml_is_a_finding_and_no_crash(text: str) -> None:
    found = yamlread.read(text, "f.yaml").findings
    assert len(found) == 1
    assert found[0].code in ("Y006", "Y001", "Y003")


def test_brackets_of_readings_are_not_depth() -> None:
    text = "a:\n" + "".join("  - 今日は{役所|やくしょ}に、{電話|でんわ}で[聞く]\n" for _ in range(500))
    assert not limits.may_be_deep(text)
    assert yamlread.read(text, "f.yaml").findings == []


@pytest.mark.parametrize(
    "text",
    [
        *("x = " + "[" * 5_000 + "]" * 5_000, "x = " + "9" * 5_000, "x = 0x" + "f" * 4_000, ".".join("a" * 20_000) + " = 1"),
        *(
            " . ".join(['"a"'] * 9_000) + " = 1",
            "[" + ".".join(["''"] * 9_000) + "]",
            "x = " + "{a=" * 5_000,
            '"' * 40_000,
            "'''" * 9_000,
        ),
        *(
            "x = " + "1_" * 5_000 + "1",
            "x = " + "9" * 3_000 + "e" + "9" * 3_000,
            "x = '" + "[" * 49_000,
            "".join(f"[a{n}.b]\n" for n in range(5_000)),
        ),
        *(
            'x = """' + "\\\n" * 20_000 + '"""',
            "x = [" + "1," * 20_000 + "]",
            "#" * 60_000,
            "a = 1\n" * 8_000,
            "\x00",
            "x = '\x1b'",
            "[[a]]\n" * 8_000,
        ),
        *('"' + '\\"' * 24_000, "'\n" * 20_000, '"""a' * 9_000, "a" * 49_000, "-" * 49_000),
    ],
    ids=lambda text: repr(text[:10]),
)
def test_hostile_settings_are_findings(text: str) -> None:
    start = time.process_time()
    config, found = settings.read(text)
    assert config is None
    assert found
    assert time.process_time() - start < 5
    assert tomlread.places(text) is not None


@given(st.text(alphabet="[]{}.=\"'\\\n #ab1", max_size=60))
def test_random_settings_never_raise(text: str) -> None:
    config, found = settings.read(text)
    assert config is None
    assert all(place.line <= text.count("\n") + 1 for place in (each.place for each in found))


@given(st.text(alphabet="[]{}.=\"'\\\n #ab1", max_size=40))
def test_what_is_bare_in_settings_keeps_its_place(text: str) -> None:
    bare = limits.bare_toml(text)
    assert len(bare) == len(text)
    assert [n for n, char in enumerate(bare) if char == "\n"] == [n for n, char in enumerate(text) if char == "\n"]


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "![",
            "*a ",
            "`",
            "``` ",
            "<",
            "> ",
            "- ",
            "|a|\n",
            "&",
            "\\[",
            "_a_",
            "{a|あ}",
            "[a][b] ",
            "[a]: b\n",
            "](",
            "1. ",
            "a*",
            "[]()",
        ),
        *(
            "[](<",
            "[`](",
            "*[a*](",
            "<a@b.c>",
            "&#1;",
            "![[]()",
            "[[a]()]()",
            "`a ``b ",
            "***a** ",
            "[x](y.md) ",
            "[x](http://é.example) ",
        ),
    ],
)
def test_no_body_takes_long(piece: str) -> None:
    """Whatever fills a body up to its limit; the report of it included."""
    text = piece * (limits.BODY_CHARACTERS // len(piece))
    start = time.process_time()
    body = markdown.parse(text, "f.md", 1)
    findings.as_text(body.findings, {"f.md": text})
    assert time.process_time() - start < 5


def test_a_longer_body_is_a_finding() -> None:
    assert [each.code for each in markdown.parse("あ" * 50_001, "f.md", 20).findings] == ["Y006"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/units.yaml", "units:\n", "units:\n" + "".join(f"  - x{n}: 1\n" for n in range(30_000))),
        ("content/units.yaml", "units:\n", "".join(f"k{n}: 1\n" for n in range(50_000))),
        ("content/units.yaml", "units:\n", "units:\n  - id: [" + "1," * 300_000 + "]\n"),
        ("content/programs/kome-bin.md", "status: active", "status: active\nwords: [" + "1," * 40_000 + "]"),
        ("content/programs/kome-bin.md", "status: active", "".join(f"k{n}: 1\n" for n in range(9_000))),
        ("content/programs/kome-bin.md", "  - kurashi-madoguchi", "".join(f"  - kurashi-madoguch{n}\n" for n in range(3_500))),
        ("content/programs/kome-bin.md", "name: 米びつ便", "name: 0x" + "f" * 3_580),
        ("content/programs/kome-bin.md", "  - kurashi\n", "  - " + "k" * 90_000 + "\n"),
        ("site.toml", "https://minato.example", "https://minato.example/" + "x" * 5_000),
    ],
    ids=lambda text: text[:12],
)
def test_many_mistakes_take_no_longer_than_a_few_seconds(mini: Path, file: str, old: str, new: str) -> None:
    text = (mini / file).read_text(encoding="utf-8")
    assert old in text
    (mini / file).write_text(text.replace(old, new), encoding="utf-8")
    start = time.process_time()
    content, found = check.edition(mini, MINI_TODAY)
    report = findings.as_text(found, content.texts)
    rows = json.loads(findings.as_json(found))
    assert time.process_time() - start < 10  # 5 on a machine that does nothing else
    assert len(report) < 1_000_000
    assert len(rows) == len(found)


def test_a_summary_in_the_settings_is_no_longer_than_others(mini: Path) -> None:
    """It is the summary of a page: a longer one was an exception while the pages were made."""
    text = re.sub("unit_lost_summary = .*", f'unit_lost_summary = "{"あ" * 81}"', GOOD_TOML)
    config, found = settings.read(text)
    assert config is None
    assert [(each.code, text.split("\n")[each.place.line - 1][:17]) for each in found] == [("F013", "unit_lost_summary")]


def test_a_file_too_large_is_not_read(mini: Path) -> None:
    with (mini / "content" / "programs" / "kome-bin.md").open("r+b") as file:
        file.truncate(50_000_000_000)  # no byte of it is on the disk
    assert "Y006" in codes(load.edition(mini).findings)
    with (mini / "site.toml").open("r+b") as file:
        file.truncate(50_000_000_000)
    assert "D004" in codes(load.edition(mini).findings)


# Characters


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\u200bb", "見えない文字（U+200B）が混じっています。"),
        ("あ\u200d", "見えない文字（U+200D）が混じっています。"),
        ("\U000e0041", "見えない文字（U+E0041）が混じっています。"),
        ("क्\u200dष", None),
        ("می\u200cخواهم", None),
        ("葛\U000e0100城、☎\ufe0f、髙﨑", None),
        ("Tiếng Việt, 한국어, ภาษาไทย, မြန်မာ", None),
    ],
)
def test_hidden_characters_are_named(text: str, message: str | None) -> None:
    assert characters.hidden(text) == message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("神社\ufa19", "「\ufa19」（U+FA19）は、「神」（U+795E）と打ち直してください。"),
        ("\u2f76", "「\u2f76」（U+2F76）は部首の記号です。「米」（U+7C73）と打ち直してください。"),
        ("あか\u3099", "濁点などが分かれた文字「か\u3099」（U+3099）が混じっています。"),
        ("がぎぐ", None),
    ],
)
def test_what_looks_like_another_is_named(text: str, said: str | None) -> None:
    found = characters.disguised(text)
    assert (found and found[1]) == said


@given(st.text())
def test_no_text_reaches_a_terminal_raw(text: str) -> None:
    shown = findings.visible(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", shown)
    assert findings.visible(shown) == shown


@given(st.text())
def test_characters_and_their_places_never_raise(text: str) -> None:
    for found in (characters.fault(text, "f"), characters.disguise(text, "f")):
        if found:
            assert found.place.column <= len(text.split("\n")[found.place.line - 1]) + 1


def test_entities_bring_no_hidden_character() -> None:
    assert codes(list(markdown.parse("a\n\nb&#x202e;c &ZeroWidthSpace;", "f.md", 1).findings)) == {"Y004"}


# Readings


def test_every_reading_is_listed_once(mini: Path) -> None:
    """Whatever a reading begins with, its record stands in /list/, in one row."""
    program = mini / "content" / "programs" / "kome-bin.md"
    text = program.read_text(encoding="utf-8")
    for first in map(chr, range(ord("ぁ"), ord("ゖ") + 1)):
        program.write_text(text.replace("yomi: こめ", f"yomi: {first}ー"), encoding="utf-8")
        content, found = check.edition(mini, MINI_TODAY)
        assert found == []
        groups = views.by_reading(site.build(content, MINI_TODAY, "/"))
        assert [item.id for group in groups for item in group.items].count("kome-bin") == 1, first
        assert items.reading_order(first)[0]


def test_dates_that_are_none_are_no_dates() -> None:
    assert paper.first_day("日付なし") is None


# Everything at once


def test_mutants_break_nothing() -> None:
    """A short run of bench/mutants.py: a process of its own, for it limits its memory."""
    command = [sys.executable, str(HOME / "bench" / "mutants.py"), "60", "7000000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
