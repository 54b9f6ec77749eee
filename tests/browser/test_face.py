"""What axe cannot see: leaving quickly, readings, line breaks, spacing, the keyboard's whole way, the gallery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HOME, TODAY, serve
from playwright.sync_api import Browser, Page
from test_pages import TEMPLATES, settle

from guide import pipeline

pytestmark = pytest.mark.browser
SENSITIVE = "consultation/dv-center/"
AWAY = "https://www.jma.go.jp/"


@pytest.fixture
def free(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="ja-JP")
    page = context.new_page()
    page.route(AWAY, lambda route: route.fulfill(body="<title>天気</title>", content_type="text/html; charset=utf-8"))
    yield page
    context.close()


def test_after_the_exit_the_history_leads_nowhere(free: Page, address: str) -> None:
    """Search, record, exit: Back shows the harmless page each time, and no address keeps the words (DV-2)."""
    free.goto(address)
    free.locator("#home-search").fill("殴られる")
    free.locator("#home-search").press("Enter")
    free.locator("#search-results[data-state=done] li[data-id=dv-center] a").first.click()
    free.wait_for_url("**/consultation/dv-center/")
    free.locator(".g-exit__link").click()
    free.wait_for_url(AWAY)
    addresses: list[str] = []
    free.on("framenavigated", lambda frame: addresses.append(frame.url))
    for _ in range(3):  # the search, home, and what was there before
        free.go_back(wait_until="commit")
        free.wait_for_timeout(500)
        free.wait_for_url(lambda url: url in (AWAY, "about:blank"))  # a busy machine takes a while to leave
    free.go_forward(wait_until="commit")
    free.wait_for_timeout(500)
    free.wait_for_url(AWAY)
    kept = [url for url in addresses if url not in (AWAY, "about:blank")]
    assert len(kept) <= 4, "each page of the guide is left as soon as it is reached"


@pytest.mark.parametrize("path", ["search/#q=殴られる", "situations/violence-rights/"])
def test_a_page_reached_through_the_history_is_never_painted_after_the_exit(free: Page, address: str, path: str) -> None:
    """Sensitive pages are hidden before they are parsed; the search page has no words before its script runs."""
    seen: list[str] = []
    free.on("console", lambda message: seen.append(message.text))
    free.add_init_script(
        """(function look() { const root = document.documentElement;
          if (root && getComputedStyle(root).visibility === 'visible') console.debug(document.body?.innerText);
          requestAnimationFrame(look); })();"""
    )
    free.goto(address + path)
    settle(free)
    free.goto(address + SENSITIVE)
    free.wait_for_timeout(200)
    assert "暴力" in "".join(seen)
    free.locator(".g-exit__link").click()
    free.wait_for_url(AWAY)
    seen.clear()
    free.go_back(wait_until="commit")
    free.wait_for_timeout(500)
    assert free.url == AWAY
    assert "暴力" not in "".join(seen)
    assert "殴" not in "".join(seen)


def test_leaving_the_search_leaves_no_words_behind(free: Page, address: str) -> None:
    free.goto(address)
    free.goto(address + "search/#q=殴られる")
    settle(free)
    free.locator(".g-exit__link").click()
    free.wait_for_url(AWAY)
    assert free.evaluate("history.length") == 3, "about:blank, home, and the harmless page in the place of the search"


def test_the_guide_opened_in_the_ordinary_way_is_there_again(free: Page, address: str) -> None:
    """Typed or by a link after the exit; then the history leads back as ever."""
    free.goto(address + SENSITIVE)
    free.locator(".g-exit__link").click()
    free.wait_for_url(AWAY)
    free.goto(address)
    assert free.locator("h1").is_visible()
    free.goto(address + "list/")
    free.go_back()
    assert free.url == address
    assert free.locator("h1").is_visible()


def test_the_exit_works_where_storage_is_switched_off(free: Page, address: str) -> None:
    free.add_init_script("Object.defineProperty(globalThis, 'sessionStorage', {get() { throw new Error('off'); }})")
    free.goto(address + SENSITIVE)
    free.locator(".g-exit__link").click()
    free.wait_for_url(AWAY)


def test_keys_do_nothing_where_no_exit_is_in_view(page: Page, address: str) -> None:
    """Escape clears a search box and ends a conversion; it must not throw anybody off the page."""
    page.goto(address + "search/#q=まちづくりセンター")
    page.locator("#search-results[data-state=done]").wait_for(state="attached")
    for _ in range(4):
        page.keyboard.press("Escape")
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("key", ["Shift", "Escape"])
def test_three_times_a_key_leaves_and_says_how_many_are_left(free: Page, address: str, key: str) -> None:
    free.goto(address + SENSITIVE)
    free.keyboard.press(key)
    assert "あと2回" in free.locator(".g-exit__said").inner_text()
    free.keyboard.press(key)
    free.keyboard.press(key)
    free.wait_for_url(AWAY)


def test_leaving_offline_shows_nothing_of_the_guide(free: Page, address: str) -> None:
    """Never an error page that names us (DV-3)."""
    free.goto(address + SENSITIVE)
    free.context.set_offline(True)
    free.locator(".g-exit__link").click()
    free.wait_for_url("about:blank")
    assert free.title() == ""


def test_without_script_the_exit_is_a_link(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + SENSITIVE)
    link = page.locator(".g-exit__link")
    assert link.get_attribute("href") == AWAY
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert box["y"] + box["height"] <= 640, "fixed in view"
    assert page.locator(".g-skip").nth(1).get_attribute("href") == AWAY
    assert not page.locator("[data-module=furigana]").is_visible(), "no dead button"
    context.close()


def test_sensitive_pages_bear_only_the_guides_name(page: Page, address: str) -> None:
    """Title, description and icon tell nothing (DV-4); other pages have no exit."""
    page.goto(address + SENSITIVE)
    assert page.title() == "くまもと くらしの相談先ガイド"
    assert "暴力" not in (page.locator("meta[name=description]").get_attribute("content") or "")
    page.goto(address + "programs/fukushi-taxi/")
    assert page.locator(".g-exit").count() == 0


@pytest.mark.parametrize("query", ["殴られる", "児童相談所"])
def test_a_sensitive_answer_makes_the_search_page_sensitive(free: Page, address: str, query: str) -> None:
    """A route or a sensitive record brings the exit, fixed in view, with its keys; another answer takes it away."""
    free.goto(address + f"search/#q={query}")
    settle(free)
    assert free.title() == "くまもと くらしの相談先ガイド"
    box = free.locator(".g-exit__link").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
    assert free.locator(".g-skip[data-module=exit]").evaluate("e => e.checkVisibility()")
    free.goto(address + "search/#q=まちづくりセンター")
    free.locator("#search-results[data-query='まちづくりセンター'][data-state=done]").wait_for(state="attached")
    assert not free.locator(".g-exit__link").is_visible()
    assert not free.locator(".g-skip[data-module=exit]").evaluate("e => e.checkVisibility()")
    assert free.title() == "くまもと くらしの相談先ガイド"
    free.goto(address + f"search/#q={query}")
    free.locator(f"#search-results[data-query='{query}'][data-state=done]").wait_for(state="attached")
    free.locator("h1").click()
    for _ in range(3):
        free.keyboard.press("Shift")
    free.wait_for_url(AWAY)


def test_everything_on_the_device_can_be_erased(page: Page, address: str) -> None:
    """Caches, workers and storage (DV-5)."""
    page.goto(address + "safety/")
    page.evaluate("caches.open('x').then(() => { sessionStorage.setItem('a', '1'); localStorage.setItem('b', '2'); })")
    page.locator("[data-module=erase]").click()
    page.locator("main [role=status]", has_text="消しました").wait_for()
    left = page.evaluate(
        "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])"
        ".then(([c, w]) => c.length + w.length + localStorage.length + sessionStorage.length)"
    )
    assert left == 0


def test_readings_are_switched_on_every_page_and_not_read_aloud(page: Page, address: str) -> None:
    """Off at first, one press shows them, the tab remembers, nothing is asked for before; the spoken text stays the same."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "consultation/hogo-ka/")
    spoken = page.locator("main").aria_snapshot()
    assert page.locator("main ruby").count() == page.locator(".g-easy ruby, .g-gloss ruby").count()
    assert not [url for url in asked if "readings" in url]
    page.locator("[data-module=furigana]").click()
    page.locator("h1 ruby").first.wait_for()
    assert page.locator("h1 rt").first.inner_text() == "ほごか"
    assert page.locator("main").aria_snapshot().replace(" ", "") == spoken.replace(" ", "")
    page.emulate_media(media="print")
    assert page.locator("h1 ruby").first.is_visible(), "words with readings stand on paper too"
    page.emulate_media(media="screen")
    page.goto(address + "search/#q=家賃")
    page.locator("#search-results ruby").first.wait_for()
    page.locator("[data-module=furigana]").click()
    assert page.locator("rt:visible").count() == 0
    page.goto(address + "easy/situations/poverty/")
    easy = page.locator("rt:visible").count()
    page.locator("[data-module=furigana]").click()
    page.locator(".g-laid").first.wait_for()
    page.locator("[data-module=furigana]").click()
    assert page.locator("rt:visible").count() == easy > 0, "what came with its readings keeps them"
    assert not page.locator(".g-laid rt").first.is_visible()


def test_readings_reach_over_the_marks_for_line_breaks(page: Page, address: str) -> None:
    page.goto(address + "programs/jukyo-kakuho/")
    page.locator("[data-module=furigana]").click()
    page.locator("h1 ruby").first.wait_for()
    assert "".join(page.locator("h1 rt").all_inner_texts()) == "じゅうきょかくほきゅうふきん"


BROKEN_LINES = """() => {
  const long = [];
  for (const box of document.querySelectorAll('h1, h2, .g-card__name, .g-tile span, .g-case__text')) {
    for (const node of box.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
      const width = parseFloat(getComputedStyle(box).fontSize) * node.data.trim().length * 1.02;
      if (lines.size > 1 && width < box.clientWidth) long.push(node.data);
    }
  }
  return long; }"""


@pytest.mark.parametrize("name", [n for n in TEMPLATES if not n.startswith("search")])
def test_headings_break_between_phrases_only(page: Page, address: str, name: str) -> None:
    """At 320 px no phrase that would fit on a line is cut (JA-11)."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + TEMPLATES[name])
    assert page.evaluate(BROKEN_LINES) == []


SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
CLIPPED = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getClientRects().length && getComputedStyle(e).overflow === 'hidden'
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.className)"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_lost_with_wide_spacing_and_large_text(browser: Browser, address: str, name: str) -> None:
    """Text spacing of 1.4.12, and letters twice as large at 640 px (A11Y-7): no clipping, no sideways scroll."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + TEMPLATES[name])
    settle(page)
    for style, width in ((SPACING, 360), ("html { font-size: 200% !important }", 640)):
        page.set_viewport_size({"width": width, "height": 740})
        tag = page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, style
        assert page.evaluate(CLIPPED) == [], style
        tag.evaluate("e => e.remove()")
    context.close()


FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const style = getComputedStyle(e), box = e.getClientRects()[0];
  const at = document.elementFromPoint(box.left + Math.min(box.width / 2, innerWidth - box.left - 1), box.top + box.height / 2);
  const seen = at !== null && (e === at || e.contains(at) || at.contains(e));
  const ring = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3;
  const fixed = Boolean(e.closest('.g-exit')) || e.matches('.g-skip');
  return {what: (e.textContent.trim() || e.id).slice(0, 30), ring, seen, top: box.top + scrollY, fixed}; }"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_keyboard_walks_the_whole_page(page: Page, address: str, name: str) -> None:
    """Tab reaches everything in reading order, visibly, hidden by nothing, and leaves (2.1.2, 2.4.3, 2.4.7, 2.4.11)."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + TEMPLATES[name])
    settle(page)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility({visibilityProperty: true})).length"
    )
    last = -1.0
    page.evaluate("document.activeElement.blur()")
    for walked in range(min(wanted, 120)):
        page.keyboard.press("Tab")
        spot = page.evaluate(FOCUSED)
        assert spot is not None, f"left after {walked} of {wanted}"
        assert spot["ring"], spot
        assert spot["seen"], spot
        if not spot["fixed"]:
            assert spot["top"] >= last - 200, spot
            last = spot["top"]
    if wanted <= 120:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || document.activeElement.matches('.g-skip')")


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real guide with the component gallery, as `serve` builds it."""
    out = tmp_path_factory.mktemp("gallery") / "public"
    result = pipeline.build(pipeline.Job(HOME, HOME, out, TODAY, search=False, gallery=True))
    assert result.published, result.findings
    server, url = serve(out)
    yield url + "gallery/"
    server.shutdown()
    server.server_close()


def test_every_component_has_examples_and_they_hold(free: Page, gallery: str) -> None:
    """The example files feed the gallery and this test: all components, at 320 px, with nothing wider than the page (A11Y-13)."""
    names = {path.stem for path in (HOME / "templates" / "components").glob("*.html")} - {"exit"}
    free.goto(gallery)
    shown = {title.split(":")[0] for title in free.locator("main h2[id^=component]").all_inner_texts()}
    assert shown == names
    assert free.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_gallery_is_not_published(public: Path) -> None:
    assert not (public / "gallery").exists()
