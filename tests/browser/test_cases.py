"""Pages of cases and situations on a phone: the number on the first screen, few screens, the reader's ward, no script, paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from screens import BARS, FIRST, HEIGHT, WIDTH

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def listed(public: Path) -> list[dict[str, str]]:
    """Situations and cases as they are published."""
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    found: list[dict[str, str]] = guide["situations"]
    return found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a phone; quicker than `page` over many addresses, for it watches nothing."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="ja-JP")
    yield context.new_page()
    context.close()


def test_every_case_shows_its_number_at_once_on_three_screens(phone: Page, address: str, listed: list[dict[str, str]]) -> None:
    """A number that can be called stands on the first screen, above the exit, the sample's notice shown; the page is short."""
    below, long = [], []
    cases = [each for each in listed if each["kind"] == "case"]
    assert len(cases) > 100
    for case in cases:
        phone.goto(address + case["url"].lstrip("/"), wait_until="load")
        foot, edge = phone.evaluate(FIRST)
        if foot > edge:
            below.append((case["id"], foot, edge))
        if phone.evaluate("document.documentElement.scrollHeight") > BARS["case"] * HEIGHT:
            long.append(case["id"])
    assert phone.locator(".g-notice").is_visible()
    assert (below, long) == ([], [])


def test_situations_are_short(phone: Page, address: str, listed: list[dict[str, str]]) -> None:
    heights = {}
    for each in listed:
        if each["kind"] == "situation":
            phone.goto(address + each["url"].lstrip("/"))
            heights[each["id"]] = phone.evaluate("document.documentElement.scrollHeight") / HEIGHT
    assert len(heights) == 12
    assert {id_: screens for id_, screens in heights.items() if screens > BARS["situation"]} == {}


CASE = "situations/poverty/ashita-no-shokuji/"


def numbers(page: Page, within: str) -> list[str]:
    """The telephone links that can be seen there."""
    links = [link for link in page.locator(f"{within} a[href^='tel:']").all() if link.is_visible()]
    return [(link.get_attribute("href") or "").removeprefix("tel:") for link in links]


def test_the_wards_number_stands_alone_and_large(page: Page, address: str) -> None:
    """Until a ward is known, all stand; then its own, large, and the others behind one tap. Taking it back shows all again."""
    page.goto(address + CASE)
    everybody = numbers(page, ".g-foremost")
    assert len(everybody) == 7
    assert not page.locator(".g-foremost summary").first.is_visible()
    page.locator("#ward").select_option("西区")
    assert numbers(page, ".g-foremost") == ["096-329-6839"]
    sizes = page.evaluate(
        "[...document.querySelectorAll('main a.g-tel')].filter(a => a.checkVisibility())"
        ".map(a => parseFloat(getComputedStyle(a).fontSize))"
    )
    assert sizes[0] == max(sizes) > 24
    assert sizes.count(sizes[0]) == 1
    page.locator(".g-foremost summary").click()
    assert numbers(page, ".g-foremost") == ["096-329-6839", *everybody]
    page.locator("#ward").select_option("")
    assert numbers(page, ".g-foremost") == everybody
    page.locator("#ward").select_option("東区")
    page.goto(address + "situations/poverty/homeless/")
    assert numbers(page, ".g-foremost") == ["096-367-9129", "096-367-9139"]
    assert "どちらの課が受け持つか" in page.locator(".g-areas__mine").inner_text(), "a limit goes with its number"


def test_without_script_all_areas_stand(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.goto(address + CASE)
    assert len(numbers(page, ".g-foremost")) == 7
    page.goto(address + "situations/poverty/")
    page.locator(f"a[href='/{CASE}']").last.click()
    assert page.url == address + CASE
    context.close()


def test_an_old_address_lands_on_the_line_of_its_case(page: Page, address: str) -> None:
    page.goto(address + "situations/poverty/#zeikin-harae-nai")
    page.wait_for_timeout(1000)  # the way there is smooth
    box = page.locator("#zeikin-harae-nai").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < HEIGHT


def test_a_subtopic_is_jumped_to(page: Page, address: str) -> None:
    page.goto(address + "situations/poverty/")
    page.locator(".g-jump a", has_text="生活保護").click()
    page.wait_for_timeout(1000)  # the way there is smooth
    box = page.locator("#sub-seikatsu-hogo").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 80


@pytest.mark.parametrize("ward", ["", "北区"])
def test_on_paper_the_number_is_there(page: Page, address: str, ward: str) -> None:
    """Whatever is folded on the screen for a ward's sake: its number is printed, and all of them where no ward is known."""
    page.goto(address + CASE)
    page.locator("#ward").select_option(ward)
    page.emulate_media(media="print")
    shown = numbers(page, ".g-foremost")
    assert "096-272-6910" in shown
    assert len(shown) == (1 if ward else 7)
