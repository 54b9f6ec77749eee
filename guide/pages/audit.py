"""Rules over rendered HTML: what templates add and `check` cannot see. Text in, findings out, nothing written."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

from guide.pages.render import Output
from guide.read.findings import Finding, Place

VOID_SCRIPT_TYPES = ("application/ld+json",)
SKIPPED_TEXT = ("rt", "rp", "script", "style", "template")


@dataclass(slots=True)
class Facts:
    """What one page holds, as far as the rules care. Places are line and column in the rendered page."""

    headings: list[tuple[int, Place]] = field(default_factory=list)
    ids: list[tuple[str, Place]] = field(default_factory=list)
    links: list[tuple[str, Place]] = field(default_factory=list)
    inline: list[tuple[str, Place]] = field(default_factory=list)
    tels: list[tuple[str, Place]] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    text: str = ""
    main: str = ""


class _Page(html.parser.HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path, self.facts = path, Facts()
        self.open: list[str] = []
        self.words: list[str] = []
        self.main_words: list[str] = []

    def here(self) -> Place:
        line, column = self.getpos()
        return Place(self.path, line, column + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        facts, here = self.facts, self.here()
        if tag not in ("meta", "link", "img", "input", "br", "hr", "wbr"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            facts.headings.append((int(tag[1]), here))
        if tag == "html":
            facts.language = values.get("lang")
        if "id" in values:
            facts.ids.append((values["id"], here))
        if "style" in values or any(name.startswith("on") for name in values) or tag == "style":
            facts.inline.append((tag, here))
        if tag == "script" and "src" not in values and values.get("type") not in VOID_SCRIPT_TYPES:
            facts.inline.append((tag, here))
        for name in ("href", "src", "action"):
            if values.get(name, "").startswith("tel:"):
                facts.tels.append((values[name][4:], here))
            elif name in values:
                facts.links.append((values[name], here))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.facts.title += data
        elif not any(tag in SKIPPED_TEXT for tag in self.open):
            self.words.append(data)
            if "main" in self.open:
                self.main_words.append(data)


def read(output: Output) -> Facts:
    """The facts of one rendered page."""
    page = _Page(output.path)
    page.feed(output.data.decode())
    page.close()
    page.facts.text = " ".join(page.words)
    page.facts.main = " ".join(page.main_words)
    return page.facts


def every_rule(
    pages: Iterable[tuple[Output, Facts]], files: set[str], base_path: str, drawn: Mapping[str, set[str]]
) -> list[Finding]:
    """All findings over the rendered pages.

    `files` are all paths that will be published, below the site's root; `drawn` the ids inside drawings, by path.
    """
    pages = list(pages)
    anchors = {**drawn, **{output.path: {id_ for id_, _ in facts.ids} for output, facts in pages}}
    found = [f for output, facts in pages for f in _page_rules(output.path, facts)]
    found += [f for output, facts in pages for f in addresses_exist(output.path, facts, files, anchors, base_path)]
    return found + list(titles_differ(pages))


def _page_rules(path: str, facts: Facts) -> Iterator[Finding]:
    yield from headings_descend(path, facts)
    yield from ids_differ(facts)
    yield from nothing_is_inline(facts)
    yield from telephones_dial(facts)


def headings_descend(path: str, facts: Facts) -> Iterator[Finding]:
    """Exactly one h1, first, no level skipped, and the language told (A11Y-12)."""
    hint = "templates の見出しの段を直してください。"
    levels = [level for level, _ in facts.headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield Finding(Place(path), "A001", f"h1 が {levels.count(1)} 個あるか、最初にありません。", hint)
    for (before, _), (level, place) in zip(facts.headings, facts.headings[1:], strict=False):
        if level > before + 1:
            yield Finding(place, "A001", f"見出しの段が h{before} から h{level} へ飛んでいます。", hint)
    if not facts.language or not facts.title.strip():
        yield Finding(Place(path), "A001", "lang か title がありません。", "templates/layouts/base.html を直してください。")


def ids_differ(facts: Facts) -> Iterator[Finding]:
    """An id stands once on a page."""
    seen: set[str] = set()
    for id_, place in facts.ids:
        if id_ in seen:
            yield Finding(place, "A002", f"id「{id_}」がこのページに2つあります。", "別の id にしてください。")
        seen.add(id_)


def nothing_is_inline(facts: Facts) -> Iterator[Finding]:
    """No inline script, style or handler, so that the policy in the headers holds (SEC-3)."""
    for tag, place in facts.inline:
        hint = "static/js か static/css に移してください。"
        yield Finding(place, "A004", f"<{tag}> に命令か書式が直接書いてあります。", hint)


def telephones_dial(facts: Facts) -> Iterator[Finding]:
    """A tel: link holds digits only (no # or *, OFF-10), and its number can be read on the page."""
    digits = re.sub(r"\D", "", facts.text)
    for number, place in facts.tels:
        if not re.fullmatch(r"\+?[0-9-]+", number) or re.sub(r"\D", "", number) not in digits:
            hint = "数字だけの番号にし、同じ番号を文字でも見せてください。"
            yield Finding(place, "A005", f"電話リンク「tel:{number}」はかけられないか、番号が見えません。", hint)


def addresses_exist(path: str, facts: Facts, files: set[str], anchors: Mapping[str, set[str]], base: str) -> Iterator[Finding]:
    """Every address inside the site leads to a published file, and to an id that is there."""
    here = base + path.removesuffix("index.html")
    for address, place in facts.links:
        if re.match(r"(https?|mailto|data):", address):
            continue
        target, fragment = urldefrag(urljoin(here, address))
        file = target.removeprefix(base) if target.startswith(base) else None
        if file is not None and (file == "" or file.endswith("/")):
            file += "index.html"
        if file not in files or (fragment and "=" not in fragment and fragment not in anchors.get(file or "", set())):
            yield Finding(place, "A003", f"行き先「{address}」がありません。", "アドレスか id を確かめてください。")


def pages_are_light(weights: Mapping[str, int], most: int) -> Iterator[Finding]:
    """A record's page with the styles keeps to the edition's budget of bytes over the wire (PERF-1)."""
    for path, weight in weights.items():
        if weight > most:
            message = f"このページは、圧縮しても書式と合わせて {weight / 1000:.1f} KB あります（上限 {most / 1000:.1f} KB）。"
            yield Finding(Place(path), "A007", message, "文を短くするか、site.toml の [budget] を見直してください。")


def titles_differ(pages: Iterable[tuple[Output, Facts]]) -> Iterator[Finding]:
    """No two pages share a title."""
    seen: dict[str, str] = {}
    for output, facts in pages:
        if output.page and (output.page.sensitive or output.page.template == "search.html"):
            continue  # these bear the guide's name only, so that a tab or a history tells nothing (DV-4)
        if facts.title in seen:
            message = f"題名「{facts.title}」が {seen[facts.title]} と同じです。"
            yield Finding(Place(output.path), "A006", message, "どちらかの name か title を変えてください。")
        seen.setdefault(facts.title, output.path)
