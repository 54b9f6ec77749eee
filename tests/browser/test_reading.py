"""While somebody reads: the place on the page, what is copied, keys used for something else, letters of any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, Route
from test_pages import TEMPLATES, settle

pytestmark = pytest.mark.browser
# One of each kind that is long enough to have targets below the first screen; the search has its own test (test_search.py).
STILL = ("situation", "list", "program", "urgent", "minsei", "scheme", "about", "safety")
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
  const blocks = [...document.querySelectorAll('p, li, h1, h2, h3, dt, dd')];
  for (let at = 0; at < blocks.length; at += 1) {
    if (blocks[at].getBoundingClientRect().bottom < innerHeight / 4) continue;
    const letters = LETTERS(blocks[at]), letter = letters.findIndex(([, box]) => box && box.bottom > innerHeight / 4);
    if (letter >= 0) return [at, letter, letters[letter][1].top];
  } })()"""
FOUND = """(([at, letter]) => {
  const block = document.querySelectorAll('p, li, h1, h2, h3, dt, dd')[at];
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


def test_readings_stay_wanted_for_whoever_leaves_before_they_came(phone: Page, address: str) -> None:
    with_readings(phone, address)
    held: list[Route] = []
    phone.route("**/data/readings.json", lambda route: held.append(route))  # noqa: PLW0108  # it looks at its parameters
    phone.goto(address + "minsei/")
    phone.goto(address + "list/")  # what was asked for is given up by the browser
    assert phone.locator("[data-module=furigana]").get_attribute("aria-pressed") == "true"
    held[-1].continue_()
    phone.locator(".g-laid").first.wait_for(state="attached")


@pytest.mark.parametrize("name", ["list", "minsei", "urgent"])
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


@pytest.mark.parametrize("name", STILL[:6])
@pytest.mark.parametrize("readings", [False], ids=["plain"])
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
