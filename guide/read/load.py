"""The one room that reads the edition from disk: folder in, values and findings out. It changes nothing."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from guide.read import parsed, rows, schema, settings
from guide.read.edition import LISTS, OPTIONAL, PAGE_KINDS, PAGES, Content, Entry
from guide.read.findings import Finding, Place
from guide.read.later import Later, now
from guide.read.memo import Memo, digest
from guide.read.parsed import Look, Looks, Page, Parsed
from guide.read.records import Noun
from guide.read.yamlread import Document

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TEXTS = (".css", ".js", ".json", ".svg", ".txt")
PAGE_FILE = re.compile(rf"({'|'.join(PAGE_KINDS)})/[^/]+\.md")


def edition(folder: Path, memo: Memo | None = None) -> Content:
    """Read site.toml and content/ of an edition. Faults are collected, never raised; nothing is skipped in silence.

    `memo` holds what earlier builds made of files without a fault; such a file is not parsed again.
    """
    content = Content()
    memo = memo or Memo()
    text = _text(folder, "site.toml", content)
    if text is not None:
        content.config, found = settings.read(text)
        content.findings += found
    looks = Looks(memo)
    pages: dict[str, tuple[Page, Parsed | None]] = {}
    for name, look in _files(folder, content):
        file = f"content/{name}"
        if keys := looks.keys(name, look):
            page = Page(name, look, Later(partial(_decoded, folder, file)))
            content.texts.add(file, page.text)
            pages[name] = page, parsed.known(page, keys, memo)
        elif (text := _text(folder, file, content)) is None:
            continue
        elif name in LISTS:
            rows.read(name, text, content, memo)
        else:
            pages[name] = Page(name, look, now(text)), None
    new = [page for page, one in pages.values() if one is None]
    made = {page.name: one for page, one in zip(new, parsed.all_of(new, memo), strict=True)}
    for page, one in pages.values():
        _add_page(page, one or made[page.name], content, memo, looks)
    looks.keep()
    _missing_files(content)
    return content


def _files(folder: Path, content: Content) -> Iterator[tuple[str, Look]]:
    """The names below content/ of the files to read, in order, with their looks. A link or a file nobody reads is a finding."""
    found = sorted(_below(f"{folder}/content", ""), key=lambda entry: entry[0].split("/"))
    for name, is_link, look in found:
        place = Place(f"content/{name}")
        if is_link:
            hint = "ファイルの実物を content の中に置いてください。"
            content.findings.append(Finding(place, "D003", "リンク（別の場所を指すファイル）は読みません。", hint))
        elif name in LISTS or PAGE_FILE.fullmatch(name):
            yield name, look
        else:
            hint = f"{'・'.join(PAGE_KINDS)} の中の .md か、決まった名前の .yaml にしてください。"
            content.findings.append(Finding(place, "D001", "このファイルはどこからも読まれません。", hint))


def _below(folder: str, name: str) -> Iterator[tuple[str, bool, Look]]:
    """Name, whether it is a link, and look of all files and links below a folder; hidden files are passed over.

    What vanishes meanwhile (an editor's file of a moment) was not there. Raises OSError for a folder that may not be read.
    """
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except FileNotFoundError:
        return
    for entry in entries:
        is_link = entry.is_symlink()
        if not is_link and entry.is_dir():
            yield from _below(entry.path, f"{name}{entry.name}/")
        elif is_link or (entry.is_file() and not entry.name.startswith(".")):
            with contextlib.suppress(FileNotFoundError):
                told = entry.stat(follow_symlinks=False)
                yield f"{name}{entry.name}", is_link, (told.st_size, told.st_mtime_ns, told.st_ctime_ns)


def _decoded(folder: Path, file: str) -> str:
    return Path(folder, file).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _text(folder: Path, file: str, content: Content) -> str | None:
    try:
        text = _decoded(folder, file)
    except FileNotFoundError:
        content.findings.append(Finding(Place(file), "D002", "ファイルがありません。", f"{file} を作ってください。"))
        return None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        _note_name(file, content)
        content.findings.append(Finding(place, "Y007", "文字コードが UTF-8 ではありません。", "UTF-8 で保存し直してください。"))
        return None
    content.texts.add(file, now(text))
    if not PAGE_FILE.fullmatch(file.removeprefix("content/")):
        content.keys[file] = digest(file, text)
    return text


def _note_name(file: str, content: Content) -> None:
    parts = file.split("/")
    if len(parts) == 3:
        content.named.setdefault(parts[1], set()).add(Path(parts[2]).stem)


def _add_page(page: Page, one: Parsed, content: Content, memo: Memo, looks: Looks) -> None:
    kind, _, stem = page.name.removesuffix(".md").partition("/")
    content.named.setdefault(kind, set()).add(stem)
    if not ID.fullmatch(stem):
        hint = "小文字の英数字とハイフンだけの名前にしてください。"
        place = Place(f"content/{page.name}")
        content.findings.append(Finding(place, "F010", f"ファイル名「{stem}」は id に使えません。", hint))
    content.findings += one.findings
    if one.findings and one.data() is None:
        return
    entry, found = memo.living(one.key, partial(_entry, page, one, is_sound=page.name in looks.holding))
    content.findings += found
    if entry is not None:
        content.parts.setdefault(kind, []).append(now([entry]))
    if not found and not one.findings:
        looks.add(page, one)


def _entry(page: Page, one: Parsed, *, is_sound: bool) -> tuple[Entry | None, list[Finding]]:
    """A page as an entry. The noun of one that an earlier build found sound is made when it is asked for."""
    kind, _, stem = page.name.removesuffix(".md").partition("/")
    document = Document(f"content/{page.name}", first_line=2, later=one.front)
    later = Later(partial(_noun, PAGE_KINDS[kind], document, one))
    if not is_sound:
        noun, found = schema.build(PAGE_KINDS[kind], document, data=one.data())
        if noun is None:
            return None, found
        later = now(noun)
    return Entry(stem, later, document, (), one.body, one.key, one.head), []


def _noun(model: type[Noun], document: Document, one: Parsed) -> Noun:
    noun, found = schema.build(model, document, data=one.data())
    if noun is None:
        raise AssertionError(f"{document.file} was sound: {found}")
    return noun


def _missing_files(content: Content) -> None:
    wanted = [f"content/{name}" for name in LISTS if name not in OPTIONAL] + [f"content/pages/{page}.md" for page in PAGES]
    known = {*content.texts, *(f.place.file for f in content.findings)}
    for name, kinds in LISTS.items():
        if f"content/{name}" not in content.texts:
            content.lost |= {kind for kind, _ in kinds}
    for file in wanted:
        if file not in known:
            content.findings.append(Finding(Place(file), "D002", "ファイルがありません。", f"{file} を作ってください。"))


def examples(folder: Path) -> dict[str, str]:
    """The components' example files by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def static(folder: Path) -> dict[str, bytes]:
    """The generator's static files by path below `folder`; texts with the same line ends wherever they were checked out."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {path: data.replace(b"\r\n", b"\n") if path.endswith(TEXTS) else data for path, data in found.items()}
