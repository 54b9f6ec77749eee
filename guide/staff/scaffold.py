"""`build.py new`: the text of a new record that needs only its facts filled in."""

from __future__ import annotations

import datetime

from guide.read.fields import SLUG, SLUG_HINT
from guide.read.findings import Refused
from guide.site.items import FOLDERS

WINDOW_PARTS = """phones: []
instead: []
"""
PROGRAM_PARTS = """unit: none
windows: []
"""


def paths(id_: str) -> list[str]:
    """Where a record of this id may stand: programs and windows share one set of ids."""
    return [f"content/{folder}/{id_}.md" for folder in FOLDERS.values()]


def record(kind: str, id_: str, today: datetime.date) -> tuple[str, str]:
    """The path and the text of a new program or window. The build tells what is still to be filled in.

    Raises Refused for an id that cannot be an address.
    """
    if not SLUG.fullmatch(id_):
        raise Refused(f"id「{id_}」は使えません。{SLUG_HINT}")
    parts = WINDOW_PARTS if kind == "window" else PROGRAM_PARTS
    folder = FOLDERS["window" if kind == "window" else "program"]
    text = f"""---
name:
yomi:
summary:
status: active
situations: []
{parts}sensitive: false
sources: []
checked: '{today}'
---

"""
    return f"content/{folder}/{id_}.md", text
