"""Whoever names or has chosen a ward gets that ward's number, everywhere; nobody gets one ward's number as everybody's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import HOME
from playwright.sync_api import Browser, Page
from test_search import ask

from guide.read import load
from guide.read.records import Window
from guide.read.situations import Area

pytestmark = pytest.mark.browser
EDITION = load.edition(HOME)
WARDS = [entry.noun for entry in EDITION.of("areas") if isinstance(entry.noun, Area)]
NAMES = [ward.name for ward in WARDS]
BY_WARD = {
    entry.id: entry.noun
    for entry in EDITION.of("consultation")
    if isinstance(entry.noun, Window) and any(set((p.area or "").split("・")) & set(NAMES) for p in entry.noun.phones)
}


def numbers(window: Window, ward: str) -> set[str]:
    """The numbers of a window for a ward."""
    return {phone.number for phone in window.phones if ward in (phone.area or "").split("・")}


def shown(page: Page, within: str) -> set[str]:
    """The telephone links that can be seen there without opening anything."""
    links = page.locator(f"{within} a[href^='tel:']")
    return {link.get_attribute("href").removeprefix("tel:") for link in links.all() if link.is_visible()}  # type: ignore[union-attr]


def test_there_is_something_to_test() -> None:
    assert len(WARDS) == 5
    assert {"hogo-ka", "fukushi-ka", "hoken-kodomo", "kuyakusho", "seikatsu-jiritsu-center"} <= set(BY_WARD)
    assert all(numbers(window, ward) for window in BY_WARD.values() for ward in NAMES)


@pytest.mark.parametrize("ward", NAMES)
def test_a_question_that_names_a_ward_gets_its_numbers(page: Page, address: str, ward: str) -> None:
    page.goto(address + "search/")
    for id_, window in BY_WARD.items():
        for query in (f"{ward} {window.name}", f"{window.name} {ward}役所"):
            assert id_ in ask(page, query), query
            assert shown(page, f"#search-results [data-id={id_}]") == numbers(window, ward), query
    assert ward in page.locator(".g-ward__said").inner_text()


@pytest.mark.parametrize("ward", NAMES)
def test_a_chosen_ward_is_carried_along(page: Page, address: str, ward: str) -> None:
    """Chosen at home; search, case, urgent page and record then show its numbers; no request tells of it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("#ward").select_option(ward)
    page.goto(address + "search/")
    for id_, window in BY_WARD.items():
        assert id_ in ask(page, window.name)
        assert shown(page, f"#search-results [data-id={id_}]") == numbers(window, ward), id_
    assert (
        page.locator(".g-ward__said").inner_text() == f"{ward}の番号を出しています。選んだ区です。「しぼりこむ」で変えられます。"
    )
    for path, within in (("situations/poverty/ashita-no-shokuji/", ".g-foremost"), ("urgent/", ".g-cases")):
        page.goto(address + path)
        assert numbers(BY_WARD["hogo-ka"], ward) <= shown(page, "main")
        mine = {n for window in BY_WARD.values() for n in numbers(window, ward)}
        others = {phone.number for window in BY_WARD.values() for phone in window.phones} - mine
        assert shown(page, within) & others == set(), path
    page.goto(address + "consultation/hogo-ka/")
    assert page.locator(".g-call__group").first.get_attribute("data-area") == ward
    assert [url for url in asked if re.search("ward|" + ward, url)] == []


def test_without_a_ward_every_area_is_offered(page: Page, address: str) -> None:
    """A card shows no ward's number; one tap opens the choice, each area beside its own number."""
    page.goto(address + "search/")
    for id_, window in BY_WARD.items():
        assert id_ in ask(page, window.name)
        card = f"#search-results [data-id={id_}]"
        assert shown(page, card) == set(), id_
        page.locator(f"{card} summary").click()
        assert shown(page, card) == {phone.number for phone in window.phones if phone.diallable}
    page.goto(address + "urgent/")
    assert shown(page, ".g-areas") == set()
    page.locator(".g-areas summary").first.click()
    assert len(shown(page, ".g-areas")) >= 5


@pytest.mark.parametrize(
    ("query", "ward"),
    [
        ("健軍校区 保護課", "東区"),
        ("健軍 保護課", "東区"),
        ("健軍小の近く 保護課", "東区"),
        ("みなみく ほごか", "南区"),
        ("nishi ward hogoka 保護課", "西区"),
        ("熊本市北区 保護課", "北区"),
        ("出水南校区 保護課", "中央区"),
        ("福岡市東区 保護課", ""),
        ("東区 西区 保護課", ""),
        ("East ward 保護課", "東区"),
        ("quận Đông 保護課", "東区"),
        ("保護課", ""),
    ],
)
def test_which_ward_a_question_names(page: Page, address: str, query: str, ward: str) -> None:
    page.goto(address + "search/")
    assert "hogo-ka" in ask(page, query)
    assert shown(page, "#search-results [data-id=hogo-ka]") == (numbers(BY_WARD["hogo-ka"], ward) if ward else set())


def test_the_question_goes_before_the_choice_and_safety_forgets_it(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#ward").select_option("南区")
    page.goto(address + "search/")
    ask(page, "東区 保護課")
    assert shown(page, "#search-results [data-id=hogo-ka]") == numbers(BY_WARD["hogo-ka"], "東区")
    ask(page, "保護課")
    assert shown(page, "#search-results [data-id=hogo-ka]") == numbers(BY_WARD["hogo-ka"], "南区")
    page.goto(address + "safety/")
    page.locator("[data-module=erase]").click()
    page.locator("[role=status]:not(:empty)").wait_for()
    page.goto(address)
    assert page.locator("#ward").input_value() == ""


@pytest.mark.parametrize("query", ["東区と西区の保護課", "合志市 保護課", "南区じゃない 保護課"])
def test_a_chosen_ward_is_not_given_to_a_question_about_another_place(page: Page, address: str, query: str) -> None:
    page.goto(address)
    page.locator("#ward").select_option("北区")
    page.goto(address + "search/")
    ids = ask(page, query)
    mine = numbers(BY_WARD["hogo-ka"], "北区")
    assert "hogo-ka" not in ids or not shown(page, "#search-results [data-id=hogo-ka]") & mine


def test_coming_back_shows_the_ward_that_is_kept(page: Page, address: str) -> None:
    """A page remembers its fields; what is kept for the tab goes before that (chosen anew, or erased meanwhile)."""
    page.goto(address)
    page.locator("#ward").select_option("西区")
    page.goto(address + "consultation/hogo-ka/")
    page.locator("#ward").select_option("南区")
    page.go_back()
    assert page.locator("#ward").input_value() == "南区"
    page.goto(address + "safety/")
    page.locator("[data-module=erase]").click()
    page.locator("[role=status]:not(:empty)").wait_for()
    page.go_back()
    assert page.locator("#ward").input_value() == ""


def test_without_script_cards_offer_the_areas(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + "urgent/")
    assert shown(page, ".g-areas") == set()
    page.locator(".g-areas summary").first.click()
    assert len(shown(page, ".g-areas")) >= 5
    assert not page.locator("#ward").is_visible()
    context.close()


def test_no_card_in_the_data_gives_one_area_as_everybodys(public: Path) -> None:
    """The first file holds all numbers of a window with areas, each with its area."""
    core = json.loads((public / "data" / "search.json").read_text(encoding="utf-8"))
    ids = core["columns"][0]
    for number, _, phones in core["calls"]:
        areas = {phone[2] for phone in phones if len(phone) > 2}
        window = next(e.noun for e in EDITION.of("consultation") if e.id == ids[number])
        assert len({phone.area for phone in window.phones if phone.area}) in (0, len(areas))  # type: ignore[attr-defined]
