"""The lists of an edition (situations, needs …): each row a noun with its place. One without a fault waits to be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from guide.read import schema
from guide.read.edition import LISTS, OPTIONAL, Content, Entry
from guide.read.findings import Finding
from guide.read.later import Later, now
from guide.read.memo import Memo
from guide.read.records import Noun
from guide.read.yamlread import Document


def are_known(name: str, content: Content, memo: Memo) -> bool:
    """True when an earlier build found the lists of a file without a fault: they are made when they are asked for."""
    key = content.keys[f"content/{name}"]
    return memo.holds(key) and memo.holds((key, "sound"))


def add_known(name: str, text: str, content: Content, memo: Memo) -> None:
    """Add lists that are known."""
    key = content.keys[f"content/{name}"]
    later = Later(partial(_known_document, name, text, key, memo))
    for kind, model in LISTS[name]:
        if kind in memo.get((key, "sound")):
            content.parts.setdefault(kind, []).append(Later(partial(_known_rows, kind, model, later, memo)))
            content.named.setdefault(kind, set())
        elif name not in OPTIONAL:
            raise AssertionError(f"{name} was sound without {kind}")


def add(name: str, document: Document, content: Content, memo: Memo) -> None:
    """Add the lists of a file that is new to us."""
    key = content.keys[f"content/{name}"]
    before = len(content.findings)
    content.findings += document.findings
    sound = _all_rows(name, document, content, memo)
    if len(content.findings) == before:
        memo.put(key, (document.data,))
        memo.put((key, "sound"), tuple(sound))


def _known_document(name: str, text: str, key: bytes, memo: Memo) -> Document:
    return Document(f"content/{name}", memo.get(key)[0], text=text)


def _known_rows(kind: str, model: type[Noun], later: Later[Document], memo: Memo) -> list[Entry]:
    document = later()
    assert isinstance(document.data, dict)
    rows = partial(_rows, kind, model, document, document.data[kind])
    return memo.living((document.file, kind, document.text), rows).entries


def _all_rows(name: str, document: Document, content: Content, memo: Memo) -> list[str]:
    """Read the lists of a file that is new to us; the kinds that it has."""
    kinds = dict(LISTS[name])
    if document.findings and document.data is None:
        content.lost |= set(kinds)
        return []
    data = document.data if isinstance(document.data, dict) else {}
    for key in [k for k in data if k not in kinds][: schema.MOST]:
        hint = f"使える項目: {', '.join(kinds)}"
        content.findings.append(Finding(document.keys[(key,)], "F002", f"項目「{key}」は使えません。", hint))
    read = []
    for kind, model in kinds.items():
        rows = data.get(kind)
        if isinstance(rows, tuple) and rows:
            made = memo.living((document.file, kind, document.text), partial(_rows, kind, model, document, rows))
            content.parts.setdefault(kind, []).append(now(made.entries))
            content.named.setdefault(kind, set()).update(made.named)
            content.findings += made.findings
            read.append(kind)
            continue
        if kind not in data and name in OPTIONAL:
            continue
        content.lost.add(kind)
        message = f"「{kind}:」の並びがありません。"
        content.findings.append(Finding(document.place((kind,)), "F001", message, "「- 」で始まる並びを書いてください。"))
    return read


@dataclass(slots=True)
class _Rows:
    """The rows of a list as nouns, the ids of faulty ones, and the faults."""

    entries: list[Entry] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def _rows(kind: str, model: type[Noun], document: Document, rows: tuple[object, ...]) -> _Rows:
    made = _Rows()
    for i, row in enumerate(rows):
        noun, found = schema.build(model, document, (kind, i)) if len(made.findings) < schema.MOST else (None, [])
        made.findings += found
        id_ = (row.get("id") or row.get("term") or row.get("name") or str(i)) if isinstance(row, dict) else None
        if noun is not None:
            made.entries.append(Entry(str(id_), now(noun), document, (kind, i)))
        elif isinstance(id_, str):
            made.named.add(id_)
    if len(made.findings) >= schema.MOST:
        made.findings.append(schema.too_many(document.place((kind,)), len(made.findings)))
    return made
