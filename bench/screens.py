"""How many screens of a phone (360×740) the pages are long, of each kind the longest, against what is asked of it.

`bench/screens.py [PUBLIC] [--all]`: exit code 1 when a bar is broken. Details are closed, as they are when a page opens.
Of case pages it also says on how many a number stands on the first screen, above what is fixed to its foot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from chrome import HOME, chromium, served
from playwright.sync_api import Page

WIDTH, HEIGHT = 360, 740
# Screens at most, by kind of page.
BARS = {"situation": 5, "case": 3, "record": 6, "minsei": 4, "scheme": 8, "list, before its first row": 1}
# The foot of the first number that can be called, and the upper edge of what is fixed below it.
FIRST = """() => {
  const number = [...document.querySelectorAll('main a[href^="tel:"]')].find(a => a.checkVisibility());
  const exit = document.querySelector('.g-exit');
  const edge = exit && exit.checkVisibility() ? exit.getBoundingClientRect().top : innerHeight;
  return number ? [Math.round(number.getBoundingClientRect().bottom), Math.round(edge)] : [Infinity, edge]; }"""
FIRST_ROW = "document.querySelector('main .g-index__link').getBoundingClientRect().top + scrollY"


def addresses(public: Path) -> Iterator[tuple[str, str]]:
    """Every page to measure as its kind and its address below the root."""
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    for each in guide["situations"]:
        yield each["kind"], each["url"]
    for kind in ("programs", "windows"):
        yield from (("record", record["url"]) for record in guide[kind])
    yield from (("scheme", f"/schemes/{path.name}/") for path in sorted((public / "schemes").iterdir()) if path.is_dir())
    yield "minsei", "/minsei/"
    yield "list, before its first row", "/list/"


def screens(page: Page, kind: str) -> float:
    """How long the page is, or what stands above the list's first row, in screens."""
    asked = FIRST_ROW if kind.startswith("list") else "document.documentElement.scrollHeight"
    return float(page.evaluate(asked)) / HEIGHT


def measured(public: Path) -> tuple[dict[str, list[tuple[float, str]]], list[str]]:
    """The length of each page by kind, and the case pages without a number on their first screen."""
    found: dict[str, list[tuple[float, str]]] = {}
    below: list[str] = []
    with served(public) as root, chromium() as browser:
        page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="ja-JP").new_page()
        for kind, path in addresses(public):
            page.goto(root + path.lstrip("/"))
            found.setdefault(kind, []).append((screens(page, kind), path))
            foot, edge = page.evaluate(FIRST) if kind == "case" else (0, 0)
            if foot > edge:
                below.append(f"{path} ({foot} > {edge})")
    return found, below


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("public", nargs="?", type=Path, default=HOME / "public")
    parser.add_argument("--all", action="store_true", help="every page that breaks its bar")
    given = parser.parse_args()
    found, below = measured(given.public)
    broken = False
    print(f"{'kind':<28}{'pages':>6}{'median':>8}{'longest':>9}{'bar':>6}  the longest")
    for kind, pages in found.items():
        pages.sort()
        longest, path = pages[-1]
        over = [each for each in pages if each[0] > BARS[kind]]
        broken |= bool(over)
        print(
            f"{kind:<28}{len(pages):>6}{pages[len(pages) // 2][0]:>8.1f}{longest:>9.1f}{BARS[kind]:>6}"
            f"  {path}  ({len(over)} over)"
        )
        for each, path in over if given.all else ():
            print(f"    {each:.1f}  {path}")
    cases = len(found["case"])
    print(f"number on the first screen of a case page: {cases - len(below)} of {cases}", *below, sep="\n    ")
    return int(broken or bool(below))


if __name__ == "__main__":
    sys.exit(main())
