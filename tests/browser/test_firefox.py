"""What differs between browsers, tried in Firefox: fragments, readings, what is copied, a search, keys of the exit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from firefox import Firefox, Missing
from test_pages import TEMPLATES
from test_reading import AWAY, COPIED, NEAR, SELECTED, STILL, TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.firefox, pytest.mark.xdist_group("firefox")]


@pytest.fixture(scope="module")
def started() -> Iterator[Firefox]:
    """One for all; left out with a plain word where none can be had (tools/firefox.sh gets Debian's)."""
    try:
        with Firefox() as firefox:
            yield firefox
    except Missing as error:
        pytest.skip(str(error))


@pytest.fixture
def firefox(started: Firefox, address: str) -> Firefox:
    """On the first page, as if the tab had just been opened."""
    started.goto(address)
    started.evaluate("sessionStorage.clear()")
    started.goto(address)
    return started


def with_readings(firefox: Firefox) -> None:
    firefox.click("[data-module=furigana]")
    firefox.until("document.querySelector('h1 ruby')?.textContent")


def at_rest(firefox: Firefox) -> None:
    """Waits until nothing scrolls any more."""
    last = None
    while (now := firefox.evaluate("scrollY")) != last:
        last = now
        firefox.pause(0.3)


@pytest.mark.parametrize("readings", [False, True], ids=["plain", "furigana"])
@pytest.mark.parametrize("name", STILL)
def test_a_fragment_is_where_one_lands(firefox: Firefox, address: str, name: str, *, readings: bool) -> None:
    if readings:
        with_readings(firefox)
    firefox.goto(address + TEMPLATES[name])
    for target in firefox.evaluate(TARGETS)[1::2]:
        firefox.goto("about:blank")
        firefox.goto(f"{address}{TEMPLATES[name]}#{target}")
        if readings:
            firefox.until("document.querySelectorAll('.g-laid').length")
        at_rest(firefox)
        assert abs(firefox.evaluate(f"{AWAY}({target!r})")) <= NEAR, target


def test_readings_are_switched_and_not_copied(firefox: Firefox, address: str) -> None:
    firefox.goto(address + "consultation/hogo-ka/")
    firefox.evaluate(f"{SELECTED}([0, 9])")
    firefox.press("Control", "c")
    plain = firefox.until(COPIED)[0]
    assert "生活保護の相談と申請の窓口です" in plain
    with_readings(firefox)
    assert firefox.evaluate("document.querySelector('h1 rt').textContent") == "ほごか"
    firefox.evaluate(f"{SELECTED}([0, 9])")
    firefox.press("Control", "c")
    text, html = firefox.evaluate(COPIED)
    assert text.split() == plain.split()
    assert "<rt" not in html
    firefox.click("[data-module=furigana]")
    assert firefox.evaluate("document.querySelector('h1 rt').getClientRects().length") == 0


def test_back_returns_to_the_line(firefox: Firefox, address: str) -> None:
    with_readings(firefox)
    firefox.goto(address + "list/#row-5")
    at_rest(firefox)
    firefox.evaluate("scrollBy({top: 700, behavior: 'instant'})")
    before = firefox.evaluate("scrollY")
    firefox.goto(address + "about/")
    firefox.back()
    firefox.until("location.pathname.endsWith('/list/') && document.querySelectorAll('.g-laid').length")
    at_rest(firefox)
    assert abs(firefox.evaluate("scrollY") - before) <= NEAR


def test_a_search_is_answered(firefox: Firefox, address: str) -> None:
    firefox.goto(address + "search/#q=家賃が払えない")
    first = firefox.until("document.querySelector('#search-results[data-state=done] li')?.dataset.id")
    assert first == "jukyo-kakuho"


def test_shift_used_for_something_else_stays(firefox: Firefox, address: str) -> None:
    firefox.goto(address + "consultation/dv-center/")
    for _ in range(3):
        firefox.press("Shift", "a")
        firefox.press("Shift", held=1.2)
    assert firefox.evaluate("document.querySelector('.g-exit__said').textContent") == ""
    assert firefox.evaluate("location.href") == address + "consultation/dv-center/"
