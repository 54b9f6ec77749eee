"""The whole build, top to bottom: load, check, Site, render, audit, stage, index, swap. Nothing here prints."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from guide.job import Job
from guide.publish import destination, mark, swap, unchanged
from guide.read import cores, load, signals, trouble
from guide.read.edition import Content
from guide.read.findings import Finding, has_errors, in_order
from guide.read.memo import Spoilt
from guide.read.store import Store
from guide.rules import check
from guide.search import fulltext
from guide.site import site, texts
from guide.site.site import Site

if TYPE_CHECKING:
    from guide.pages.kept import Kept
    from guide.publish import everything

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. `published` is false when findings stopped the build; then nothing was written."""

    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    published: bool = False
    pages: int = 0
    indexed: int = 0
    characters: int = 0
    heaviest: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()  # what did not go well and did no harm, for staff

    def told(self, seconds: float) -> str:
        """What staff are told of a site that is published."""
        heaviest = "、".join(f"{page.removesuffix('index.html')} {size / 1000:.1f}" for page, size in self.heaviest)
        return (
            f"  ページ {self.pages}（検索できるページ {self.indexed}）、本文 {self.characters:,} 文字、"
            f"注意 {len(self.findings)} 件、{seconds:.1f} 秒\n"
            f"  重いページ（圧縮して KB）: {heaviest}"
        )


def checked(job: Job, store: Store | None = None) -> tuple[Content, list[Finding]]:
    """Read and check the edition; nothing is rendered."""
    return check.edition(job.edition, job.today, store)


def report(job: Job, content: Content, kind: str, query: str = "") -> str:
    """A report for staff out of content without error.

    `coverage`, `questions`, `words`, `search` with its query, or `untranslated` with a language.
    """
    from guide.staff import asked, coverage, translating, tuning  # noqa: PLC0415  # a build needs none of them

    guide = site.build(content, job.today, job.base_path)
    if kind == "untranslated":
        from guide.pages import render  # noqa: PLC0415

        other = translating.in_language(guide, query)
        return translating.missing(content, other, render.unsaid(other, guide, job.home / "templates"))
    if kind == "search":
        return tuning.search(guide, load.static(job.home / "static"), query)
    reports = {"words": tuning.words, "questions": asked.report, "coverage": coverage.report}
    return reports[kind](guide)


def store_of(job: Job, code: str) -> Store:
    """What earlier builds to the same destination left. `code`: what unchanged.generator saw before the generator was loaded."""
    return Store(swap.beside(job.out), code)


def build(job: Job, progress: Progress = lambda _: None, made_of: str = "", store: Store | None = None, code: str = "") -> Result:
    """Build and publish, or tell why not. Raises Refused and OSError; the old site then still stands.

    `made_of` is what unchanged.fingerprint saw before: it is kept with the site when there is nothing to tell about it;
    `store` what earlier builds of this process know. Without one it is read and written beside the site, for the generator
    that `code` tells (else the one that lies there now).
    """
    kept = store or store_of(job, code or unchanged.generator(job.home))
    destination.may_hold(job.out, job.edition, job.home)

    def waiting() -> None:
        destination.guard(job.out, job.edition, job.home)  # a refusal does not wait
        progress("ほかの組み立てが終わるのを待っています")

    with swap.alone(job.out, waiting) as locked:
        with _swept(job, kept, sure=locked):
            held = destination.guard(job.out, job.edition, job.home)
            try:
                result, pages = _made_and_published(job, progress, kept, held)
            except Spoilt as spoilt:
                kept.forget(str(spoilt))
                result, pages = _made_and_published(job, progress, kept, held)
        if pages is not None:
            try:
                pages.published(mark.seal(job.out, "" if result.findings else made_of))
            except OSError as error:  # it is published all the same; the next build only has more to do
                kept.notes.append(f"公開しましたが、目印を書けませんでした（{trouble.why(error)}）。次は全部を作り直します。")
        if store is None:
            kept.save()
    return dataclasses.replace(result, notes=tuple(dict.fromkeys(kept.notes)))


@contextlib.contextmanager
def _swept(job: Job, store: Store, *, sure: bool) -> Iterator[None]:
    """Before and after: nothing lies about that a dead build left. Where nobody is `sure` to build alone, it may be alive."""
    if not sure:
        yield
        return
    with signals.held():
        swap.restore(job.out, lambda _: None)  # what cannot be cleared is told at the end
        try:
            with signals.heard():
                yield
        finally:
            swap.restore(job.out, store.notes.append)


def _made_and_published(job: Job, progress: Progress, store: Store, held: str) -> tuple[Result, Kept | None]:
    """What came of it; and the pages that are published now, when they are."""
    progress("読み込みと点検")
    with _compiling(job, store) as keep_templates:
        content, findings = checked(job, store)
        if has_errors(findings):
            return Result(tuple(findings), content.texts), None
        keep_templates()
    progress("ページ作り")
    guide = site.build(content, job.today, job.base_path, store.memo("links"))
    with _indexing(job, guide, store) as index:
        # Loaded while Pagefind works, which is what a build with an index waits for.
        from guide.publish import everything  # noqa: PLC0415

        made, found = everything.made(job, content, guide, store, held)
        findings = in_order([*findings, *found])
        told = {finding.place.file for finding in findings}
        texts = {file: content.texts[file] for file in told if file in content.texts}
        texts |= {o.path: o.data.decode() for o in made.outputs if o.page and o.path in told}
        if has_errors(findings):
            return Result(tuple(findings), texts), None
        if index is not None:
            progress("検索の索引作り")
        indexed = _publish(job, made, index, store)
    return Result(tuple(findings), texts, True, made.pages, indexed, made.characters, made.heaviest), made.kept


@contextlib.contextmanager
def _compiling(job: Job, store: Store) -> Iterator[Callable[[], None]]:
    """The templates being compiled on another core while the edition is read, where no earlier build knows them."""
    memo = store.memo("templates")
    if memo.old or cores.usable() < 2:
        yield lambda: None
        return

    from guide.pages import render  # noqa: PLC0415  # only now: where templates are known, loading it can wait

    with cores.sharing(lambda folders: [render.compiled(folder) for folder in folders], [job.home / "templates"], 1) as compiled:
        yield lambda: memo.new.update(compiled()[0])


@contextlib.contextmanager
def _indexing(job: Job, guide: Site, store: Store) -> Iterator[fulltext.Index | None]:
    """The full-text index of all records, begun now: it needs their words only, not their pages."""
    if not job.search:
        yield None
        return
    memo = store.memo("fulltext")
    words = {
        f"{item.url.removeprefix(job.base_path)}index.html": memo.once(item.entry.key, partial(texts.search_text, item))
        for item in guide.items.values()
    }
    with swap.stage(job.out, store.notes.append) as work, fulltext.indexing(words, work, memo, last=job.last_index) as index:
        yield index


def _publish(job: Job, made: everything.Made, index: fulltext.Index | None, store: Store) -> int:
    with swap.stage(job.out, store.notes.append) as folder:
        swap.write(made.outputs, folder)
        indexed = index.write(folder) if index is not None else 0
        written = (output.path for output in made.outputs)
        mark.finish(folder, written, mark.take_over(job.out, folder), made.assets)
        swap.swap(folder, job.out)
    return indexed
