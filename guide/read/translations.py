"""The files of other languages, and the words of the interface: text in, entries with their places out.

Each file is a mapping from ids (phrases: from short Japanese texts, in groups; interface: from keys, in groups) to what is
told. A file without a fault waits to be asked for, as lists do.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable, Iterator
from functools import partial

from guide.read import files, markdown, schema, yamlread
from guide.read.edition import Content, Entry
from guide.read.findings import Finding, Place
from guide.read.languages import FILE, FILES, HEAD, INTERFACE, PHRASES, PageTold, Phrase, Tongue
from guide.read.later import Later, now
from guide.read.markdown import Body
from guide.read.memo import Memo, digest
from guide.read.yamlread import Document, Path

Made = tuple[list[Entry], list[Finding]]


def told(name: str, text: str, content: Content, memo: Memo) -> bool:
    """Read a file of another language or of the interface, by its name below content/; False for any other file."""
    if (found := FILE.fullmatch(name)) is not None:
        _read(name, found, text, content, memo)
    elif INTERFACE.fullmatch(name):
        interface(name, text, content, memo)
    return found is not None or INTERFACE.fullmatch(name) is not None


def _read(name: str, found: re.Match[str], text: str, content: Content, memo: Memo) -> None:
    language, stem = found.groups()
    kind = "languages" if stem == HEAD else f"{language}/{stem}"
    make: Callable[[Document], Made] = (
        partial(_head, language) if stem == HEAD else _phrases if stem == PHRASES else partial(_told, stem)
    )
    document, found_in_it = _document(f"content/{name}", text, content.keys[f"content/{name}"], memo)
    if found_in_it is None:
        content.parts.setdefault(kind, []).append(Later(lambda: make(document())[0]))
        return
    entries, faults = make(document()) if isinstance(document().data, dict) else ([], [_no_mapping(document())])
    _keep(content, memo, content.keys[f"content/{name}"], document(), [*found_in_it, *faults])
    content.parts.setdefault(kind, []).append(now(entries))


def interface(name: str, text: str, content: Content, memo: Memo) -> None:
    """The words of the interface in a language, by the name of the file below content/."""
    language, file = pathlib.Path(name).stem, f"content/{name}"
    document, found = _document(file, text, content.keys[file], memo)
    if found is not None:
        faults = list(_words_are_texts(document())) if document().data is not None else []
        _keep(content, memo, content.keys[file], document(), [*found, *faults])
    content.interface[language] = document


def asked(own: pathlib.Path, memo: Memo) -> Later[Document]:
    """The generator's own words: those that its pages ask for, which every language must have."""
    file = "content/interface/ja.yaml"
    text = files.text(own / file)
    return _document(file, text, digest(file, text), memo)[0]


def flat(data: object, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of nested groups, each with its path."""
    if isinstance(data, str):
        yield at, data
    for key, value in data.items() if isinstance(data, dict) else ():
        yield from flat(value, (*at, key))


def _document(file: str, text: str, key: bytes, memo: Memo) -> tuple[Later[Document], list[Finding] | None]:
    """A document with the faults of its writing; None for one in which an earlier build found no fault of any kind."""
    if memo.holds(key):
        return Later(lambda: Document(file, memo.get(key)[0], text=text)), None
    document = yamlread.read(text, file)
    return now(document), document.findings


def _keep(content: Content, memo: Memo, key: bytes, document: Document, faults: list[Finding]) -> None:
    content.findings += faults
    if not faults:
        memo.put(key, (document.data,))


def _no_mapping(document: Document) -> Finding:
    place = document.place(())
    return Finding(place, "F003", "「名前: 値」の組がありません。", "「id:」の下に、字下げして訳を書いてください。")


def _head(language: str, document: Document) -> Made:
    noun, found = schema.build(Tongue, document)
    return ([Entry(language, now(noun), document)] if noun else []), found


def _told(stem: str, document: Document) -> Made:
    entries: list[Entry] = []
    found: list[Finding] = []
    model, _ = FILES[stem]
    assert isinstance(document.data, dict)
    for id_ in document.data:
        noun, faults = schema.build(model, document, (id_,)) if len(found) < schema.MOST else (None, [])
        found += faults
        body: Later[Body | None] = now(None)
        if isinstance(noun, PageTold):
            body = Later(partial(_body, noun, document, (id_, "text")))
            found += getattr(body(), "findings", ())
        if noun is not None:
            entries.append(Entry(id_, now(noun), document, (id_,), body))
    return entries, found


def _body(noun: PageTold, document: Document, at: Path) -> Body:
    """The text of a page; where it is faulty, its place is the line on which the text begins."""
    body = markdown.parse(noun.text, document.file, 1)
    if not body.findings:
        return body
    place = document.place(at)
    return markdown.parse(noun.text, document.file, place.line + 1)


def _phrases(document: Document) -> Made:
    entries: list[Entry] = []
    found: list[Finding] = []
    assert isinstance(document.data, dict)
    for group, rows in document.data.items():
        if not isinstance(rows, dict):
            hint = "「日本語: 訳」の行を、まとまりの名前の下に字下げして書いてください。"
            found.append(Finding(document.place((group,)), "F003", f"{group}: 値の種類が違います。", hint))
            continue
        for japanese in rows:
            noun, faults = _phrase(document, (group, japanese), rows[japanese])
            found += faults if len(found) < schema.MOST else []
            entries += [Entry(japanese, now(noun), document, (group, japanese))] if noun else []
    return entries, found


def _phrase(document: Document, at: Path, text: object) -> tuple[Phrase | None, list[Finding]]:
    noun, faults = schema.build(Phrase, document, data={"text": text})
    where: Place | None = document.place(at) if faults else None
    return noun, [Finding(where, f.code, f.message, f.hint) for f in faults if where]


def _words_are_texts(document: Document) -> Iterator[Finding]:
    """In groups of groups there are texts, and nothing else."""

    def walk(data: object, at: Path) -> Iterator[Finding]:
        if isinstance(data, dict):
            for key, value in data.items():
                yield from walk(value, (*at, key))
        elif not isinstance(data, str):
            hint = "文字を書いてください。数や true は '…' で囲みます。"
            yield Finding(document.place(at), "F003", f"{'.'.join(map(str, at)) or '全体'}: 値の種類が違います。", hint)

    yield from walk(document.data, ())
