"""The real guide as built: no finding, every case three taps from a number, every number in the data and on its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import HOME, TODAY
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide import pipeline
from guide.pages import html_facts
from guide.read import lineends, load
from guide.read.situations import Case
from guide.site import beside, calling, site, views

NUMBER = re.compile(r"(?<![\d\-.])(?:#\d{4}|0\d{1,4}-\d{1,4}-\d{2,5}|0\d{3}-\d{6})(?![\d\-])")


@pytest.fixture(scope="module")
def guide(public: Path) -> dict[str, list[dict[str, object]]]:
    return json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))


def facts(public: Path, url: str) -> html_facts.Facts:
    path = url.removeprefix("/") + "index.html"
    return html_facts.read(path, (public / path).read_bytes())


def main_text(public: Path, url: str) -> str:
    return html_facts.texts((public / url.removeprefix("/") / "index.html").read_bytes())[1]


def test_the_real_content_has_no_finding(tmp_path: Path) -> None:
    """Not one error and not one remark."""
    _, findings = pipeline.checked(pipeline.Job(HOME, HOME, tmp_path, TODAY))
    assert findings == []


def at_once(public: Path, url: str) -> list[str]:
    """Where the links in the main part of a page lead, those aside that a closed <details> keeps from view."""
    tree = LexborHTMLParser((public / url.strip("/") / "index.html").read_text(encoding="utf-8"))
    for closed in tree.css("details:not([open])"):
        for link in closed.css("a"):
            del link.attrs["href"]
    return [link.attributes["href"] or "" for link in tree.css("main a[href]")]


def taps_to_a_number(public: Path, case: Case) -> int:
    """Taps from home to a number of this case, the one on the number counted: home, its situation, its own page, the number."""
    situation = f"/situations/{case.situations[0]}/"
    page = f"{situation}{case.id}/"
    if situation not in at_once(public, "/") or page not in at_once(public, situation):
        return 99
    return 3 if any(link.startswith("tel:") for link in at_once(public, page)) else 99


def all_cases() -> list[Case]:
    return [entry.noun for entry in load.edition(HOME).of("cases") if isinstance(entry.noun, Case)]


def test_every_case_is_at_most_three_taps_from_a_number(public: Path) -> None:
    """Counted over the built pages, in what stands open in their main part."""
    taps = {case.id: taps_to_a_number(public, case) for case in all_cases()}
    assert len(taps) == 164
    assert {id_: count for id_, count in taps.items() if count > 3} == {}


def test_every_situation_leads_to_each_of_its_cases(public: Path) -> None:
    """Also where the case is at home elsewhere; and addresses of before there were pages of cases still find its line."""
    for case in all_cases():
        for situation in case.situations:
            found = facts(public, f"/situations/{situation}/")
            assert f"/situations/{case.situations[0]}/{case.id}/" in [address for address, _ in found.links]
            assert case.id in [id_ for id_, _ in found.ids]


def test_the_page_of_a_case_loses_nothing(public: Path) -> None:
    """Its sentence, note, what to say, every record that it leads to, why the number is shown, and each number's limits."""
    guide = site.build(load.edition(HOME), TODAY, "/")
    roles = {"near": "担当かどうかは未確認", "passes": "担当が分からないときの電話", "advice": "この案内からの助言"}
    for case in guide.cases:
        url = views.case_url(guide, case)
        text = main_text(public, url).replace(" ", "")
        links = [address for address, _ in facts(public, url).links]
        view = calling.case_view(guide, case)
        for part in (case.text, case.say or case.text, case.note or "", roles.get(view.call.role, "")):
            assert part.replace(" ", "") in text, (case.id, part)
        for id_ in {*case.leads_to, view.call.window.id, *(call.window.id for call in view.now)}:
            assert guide.items[id_].url in links, (case.id, id_)
        for phone in view.call.phones if view.call.by_area else view.call.phones[:2]:
            assert phone.number in text, (case.id, phone.number)
            assert beside.limits(guide.language, phone).replace(" ", "") in text, (case.id, phone.number)


def test_pages_of_cases_are_as_sensitive_as_what_they_show(public: Path) -> None:
    """Nothing that is marked is shown on a page that is not; the others bear their own title."""
    guide = site.build(load.edition(HOME), TODAY, "/")
    marked = {each.id for each in guide.situations if each.sensitive}
    open_pages = 0
    for case in guide.cases:
        page = (public / views.case_url(guide, case).strip("/") / "index.html").read_text(encoding="utf-8")
        tree = LexborHTMLParser(page)
        shown = [a.attributes["href"] for a in tree.css("main a[href^='/programs/'], main a[href^='/consultation/']")]
        sensitive = any(guide.items[(href or "").split("/")[2]].record.sensitive for href in shown)
        if sensitive or marked & set(case.situations):
            assert '<body class="g-sensitive">' in page, case.id
            assert f"<title>{guide.config.site.title}</title>" in page, case.id
            assert case.text not in page.partition("</head>")[0], case.id
        else:
            open_pages += 1
            assert f"<title>{case.text}｜" in page, case.id
    assert open_pages > 10


def test_urgent_cases_lead_to_public_assistance_from_every_page(public: Path) -> None:
    """One tap on every page leads to the urgent page, where the urgent cases name the section first and its numbers stand."""
    urgent = (public / "urgent" / "index.html").read_text(encoding="utf-8")
    others = load.edition(HOME).config.site.languages[1:]  # type: ignore[union-attr]
    for page in public.rglob("*.html"):
        folder = page.relative_to(public).parts[0]
        address = f"/{folder}/urgent/" if folder in others else "/urgent/"
        assert f'href="{address}"' in page.read_text(encoding="utf-8"), page
    named = [case for case in all_cases() if case.urgent]
    assert len(named) == 3
    for case in named:
        item = LexborHTMLParser(urgent).css_first(f"li#{case.id}")
        assert item is not None
        links = [link.attributes["href"] for link in item.css("a")]
        assert links[:3] == [f"/situations/poverty/{case.id}/", "/consultation/hogo-ka/", "/programs/seikatsu-hogo/"]
    assert 'href="tel:096-328-2323"' in urgent


def test_every_number_on_a_page_is_in_the_data(public: Path, guide: dict[str, list[dict[str, object]]]) -> None:
    known = {phone["number"] for kind in ("programs", "windows") for record in guide[kind] for phone in record["phones"]}  # type: ignore[attr-defined]
    fax = {way.value for e in load.edition(HOME).of("consultation") for way in e.noun.ways if way.kind == "fax"}  # type: ignore[attr-defined]
    for path in sorted(public.rglob("*.html")):
        text = html_facts.texts(path.read_bytes())[0]
        assert set(NUMBER.findall(text)) <= known | fax, path


def test_every_number_in_the_data_is_on_its_page(public: Path, guide: dict[str, list[dict[str, object]]]) -> None:
    for kind in ("programs", "windows"):
        for record in guide[kind]:
            main = main_text(public, str(record["url"]))
            for phone in record["phones"]:  # type: ignore[attr-defined]
                assert phone["number"] in main, (record["id"], phone)


def test_records_without_a_number_name_one_that_answers(guide: dict[str, list[dict[str, object]]]) -> None:
    """Every record has at least one number that can be dialled, its own or, said so, another window's."""
    for kind in ("programs", "windows"):
        for record in guide[kind]:
            assert any(not phone["number"].startswith("#") for phone in record["phones"]), record["id"]  # type: ignore[attr-defined]


def test_data_contract(guide: dict[str, object]) -> None:
    """The names that others rely on are there, on every record."""
    assert list(guide) == ["built", "edition", "programs", "windows", "situations", "units"]
    common = {"id", "name", "yomi", "url", "summary", "status", "sources"}
    more = {"easy", "words", "situations", "unit", "windows", "phones", "sensitive"}
    for kind, keys in (
        ("programs", common | more),
        ("windows", common | more),
        ("situations", common | {"urgent", "leads_to"}),
        ("units", common),
    ):
        for record in guide[kind]:  # type: ignore[attr-defined]
            assert keys <= set(record), (kind, record["id"])


def test_every_record_is_reached_by_situation_and_by_list(public: Path, guide: dict[str, list[dict[str, object]]]) -> None:
    everything = {str(record["url"]) for kind in ("programs", "windows") for record in guide[kind]}
    listed = {address for address, _ in facts(public, "/list/").links}
    by_situation = {
        address for s in guide["situations"] if s["kind"] == "situation" for address, _ in facts(public, str(s["url"])).links
    }
    by_unit = {address for unit in guide["units"] for address, _ in facts(public, str(unit["url"])).links}
    programs = {str(record["url"]) for record in guide["programs"]}
    assert everything <= listed
    assert everything <= by_situation
    assert programs <= by_unit


def test_the_plan_is_covered() -> None:
    """All 94 rows of the plan's tables have a record, and all 54 other items a decision; checked ids are a rule (R001)."""
    content = load.edition(HOME)
    measures = [entry.noun.measure for entry in content.of("rows")]  # type: ignore[attr-defined]
    assert {m: measures.count(m) for m in sorted(set(measures))} == {7: 14, 8: 5, 9: 19, 10: 41, 11: 8, 12: 7}
    assert len(content.of("decisions")) == 54


def test_words_of_the_offices_are_explained_on_the_page(public: Path, guide: dict[str, list[dict[str, object]]]) -> None:
    """A term that stands in a record's own text has its explanation on that page."""
    content = load.edition(HOME)
    terms = {word: entry.noun for entry in content.of("terms") for word in (entry.noun.term, *entry.noun.aliases)}  # type: ignore[attr-defined]
    for entry in [*content.of("programs"), *content.of("consultation")]:
        folder = entry.document.file.split("/")[1]
        page = main_text(public, f"/{folder}/{entry.id}/").replace(" ", "")
        told = f"{entry.noun.summary} {entry.noun.for_whom} {entry.noun.start}"  # type: ignore[attr-defined]
        longest = re.findall("|".join(sorted(map(re.escape, terms), key=len, reverse=True)), told)
        for word in longest:
            assert terms[word].meaning.replace(" ", "") in page, (entry.id, word)


# Line ends are seen in running text only: between the parts of a row that is laid out (flex) nothing is painted.
RUNNING = {*("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "a", "strong", "em", "span", "code", "summary", "blockquote")}
FLEX = {"g-quick"}
INLINE = {"a", "strong", "em", "code", "span", "ruby", "wbr"}
SPACE_OF_A_LINE_END = re.compile(f"[{lineends.JAPANESE}][ \t]*\n[ \t\n]*[{lineends.JAPANESE}]")


def running_text(node: LexborNode) -> str:
    """The text of an element as it is read in one go: a break where a block begins or ends, readings left out."""
    made = ""
    running = node.tag in RUNNING and not FLEX & set((node.attributes.get("class") or "").split())
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = child.text(deep=False)
            made += text if running or text.strip() else ""
        elif child.tag not in ("rt", "rp", "script", "style"):
            made += running_text(child) if child.tag in INLINE else f"\0{running_text(child)}\0"
    return re.sub(r"\s*\0\s*", "\0", made)


def test_no_line_end_leaves_a_space_between_japanese_characters(public: Path) -> None:
    """On every page (F25): a browser paints one for each line end in running text."""
    found = []
    for path in sorted(public.rglob("*.html")):
        body = LexborHTMLParser(path.read_bytes()).body
        assert body is not None
        found += [(path.parent.name, match[0]) for match in SPACE_OF_A_LINE_END.finditer(running_text(body))]
    assert found == []
