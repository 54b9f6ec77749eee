"""The questions in a real browser: the number on the first screen, links only, Back, without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def paths(public: Path, what: str) -> list[str]:
    """The pages of the questions that hold something."""
    found = sorted(p for p in public.rglob("questions/**/index.html") if what in p.read_text(encoding="utf-8"))
    paths = [p.relative_to(public).as_posix().removesuffix("index.html") for p in found]
    return [path for path in paths if path.startswith(("questions/", "situations/"))]


def test_the_number_of_every_ending_is_on_the_first_screen(page: Page, address: str, public: Path) -> None:
    """360×740, the sample's notice shown, above the exit that lies over the page."""
    endings = paths(public, 'aria-labelledby="call"')
    assert len(endings) > 150
    below = []
    for path in endings:
        page.goto(address + path)
        number = page.locator("main section[aria-labelledby=call] a[href^='tel:']").first.bounding_box()
        exit_ = page.locator(".g-exit").bounding_box()
        assert number is not None
        assert exit_ is not None
        if number["y"] + number["height"] > exit_["y"]:
            below.append((path, round(number["y"] + number["height"])))
    assert below == []


def test_answers_are_large(page: Page, address: str, public: Path) -> None:
    """56 px high, on every page that asks."""
    for path in paths(public, 'class="g-choices"'):
        page.goto(address + path)
        heights = page.locator(".g-choices a").evaluate_all("links => links.map(a => a.getBoundingClientRect().height)")
        assert min(heights) >= 56, path


def test_without_script_answers_lead_to_a_number_and_back(browser: Browser, address: str) -> None:
    """JavaScript off: five taps from home to a number, and Back is the question before."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="質問に答えて探す").click()
    page.locator(".g-choices a").nth(1).click()
    second = page.url
    page.locator(".g-choices a").nth(3).click()
    page.locator(".g-choices a").last.click()
    assert page.locator("main a[href^='tel:']").first.is_visible()
    page.go_back()
    page.go_back()
    assert page.url == second
    page.locator(".g-choices a").first.click()
    assert page.locator("h1").inner_text() == "明日の食事が食べられない"
    page.get_by_role("link", name="はじめの質問に戻る").click()
    assert page.url == second
    context.close()


def test_a_ward_that_is_known_stands_first(page: Page, address: str) -> None:
    """Nothing is hidden: the ward's own number comes before all."""
    page.goto(address + "situations/elderly/questions/r1/")
    page.locator("#ward").select_option("南区")
    areas = page.locator("main [data-area], main .g-areas__mine").all_inner_texts()
    assert areas[0].startswith("南区")
    assert [text.split()[0] for text in areas[1:]] == ["中央区", "東区", "西区", "南区", "北区"]
