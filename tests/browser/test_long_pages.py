"""Pages that used to be endless: how long they are, the list and its filter, folds, figures, coming back to results."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import HOME
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SCREEN = 740
SCHEMES = sorted(path.stem for path in (HOME / "content" / "schemes").glob("*.md"))
SCREENS = {"list/": 20, "minsei/": 4, "about/": 3, "accessibility/": 3, "without-phone/": 5, "units/shinai/": 3} | {
    f"schemes/{name}/": 8 for name in SCHEMES
}


@pytest.mark.parametrize("path", SCREENS)
def test_a_page_is_no_longer_than_people_read(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS[path] * SCREEN


@pytest.fixture
def names(page: Page, address: str) -> Page:
    """The list of names."""
    page.goto(address + "list/")
    return page


def shown(names: Page) -> list[str]:
    return names.locator(".g-index__name:visible").all_inner_texts()


def test_the_first_name_stands_on_the_first_screen(names: Page) -> None:
    box = names.locator(".g-index__link").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SCREEN


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("保護課", "保護課"),
        ("ほごか", "保護課"),
        ("ホゴカ", "保護課"),
        ("hogoka", "保護課"),
        ("hogok", "保護課"),
        ("ほごk", "保護課"),
        ("HELLOWORK", None),
        ("はろーわーく", "ハローワーク"),
        ("harowaku", "ハローワーク"),
        ("dv そうだん", "DV相談＋（プラス）"),
        ("住宅支援給付", "住居確保給付金"),
    ],
)
def test_the_list_is_filtered_while_somebody_types(names: Page, typed: str, name: str | None) -> None:
    """By name, reading or former name, in kana or romaji, also half typed."""
    names.locator("#list-filter").press_sequentially(typed, delay=10)
    found = shown(names)
    if name is None:
        assert found == []
        return
    assert name in found
    assert len(found) < 12
    count = names.locator(".g-index__count")
    expect(count).to_have_text(f"{len(found)}件あります。")
    assert count.get_attribute("role") == "status"
    assert names.locator(".g-index__group:visible h2").count() == names.locator(".g-marks__mark:visible").count()


def test_a_former_name_says_that_it_is_one(names: Page) -> None:
    names.locator("#list-filter").fill("住宅支援給付")
    assert names.locator(".g-index__former").all_inner_texts() == ["前の名前・別の名前: 住宅支援給付"]
    names.locator("#list-filter").fill("住居")
    assert names.locator(".g-index__former").count() == 0


def test_no_name_says_what_to_do(names: Page) -> None:
    everything = len(shown(names))
    names.locator("#list-filter").fill("ありえないなまえ")
    assert shown(names) == []
    expect(names.locator(".g-index__count")).to_have_text("ありません。")
    link = names.get_by_role("link", name="困りごとの言葉で探す")
    assert link.get_attribute("href") == "/search/"
    names.get_by_role("button", name="すべての名前に戻す").click()
    assert len(shown(names)) == everything
    assert names.evaluate("document.activeElement.id") == "list-filter"


def test_what_is_typed_stays_in_its_box(names: Page) -> None:
    """Not in the address, not in a request, not in any storage, not in the history, and gone after a reload."""
    asked: list[str] = []
    names.on("request", lambda request: asked.append(request.url))
    names.locator("#list-filter").press_sequentially("himitsu", delay=10)
    names.locator("#list-filter").press("Enter")
    names.wait_for_timeout(800)
    assert [url for url in asked if not url.endswith("/icon.svg")] == []
    assert names.url.endswith("/list/")
    assert names.evaluate("[localStorage.length, sessionStorage.length, history.state]") == [0, 0, None]
    names.reload()
    assert names.locator("#list-filter").input_value() == ""


# What covers the middle of the thing with the focus, unless it is seen; the marks lie over what is passing below them.
COVERED = """() => { const e = document.activeElement, box = e.getClientRects()[0];
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(4, box.height / 2));
  return at && (e.contains(at) || at.contains(e)) ? null : [e.textContent.trim(), at?.className ?? 'outside']; }"""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 560), (1280, 740)])
def test_the_marks_stay_in_view_and_cover_nothing_with_the_focus(page: Page, address: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + "list/")
    page.locator(".g-marks__mark").nth(5).click()
    mark, title = page.locator(".g-marks").bounding_box(), page.locator("#row-6").bounding_box()
    assert mark is not None
    assert title is not None
    assert mark["y"] == 0
    assert mark["height"] < height / 3
    assert mark["height"] <= title["y"] <= mark["height"] + 60
    page.locator("#row-6 + ul .g-index__link").nth(8).focus()
    for key in ["Shift+Tab"] * 30 + ["Tab"] * 10:
        page.keyboard.press(key)
        assert page.evaluate(COVERED) is None


def test_the_marks_do_not_fill_a_low_screen(page: Page, address: str) -> None:
    """A telephone on its side, or letters so large that the screen has few lines: the marks pass with the rest."""
    page.set_viewport_size({"width": 740, "height": 360})
    page.goto(address + "list/")
    page.locator("#row-6").scroll_into_view_if_needed()
    assert page.locator(".g-marks").evaluate("e => getComputedStyle(e).position") == "static"


def test_without_script_all_names_and_folds_are_there(browser: Browser, address: str, public: Path) -> None:
    """No filter that does nothing; every record, and its number one tap behind it; what is folded opens."""
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": SCREEN})
    page = context.new_page()
    page.goto(address + "list/")
    assert page.locator("#list-filter").is_hidden()
    assert page.locator(".g-index__link:visible").count() == len(guide["programs"]) + len(guide["windows"])
    page.goto(address + "minsei/")
    fold = page.locator(".g-fold", has_text="生活の困りごと").first
    assert not fold.locator("a").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("a", has_text="保護課").first.is_visible()
    context.close()


def test_a_choice_of_two_is_seen_as_two(page: Page, address: str) -> None:
    """Yes and no stand beside each other, each under its own label; more ways are twigs of one stem."""
    page.goto(address + "schemes/komatta-toki/")
    ways = page.locator(".g-figure--two .g-figure__parts > .g-box")
    yes, no = (ways.nth(i).bounding_box() for i in (0, 1))
    assert yes is not None
    assert no is not None
    assert yes["y"] == no["y"]
    assert yes["x"] + yes["width"] < no["x"]
    assert [ways.nth(i).locator(".g-box__title").inner_text() for i in (0, 1)] == ["はい", "いいえ"]
    assert page.locator(".g-figure--choice:not(.g-figure--two) .g-box").first.is_visible()
    signs = page.evaluate(
        "[...document.querySelectorAll('.g-box')].flatMap(e => ['::before', '::after'].map(p => getComputedStyle(e, p).content))"
    )
    assert not [sign for sign in signs if "▼" in sign]


# Texts that begin with a comma or a stop and stand on another line than what they follow.
STRAY = """() => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  const found = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const before = node.previousSibling?.getClientRects?.();
    if (!/^[、。）]/u.test(node.data) || !before?.length || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.setStart(node, 0); range.setEnd(node, 1);
    const box = range.getBoundingClientRect(), last = before[before.length - 1];
    if (box.height && (box.top + box.bottom) / 2 > last.bottom) found.push(node.parentElement.textContent.trim().slice(0, 40));
  }
  return found; }"""


@pytest.mark.parametrize(
    "path", [*(f"schemes/{name}/" for name in SCHEMES), "minsei/", "without-phone/", "about/", "units/none/"]
)
def test_no_line_begins_with_a_comma(page: Page, address: str, path: str) -> None:
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": SCREEN})
        page.goto(address + path)
        assert page.evaluate(STRAY) == []


def answered(page: Page) -> None:
    page.locator("#search-results[data-state=done] li[data-id]").first.wait_for()


def test_back_returns_to_the_place_among_the_results(page: Page, address: str) -> None:
    """Without the browser's page cache, which this browser runs without: the page answers anew, then goes there."""
    page.goto(address + "search/#q=自治会")
    answered(page)
    card = page.locator("#search-results > li").nth(4)
    page.evaluate("top => scrollTo({top, behavior: 'instant'})", card.bounding_box()["y"] - 40)  # type: ignore[index]
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") > SCREEN
    assert page.evaluate("Object.values(history.state).every(Number.isInteger)")
    where = card.bounding_box()
    card.locator(".g-card__name").click()
    page.wait_for_url(re.compile("/(programs|consultation)/"))
    page.go_back()
    answered(page)
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward", "not out of a page cache"
    page.wait_for_timeout(300)
    after = page.locator("#search-results > li").nth(4).bounding_box()
    assert where is not None
    assert after is not None
    assert abs(after["y"] - where["y"]) <= 2
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_back_shows_the_filter_that_still_holds(page: Page, address: str) -> None:
    """The box is open, the filter is named beside the count, and the place is the same."""
    page.goto(address + "search/#q=相談")
    answered(page)
    page.locator(".g-filters > summary").click()
    page.locator("[data-filter=situation]").select_option("disaster")
    expect(page.locator(".g-status")).to_contain_text("「災害」でしぼって、")
    status = page.locator(".g-status").inner_text()
    ids = page.locator("#search-results li").evaluate_all("all => all.map(e => e.dataset.id)")
    page.locator(".g-filters > summary").click()
    page.locator("#search-results a.g-card__name").first.click()
    page.wait_for_url(re.compile("/(programs|consultation)/"))
    page.go_back()
    answered(page)
    expect(page.locator(".g-status")).to_have_text(status)
    assert page.locator("[data-filter=situation]").is_visible(), "the box is open"
    assert page.locator("[data-filter=situation]").input_value() == "disaster"
    assert page.locator("#search-results li").evaluate_all("all => all.map(e => e.dataset.id)") == ids


def test_the_history_keeps_nothing_of_a_sensitive_answer(page: Page, address: str) -> None:
    page.goto(address + "search/#q=夫に殴られる")
    answered(page)
    page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") > 0
    assert page.evaluate("history.state") is None


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("電気が止まりそう", "「電気代・ガス代が払えない」の相談先"),
        ("夫に殴られる", "「夫・妻・恋人に暴力をふるわれる（DV）」の相談先"),
        ("認知省コールセンター", None),
        ("baby is hot 38.6 at night, wait until morning or go hospital?", None),
    ],
)
def test_a_reason_says_what_was_asked_or_is_absent(page: Page, address: str, query: str, reason: str | None) -> None:
    """In words of our own, and only where the question nearly says one of the need's phrases."""
    page.goto(address + f"search/#q={query}")
    answered(page)
    reasons = page.locator(".g-card__why").all_inner_texts()
    names = set(
        re.findall(r"^    name: '?(.+?)'?$", (HOME / "content" / "concepts.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told = {re.sub(r"^「(.*)」.*$", r"\1", each).replace("『", "「").replace("』", "」") for each in reasons}
    assert told <= names
    assert (reason in reasons) if reason else reasons == []


def test_hours_stand_beside_the_number_or_are_said_to_be_unknown(page: Page, address: str) -> None:
    """Of a window with a number for each ward what holds for all of them is said once, also while they are folded."""
    page.goto(address + "search/#q=生活保護")
    answered(page)
    for card in page.locator("#search-results > li").all()[:8]:
        told = card.locator(".g-areas, .g-quick").text_content() or ""
        assert re.search(r"\d時|\d:\d\d|24時間|未確認", told), card.inner_text()
    common = page.locator("#search-results li[data-id=hogo-ka] .g-areas > .g-quick__note")
    assert common.inner_text() == "受付時間は未確認"
