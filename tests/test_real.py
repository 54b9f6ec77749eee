"""The real guide as built: no finding, every case three taps from a number, every number in the data and on its page."""

from __future__ import annotations

import html.parser
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


class CaseLinks(html.parser.HTMLParser):
    """The links inside one list item, by its id."""

    def __init__(self, source: str, id_: str) -> None:
        super().__init__()
        self.id, self.inside, self.links = id_, 0, []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "li" and (self.inside or values.get("id") == self.id):
            self.inside += 1
        if self.inside and tag == "a":
            self.links.append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "li" and self.inside > 0


def taps_to_a_number(public: Path, case: Case) -> int:
    """Taps from home to a number of this case: home → its situation → (a record it leads to →) the number."""
    situation = f"/situations/{case.situations[0]}/"
    assert situation in [address for address, _ in facts(public, "/").links]
    text = (public / situation.strip("/") / "index.html").read_text(encoding="utf-8")
    links = CaseLinks(text, case.id).links
    if any(link.startswith("tel:") for link in links):
        return 2
    main = re.compile("<main.*</main>", re.DOTALL)
    for link in links:
        page = (public / link.strip("/") / "index.html").read_text(encoding="utf-8")
        if 'href="tel:' in main.search(page)[0]:  # type: ignore[index]
            return 3
    return 99


def test_every_case_is_at_most_three_taps_from_a_number(public: Path) -> None:
    """Counted over the built pages, in the case's own item and its record's own part of the page (not the footer)."""
    cases = [entry.noun for entry in load.edition(HOME).of("cases")]
    taps = {case.id: taps_to_a_number(public, case) for case in cases if isinstance(case, Case)}
    assert len(taps) == 164
    assert {id_: count for id_, count in taps.items() if count > 3} == {}


def test_urgent_cases_lead_to_public_assistance_from_every_page(public: Path) -> None:
    """One tap on every page leads to the urgent page, where the urgent cases name the section first and its numbers stand."""
    urgent = (public / "urgent" / "index.html").read_text(encoding="utf-8")
    for page in public.rglob("*.html"):
        assert 'href="/urgent/"' in page.read_text(encoding="utf-8"), page
    cases = [entry.noun for entry in load.edition(HOME).of("cases")]
    named = [case for case in cases if isinstance(case, Case) and case.urgent]
    assert len(named) == 3
    for case in named:
        links = CaseLinks(urgent, case.id).links
        assert links[:2] == ["/consultation/hogo-ka/", "/programs/seikatsu-hogo/"]
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
