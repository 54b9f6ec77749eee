"""What a YAML scalar means, by the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

So `no`, `9:30` and `0123` stay what a clerk typed, and an editor's YAML 1.2 server agrees.
"""

from __future__ import annotations

import re

NULL = re.compile(r"~|null|Null|NULL|")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]+")
OTHER_NUMBER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
OTHERS = "~nNtTfF-+.0123456789"  # what values begin with that are no text
# Python refuses to convert enormous digit strings; no field of ours holds one, so such a text stays text.
LONGEST_NUMBER = 18


def scalar(text: str, *, plain: bool) -> object:
    """A scalar's value by the YAML 1.2 core schema; `plain` is false for quoted and block scalars (always text)."""
    if not plain or (text and text[0] not in OTHERS):
        return text
    if NULL.fullmatch(text):
        return None
    if TRUE.fullmatch(text):
        return True
    if FALSE.fullmatch(text):
        return False
    if INTEGER.fullmatch(text):
        return int(text) if len(text) <= LONGEST_NUMBER else text
    if OTHER_NUMBER.fullmatch(text):
        return int(text, 0) if len(text) <= LONGEST_NUMBER else text
    if FLOAT.fullmatch(text):
        return float(re.sub(r"\.(inf|nan)", r"\1", text.lower()))
    return text
