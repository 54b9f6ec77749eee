"""Every record on paper: one A4, large enough, whole, with its dates; and a code that leads back to the page (OFF-12, DV-7)."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from conftest import HOME, TODAY, Sample
from playwright.sync_api import Browser, Page

from guide.pages import paper
from guide.read import edition, load
from guide.read.records import Record

pytestmark = pytest.mark.browser
PARTS = 6  # so that the walk over all records is shared between the workers
A4 = (595, 842)  # points
LEAST_POINTS = 11.5
LEAST_NUMBER = 16  # points of a telephone number


@pytest.fixture(scope="module")
def sheets(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ja-JP")
    yield context.new_page()
    context.close()


def guide(public: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    return data


def printed(page: Page, url: str) -> pypdfium2.PdfDocument:
    page.goto(url, wait_until="domcontentloaded")
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))


SPILLED = """() => {
  const shown = [...document.querySelectorAll('main > *, .g-paper > *, .g-footer > *')].filter(e => e.getClientRects().length);
  const said = (what, e) => `${what}: ${e.textContent.trim().slice(0, 40)}`;
  const wide = shown.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => said('wide', e));
  const below = e => e.nextElementSibling?.getClientRects().length ? e.nextElementSibling.getBoundingClientRect() : null;
  const stacked = e => getComputedStyle(e.parentElement).display === 'block' && below(e);
  const over = shown.filter(e => stacked(e) && e.getBoundingClientRect().bottom > below(e).top + 1).map(e => said('over', e));
  return [...wide, ...over]; }"""


def spilled(page: Page) -> list[str]:
    """Boxes on the sheet that overlap the next one, or hold more than they show; numbers that are too small."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 711, "height": 1062})  # A4 less its margins, in CSS pixels
    found: list[str] = page.evaluate(SPILLED) + page.evaluate(SMALL_NUMBERS.replace("LEAST", str(LEAST_NUMBER - 0.1)))
    page.emulate_media(media="null")
    return found


def smallest(document: pypdfium2.PdfDocument) -> float:
    """The smallest type on the sheet, in points. Readings above words are hidden on paper."""
    texts = [obj for obj in document[0].get_objects() if isinstance(obj, pypdfium2.PdfTextObj)]
    return round(min(text.get_font_size() * text.get_matrix().a for text in texts), 1)


SMALL_NUMBERS = """() => [...document.querySelectorAll('.g-paper__number')]
  .filter(e => parseFloat(getComputedStyle(e).fontSize) * 0.75 < LEAST).map(e => e.textContent)"""


def records() -> dict[str, Record]:
    """The records of the real content, by id."""
    return {entry.id: record for entry, record in edition.records(load.edition(HOME))}


def dates(data: dict[str, Any]) -> list[str]:
    """The dates of the sources of a record's numbers, as written."""
    return [phone["checked"] for phone in data["phones"]]


def trusted(page_text: str, data: dict[str, Any]) -> bool:
    """Whether the sheet says until when to trust it, counted from its oldest number; old and undated ask to call first."""
    days = [paper.first_day(date) for date in dates(data)]
    oldest = min((day for day in days if day), default=None)
    until = oldest + datetime.timedelta(days=180) if oldest else None
    if until is None or None in days or until < TODAY:
        return "先に電話で確かめてください" in page_text and "を過ぎたら" not in page_text
    return f"{until.year}年{until.month}月{until.day}日を過ぎたら" in page_text


@pytest.mark.parametrize("part", range(PARTS))
def test_each_record_is_one_sheet(sheets: Page, address: str, public: Path, part: int, sample: Sample) -> None:
    """One A4; numbers, every condition, how to start, and the day until when to trust it; nothing is cut or covered.

    Those with most to tell, and some of the others.
    """
    known = records()
    whole = guide(public)
    fullest = sorted([*whole["programs"], *whole["windows"]], key=lambda record: -len(json.dumps(record)))
    for record in [*fullest[:60], *sample(fullest[60:], 5)][part::PARTS]:
        document = printed(sheets, address + record["url"].lstrip("/"))
        page = document[0]
        assert len(document) == 1, record["id"]
        assert tuple(map(round, page.get_size())) == A4
        text = re.sub(r"\s", "", page.get_textpage().get_text_bounded())
        for phone in record["phones"]:
            assert phone["number"] in text, (record["id"], phone)
        mine = known[record["id"]]
        for told in (
            *(condition.text for condition in mine.conditions),
            mine.start or "",
            "書いて相談",
            "お名前・メモ",
            "渡した日",
        ):
            assert re.sub(r"\s", "", told) in text, (record["id"], told)
        assert trusted(text, record), record["id"]
        assert "2015〜2019年度" not in text or "2015〜2019年度" in str(
            (mine.conditions, mine.start, mine.summary, mine.for_whom)
        ), record["id"]
        assert smallest(document) >= LEAST_POINTS, record["id"]
        assert spilled(sheets) == [], record["id"]
        codes = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
        if record["sensitive"]:
            assert codes == [], f"{record['id']}: a sensitive sheet leads nobody to the page"
            assert text.index("相談先ガイド") < text.index(record["name"].replace(" ", "").replace("　", ""))
        else:
            assert [code.text for code in codes] == ["https://example.org" + record["url"]]
