"""Reading aloud: only with a voice of the device, sentence by sentence, without readings, closed parts, other languages.

A headless browser has no voices, so its speech is a stand-in that notes what it is told to speak and ends when it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import Watch
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
AWAY = "https://www.jma.go.jp/"
SPEECH = """(voices => {
  const speech = Object.assign(new EventTarget(), {
    voices, spoken: [], cancelled: 0,
    getVoices: () => speech.voices,
    speak: one => { speech.spoken.push(one); },
    cancel: () => { speech.cancelled += 1; },
  });
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech });
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  globalThis.said = () => speech.spoken.map(({ text, voice }) => [text, voice.name]);
})"""
REMOTE = "{name: 'far', lang: 'ja-JP', localService: false, default: true}"
LOCAL = "{name: 'here', lang: 'ja_JP', localService: true, default: false}"
ENGLISH = "{name: 'there', lang: 'en-GB', localService: true, default: true}"
# Ends each sentence until no new one is begun.
TO_THE_END = """() => { const speech = speechSynthesis;
  for (let at = speech.spoken.length - 1; at < speech.spoken.length; at += 1) speech.spoken[at].onend();
  return said(); }"""
Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    """Opens a page with the voices given; fails on an error of the page and on a request elsewhere."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    watches: list[Watch] = []

    def make(path: str, *voices: str, more: str = "") -> Page:
        page = context.new_page()
        watches.append(Watch(page, address))
        page.add_init_script(f"{SPEECH}([{','.join(voices)}]);{more}")
        page.goto(address + path)
        return page

    yield make
    context.close()
    assert [watch.errors for watch in watches if watch.errors] == []
    assert [url for watch in watches for url in watch.strangers if url != AWAY] == []


def begin(page: Page) -> None:
    page.locator(".g-aloud").click()
    page.locator(".g-aloud", has_text="止める").wait_for()


@pytest.mark.parametrize("voices", [(), (REMOTE,), (ENGLISH,), (REMOTE, ENGLISH)])
def test_without_a_voice_of_the_device_there_is_no_switch(opened: Opened, voices: tuple[str, ...]) -> None:
    page = opened("consultation/hogo-ka/", *voices)
    assert not page.locator(".g-aloud").is_visible()


def test_where_speech_is_not_known_there_is_no_switch(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", more="Object.defineProperty(globalThis, 'speechSynthesis', {value: undefined});")
    assert not page.locator(".g-aloud").is_visible()


def test_voices_that_come_late_bring_the_switch_and_move_nothing(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", REMOTE)
    before = page.locator("h1").bounding_box()
    page.evaluate(f"speechSynthesis.voices = [{REMOTE}, {LOCAL}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    assert page.locator(".g-aloud").is_visible()
    assert page.locator("h1").bounding_box() == before


def test_lists_and_the_search_have_none(opened: Opened) -> None:
    for path in ("", "list/", "search/", "minsei/", "urgent/"):
        assert opened(path, LOCAL).locator(".g-aloud").count() == 0, path


def test_it_reads_the_page_in_order_with_the_local_voice(opened: Opened) -> None:
    """Loaded when it is wanted; numbers digit by digit; nothing of closed parts, buttons, readings or the sheet of paper."""
    page = opened("consultation/nat-189/", REMOTE, LOCAL)
    assert "aloud.js" not in page.evaluate("performance.getEntriesByType('resource').map(e => e.name).join()")
    begin(page)
    spoken = page.evaluate(TO_THE_END)
    assert {voice for _, voice in spoken} == {"here"}
    texts = [text for text, _ in spoken]
    assert texts[0] == "児童相談所虐待対応ダイヤル「、イチ ハチ キュウ、」"
    shown = page.locator("main :is(h1, h2, .g-lead, .g-prepare li):visible").evaluate_all(
        "all => all.map(e => e.textContent.trim().split('。')[0].replace(/\\s+/g, ' '))"
    )
    places = [next(i for i, text in enumerate(texts) if text.startswith(each[:8])) for each in shown if "189" not in each]
    assert places == sorted(places)
    joined = "".join(texts)
    assert "、イチ ハチ キュウ、" in joined
    assert "189" not in joined
    for silent in ("印刷", "やさしい日本語", "お名前・メモ", "☎", "くわしい出どころ"):
        assert silent not in joined, silent
    assert page.locator(".g-aloud").inner_text() == "読み上げる", "at the end it can begin again"


def test_what_was_opened_is_read_without_its_readings(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL)
    page.locator("details[data-area=南区] summary").click()
    page.locator("[data-module=furigana]").click()
    page.locator("h1 ruby").first.wait_for()
    begin(page)
    spoken = page.evaluate(TO_THE_END)
    joined = "".join(text for text, _ in spoken)
    assert spoken[0][0] == "保護課"
    assert "ほごか" not in joined.removeprefix("保護課ほごか"), "the reading line is text, what lies over words is not"
    assert "でんわ" not in joined
    assert "、ゼロ キュウ ロク、サン ゴー ナナ、ヨン イチ サン ヨン、" in joined


def test_each_language_is_read_by_its_own_voice(opened: Opened) -> None:
    page = opened("schemes/jijo-gojo-kojo/", LOCAL, ENGLISH)
    page.locator("summary", has_text="English").first.click()
    begin(page)
    spoken = page.evaluate(TO_THE_END)
    joined = "".join(text for text, _ in spoken)
    assert "でんわ" not in joined
    english = [(text, voice) for text, voice in spoken if text.startswith("Three kinds")]
    assert english
    assert all(voice == "there" for _, voice in english)


def test_a_language_without_a_voice_is_left_out(opened: Opened) -> None:
    page = opened("schemes/jijo-gojo-kojo/", LOCAL)
    page.locator("summary", has_text="English").first.click()
    begin(page)
    assert not [text for text, _ in page.evaluate(TO_THE_END) if text.startswith("Three kinds")]


def test_the_sentence_is_marked_and_kept_in_sight(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL)
    begin(page)
    marked = "[...CSS.highlights.get('aloud')].join()"
    for _ in range(30):
        said = page.evaluate("said().at(-1)[0]")
        assert page.evaluate(f"{marked}.replace(/\\s+/g, ' ').trim()")[:4] == said.lstrip("、")[:4] or "、" in said[:2]
        page.evaluate("speechSynthesis.spoken.at(-1).onend()")
    page.wait_for_timeout(700)  # a smooth scroll
    box = page.evaluate("(([range]) => range.getBoundingClientRect().toJSON())([...CSS.highlights.get('aloud')])")
    assert 0 <= box["top"] <= 740
    top = page.locator(".g-aloud").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 60, "the way to stop it stays in sight"


def test_where_marks_are_not_known_the_block_has_an_outline(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL, more="Object.defineProperty(CSS, 'highlights', {value: undefined});")
    begin(page)
    assert page.locator("h1.g-aloud__now").count() == 1
    page.evaluate("speechSynthesis.spoken.at(-1).onend()")
    assert page.locator(".g-aloud__now").evaluate_all("all => all.map(e => e.className)") == ["g-yomi g-aloud__now"]
    page.locator(".g-aloud").click()
    assert page.locator(".g-aloud__now").count() == 0


def test_it_stops_and_goes_on_where_it_was(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL)
    begin(page)
    page.evaluate("speechSynthesis.spoken.at(-1).onend()")
    page.evaluate("speechSynthesis.spoken.at(-1).onend()")
    last = page.evaluate("said().at(-1)")
    switch = page.locator(".g-aloud")
    assert switch.inner_text() == "読むのを止める"
    switch.click()
    assert page.evaluate("speechSynthesis.cancelled") == 1
    assert switch.inner_text() == "続きを読み上げる"
    page.evaluate("speechSynthesis.spoken.at(-1).onend()")
    assert page.evaluate("said().length") == 3, "an end that comes late begins nothing"
    switch.click()
    assert page.evaluate("said().length") == 4
    assert page.evaluate("said().at(-1)") == last


def test_what_goes_wrong_is_said(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL)
    begin(page)
    page.evaluate("speechSynthesis.spoken.at(-1).onerror({error: 'synthesis-failed'})")
    page.locator(".g-trail [role=status]", has_text="読み上げられませんでした").wait_for()
    assert page.locator(".g-aloud").inner_text() == "続きを読み上げる"


def test_leaving_the_page_ends_it(opened: Opened) -> None:
    page = opened("consultation/hogo-ka/", LOCAL)
    begin(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.cancelled") == 1
    assert page.locator(".g-aloud").inner_text() == "続きを読み上げる"


def test_the_exit_ends_it_at_once_and_for_good(opened: Opened) -> None:
    """Not only when the next page is there; a browser that calls what was cut off an end (Safari) reads nothing more."""
    page = opened("consultation/hogo-ka/", LOCAL)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    begin(page)
    page.evaluate(
        """() => { const { spoken } = speechSynthesis;
          speechSynthesis.speak = one => { spoken.push(one); console.debug('spoke'); };
          speechSynthesis.cancel = () => { console.debug('cancelled'); spoken.at(-1).onend(); };
          addEventListener('pagehide', () => console.debug('left')); }"""
    )

    def slow(route: Route) -> None:
        page.wait_for_timeout(500)
        route.fulfill(body="<title>天気</title>", content_type="text/html; charset=utf-8")

    page.route(AWAY, slow)
    page.locator(".g-exit__link").click()
    page.wait_for_url(AWAY)
    assert heard[0] == "cancelled"
    assert "spoke" not in heard
