"""The one room that reads the edition from disk: folder in, values and findings out. It changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from guide.read import files, limits, parsed, rows, schema, settings, translations
from guide.read.edition import LISTS, OPTIONAL, PAGE_KINDS, PAGES, Content, Entry
from guide.read.fields import SLUG
from guide.read.findings import Finding, Place
from guide.read.languages import FILE, HEAD, INTERFACE
from guide.read.later import Later, now
from guide.read.memo import Memo, digest
from guide.read.parsed import Look, Looks, Page, Parsed
from guide.read.records import Noun
from guide.read.yamlread import Document

TEXTS = (".css", ".js", ".json", ".svg", ".txt")
OWN = Path(__file__).resolve().parents[2]  # the generator's folder: its words of the interface serve editions without any
PAGE_FILE = re.compile(rf"({'|'.join(PAGE_KINDS)})/[^/.][^/]*\.md")
# The names of the files that are read, below content/.
READ = (LISTS.__contains__, PAGE_FILE.fullmatch, FILE.fullmatch, INTERFACE.fullmatch)


def edition(folder: Path, memo: Memo | None = None) -> Content:
    """Read site.toml and content/ of an edition. Faults are collected, never raised; nothing is skipped in silence.

    `memo` holds what earlier builds made of files without a fault; such a file is not parsed again.
    """
    content = Content()
    memo = memo or Memo()
    _settings(folder, content)
    looks = Looks(memo)
    pages: dict[str, tuple[Page, Parsed | None]] = {}
    lists: dict[str, str] = {}
    for name, look in _files(folder, content):
        file = f"content/{name}"
        if keys := looks.keys(name, look):
            page = Page(name, look, Later(partial(_again, folder, file)))
            content.texts.add(file, page.text)
            pages[name] = page, parsed.known(page, keys, memo)
        elif (text := _text(folder, file, content)) is None:
            continue
        elif name in LISTS:
            lists[name] = text
        elif not translations.told(name, text, content, memo):
            pages[name] = Page(name, look, now(text)), None
    new = [page for page, one in pages.values() if one is None]
    strange = {name: text for name, text in lists.items() if not rows.are_known(name, content, memo)}
    parts, documents = parsed.all_of(new, strange, memo)
    for name, text in lists.items():
        if name in documents:
            rows.add(name, documents[name], content, memo)
        else:
            rows.add_known(name, text, content, memo)
    made = {page.name: one for page, one in zip(new, parts, strict=True)}
    for page, one in pages.values():
        _add_page(page, one or made[page.name], content, memo, looks)
    looks.keep()
    _missing_files(content)
    _languages(content, memo)
    return content


def _settings(folder: Path, content: Content) -> None:
    if (text := _text(folder, "site.toml", content)) is not None:
        content.config, found = settings.read(text)
        content.findings += found


def _languages(content: Content, memo: Memo) -> None:
    """The words of the interface that the edition has none of are the generator's own; then a language may still lack files."""
    names = content.config.site.languages if content.config else ("ja",)
    for name in names:
        file = f"content/interface/{name}.yaml"
        if name not in content.interface and (OWN / file).is_file() and (text := _text(OWN, file, content)) is not None:
            translations.interface(f"interface/{name}.yaml", text, content, memo)
    content.asked = translations.asked(OWN, memo)
    known = {*content.texts, *(f.place.file for f in content.findings)}
    if "content" in known:  # closed as a whole, which is told
        return
    wanted = [f"content/interface/{name}.yaml" for name in names]
    wanted += [f"content/languages/{name}/{HEAD}.yaml" for name in names[1:]]
    for file in (file for file in wanted if file not in known):
        content.findings.append(Finding(Place(file), "D002", "ファイルがありません。", f"{file} を作ってください。"))


def _files(folder: Path, content: Content) -> Iterator[tuple[str, Look]]:
    """The names below content/ of the files to read, in order, with their looks. Whatever else lies there is a finding."""
    for found in sorted(files.below(f"{folder}/content"), key=lambda found: found.name.split("/")):
        if found.kind == "file" and any(each(found.name) for each in READ):
            yield found.name, (found.size, found.time, found.changed)
        else:
            file = f"content/{found.name}".rstrip("/")
            _note_name(file, content)
            if found.kind == "closed":
                content.lost |= {kind for kind in PAGE_KINDS if found.name in ("", kind)}
            content.findings.append(Finding(Place(file), *_why_not(found)))


def _why_not(found: files.Found) -> tuple[str, str, str]:
    """Why something that lies in content/ is not read: code, message, hint."""
    if found.kind == "link":
        hint = "ファイルの実物を content の中に置いてください。"
        return "D003", "リンク（別の場所を指すファイル）は読みません。", hint
    if found.kind == "closed":
        return "D004", "開けません。", "読める権限があるかを確かめてください。"
    if found.kind == "odd":
        hint = "消すか、名前を変えてください。フォルダーの名前は .md や .yaml で終われません。"
        return "D004", "ふつうのファイルではありません。", hint
    if found.kind == "big":
        message = f"ファイルが大きすぎます（{found.size:,} バイト）。"
        return "Y006", message, f"{limits.FILE_BYTES:,} バイトまでに分けてください。"
    hint = f"{'・'.join(PAGE_KINDS)} の中の .md か、決まった名前の .yaml にしてください。"
    return "D001", "このファイルはどこからも読まれません。", hint


def _text(folder: Path, file: str, content: Content) -> str | None:
    try:
        text = files.text(folder / file)
    except FileNotFoundError:
        content.findings.append(Finding(Place(file), "D002", "ファイルがありません。", f"{file} を作ってください。"))
        return None
    except OSError as error:
        _note_name(file, content)
        hint = "ふつうのファイルで、読める権限があるかを確かめてください。"
        content.findings.append(Finding(Place(file), "D004", f"読めません（{error.strerror or error}）。", hint))
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


def _again(folder: Path, file: str) -> str:
    """The text of a file that an earlier build has read; most are not asked for."""
    return files.text(folder / file)


def _note_name(file: str, content: Content) -> None:
    parts = file.split("/")
    if len(parts) == 3:
        content.named.setdefault(parts[1], set()).add(Path(parts[2]).stem)


def _add_page(page: Page, one: Parsed, content: Content, memo: Memo, looks: Looks) -> None:
    kind, _, stem = page.name.removesuffix(".md").partition("/")
    content.named.setdefault(kind, set()).add(stem)
    if not SLUG.fullmatch(stem):
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
        if known.isdisjoint((file, file.rpartition("/")[0], "content")):
            content.findings.append(Finding(Place(file), "D002", "ファイルがありません。", f"{file} を作ってください。"))


def examples(folder: Path) -> dict[str, str]:
    """The components' example files by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def static(folder: Path) -> dict[str, bytes]:
    """The generator's static files by path below `folder`; texts with the same line ends wherever they were checked out."""
    paths = (p for p in sorted(folder.rglob("*")) if p.is_file() and not files.is_left_behind(p.name))
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}
    return {path: data.replace(b"\r\n", b"\n") if path.endswith(TEXTS) else data for path, data in found.items()}
