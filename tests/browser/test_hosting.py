"""The guide in a browser as nginx hands it out, with exactly the files of deploy/."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hosting
import pytest
from conftest import HOME, MINI_TODAY, SITES, Watch
from hosting import Running
from playwright.sync_api import Browser, BrowserContext, Page

from guide import pipeline

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("servers")]


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    out = tmp_path_factory.mktemp("hosted") / "public"
    assert pipeline.build(pipeline.Job(SITES / "good", HOME, out, MINI_TODAY, packed=True)).published
    try:
        with hosting.serving("nginx", out) as running:
            yield running
    except hosting.Missing as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP", ignore_https_errors=True)
    yield context
    context.close()


def styled(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.querySelector('.g-header__title')).fontWeight >= 600"))


def test_a_stylesheet_that_was_missing_once_comes_as_soon_as_it_is_there(nginx: Running, phone: BrowserContext) -> None:
    """Seen in swaps and half-finished uploads: the 404 was kept for a year, and the page stayed without its looks."""
    page, address = phone.new_page(), f"https://127.0.0.1:{nginx.secure}/list/"
    sheets = [*nginx.public.glob("assets/*/*.css*")]
    for sheet in sheets:
        sheet.rename(sheet.with_name("gone-" + sheet.name))
    page.goto(address)
    assert not styled(page)
    for sheet in sheets:
        sheet.with_name("gone-" + sheet.name).rename(sheet)
    page.goto(f"https://127.0.0.1:{nginx.secure}/minsei/")
    assert styled(page)
    page.goto(address)
    assert styled(page)


def test_every_page_and_the_search_keep_the_policy(nginx: Running, phone: BrowserContext) -> None:
    """Over https, isolated, with all headers: nothing is violated, nobody else asked, no cookie set (SEC-4)."""
    page, origin = phone.new_page(), f"https://127.0.0.1:{nginx.secure}/"
    watch = Watch(page, origin)
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error('violated', e.violatedDirective))")
    for file in sorted(nginx.public.rglob("*.html")):
        page.goto(origin + _address(file, nginx.public), wait_until="load")
        assert page.evaluate("crossOriginIsolated"), file
    page.goto(origin + "search/#q=港の船の修理とお米")
    page.locator("#search-results[data-state=done]").wait_for(state="attached")
    page.goto(origin + "nobody-lives-here/")
    assert page.locator("h1").inner_text() == "ページがありません"
    assert [error for error in watch.errors if "404" not in error] == []
    assert watch.strangers == []
    assert phone.cookies() == []


def _address(file: Path, public: Path) -> str:
    return file.relative_to(public).as_posix().removesuffix("index.html")
