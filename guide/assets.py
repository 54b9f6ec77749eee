"""Static files to what is published: one stylesheet from the layers, all under one folder named by their hash.

A folder hash instead of a hash a file: relative addresses between modules and in CSS keep working unrewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

LAYERS = ("tokens", "base", "layout", "components", "print")


@dataclass(frozen=True, slots=True)
class Assets:
    """Published files by path below the site's root, and the folder (below the base path) they stand in."""

    files: Mapping[str, bytes]
    folder: str


def build(static: Mapping[str, bytes]) -> Assets:
    """Join css/<layer>.css in their fixed order and move everything below assets/<hash>/. Raises KeyError on a lost layer."""
    files = {path: data for path, data in static.items() if not path.startswith("css/")}
    files["site.css"] = b"\n".join(static[f"css/{layer}.css"] for layer in LAYERS)
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path] + b"\0")
    folder = f"assets/{digest.hexdigest()[:12]}/"
    return Assets({folder + path: data for path, data in sorted(files.items())}, folder)
