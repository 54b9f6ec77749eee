"""Records on a phone: what one needs to act on two screens, the whole on six; taken along; nothing lost in a fold."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import zxingcpp
from conftest import HOME, TODAY
from PIL import Image
from playwright.sync_api import Browser, Page

from guide.read import edition, load
from guide.read.markdown import without_readings
from guide.site import site
from guide.site.calling import is_silent

pytestmark = pytest.mark.browser
PARTS = 4  # so that the walk over all records is shared between the workers
SCREEN = 740
RECORDS = {entry.id: record for entry, record in edition.records(load.edition(HOME))}


def every(public: Path) -> list[dict[str, Any]]:
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    return [*guide["programs"], *guide["windows"]]


# Where things end, in pixels from the top; null for what is not in sight. A closed list of areas stands for its numbers.
STANDS = """() => {
  const inSight = e => e.checkVisibility() && !e.parentElement.closest('details:not([open])')
    || e.matches('details:not([open]) > summary');
  const end = what => {
    const e = [...document.querySelectorAll(what)].find(inSight);
    return e ? e.getBoundingClientRect().bottom + scrollY : null; };
  const call = '[aria-labelledby=call] ';
  const hours = [...document.querySelectorAll(call + '.g-facts > div')].filter(e => e.textContent.includes('受付')).find(inSight);
  return {
    height: document.documentElement.scrollHeight,
    number: end(call + '.g-phone__number'), areas: end(call + 'details.g-call__group > summary'),
    hours: hours ? hours.getBoundingClientRect().bottom + scrollY : null,
    prepare: end('.g-prepare li:last-child'), way: end('.g-ways > ul > li, .g-ways > .g-silent') }; }"""


@pytest.mark.parametrize("part", range(PARTS))
def test_each_record_is_six_screens_and_what_one_needs_stands_on_two(page: Page, address: str, public: Path, part: int) -> None:
    """Number (or the choice of areas), hours, what to have ready: two screens; another way: nearly; the whole: six."""
    late = []
    for record in every(public)[part::PARTS]:
        page.goto(address + record["url"].lstrip("/"), wait_until="domcontentloaded")
        at = page.evaluate(STANDS)
        assert at["height"] <= 6 * SCREEN, (record["id"], at["height"] / SCREEN)
        assert (at["number"] or at["areas"]) <= 2 * SCREEN, record["id"]
        assert at["hours"] or at["areas"], f"{record['id']}: neither hours nor areas that tell them"
        assert (at["hours"] or 0) <= 2 * SCREEN, record["id"]
        assert bool(at["prepare"]) == bool(RECORDS[record["id"]].prepare)
        assert (at["prepare"] or 0) <= 2 * SCREEN, (record["id"], at["prepare"])
        late += [record["id"]] if at["way"] > 2 * SCREEN else []
    assert len(late) <= 2, late


def test_everything_that_was_written_is_on_the_page(page: Page, address: str, public: Path) -> None:
    """Open or closed: no text of a record is lost, and what no source tells is said in one line."""
    for record in every(public)[::3]:
        page.goto(address + record["url"].lstrip("/"), wait_until="domcontentloaded")
        text = page.evaluate(
            "() => { const main = document.querySelector('main').cloneNode(true);"
            " main.querySelectorAll('rt, .g-paper').forEach(e => e.remove()); return main.textContent.replace(/\\s+/g, ''); }"
        )
        mine = RECORDS[record["id"]]
        told = (mine.for_whom, mine.start, mine.next)
        written = [mine.summary, mine.status_note, *mine.when, *mine.prepare, *mine.former_names]
        written += [condition.text for condition in mine.conditions]
        for each in [*written, *(value for value in told if not is_silent(value))]:
            assert "".join((each or "").split()) in text, (record["id"], each)
        silent = {value or "未確認" for value in told if is_silent(value)}
        assert page.locator(".g-record__more > .g-silent").count() == bool(silent), record["id"]
        assert all(f"は、{value}です。" in text for value in silent), record["id"]


def test_what_is_told_in_other_languages_is_on_their_pages(public: Path) -> None:
    """The text and all conditions that a record bears in easy Japanese and in English."""
    for other in site.build(load.edition(HOME), TODAY, "/").others:
        language = other.language
        for id_, item in other.items.items():
            page = (public / item.url.strip("/") / "index.html").read_text(encoding="utf-8")
            text = "".join(html.unescape(re.sub("<r[tp][^>]*>.*?</r[tp]>|<[^>]*>", "", page)).split())
            told = [language.say(condition.text) for condition in item.record.conditions]
            assert not [each for each in told if each.lang], (id_, "a condition that is not told")
            written = item.record.easy if language.readings else item.record.english
            for each in [*(each.plain for each in told), without_readings(written or "")]:
                assert "".join(each.split()) in text, (language.code, id_, each)


def test_without_script_every_number_is_one_tap_away(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": SCREEN})
    page = context.new_page()
    page.goto(address + "consultation/hogo-ka/")
    assert not page.locator("#ward").is_visible()
    assert not page.locator("main a[href='tel:096-357-4134']").is_visible()
    page.locator("details[data-area=南区] > summary").click()
    assert page.locator("main a[href='tel:096-357-4134']").is_visible()
    assert not page.locator(".g-take button").first.is_visible(), "no dead button"
    context.close()


def test_the_chosen_ward_is_open_and_first(page: Page, address: str) -> None:
    """Of the window itself, of others to call, and of places; choosing anew closes the old one."""
    page.goto(address + "consultation/hogo-ka/")
    for ward, number in (("南区", "096-357-4134"), ("西区", "096-329-6839")):
        page.locator("#ward").select_option(ward)
        assert page.locator(".g-call__group").first.get_attribute("data-area") == ward
        assert page.locator("[aria-labelledby=call] a[href^='tel:']:visible").evaluate_all("all => all.map(a => a.href)") == [
            f"tel:{number}"
        ]
        assert page.locator(".g-others a[href='tel:096-358-5571']:visible").count() == 1, "生活自立支援センター of both wards"
        assert ward in page.locator(".g-places > .g-areas__mine").inner_text()


@pytest.fixture
def shared(browser: Browser, address: str) -> Iterator[Page]:
    """A phone whose clipboard can be read, on a page that is not sensitive."""
    context = browser.new_context(viewport={"width": 360, "height": SCREEN}, locale="ja-JP")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    page = context.new_page()
    page.add_init_script("globalThis.sent = []; globalThis.print = () => sent.push('print'); delete Navigator.prototype.share;")
    page.goto(address + "consultation/kuyakusho/#calls")
    yield page
    context.close()


CLIPBOARD = "navigator.clipboard.readText()"


def test_a_page_is_printed_copied_and_sent(shared: Page, address: str) -> None:
    """Its address without the fragment; where a device cannot send, it is copied and said so."""
    shared.locator("[data-take=print]").click()
    assert shared.evaluate("sent") == ["print"]
    said = shared.locator(".g-take [role=status]")
    for button in ("copy", "send"):
        shared.evaluate("navigator.clipboard.writeText('x')")
        shared.locator(f"[data-take={button}]").click()
        shared.locator(".g-take [role=status]", has_text="コピーしました").wait_for()
        assert shared.evaluate(CLIPBOARD) == address + "consultation/kuyakusho/"
        said.evaluate("e => { e.textContent = ''; }")
    shared.evaluate("void (Navigator.prototype.share = async what => { sent.push(what); })")
    shared.locator("[data-take=send]").click()
    assert shared.evaluate("sent[1]") == {"title": shared.title(), "url": address + "consultation/kuyakusho/"}
    shared.evaluate("void (Navigator.prototype.share = async () => { throw new DOMException('', 'AbortError'); })")
    shared.locator("[data-take=send]").click()
    assert said.inner_text() == "", "somebody who thought better of it is told nothing"


def test_what_cannot_be_copied_is_shown(shared: Page, address: str) -> None:
    shared.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    shared.locator("[data-take=copy]").click()
    shared.locator(".g-take [role=status]", has_text=address + "consultation/kuyakusho/").wait_for()


def test_an_address_is_copied_and_looked_up(shared: Page) -> None:
    """Also the one of the chosen ward, which a script puts before the list; a map is asked by a tap only."""
    shared.locator("#ward").select_option("北区")
    mine = shared.locator(".g-places > .g-areas__mine")
    mine.locator("button").click()
    shared.locator(".g-places [role=status]", has_text="住所をコピーしました").wait_for()
    assert shared.evaluate(CLIPBOARD) == "熊本市北区植木町岩野238-1"
    link = mine.locator("a")
    assert unquote(link.get_attribute("href") or "") == "https://www.openstreetmap.org/search?query=熊本市北区植木町岩野238-1"
    assert link.get_attribute("rel") == "noreferrer"


def test_the_code_on_the_screen_leads_to_the_page(shared: Page, tmp_path: Path) -> None:
    shared.locator(".g-take summary").click()
    shared.emulate_media(color_scheme="dark")
    shared.locator(".g-code").screenshot(path=tmp_path / "code.png")
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))] == [
        "https://example.org/consultation/kuyakusho/"
    ]


def test_sensitive_pages_are_printed_only(page: Page, address: str, public: Path) -> None:
    """Nothing that sends, copies, shows a code or asks a map: on sensitive pages, and for sensitive windows on others."""
    for record in every(public):
        source = (public / record["url"].strip("/") / "index.html").read_text(encoding="utf-8")
        assert 'data-take="print"' in source
        if record["sensitive"]:
            assert 'data-take="send"' not in source, record["id"]
            assert "data-copy=" not in source, record["id"]
            assert "openstreetmap" not in source, record["id"]
            assert "g-code" not in source, record["id"]
    page.goto(address + "programs/odekake-ic/")
    assert page.locator(".g-ways .g-places").count() >= 1
    assert page.locator(".g-ways [data-copy], .g-ways a[href*=openstreetmap]").count() == 0, "of a sensitive window"


def test_schemes_are_taken_along_too(page: Page, address: str) -> None:
    page.goto(address + "schemes/hinanjo-iroiro/")
    assert page.locator("[data-take]").evaluate_all("all => all.map(e => e.dataset.take)") == ["print", "send", "copy"]
    assert "今の計画" in page.locator(".g-sources > p").inner_text()
