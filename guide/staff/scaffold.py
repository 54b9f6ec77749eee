"""`build.py new`: the text of a new record that needs only its facts filled in."""

from __future__ import annotations

import datetime

WINDOW_PARTS = """phones: []
instead: []
"""
PROGRAM_PARTS = """unit: none
windows: []
"""


def record(kind: str, id_: str, today: datetime.date) -> tuple[str, str]:
    """The path and the text of a new program or window. The build tells what is still to be filled in."""
    parts = WINDOW_PARTS if kind == "window" else PROGRAM_PARTS
    folder = "consultation" if kind == "window" else "programs"
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
