"""Rules over rendered HTML: what templates add and `check` cannot see. Text in, findings out, nothing written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urldefrag, urljoin

from guide.pages.html_facts import Facts, placed
from guide.pages.output import About, Rendered
from guide.read.findings import Finding, Level, Place
from guide.read.later import Later, now
from guide.read.memo import Memo, digest

OUTSIDE = re.compile(r"(https?|mailto|data):", re.IGNORECASE)  # `HTTPS://…`, as some programs copy it, leads outside too


@dataclass(slots=True)
class Known:
    """Where addresses may lead: files below the site's root, ids in them, the base path; and addresses found good so far."""

    files: set[str]
    anchors: Mapping[str, Later[set[str]]]
    base: str
    good: set[str] = field(default_factory=set)

    def ids(self, file: str) -> set[str]:
        """The ids in a file; none in one that is no page and no drawing."""
        return self.anchors[file]() if file in self.anchors else set()


def every_rule(
    pages: Sequence[Rendered], files: set[str], base_path: str, drawn: Mapping[str, set[str]], memo: Memo
) -> list[Finding]:
    """All findings over the rendered pages.

    `files` are all paths that will be published, below the site's root; `drawn` the ids inside drawings, by path; `memo`
    knows which pages had none, beside the same addresses.
    """
    marks = {**{path: digest(*sorted(ids)) for path, ids in drawn.items()}, **{p.output.path: p.anchors for p in pages}}
    beside = digest(base_path, *(part for path in sorted(files) for part in (path, marks.get(path, b""))))
    faultless: dict[str, bytes] = memo.get(beside) or {}
    holding: dict[str, bytes] = {}
    anchors = {**{path: now(ids) for path, ids in drawn.items()}, **{p.output.path: Later(partial(_ids, p)) for p in pages}}
    known = Known(files, anchors, base_path)
    found: list[Finding] = []
    for page in pages:
        path = page.output.path
        if faultless.get(path) == page.key or not any(_page_rules(path, page.facts(), known)):
            holding[path] = page.key
        else:
            found += _page_rules(path, placed(path, page.output.data), known)
    memo.put(beside, holding)
    return found + list(titles_differ(pages))


def _ids(page: Rendered) -> set[str]:
    return {id_ for id_, _ in page.facts().ids}


def _page_rules(path: str, facts: Facts, known: Known) -> Iterator[Finding]:
    yield from headings_descend(path, facts)
    yield from ids_differ(facts)
    yield from nothing_is_inline(facts)
    yield from telephones_dial(facts)
    yield from addresses_exist(path, facts, known)


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
    for number, place in facts.tels:
        if not re.fullmatch(r"\+?[0-9-]+", number) or re.sub(r"\D", "", number) not in facts.digits:
            hint = "数字だけの番号にし、同じ番号を文字でも見せてください。"
            yield Finding(place, "A005", f"電話リンク「tel:{number}」はかけられないか、番号が見えません。", hint)


def addresses_exist(path: str, facts: Facts, known: Known) -> Iterator[Finding]:
    """Every address inside the site leads to a published file, and to an id that is there."""
    here = known.base + path.removesuffix("index.html")
    for address, place in facts.links:
        if address in known.good or OUTSIDE.match(address):
            continue
        if address.startswith("#"):  # nearly all that are left
            target, fragment = here, address[1:]
        else:
            target, fragment = urldefrag(urljoin(here, address))
        file = target.removeprefix(known.base) if target.startswith(known.base) else None
        if file is not None and (file == "" or file.endswith("/")):
            file += "index.html"
        if file not in known.files or (fragment and "=" not in fragment and fragment not in known.ids(file)):
            yield Finding(place, "A003", f"行き先「{address}」がありません。", "アドレスか id を確かめてください。")
        elif address.startswith(known.base):  # the same wherever it stands, unlike one from here
            known.good.add(address)


def pages_are_light(weights: Mapping[str, int], most: int) -> Iterator[Finding]:
    """A record's page with the styles keeps to the edition's budget of bytes over the wire (PERF-1)."""
    for path, weight in weights.items():
        if weight > most:
            message = f"このページは、圧縮しても書式と合わせて {weight / 1000:.1f} KB あります（上限 {most / 1000:.1f} KB）。"
            yield Finding(Place(path), "A007", message, "文を短くするか、site.toml の [budget] を見直してください。")


def titles_differ(pages: Iterable[Rendered]) -> Iterator[Finding]:
    """No two pages of a language share a title, those aside that bear the guide's name only.

    What translations call alike is only said, and not where the pages share their title in the edition's own language too.
    """
    seen: dict[tuple[str, str], str] = {}
    alike: set[str] = set()
    for page in pages:
        path, about = page.output.path, page.output.page or About()
        title, own = (about.language, page.title), path.removeprefix(f"{about.language}/")
        if about.untitled:
            continue
        if title in seen and own not in alike:
            alike.add(own)
            message = f"題名「{page.title}」が {seen[title]} と同じです。"
            level: Level = "error" if own == path else "warning"
            yield Finding(Place(path), "A006", message, "どちらかの name か title を変えてください。", level)
        seen.setdefault(title, path)
