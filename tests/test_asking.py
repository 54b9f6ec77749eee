"""The questions as built: every way ends soon at a number that is right for whoever comes there, and nothing is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HOME, MINI_TODAY, TODAY
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide import pipeline
from guide.read import load
from guide.read.questions import UNSURE
from guide.read.records import Phone, Window
from guide.rules import check
from guide.rules.questions import PROMISES
from guide.site import beside, calling, language, site

STARTS = {
    "home": "/questions/",
    **{id_: f"/situations/{id_}/questions/" for id_ in ("poverty", "child-rearing", "disability", "elderly")},
}
ENDS = "main section[aria-labelledby=call]"


class Walk:
    """The built pages of the questions, followed by their links as a reader would."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self.pages: dict[str, LexborHTMLParser] = {}

    def page(self, url: str) -> LexborHTMLParser:
        if url not in self.pages:
            self.pages[url] = LexborHTMLParser((self.public / url.strip("/") / "index.html").read_text(encoding="utf-8"))
        return self.pages[url]

    def answers(self, url: str) -> list[tuple[str, str]]:
        """The answers on a page, as words and address."""
        links = self.page(url).css("main .g-choices a")
        return [(link.text(), link.attributes["href"] or "") for link in links]

    def ways(self, url: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Every way from a page to where it ends, as addresses."""
        assert url not in before, f"comes back: {before} {url}"
        answers = {to for _, to in self.answers(url)}
        if not answers:
            yield (*before, url)
        for to in answers:
            yield from self.ways(to, (*before, url))

    def first_number(self, url: str) -> str | None:
        link = self.page(url).css_first(f"{ENDS} a[href^='tel:']")
        return link.attributes["href"] if link else None


@pytest.fixture(scope="module")
def walk(public: Path) -> Walk:
    return Walk(public)


@pytest.fixture(scope="module")
def endings(walk: Walk) -> list[str]:
    return sorted({way[-1] for start in STARTS.values() for way in walk.ways(start)})


def of_area(link: LexborNode) -> str | None:
    """The area under which a number stands; None where it stands as everybody's."""
    node: LexborNode | None = link
    while node is not None and node.tag != "main":
        if "data-area" in node.attributes:
            return node.attributes["data-area"]
        node = node.parent
    return None


def test_every_way_ends_at_a_number_within_five_taps_from_home(walk: Walk) -> None:
    """Counted over the built pages: (situation,) link to the questions, each answer, the number. Prints what was counted."""
    for id_, start in STARTS.items():
        entry = walk.page("/") if id_ == "home" else walk.page(f"/situations/{id_}/")
        assert start in [link.attributes["href"] for link in entry.css("main a")], id_
        ways = list(walk.ways(start))
        to_the_questions = 1 if id_ == "home" else 2
        taps = [to_the_questions + len(way) - 1 + 1 for way in ways]
        assert [way for way in ways if walk.first_number(way[-1]) is None] == []
        assert max(taps) <= 5, id_
        print(f"{id_}: {len(ways)} ways, at most {max(taps)} taps from home to a number")  # noqa: T201  # seen with -s


def test_every_question_can_be_left_unanswered(walk: Walk) -> None:
    for start in STARTS.values():
        for url in {page for way in walk.ways(start) for page in way[:-1]}:
            texts = [text for text, _ in walk.answers(url)]
            assert texts[-1] == UNSURE, url
            assert texts.count(UNSURE) == 1, url
            assert re.search(r"質問 \d", walk.page(url).css_first("main .g-asked").text()), url  # type: ignore[union-attr]


def test_the_number_of_every_case_is_reached_by_questions(walk: Walk) -> None:
    """Whoever comes with a sentence of the guide finds a number of the window that it leads to, by answers from home alone."""
    reached = set()
    for url in {way[-1] for way in walk.ways(STARTS["home"])}:
        reached |= {link.attributes["href"] for link in walk.page(url).css(f"{ENDS} a[href^='tel:']")}
    guide = site.build(load.edition(HOME), TODAY, "/")
    calls = {case.id: calling.case_view(guide, case).call for case in guide.cases}
    assert len(calls) == 164
    assert [id_ for id_, call in calls.items() if reached.isdisjoint(f"tel:{phone.number}" for phone in call.phones)] == []


def test_numbers_stand_under_their_area_and_with_what_limits_them(walk: Walk, endings: list[str]) -> None:
    """No ward's number as everybody's, and beside each number its hours and notes as they stand wherever it is given."""
    phones: dict[str, list[Phone]] = {}
    for entry in load.edition(HOME).of("consultation"):
        for phone in entry.noun.phones if isinstance(entry.noun, Window) else ():
            phones.setdefault(phone.number, []).append(phone)
    japanese = language.own(load.edition(HOME), "/")
    seen = 0
    for url in endings:
        page = walk.page(url)
        for link in page.css(f"{ENDS} a[href^='tel:']"):
            known = phones[(link.attributes["href"] or "").removeprefix("tel:")]
            area = of_area(link)
            assert any((phone.area or None) == (area or None) for phone in known), (url, known[0].number, area)
            told = page.css_first("main").text()  # type: ignore[union-attr]
            assert any(beside.limits(japanese, phone) in told for phone in known), (url, known[0].number)
            seen += 1
    assert seen > len(endings)


def test_pages_of_sensitive_questions_tell_nothing_in_the_tab(walk: Walk, endings: list[str]) -> None:
    title = walk.page("/").css_first("title").text()  # type: ignore[union-attr]
    name = re.search(r'title = "(.*)"', (HOME / "site.toml").read_text(encoding="utf-8"))[1]  # type: ignore[index]
    assert title != name
    for url in (*walk.pages, *endings):
        if "/questions/" in url:
            assert walk.page(url).css_first("title").text() == name, url  # type: ignore[union-attr]
            assert walk.page(url).css_first(".g-exit__link") is not None, url


def test_the_records_that_could_fit_bear_what_decides(walk: Walk, endings: list[str]) -> None:
    content = load.edition(HOME)
    outcomes = [o for e in content.of("checkers") for o in e.noun.outcomes if o.kind == "fits"]  # type: ignore[attr-defined]
    pages = [walk.page(url).css_first("main").text() for url in endings if walk.page(url).css_first("#fits")]  # type: ignore[union-attr]
    assert len(pages) == len(outcomes)
    for outcome in outcomes:
        assert any(all(fit.decides in page for fit in outcome.fits) for page in pages), outcome.id


@pytest.mark.parametrize("promise", [*PROMISES, "対象です"])
@pytest.mark.parametrize("before", ["どんなことでも聞いて", "海のこと", "1つ選んで", "話を聞いてもらうと", "お金や食べ物の"])
def test_no_text_of_the_questions_may_promise(mini: Path, promise: str, before: str) -> None:
    """In a title, a help, an answer, an outcome: everywhere."""
    path = mini / "content" / "questions.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, f"{promise}。{before}", 1), encoding="utf-8")
    _, found = check.edition(mini, MINI_TODAY)
    assert "P003" in {finding.code for finding in found}


def test_an_edition_may_do_without_questions(job: object, mini: Path) -> None:
    (mini / "content" / "questions.yaml").unlink()
    made = job()  # type: ignore[operator]
    assert pipeline.build(made).published
    assert not (made.out / "questions").exists()
    assert "questions/" not in (made.out / "index.html").read_text(encoding="utf-8")


def test_pages_of_open_questions_bear_their_own_titles(job: object) -> None:
    """Where a situation is not sensitive, neither are its questions."""
    made = job()  # type: ignore[operator]
    assert pipeline.build(made).published
    page = (made.out / "situations" / "umi" / "questions" / "q2" / "index.html").read_text(encoding="utf-8")
    assert "<title>何を知りたいですか。（海のこと）｜みなと町 こまりごと案内</title>" in page
    assert "g-exit" not in page


def test_the_figure_for_staff_shows_every_answer_and_counts_the_ways() -> None:
    content, found = pipeline.checked(pipeline.Job(HOME, HOME, HOME / "public", TODAY))
    assert found == []
    text = pipeline.report(pipeline.Job(HOME, HOME, HOME / "public", TODAY), content, "questions")
    for entry in content.of("checkers"):
        for question in entry.noun.questions:  # type: ignore[attr-defined]
            assert question.text in text
            assert all(f"「{answer.text}」→" in text for answer in question.answers)
    assert text.count("番号のない道 0 本") == len(content.of("checkers"))
