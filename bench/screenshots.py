"""The pictures in README: main pages on a phone, light and dark, and a printed sheet: `make screenshots`."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from chrome import HOME, chromium, served
from PIL import Image

SHOTS = (
    ("home", "", "light"),
    ("record", "consultation/seikatsu-jiritsu-center/", "light"),
    ("search", "search/#q=家賃が払えない", "light"),
    ("sensitive", "consultation/dv-center/", "dark"),
)
SHEET = "programs/jukyo-kakuho/"
TARGET = HOME / "docs" / "img"


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with served(HOME / "public") as address, chromium() as browser:
        for name, path, scheme in SHOTS:
            page = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, locale="ja-JP").new_page()
            page.goto(address + path)
            if "#q=" in path:
                page.locator("#search-results[data-state=done]").wait_for(state="attached")
            page.screenshot(path=TARGET / f"{name}.png")
            small(TARGET / f"{name}.png")
        page = browser.new_page(locale="ja-JP")
        page.goto(address + SHEET)
        sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0].render(scale=1).to_pil()
        sheet.crop((0, 0, sheet.width, 740)).save(TARGET / "sheet.png")
        small(TARGET / "sheet.png")


def small(path: Path) -> None:
    """Sixty-four colours are enough for a page, and a quarter of the bytes."""
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main()
