"""Every template in a real browser, with the published headers: no violation, no stranger, nothing lost without script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from a11y import MODES, RULES
from axe_playwright_python.sync_playwright import Axe
from conftest import Sample, Watch
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
# One address for each template, search with an answer and with none included.
TEMPLATES = {
    "home": "",
    "urgent": "urgent/",
    "situation": "situations/poverty/",
    "situation-empty-groups": "situations/child-rearing/",
    "question": "situations/poverty/questions/",
    "question-urgent": "questions/q2/",
    "ending-case": "situations/poverty/questions/ashita-no-shokuji/",
    "ending-call": "questions/r1/",
    "ending-fits": "situations/child-rearing/questions/r4/",
    "ending-ask": "situations/elderly/questions/r1/",
    "case-urgent": "situations/poverty/ashita-no-shokuji/",
    "case-areas-and-services": "situations/child-rearing/kodomo-hattatsu-kininaru/",
    "case-one-number": "situations/health-mental/shinitai/",
    "case-several-numbers": "situations/child-rearing/omoigakenai-ninshin/",
    "case-not-sensitive": "situations/disaster/hinan-joho/",
    "unit": "units/chonai/",
    "unit-lost": "units/lost/",
    "unit-none": "units/none/",
    "without-phone": "without-phone/",
    "program": "programs/jukyo-kakuho/",
    "program-many-numbers": "programs/konnichiwa-akachan/",
    "window": "consultation/hogo-ka/",
    "window-without-number": "consultation/sasaeria/",
    "window-hash-number": "consultation/nat-8008/",
    "list": "list/",
    "search": "search/#q=家賃が払えない",
    "search-urgent": "search/#q=殴られる",
    "search-nothing": "search/#q=zzzz",
    "minsei": "minsei/",
    "schemes": "schemes/",
    "scheme": "schemes/hinanjo-iroiro/",
    "scheme-lanes": "schemes/shogai-nendai/",
    "scheme-two-ways": "schemes/komatta-toki/",
    "about": "about/",
    "accessibility": "accessibility/",
    "safety": "safety/",
    "window-sensitive": "consultation/dv-center/",
    "missing": "404.html",
}


def settle(page: Page) -> None:
    """Wait until a search page has answered; other pages are ready at once."""
    if "#q=" in page.url:
        page.locator("#search-results[data-state=done]").wait_for(state="attached")


def violations(page: Page) -> list[object]:
    """What axe calls a violation (WCAG A, AA and best practice), with every details open, in all modes (A11Y-5)."""
    found: list[object] = []
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for width, scheme, forced in MODES:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
        results = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        found += [(width, scheme, v["id"], v["nodes"][0]["html"][:120]) for v in results.response["violations"]]
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_axe_finds_nothing_in_six_modes(page: Page, address: str, name: str) -> None:
    """Every template; the page fixture also fails on console errors and foreign requests."""
    page.goto(address + TEMPLATES[name])
    settle(page)
    assert violations(page) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_scrolls_sideways_at_320(page: Page, address: str, name: str) -> None:
    """Reflow at 320 CSS px (1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + TEMPLATES[name])
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# Every target as [what, width, height, least], and every two that are nearer than 8 px as [what, what].
# Left out: links in a sentence, the skip links, the exit (it lies over the page by design).
TARGETS = """() => {
  const inSentence = e => {
    const block = e.closest('p, li, dd, td'), length = e => e.textContent.trim().length;
    return block && getComputedStyle(e).display === 'inline' && length(block) > length(e) + 6; };
  const all = [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter(e => e.checkVisibility() && !e.matches('.g-skip') && !e.closest('.g-exit') && !inSentence(e))
    .map(e => ({what: e.textContent.trim() || e.id, box: (e.closest('label') ?? e).getBoundingClientRect(),
      least: e.href?.startsWith('tel:') ? 48 : 44}));
  const apart = (a, b) => Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
  return {
    small: all.filter(({box, least}) => box.height < least - 0.5 || box.width < 43.5)
      .map(({what, box}) => [what, box.width, box.height]),
    near: all.flatMap((a, i) => all.slice(i + 1).filter(b => apart(a.box, b.box) < 7.5).map(b => [a.what, b.what]))}; }"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_targets_are_large_and_apart(page: Page, address: str, name: str) -> None:
    """Links and controls are 44 px wide and high (telephone links 48), 8 px apart, or stand in a sentence (A11Y-9)."""
    page.goto(address + TEMPLATES[name])
    settle(page)
    assert page.evaluate(TARGETS) == {"small": [], "near": []}


# Text as [text, size in px, line height as a multiple, longest line in full-width letters] where a bound is broken.
TYPE = """() => {
  const broken = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data.trim()).join('');
    if (!own || !e.checkVisibility() || e.closest('rt, rp, option')) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight) / size;
    const running = e.matches('p, li, dd') && own.length > 40;
    const letters = e.getBoundingClientRect().width / (size + (parseFloat(style.letterSpacing) || 0));
    if (size < 16 || (running && (line < 1.7 || letters > 40.5))) broken.push([own.slice(0, 20), size, line, letters]);
  }
  return broken; }"""


@pytest.mark.parametrize("name", TEMPLATES)
def test_text_is_large_and_lines_are_short(page: Page, address: str, name: str) -> None:
    """No text below 16 px; running text has lines of 1.7 and at most 40 full-width letters (A11Y-8)."""
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(address + TEMPLATES[name])
    settle(page)
    assert page.evaluate(TYPE) == []


def test_the_number_stands_on_the_first_screen(page: Page, address: str, public: Path) -> None:
    """Whom one reaches by which number, before any scrolling on a phone: nine in ten windows that have a number.

    The others have long names and readings, or must say first that only an old plan knows them.
    """
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    windows = [window for window in guide["windows"] if window["phones"]]
    below = []
    for window in windows:
        page.goto(address + window["url"].lstrip("/"))
        box = page.locator("main .g-phone__number").first.bounding_box()
        assert box is not None
        if box["y"] + box["height"] > 740:
            below.append((window["id"], round(box["y"] + box["height"])))
    assert len(below) <= len(windows) // 10, below


@pytest.mark.parametrize("half", [0, 1])
def test_the_policy_holds_on_every_page(browser: Browser, address: str, public: Path, half: int, sample: Sample) -> None:
    """A walk over pages of each kind under the real headers: no violation, no error, no other origin, no cookie (SEC-4)."""
    pages = sorted(public.rglob("*.html"))
    others = [path for path in pages if path.relative_to(public).parts[0] in ("easy", "en")]
    chosen = [*sample([path for path in pages if path not in others], 3), *sample(others, 25)]
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    watch = Watch(page, address)
    for path in chosen[half::2]:
        page.goto(address + path.relative_to(public).as_posix().removesuffix("index.html"), wait_until="load")
    assert watch.errors == []
    assert watch.strangers == []
    assert context.cookies() == []
    context.close()


def test_the_headers_arrive(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["referrer-policy"] == "no-referrer"


def test_without_script_every_record_and_number_is_there(browser: Browser, address: str, public: Path, sample: Sample) -> None:
    """JavaScript off: from the list to every record, and on each its numbers as links (A11Y-6)."""
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + "list/")
    listed = {link.get_attribute("href") for link in page.locator("main a.g-index__link").all()}
    records = [*guide["programs"], *guide["windows"]]
    assert {record["url"] for record in records} <= listed
    for record in sample(records, 3):
        page.goto(address + record["url"].lstrip("/"))
        diallable = {phone["number"] for phone in record["phones"] if not phone["number"].startswith("#")}
        links = page.locator("main a[href^='tel:']").evaluate_all("links => links.map(a => a.getAttribute('href').slice(4))")
        assert diallable <= set(links), record["id"]
    context.close()


def test_without_script_the_search_form_leads_to_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#home-search").fill("ひみつの言葉")
    page.locator("#home-search").press("Enter")
    page.wait_for_url("**/list/*")
    assert "ひみつ" not in page.url
    assert page.url.split("?")[0] == address + "list/"
    context.close()


def test_keyboard_reaches_the_skip_link_first_and_focus_is_visible(page: Page, address: str) -> None:
    """Skip link first, and each focused thing has the outline of A11Y-10."""
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "g-skip"
    for _ in range(20):
        style = page.evaluate("(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))")
        assert style[0] == "solid"
        assert style[1] >= 3
        page.keyboard.press("Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_number_is_the_largest_thing_on_a_windows_page(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + "consultation/nat-189/")
    sizes = page.evaluate(
        """() => { const size = e => parseFloat(getComputedStyle(e).fontSize);
          const rest = [...document.querySelectorAll('main *')].filter(e => !e.closest('.g-phone__number'));
          return {number: size(document.querySelector('main a[href^="tel:"]')), rest: Math.max(...rest.map(size))}; }"""
    )
    assert sizes["number"] >= sizes["rest"]
    context.close()


@pytest.mark.parametrize("name", [n for n in TEMPLATES if not n.startswith("search")])
def test_a_first_visit_is_light_and_nothing_moves(page: Page, address: str, name: str) -> None:
    """At most six requests on a cold visit, and no shift of the layout (PERF-2, PERF-3).

    A busy machine may paint while the page still arrives, between a tag and its text: the empty link
    that then grows in the header counts 0.0008, the row of languages above it 0.003. A line that scripts push down counts 0.04.
    """
    page.add_init_script(
        "globalThis.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(address + TEMPLATES[name], wait_until="networkidle")
    assert page.evaluate("performance.getEntriesByType('resource').length + 1") <= 6
    assert page.evaluate("moved") < 0.005
