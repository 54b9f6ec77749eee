"""Static files to what is published: one stylesheet and one script a kind of page, all under one folder named by their hash.

A folder hash instead of a hash a file: relative addresses between modules and in CSS keep working unrewritten. The
scripts are joined, not bundled: their modules follow each other in one file, the import lines between them go, and so do
comments and indents, which would be a fifth of what a phone loads.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rcssmin import cssmin
from rjsmin import jsmin

from guide.read.findings import Finding, Place

STYLES = ("tokens", "base", "layout", "components", "print")
# What only some pages need, so that it does not weigh on records: those load one file with all of it.
MORE_STYLES = (*STYLES, "more")
EVERYWHERE = (
    *("page/words", "page/search-form", "page/erase", "page/left", "page/exit", "page/place"),
    *("page/furigana", "page/ward", "page/take", "page/aloud-switch"),
)
# What the ranking is made of, which runs without a page too (guide/search/ranker.py).
RANKING = tuple(f"search/{name}" for name in ("normalise", "latin", "inverted-index", "question", "routes", "rank"))
SEARCH = (
    *RANKING,
    *("search/closeness", "search/areas", "search/fulltext"),
    *("page/dom", "search/told", "search/call", "search/files"),
    *("search/card", "search/place", "search/view", "search/page"),
)
LIST = ("search/normalise", "search/latin", "page/dom", "page/list-filter")
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "main.js": (*EVERYWHERE, "page/main"),
    "search.js": (*EVERYWHERE, *SEARCH, "page/main", "search/start"),
    "aloud.js": ("page/aloud",),  # loaded when somebody wants it
    "list.js": (*EVERYWHERE, *LIST, "page/main", "page/list-start"),
}
# Runs before the page is parsed, so it is no module; sensitive pages only, because it costs a request.
IN_HEAD = {"left.js": ("page/left", "page/left-head")}
IMPORT = re.compile(rb"""^import [^;"']*["'][^"'\n]+["'];\n""", re.MULTILINE)
LEFT = re.compile(rb"(?:^|[;}])[ \t]*(import)\b(?!\s*[(.])", re.MULTILINE)
EXPORT = re.compile(rb"^export ", re.MULTILINE)

PICTOGRAMS = "img/pictograms/"


@dataclass(frozen=True, slots=True)
class Assets:
    """Published files by path below the site's root, and the folder (below the base path) they stand in."""

    files: Mapping[str, bytes]
    folder: str


def build(static: Mapping[str, bytes]) -> Assets:
    """Join the styles and the scripts in their fixed order and move everything below assets/<hash>/.

    Raises KeyError when a stylesheet or module is lost.
    """
    files = {path: data for path, data in static.items() if not path.startswith(("css/", "js/", PICTOGRAMS))}
    files["pictograms.svg"] = _sprite({p.removeprefix(PICTOGRAMS): d for p, d in static.items() if p.startswith(PICTOGRAMS)})
    files["site.css"] = cssmin(b"\n".join(static[f"css/{name}.css"] for name in STYLES))
    files["more.css"] = cssmin(b"\n".join(static[f"css/{name}.css"] for name in MORE_STYLES))
    for name, modules in SCRIPTS.items():
        files[name] = script(static, modules)
    for name, modules in IN_HEAD.items():
        files[name] = script(static, modules, classic=True)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path] + b"\0")
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return Assets({folder + path: data for path, data in sorted(files.items())}, folder)


def script(static: Mapping[str, bytes], modules: Iterable[str], *, classic: bool = False) -> bytes:
    """The modules one after the other, without the import lines between them; `classic`: no module, exports nothing."""
    joined = b"\n".join(IMPORT.sub(b"", static[f"js/{module}.js"]) for module in modules)
    made: bytes = jsmin(EXPORT.sub(b"", joined) if classic else joined)
    return made


def imports_left(static: Mapping[str, bytes]) -> Iterator[Finding]:
    """Imports that joining does not take away: a browser refuses a script with one, all of it."""
    for module in sorted({module for modules in (*SCRIPTS.values(), *IN_HEAD.values()) for module in modules}):
        file = f"js/{module}.js"
        kept = IMPORT.sub(lambda found: b"\n" * found[0].count(b"\n"), static[file])
        for left in LEFT.finditer(kept):
            line, column = kept.count(b"\n", 0, left.start(1)) + 1, left.start(1) - kept.rfind(b"\n", 0, left.start(1))
            hint = 'import は行の頭から「import { 名前 } from "./ファイル.js";」の形で、; まで書いてください。'
            yield Finding(
                Place(f"static/{file}", line, column), "A008", "import が残り、スクリプトがすべて動かなくなります。", hint
            )


def _sprite(drawings: Mapping[str, bytes]) -> bytes:
    """All pictograms in one file, each under its file's name, so that a page with twelve of them asks once."""
    symbols = (
        data.strip().replace(b'<svg xmlns="http://www.w3.org/2000/svg"', f'<symbol id="{name.removesuffix(".svg")}"'.encode(), 1)
        for name, data in sorted(drawings.items())
    )
    joined = b"\n".join(symbol.removesuffix(b"</svg>") + b"</symbol>" for symbol in symbols)
    return b'<svg xmlns="http://www.w3.org/2000/svg">\n' + joined + b"\n</svg>\n"


def anchors(assets: Assets) -> Mapping[str, set[str]]:
    """The ids inside published drawings, by path: what an address with a fragment may name."""
    drawings = {path: data for path, data in assets.files.items() if path.endswith(".svg")}
    return {path: set(re.findall(r'\bid="([^"]+)"', data.decode())) for path, data in drawings.items()}
