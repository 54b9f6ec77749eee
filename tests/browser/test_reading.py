"""While somebody reads: the place on the page, what is copied, keys used for something else, letters of any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from conftest import chromium
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route
from test_pages import TEMPLATES, settle

pytestmark = pytest.mark.browser
STILL = [name for name in TEMPLATES if not name.startswith("search")]
NEAR = 40  # px from where a fragment is expected (issue 13)
LINE = 40  # px, a line and its reading: what is read stays in sight of the eye

# Targets of a page, at most five of them from top to bottom.
TARGETS = """(() => {
  const all = [...document.querySelectorAll('main [id]:not(input, select, datalist)')]
    .filter(e => e.getClientRects().length && !e.closest('svg')).map(e => e.id);
  return all.filter((_, i) => i % Math.ceil(all.length / 5) === 0); })()"""
# How far a target is from where the page would have it: below the padding, or as near as the page's end lets it come.
AWAY = """(id => {
  const e = document.getElementById(id), root = document.documentElement;
  const wanted = scrollY + e.getBoundingClientRect().top - parseFloat(getComputedStyle(root).scrollPaddingTop)
    - parseFloat(getComputedStyle(e).scrollMarginTop);
  return scrollY - Math.max(0, Math.min(wanted, root.scrollHeight - innerHeight)); })"""
# The letter that is read, the first below the upper quarter of the screen: [its block, which one of that it is, its top].
READ = """(() => {
  const blocks = [...document.querySelectorAll('main p, main li, main h2, main h3, main dt, main dd')];
  for (let at = 0; at < blocks.length; at += 1) {
    if (blocks[at].getBoundingClientRect().bottom < innerHeight / 4) continue;
    const letters = LETTERS(blocks[at]), letter = letters.findIndex(([, box]) => box && box.bottom > innerHeight / 4);
    if (letter >= 0) return [at, letter, letters[letter][1].top];
  } })()"""
FOUND = """(([at, letter]) => {
  const block = document.querySelectorAll('main p, main li, main h2, main h3, main dt, main dd')[at];
  return LETTERS(block)[letter][1].top; })"""
LETTERS = """
  globalThis.LETTERS = block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest('rt, rp')) continue;
      for (let i = 0; i < node.length; i += 1) {
        const range = document.createRange();
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        found.push([node.data[i], range.getClientRects()[0]]);
      }
    }
    return found; };"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(LETTERS)
    yield context.new_page()
    context.close()


def with_readings(page: Page, address: str) -> None:
    """Readings are on in this tab from now on."""
    page.goto(address + "about/")
    page.locator("[data-module=furigana]").click()
    page.locator("h1 ruby").first.wait_for()


def at_rest(page: Page) -> None:
    """Waits until nothing scrolls any more."""
    page.evaluate(
        """() => new Promise(done => { let last = -1, same = 0;
          (function look() { same = scrollY === last ? same + 1 : 0; last = scrollY;
            same > 12 ? done() : requestAnimationFrame(look); })(); })"""
    )


@pytest.mark.parametrize("name", STILL)
@pytest.mark.parametrize("readings", [False, True], ids=["plain", "furigana"])
def test_a_fragment_is_where_one_lands(phone: Page, address: str, name: str, *, readings: bool) -> None:
    if readings:
        with_readings(phone, address)
    phone.goto(address + TEMPLATES[name])
    for target in phone.evaluate(TARGETS):
        phone.goto("about:blank")
        phone.goto(f"{address}{TEMPLATES[name]}#{target}")
        if readings:
            phone.locator(".g-laid").first.wait_for(state="attached")
        at_rest(phone)
        assert abs(phone.evaluate(f"{AWAY}({target!r})")) <= NEAR, target


@pytest.mark.parametrize("scroll", [0, 400])
def test_readings_that_come_late_move_nobody(phone: Page, address: str, scroll: int) -> None:
    """The words with their readings arrive after the page; the target stays, and so does the line of whoever has scrolled."""
    with_readings(phone, address)
    phone.goto("about:blank")
    held: list[Route] = []
    phone.route("**/data/readings.json", lambda route: held.append(route))  # noqa: PLW0108  # it looks at its parameters
    phone.goto(address + "list/#row-8")
    at_rest(phone)
    if scroll:
        phone.mouse.wheel(0, scroll)
        at_rest(phone)
    assert phone.locator(".g-laid").count() == 0
    before = phone.evaluate(READ)
    held[0].continue_()
    phone.locator(".g-laid").first.wait_for(state="attached")
    at_rest(phone)
    if scroll:
        assert abs(phone.evaluate(FOUND, before) - before[2]) <= LINE
    else:
        assert abs(phone.evaluate(f"{AWAY}('row-8')")) <= 2


@pytest.mark.parametrize("name", ["list", "window", "minsei", "urgent"])
def test_switching_readings_keeps_the_line_that_is_read(phone: Page, address: str, name: str) -> None:
    phone.goto(address + TEMPLATES[name])
    for pressed in range(3):
        phone.mouse.wheel(0, 1200)
        at_rest(phone)
        before = phone.evaluate(READ)
        phone.locator("[data-module=furigana]").evaluate("button => button.click()")
        phone.locator(f"html[data-furigana={'off' if pressed % 2 else 'on'}]").wait_for()
        phone.locator(".g-laid").first.wait_for(state="attached")
        at_rest(phone)
        assert abs(phone.evaluate(FOUND, before) - before[2]) <= LINE


LONG = ("situation", "list", "program", "urgent", "minsei", "scheme")  # the search has its own test (test_search.py)


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("readings", [False, True], ids=["plain", "furigana"])
def test_back_returns_to_the_place(phone: Page, address: str, name: str, *, readings: bool) -> None:
    """Also where the page is made anew (Playwright switches the browser's page cache off) and grows by script."""
    if readings:
        with_readings(phone, address)
    phone.goto(address + TEMPLATES[name])
    arrived(phone, readings=readings)
    phone.mouse.wheel(0, 1500)
    at_rest(phone)
    before = phone.evaluate(READ)
    phone.goto(address + "about/")
    phone.go_back()
    arrived(phone, readings=readings)
    phone.wait_for_timeout(200)
    at_rest(phone)
    assert abs(phone.evaluate(FOUND, before) - before[2]) <= LINE


def arrived(page: Page, *, readings: bool) -> None:
    settle(page)
    if readings:
        page.locator("main .g-laid").first.wait_for(state="attached")


SELECTED = """(([from, to]) => {
  const all = [...document.querySelectorAll('main h1, main p, main li')], range = document.createRange();
  range.setStart(all[from], 0);
  range.setEnd(all[to], all[to].childNodes.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range); })"""
COPIED = """(async () => { const [item] = await navigator.clipboard.read();
  return Promise.all(['text/plain', 'text/html'].map(async kind => (await item.getType(kind)).text())); })()"""


def test_what_is_copied_has_no_readings(phone: Page, address: str) -> None:
    """One word, and much of a page; as text and as HTML (F24)."""
    phone.goto(address + "consultation/hogo-ka/")
    phone.evaluate(f"{SELECTED}([0, 9])")
    phone.keyboard.press("Control+c")
    plain = phone.evaluate(COPIED)[0]
    assert "生活保護の相談と申請の窓口です" in plain
    phone.locator("[data-module=furigana]").click()
    phone.locator("h1 ruby").first.wait_for()
    phone.evaluate(f"{SELECTED}([0, 9])")
    phone.keyboard.press("Control+c")
    text, html = phone.evaluate(COPIED)
    assert text.split() == plain.split()
    assert "<rt" not in html
    assert "せいかつ" not in html
    phone.evaluate("getSelection().selectAllChildren(document.querySelector('main h1 ruby'))")
    phone.keyboard.press("Control+c")
    assert phone.evaluate(COPIED)[0] == "保護課"


@pytest.fixture
def sensitive(phone: Page, address: str) -> Page:
    phone.goto(address + "consultation/dv-center/")
    phone.locator("h1").click()
    return phone


def stays(page: Page) -> bool:
    page.wait_for_timeout(100)
    return page.locator("h1").is_visible() and page.locator(".g-exit__said").inner_text() == ""


def test_shift_with_a_click_does_not_leave(sensitive: Page) -> None:
    """Whoever marks a text with Shift and clicks reads (F8)."""
    for _ in range(4):
        sensitive.locator(".g-lead").click(modifiers=["Shift"])
    assert stays(sensitive)


def test_shift_with_another_key_does_not_leave(sensitive: Page) -> None:
    for key in ("Shift+Tab", "Shift+A", "Shift+ArrowDown", "Control+Shift", "Shift+Escape", "Alt+Shift"):
        for _ in range(3):
            sensitive.keyboard.press(key)
    assert stays(sensitive)


def test_shift_held_for_long_or_turned_with_the_wheel_does_not_leave(sensitive: Page) -> None:
    for wheel in (False, True):
        for _ in range(3):
            sensitive.keyboard.down("Shift")
            if wheel:
                sensitive.mouse.wheel(0, 10)
                sensitive.wait_for_timeout(100)  # the wheel is told at the next frame
            else:
                sensitive.wait_for_timeout(1100)
            sensitive.keyboard.up("Shift")
    assert stays(sensitive)


def test_other_uses_begin_the_count_anew(sensitive: Page) -> None:
    said = sensitive.locator(".g-exit__said")
    for _ in range(2):
        sensitive.keyboard.press("Shift")
        sensitive.keyboard.press("Shift")
        assert "あと1回" in said.inner_text()
        sensitive.keyboard.press("Shift+Tab")
    assert stays(sensitive)


@pytest.fixture(scope="session", params=[24, 32], ids=["150%", "200%"])
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
BROKEN = """() => {
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
    const high = new Set(boxes.map(b => Math.round(b.top))).size, letters = words.replace(/\\s/g, '').length;
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


@pytest.mark.parametrize("name", TEMPLATES)
def test_letters_of_150_and_200_percent_keep_every_page_whole(large: BrowserContext, address: str, name: str) -> None:
    page = large.new_page()
    page.goto(address + TEMPLATES[name])
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
        ("document.querySelector('h1 + *').style.marginTop = '-2em'", "over"),
    ):
        page.evaluate(change)
        assert what in {found[0] for found in page.evaluate(BROKEN)}
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_what_is_pressed_and_focused_is_seen(browser: Browser, address: str, scheme: str) -> None:
    """Pressed: the system's own pair of colours for what is chosen; focused: an outline in that of its text."""
    context = browser.new_context(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + "list/")
    look = """e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.outlineStyle, s.outlineColor]; }"""
    system = page.evaluate(
        """() => ['Highlight', 'HighlightText', 'CanvasText', 'Canvas'].map(name => {
          const e = document.body.appendChild(document.createElement('i'));
          e.style.forcedColorAdjust = 'none';
          e.style.color = name;
          return getComputedStyle(e).color; })"""
    )
    switch = page.locator("[data-module=furigana]")
    before = switch.evaluate(look)
    assert before[0] != system[0]
    switch.focus()
    page.keyboard.press("Space")
    after = switch.evaluate(look)
    assert after == [system[0], system[1], "solid", system[2]]
    assert len({system[0], system[3]}) == len({system[2], system[3]}) == 2
    context.close()


@pytest.mark.parametrize("width", [320, 344, 360])
def test_the_header_stays_in_its_rows_and_in_order(phone: Page, address: str, width: int) -> None:
    """ふりがな stands beside the links of the header, before and after it is pressed; left to right as read."""
    phone.set_viewport_size({"width": width, "height": 640})
    phone.goto(address)
    for _ in range(2):
        boxes = phone.locator(".g-nav > *").evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")
        assert len({round(box["top"]) for box in boxes}) == 1
        assert all(a["right"] + 7.5 <= b["left"] for a, b in pairwise(boxes))
        phone.locator("[data-module=furigana]").click()
        phone.locator("h1 ruby").first.wait_for()
