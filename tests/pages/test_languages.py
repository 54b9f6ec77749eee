"""Other languages: a folder suffices; what is translated stands there, what is not is marked; the numbers are the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from conftest import HOME, MINI_TODAY, tree

from guide import pipeline
from guide.pages import html_facts
from guide.read import load
from guide.read.markdown import without_readings
from guide.read.translations import flat
from guide.staff import translating

Jobs = Callable[..., pipeline.Job]
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
WHOLE = ("index.html", "*/index.html", "*/*/index.html", "situations/*/*/index.html", "situations/*/questions/*/index.html")


def page(folder: Path, path: str) -> str:
    return (folder / path / "index.html").read_text(encoding="utf-8")


def main_of(text: str) -> str:
    return re.search("<main.*</main>", text, re.DOTALL)[0]  # type: ignore[index]


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def unmarked(text: str) -> list[str]:
    """What is Japanese on a page and not marked as such: text outside lang=ja, and attributes that are read aloud."""
    body = re.sub(r'<(\w+)[^>]* lang="ja[^"]*"[^>]*>.*?</\1>', "", text, flags=re.DOTALL)
    read = re.findall(r'(?:aria-label|alt|title|placeholder|data-words|data-done)="([^"]*)"', text)
    return [each for each in [*re.sub("<[^>]*>", "\n", body).split("\n"), *read] if JAPANESE.search(each)]


def third(mini: Path) -> None:
    """A made-up language: a folder, a file of words, and its name in site.toml."""
    change(mini / "site.toml", ('"easy", "en"', '"easy", "en", "qq"'))
    words = (HOME / "content" / "interface" / "en.yaml").read_text(encoding="utf-8")
    words = yaml.safe_dump(
        {group: {key: f"qq {text}" for key, text in texts.items()} for group, texts in yaml.safe_load(words).items()}
    )
    (mini / "content" / "interface").mkdir()
    (mini / "content" / "interface" / "qq.yaml").write_text(words, encoding="utf-8")
    folder = mini / "content" / "languages" / "qq"
    folder.mkdir()
    (folder / "language.yaml").write_text("tag: qaa\n", encoding="utf-8")
    told = "kome-bin:\n  name: Ri-zu\n  summary: Ri-zu to an haus.\n  text: |-\n    Ri-zu!\n    Kol!\n"
    (folder / "programs.yaml").write_text(told, encoding="utf-8")
    (folder / "phrases.yaml").write_text("hours:\n  平日 9:00〜17:00: Dag 9-17\n", encoding="utf-8")


def test_a_folder_is_a_language(job: Jobs, mini: Path) -> None:
    third(mini)
    made = job()
    result = pipeline.build(made)
    assert result.published, result.findings
    assert {finding.code for finding in result.findings} == {"V005"}
    record = page(made.out, "qq/programs/kome-bin")
    assert '<html lang="qaa">' in record
    assert "<h1>Ri-zu</h1>" in record
    assert "Ri-zu!<br>Kol!" in record
    assert "qq Call" in record
    assert "qq Nobody who grew up" in record
    home = '<a class="g-tongues__one" href="/qq/programs/kome-bin/" lang="qaa" hreflang="qaa">qq English</a>'
    assert home in page(made.out, "programs/kome-bin")
    assert "Dag 9-17" in page(made.out, "qq/consultation/yakuba")
    assert json.loads((made.out / "data" / "qq" / "search.json").read_text(encoding="utf-8"))["names"].count("Ri-zu") == 1


def test_pages_of_a_language_name_each_other(job: Jobs) -> None:
    made = job(base_path="/a/")
    assert pipeline.build(made).published
    for path in ("", "urgent/", "safety/", "search/", "situations/umi/", "consultation/yakuba/", "programs/kome-bin/"):
        for folder, tag in (("", "ja"), ("easy/", "ja-x-easy"), ("en/", "en")):
            text = page(made.out, folder + path)
            links = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', text)
            site = "https://minato.example/a/"
            assert links == [("ja", site + path), ("ja-x-easy", f"{site}easy/{path}"), ("en", f"{site}en/{path}")]
            assert f'<html lang="{tag}">' in text
            assert text.count('aria-current="true"') == 1
    assert 'href="/a/en/" lang="en"' in page(made.out, "list"), "where there is no such page, the way leads to the first one"


@pytest.mark.parametrize("pattern", WHOLE)
def test_what_is_japanese_is_marked(job: Jobs, pattern: str) -> None:
    """Of the pages in English: words of the interface are English, all else bears its language."""
    made = job()
    assert pipeline.build(made).published
    pages = list((made.out / "en").glob(pattern))
    assert pages
    for path in pages:
        assert unmarked(path.read_text(encoding="utf-8")) == [], path


def test_readings_are_never_in_attributes(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    for path in (made.out / "easy").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'="[^"]*(?:&lt;|<)(?:ruby|span|br)', text), path
        assert "{" not in re.sub(r'data-words="[^"]*"', "", text), path


def test_numbers_are_the_same_in_every_language(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    for path in (made.out / "consultation").glob("*/index.html"):
        rest = path.relative_to(made.out)
        numbers = [
            re.findall('href="tel:([^"]*)"|g-tel--text">([^<]*)', main_of((made.out / folder / rest).read_text(encoding="utf-8")))
            for folder in ("", "easy", "en")
        ]
        assert numbers[0], rest
        assert set(numbers[0]) == set(numbers[1]) == set(numbers[2]), rest


def test_a_change_of_the_japanese_is_told_on_the_page_until_it_is_looked_at(job: Jobs, mini: Path) -> None:
    record = mini / "content" / "consultation" / "yakuba.md"
    change(record, ("町のどんなことでも聞ける電話です。", "町のことを聞ける電話です。"))
    assert [finding.code for finding in pipeline.build(job()).findings] == ["V006"]
    out = job().out
    assert "The Japanese page has changed since this was translated" in page(out, "en/consultation/yakuba")
    assert "Harbour Town Office" in page(out, "en/consultation/yakuba")
    content = load.edition(mini)
    for file, text in translating.marked(content, ["en", "yakuba"], MINI_TODAY).items():
        (mini / file).write_text(text, encoding="utf-8")
    assert pipeline.build(job()).findings == ()
    assert "has changed since" not in page(out, "en/consultation/yakuba")
    assert (mini / "content/languages/en/consultation.yaml").read_text(encoding="utf-8").count("date: '2026-03-01'") == 1


def test_who_has_read_a_translation_is_told(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    assert "Harbour friends" in page(made.out, "en/consultation/keisatsu")
    assert "Nobody who grew up" not in page(made.out, "en/consultation/keisatsu")
    assert "Nobody who grew up" in page(made.out, "en/consultation/yakuba")


def test_what_nobody_translated_says_so_and_gives_the_numbers(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    text = main_of(page(made.out, "en/programs/kome-bin"))
    assert "not been translated" in text
    assert '<h1><span lang="ja">米びつ便</span></h1>' in text
    assert 'href="tel:0999-00-0002"' in text
    assert 'href="/programs/kome-bin/"' in text


def test_conditions_are_never_lost(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    assert "Closed on Saturdays and Sundays." in page(made.out, "en/consultation/kurashi-madoguchi")
    assert '<span lang="ja">食べる物もないとき</span>' in page(made.out, "en/consultation/minato-kai")


def test_sensitive_pages_are_as_careful_in_every_language(job: Jobs) -> None:
    made = job()
    assert pipeline.build(made).published
    for path in ("urgent", "safety", "consultation/kurashi-madoguchi", "situations/kurashi"):
        for folder in ("", "easy/", "en/"):
            text = page(made.out, folder + path)
            title = "Harbour Town Help" if folder == "en/" else "みなと町 こまりごと案内"
            assert f"<title>{title}</title>" in text, folder + path
            assert 'data-module="exit"' in text
            assert "left.js" in text


def test_an_edition_of_one_language_has_no_choice(job: Jobs, mini: Path) -> None:
    change(mini / "site.toml", ('languages = ["ja", "easy", "en"]\n', ""))
    made = job()
    assert pipeline.build(made).published
    assert not (made.out / "en").exists()
    assert "g-tongues" not in page(made.out, "")


def test_other_languages_stay_out_of_the_full_text(job: Jobs) -> None:
    made = job(search=True)
    assert pipeline.build(made).published
    told = b"".join(data for path, data in tree(made.out).items() if path == "pagefind/pages.json")
    assert b"consultation/yakuba/" in told
    assert b"en/consultation" not in told


def test_the_list_of_what_is_missing_is_whole(job: Jobs, mini: Path) -> None:
    content, _ = pipeline.checked(job())
    text = pipeline.report(job(), content, "untranslated", "en")
    assert "\nkome-bin:  # 米びつ便" in text
    assert "  緊急:" in text
    assert "平日 9:00〜17:00" not in text
    change(mini / "content/languages/en/phrases.yaml", ("labels:\n", "labels:\n  緊急: Emergency\n"))
    content, _ = pipeline.checked(job())
    assert "  緊急:" not in pipeline.report(job(), content, "untranslated", "en")


def asked() -> tuple[set[str], set[str]]:
    """The words that templates and rooms ask for: whole keys, and beginnings that a name is added to."""
    files = [*(HOME / "templates").rglob("*.html"), *(HOME / "guide").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    keys = set(re.findall(r'\bt\(\s*"([\w.]+)"\s*[,)]', text)) | set(re.findall(r'"((?:silent|language|mark)\.\w+)"', text))
    return keys, set(re.findall(r'\bt\(\s*f?"([\w.]+)(?:"\s*~|\{)', text))


def test_every_word_that_is_asked_for_is_there_and_every_word_is_asked_for() -> None:
    keys, beginnings = asked()
    words = {".".join(map(str, path)) for path, _ in flat(load.edition(HOME).asked().data)}
    assert sorted(keys - words) == []
    assert [word for word in sorted(words - keys) if not word.startswith(tuple(beginnings))] == []
    assert [beginning for beginning in beginnings if not any(word.startswith(beginning) for word in words)] == []


def test_facts_tell_the_language() -> None:
    assert html_facts.read("x", b'<html lang="en"><title>x</title>').language == "en"


def test_results_of_the_search_say_in_each_language_that_hours_are_not_known(job: Jobs) -> None:
    """As the Japanese file does, number by number."""
    made = job()
    assert pipeline.build(made).published
    calls = json.loads((made.out / "data" / "search.json").read_text(encoding="utf-8"))["calls"]
    words = load.edition(HOME).interface
    for language in ("en", "easy"):
        unknown = without_readings(words[language]().data["phone"]["hours_unknown"])
        told = json.loads((made.out / "data" / language / "search.json").read_text(encoding="utf-8"))["calls"]
        pairs = [
            (japanese[3], other[1])
            for (_, _, own), its in zip(calls, told, strict=True)
            for japanese, other in zip(own, its, strict=True)
        ]
        assert [told.startswith(unknown) for _, told in pairs] == [
            japanese.startswith("受付時間は未確認") for japanese, _ in pairs
        ]
        assert any(told.startswith(unknown) for _, told in pairs)
