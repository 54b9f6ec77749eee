"""Static files to what is published: one stylesheet and one script a kind of page, all under one folder named by their hash.

A folder hash instead of a hash a file: relative addresses between modules and in CSS keep working unrewritten. The
scripts are joined, not bundled: their modules follow each other in one file and only the import lines between them go.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

LAYERS = ("tokens", "base", "layout", "components", "print")
EVERYWHERE = ("search-form", "erase", "exit", "furigana")
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "main.js": (*EVERYWHERE, "main"),
    "search.js": (*EVERYWHERE, "normalise", "latin", "rank", "fulltext", "search-page", "main", "search"),
}
# Import lines, and comments that fill whole lines: they would be a sixth of what a phone loads.
LEFT_OUT = re.compile(rb"^import [^;]*;\n|^[ \t]*//[^\n]*\n|^[ \t]*/\*\*[^\n]*\*/\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assets:
    """Published files by path below the site's root, and the folder (below the base path) they stand in."""

    files: Mapping[str, bytes]
    folder: str


def build(static: Mapping[str, bytes]) -> Assets:
    """Join the layers and the scripts in their fixed order and move everything below assets/<hash>/.

    Raises KeyError when a layer or module is lost.
    """
    files = {path: data for path, data in static.items() if not path.startswith(("css/", "js/"))}
    files["site.css"] = b"\n".join(static[f"css/{layer}.css"] for layer in LAYERS)
    for name, modules in SCRIPTS.items():
        files[name] = b"\n".join(LEFT_OUT.sub(b"", static[f"js/{module}.js"]) for module in modules)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path] + b"\0")
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return Assets({folder + path: data for path, data in sorted(files.items())}, folder)
