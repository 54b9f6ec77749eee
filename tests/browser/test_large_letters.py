"""Letters that their owner has set to 150 and 200 percent: every page stays whole on a phone (issue 13)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import chromium
from playwright.sync_api import BrowserContext, Playwright
from test_pages import TEMPLATES, settle

pytestmark = pytest.mark.browser
# Of another language those that are laid out otherwise, or have other words in the same place.
OTHERS = (
    "en/",
    "en/urgent/",
    "en/consultation/hogo-ka/",
    "en/situations/poverty/suido-tomerareta/",
    "en/search/",
    "easy/",
    "easy/questions/",
)
PAGES = {**TEMPLATES, **{path: path for path in OTHERS}}


@pytest.fixture(scope="module", params=[24, 32], ids=["150%", "200%"])
def large(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser whose letters its owner has set larger: media queries in rem follow, as they do there."""
    browser = chromium(playwright, f"--blink-settings=defaultFontSize={request.param}")
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    page = context.new_page()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{request.param}px"
    page.close()
    yield context
    browser.close()


# What is wider than the screen, cut, laid over something else, or broken letter by letter: [what, words, figures …].
BROKEN = r"""() => {
  const found = [], width = innerWidth;
  if (document.documentElement.scrollWidth > width) found.push(['page', document.documentElement.scrollWidth]);
  const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.g-skip, rt, rp, svg, option, .table');
  const outside = b => b.right > width + 1 || b.left < -1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), lines = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, e = node.parentElement, words = node.data.trim(), range = document.createRange();
    if (!words || !seen(e)) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(b => b.width > 1);
    if (boxes.some(outside)) found.push(['text', words.slice(0, 20)]);
    const high = new Set(boxes.map(b => Math.round(b.top))).size, letters = words.replace(/\s/g, '').length;
    if (letters > 3 && high > Math.max(2, letters / 2.5)) found.push(['letter by letter', words.slice(0, 20), high]);
    const block = e.closest('p, li, dt, dd, h1, h2, h3, a, summary, button') ?? e;
    if (!e.closest('.g-exit, ruby')) lines.push(...boxes.map(b => [block, b, words]));
  }
  lines.forEach(([one, a, words], i) => lines.slice(i + 1, i + 60).forEach(([other, b, more]) => {
    if (one.contains(other) || other.contains(one)) return;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > a.height / 4) found.push(['over', words.slice(0, 10), more.slice(0, 10)]);
  }));
  for (const e of document.querySelectorAll('a, button, input, select, summary')) {
    if (!seen(e)) continue;
    if (outside(e.getBoundingClientRect())) found.push(['control', e.className]);
    const inside = getComputedStyle(e).display !== 'inline' && !e.matches('input');
    if (inside && e.scrollWidth > e.clientWidth + 1) found.push(['cut', e.className, e.scrollWidth, e.clientWidth]);
    if (!e.matches('select')) continue;
    const style = getComputedStyle(e), pen = document.createElement('canvas').getContext('2d');
    pen.font = style.font;
    const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(e.selectedOptions[0].text).width > room) found.push(['cut', e.selectedOptions[0].text]);
  }
  const skips = [...document.querySelectorAll('.g-skip')].filter(e => e.getBoundingClientRect().right > 0);
  found.push(...skips.map(e => ['hidden link', e.textContent]));
  const exit = document.querySelector('.g-exit')?.getBoundingClientRect().height ?? 0;
  if (exit > innerHeight / 4) found.push(['exit', exit]);
  return found; }"""


@pytest.mark.parametrize("name", PAGES)
def test_letters_of_150_and_200_percent_keep_every_page_whole(large: BrowserContext, address: str, name: str) -> None:
    page = large.new_page()
    page.goto(address + PAGES[name])
    settle(page)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate(BROKEN) == []
    page.close()


def test_that_test_sees_what_is_broken(large: BrowserContext, address: str) -> None:
    page = large.new_page()
    page.goto(address)
    for change, what in (
        ("document.querySelector('.g-header__title').style.maxWidth = '1em'", "letter by letter"),
        ("document.querySelector('.g-search .g-button').style.minWidth = '400px'", "page"),
        ("document.querySelector('.g-skip').style.right = '90%'", "hidden link"),
        ("document.querySelector('main h2').style.marginTop = '-6em'", "over"),
    ):
        page.evaluate(change)
        assert what in {found[0] for found in page.evaluate(BROKEN)}
    page.close()
