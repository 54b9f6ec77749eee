"""The whole build, top to bottom: load, check, Site, render, audit, stage, index, swap. Nothing here prints."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guide.pages import assets, audit, gallery, render
from guide.pages.render import Output
from guide.publish import compress, headers, open_data, swap
from guide.read import load
from guide.read.edition import Content
from guide.read.findings import Finding, has_errors, in_order
from guide.rules import check
from guide.search import fulltext
from guide.site import site, texts
from guide.staff import coverage, tuning

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the edition's folder, the generator's own folder, where to, for which day, below which path."""

    edition: Path
    home: Path
    out: Path
    today: datetime.date
    base_path: str = "/"
    search: bool = True
    gallery: bool = False  # the components with their examples too (in preview)
    packed: bool = False  # .br and .gz beside each text file


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


@dataclass(slots=True)
class Made:
    """A site in memory, audited, ready to be staged."""

    outputs: list[Output] = field(default_factory=list)
    searchable: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    characters: int = 0
    heaviest: tuple[tuple[str, int], ...] = ()


def checked(job: Job) -> tuple[Content, list[Finding]]:
    """Read and check the edition; nothing is rendered."""
    content = load.edition(job.edition)
    return content, in_order([*content.findings, *check.every_rule(content, job.today)])


def report(job: Job, content: Content, kind: str, query: str = "") -> str:
    """A report for staff out of content without error: `coverage`, `words`, or `search` with its query."""
    guide = site.build(content, job.today, job.base_path)
    if kind == "search":
        return tuning.search(guide, load.static(job.home / "static"), query)
    return tuning.words(guide) if kind == "words" else coverage.report(guide)


def build(job: Job, progress: Progress = lambda _: None) -> Result:
    """Build and publish, or tell why not. Raises Refused and OSError; the old site then still stands."""
    swap.guard(job.out, job.edition)
    swap.guard(job.out, job.home)
    swap.restore(job.out)
    progress("読み込みと点検")
    content, findings = checked(job)
    if has_errors(findings):
        return Result(tuple(findings), content.texts)
    progress("ページ作り")
    made, found = make(job, content)
    findings = in_order([*findings, *found])
    texts = {**content.texts, **{o.path: o.data.decode() for o in made.outputs if o.page}}
    if has_errors(findings):
        return Result(tuple(findings), texts)
    indexed = _publish(job, made, progress)
    return Result(tuple(findings), texts, True, made.pages, indexed, made.characters, made.heaviest)


def make(job: Job, content: Content) -> tuple[Made, list[Finding]]:
    """Render and audit everything in memory."""
    guide = site.build(content, job.today, job.base_path)
    static = assets.build(load.static(job.home / "static"))
    examples = [gallery.page(load.examples(job.home / "examples"))] if job.gallery else []
    pages = list(render.outputs(guide, static, job.home / "templates", examples))
    outputs = [*pages, *open_data.outputs(guide), *headers.outputs(job.base_path, pages)]
    outputs += [Output(path, contents) for path, contents in static.files.items()]
    files = {output.path for output in outputs}
    read = [(output, audit.read(output)) for output in pages]
    findings = audit.every_rule(read, files, job.base_path, assets.anchors(static))
    made = Made(outputs, pages=len(pages), characters=sum(len("".join(facts.main.split())) for _, facts in read))
    made.searchable = {o.path: texts.search_text(o.page.record) for o in pages if o.page and o.page.record}
    weights = {o.path: compress.weight(o.data) for o in pages}
    made.heaviest = tuple(sorted(weights.items(), key=lambda pair: -pair[1])[:10])
    styles = compress.weight(next(data for path, data in static.files.items() if path.endswith("site.css")))
    records = {o.path: weights[o.path] + styles for o in pages if o.page and o.page.record}
    findings += audit.pages_are_light(records, guide.config.budget.record_bytes)
    if job.packed:
        made.outputs += list(compress.outputs(outputs))
    return made, findings


def _publish(job: Job, made: Made, progress: Progress) -> int:
    with swap.stage(job.out) as folder:
        swap.write(made.outputs, folder)
        indexed = 0
        if job.search:
            progress("検索の索引作り")
            with swap.stage(job.out) as work:
                indexed = fulltext.write(made.searchable, folder, work)
        swap.swap(folder, job.out)
    return indexed
