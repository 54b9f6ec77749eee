"""Hostile text in every field does nothing in a browser (the first round of bench/hostile.py, over all pages)."""

from __future__ import annotations

from pathlib import Path

import chrome
import hostile
import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_hostile_text_in_every_field_does_nothing(browser: Browser) -> None:
    """Each field that the models let take text holds some, or a rule refuses it; new fields are among them by themselves."""
    met = hostile.one_round(browser, 0)
    assert met.faults == {}
    assert hostile.every_text() - met.fields - met.refused.keys() == set()
    assert len(met.fields) > 120
    assert met.pages >= 24
    assert met.questions == len(hostile.STRINGS)


@pytest.mark.parametrize(
    "spoilt",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=//evil.test/x>",
        "<p style='color:red'>x</p>",
        "<link rel=stylesheet href=//evil.test/x.css>",
        "<script src=/own.js></script>",
    ],
)
def test_the_round_sees_what_it_looks_for(browser: Browser, tmp_path: Path, spoilt: str) -> None:
    """A page through which something got is counted: refused by the policy, or run."""
    (tmp_path / "index.html").write_text(f"<!doctype html><html lang=ja><title>x</title><main>{spoilt}</main>", encoding="utf-8")
    (tmp_path / "own.js").write_text("alert(1)", encoding="utf-8")
    met = hostile.Met()
    with chrome.served(tmp_path, hostile.Handler) as address:
        hostile.browse(browser, address, tmp_path, [], met)
    assert met.faults.total() >= 1
