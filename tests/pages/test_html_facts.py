"""The fast reader of rendered pages tells the same as the one that knows places, on every real page and on odd ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.pages.html_facts import Facts, placed, read

ODD = (
    '<html lang="ja"><head><title>a</title><style>x</style></head><body onload="x"><h1 style="a" id="1">b</h1></body>',
    '<html><head><title>a</title></head><body><svg><title>no</title></svg><a href="tel:110">110</a><script>x</script></body>',
    '<html><head><title>a&amp;b</title></head><body><h2 id="x">１２</h2><h2 id="x">b</h2><img src="a" onerror="x"></body></html>',
    '<html><head><title></title></head><body><main>a<ruby>漢<rt>かん</rt></ruby><form action="/x">1 on=2</form></main></html>',
    '<p>no head, <a href="x">open',
)


def told(facts: Facts) -> dict[str, object]:
    """The facts without places, inline things in any order."""
    lists = {name: [what for what, _ in getattr(facts, name)] for name in ("headings", "ids", "links", "tels")}
    inline = sorted({what for what, _ in facts.inline})
    return {**lists, "inline": inline, **{n: getattr(facts, n) for n in ("title", "language", "digits", "characters")}}


@pytest.mark.parametrize("page", ODD)
def test_odd_pages(page: str) -> None:
    assert told(read("x", page.encode())) == told(placed("x", page.encode()))


def test_every_real_page(public: Path) -> None:
    pages = sorted(public.rglob("*.html"))
    assert len(pages) > 200
    for page in pages:
        assert told(read("x", page.read_bytes())) == told(placed("x", page.read_bytes())), page
