"""The whole build, top to bottom: load, check, Site, render, audit, stage, index, swap. Nothing here prints."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from guide.job import Job
from guide.pages import assets, audit, gallery, render
from guide.pages.kept import Kept
from guide.pages.output import Output, Rendered
from guide.publish import compress, headers, open_data, swap, unchanged
from guide.read import load
from guide.read.edition import Content
from guide.read.findings import Finding, has_errors, in_order
from guide.read.memo import Memo, Store
from guide.rules import check
from guide.search import fulltext
from guide.site import site, texts
from guide.site.site import Site
from guide.site.watched import Digests, Watched
from guide.staff import coverage, tuning

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


@dataclass(slots=True)
class Made:
    """A site in memory, audited, ready to be staged."""

    outputs: list[Output]
    kept: Kept
    pages: int = 0
    characters: int = 0
    heaviest: tuple[tuple[str, int], ...] = ()


def checked(job: Job, store: Store | None = None) -> tuple[Content, list[Finding]]:
    """Read and check the edition; nothing is rendered."""
    return check.edition(job.edition, job.today, store)


def report(job: Job, content: Content, kind: str, query: str = "") -> str:
    """A report for staff out of content without error: `coverage`, `words`, or `search` with its query."""
    guide = site.build(content, job.today, job.base_path)
    if kind == "search":
        return tuning.search(guide, load.static(job.home / "static"), query)
    return tuning.words(guide) if kind == "words" else coverage.report(guide)


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
    swap.guard(job.out, job.edition)
    swap.guard(job.out, job.home)
    with swap.alone(job.out, lambda: progress("ほかの組み立てが終わるのを待っています")):
        result = _made_and_published(job, progress, made_of, kept)
        if store is None:
            kept.save()
    return dataclasses.replace(result, notes=tuple(kept.notes))


def _made_and_published(job: Job, progress: Progress, made_of: str, store: Store) -> Result:
    swap.restore(job.out)
    progress("読み込みと点検")
    content, findings = checked(job, store)
    if has_errors(findings):
        return Result(tuple(findings), content.texts)
    progress("ページ作り")
    guide = site.build(content, job.today, job.base_path, store.memo("links"))
    with _indexing(job, guide, store) as index:
        made, found = make(job, content, guide, store)
        findings = in_order([*findings, *found])
        told = {finding.place.file for finding in findings}
        texts = {**content.texts, **{o.path: o.data.decode() for o in made.outputs if o.page and o.path in told}}
        if has_errors(findings):
            return Result(tuple(findings), texts)
        indexed = _publish(job, made, index, progress, "" if findings else made_of)
    return Result(tuple(findings), texts, True, made.pages, indexed, made.characters, made.heaviest)


@contextlib.contextmanager
def _indexing(job: Job, guide: Site, store: Store) -> Iterator[fulltext.Index | None]:
    """The full-text index of all records, begun now: it needs their words only, not their pages."""
    if not job.search:
        yield None
        return
    searchable = {f"{item.url.removeprefix(job.base_path)}index.html": texts.search_text(item) for item in guide.items.values()}
    with swap.stage(job.out) as work, fulltext.indexing(searchable, work, store.memo("fulltext"), last=job.last_index) as index:
        yield index


def make(job: Job, content: Content, guide: Site, store: Store) -> tuple[Made, list[Finding]]:
    """Render and audit everything in memory."""
    static = assets.build(load.static(job.home / "static"))
    examples = [gallery.page(load.examples(job.home / "examples"))] if job.gallery else []
    digests = Digests(content, guide)
    kept = Kept(store, digests, static.folder + job.base_path, job.out, unchanged.tree(job.out))
    pages = render.every_page(guide, static, job.home / "templates", examples, kept)
    outputs = [page.output for page in pages]
    outputs += [*_data(guide, digests, store.memo("data")), *headers.outputs(job.base_path, outputs)]
    outputs += [Output(path, contents) for path, contents in static.files.items()]
    findings = audit.every_rule(
        pages, {output.path for output in outputs}, job.base_path, assets.anchors(static), store.memo("audit")
    )
    records = [page for page in pages if page.output.page and page.output.page.record]
    made = Made(outputs, kept, pages=len(pages), characters=sum(page.characters for page in pages))
    made.heaviest = _heaviest(pages, store.memo("weights"))
    styles = render.weight(next(data for path, data in static.files.items() if path.endswith("site.css")))
    most = guide.config.budget.record_bytes
    heavy = {page.output.path: page.output.data for page in records if page.bound + styles > most}
    findings += audit.pages_are_light({path: render.weight(data) + styles for path, data in heavy.items()}, most)
    if job.packed:
        made.outputs += list(compress.outputs(outputs))
    return made, findings


def _data(guide: Site, digests: Digests, memo: Memo) -> Sequence[Output]:
    """The data files; those of an earlier build where nothing changed of what making them read."""
    known = memo.get(guide.base_path)
    if known is not None and digests.hold(known[0]):
        return [Output(path, data) for path, data in known[1]]
    watched = Watched(guide)
    made = open_data.outputs(watched.as_site())
    memo.put(guide.base_path, (digests.all_of(watched.seen), tuple((output.path, output.data) for output in made)))
    return made


def _heaviest(pages: Sequence[Rendered], memo: Memo) -> tuple[tuple[str, int], ...]:
    """The ten pages that weigh most, with their weight; looked for among those that might."""
    likely = sorted(pages, key=lambda page: -page.bound)[:40]
    weights = ((page.output.path, memo.once(page.key, partial(_weight, page))) for page in likely)
    return tuple(sorted(weights, key=lambda pair: -pair[1])[:10])


def _weight(page: Rendered) -> int:
    return render.weight(page.output.data)


def _publish(job: Job, made: Made, index: fulltext.Index | None, progress: Progress, made_of: str) -> int:
    with swap.stage(job.out) as folder:
        swap.write(made.outputs, folder)
        indexed = 0
        if index is not None:
            progress("検索の索引作り")
            indexed = index.write(folder)
        held = swap.mark(folder, made_of)
        swap.swap(folder, job.out)
    made.kept.published(held)
    return indexed
