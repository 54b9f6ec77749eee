"""The Site comes in; everything that is published, in memory and audited, goes out: pages, data files, headers, assets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from guide.job import Job
from guide.pages import assets, audit, gallery, render
from guide.pages.kept import Kept
from guide.pages.output import Output, Rendered
from guide.publish import compress, headers, open_data, well_known
from guide.read import load
from guide.read.edition import Content
from guide.read.findings import Finding, Refused
from guide.read.memo import Memo
from guide.read.store import Store
from guide.site import asking
from guide.site.site import Site
from guide.site.watched import Digests, Watched


@dataclass(slots=True)
class Made:
    """A site in memory, audited, ready to be staged."""

    outputs: list[Output]
    kept: Kept
    pages: int = 0
    characters: int = 0
    heaviest: tuple[tuple[str, int], ...] = ()
    assets: tuple[str, ...] = ()  # the folder of this release's assets, below assets/


def made(job: Job, content: Content, guide: Site, store: Store, held: str) -> tuple[Made, list[Finding]]:
    """Render and audit everything in memory. `held` is a look at the site that stands (unchanged.tree)."""
    written = load.static(job.home / "static")
    static = assets.build(written)
    trees = [(checker.title, asking.tree(guide, checker)) for checker in guide.checkers.values()] if job.gallery else []
    examples = [gallery.page(load.examples(job.home / "examples"), trees)] if job.gallery else []
    digests = Digests(content, guide)
    choices = tuple((each.language.code, each.language.tag, each.language.name) for each in (guide, *guide.others))
    kept = Kept(store, digests, f"{static.folder}{job.base_path}{choices}", job.out, held)
    with render.every_page(guide, static, job.home / "templates", examples, kept) as every_page:
        data = _data(guide, digests, store.memo("data"))  # while other cores make pages
        pages = every_page()
    outputs = [*(page.output for page in pages), *data]
    outputs += headers.outputs(job.base_path, outputs, subdomains=guide.config.hosting.subdomains)
    outputs += [Output(path, contents) for path, contents in static.files.items()]
    outputs += well_known.outputs(guide)
    _paths_differ(outputs)
    findings = audit.every_rule(
        pages, {output.path for output in outputs}, job.base_path, assets.anchors(static), store.memo("audit")
    )
    findings += assets.imports_left(written)
    records = [page for page in pages if page.output.page and page.output.page.record]
    all_of_it = Made(outputs, kept, pages=len(pages), characters=sum(page.characters for page in pages))
    all_of_it.assets = (static.folder.strip("/").rpartition("/")[2],)
    all_of_it.heaviest = _heaviest(pages, store.memo("weights"))
    styles = render.weight(next(data for path, data in static.files.items() if path.endswith("site.css")))
    most = guide.config.budget.record_bytes
    heavy = {page.output.path: page.output.data for page in records if page.bound + styles > most}
    findings += audit.pages_are_light({path: render.weight(data) + styles for path, data in heavy.items()}, most)
    if job.packed:
        all_of_it.outputs += list(compress.outputs(outputs))
    return all_of_it, findings


def _paths_differ(outputs: Sequence[Output]) -> None:
    """Raise Refused when two things would be published at one path."""
    counted = Counter(output.path for output in outputs)
    if doubled := sorted(path for path, times in counted.items() if times > 1):
        raise Refused(f"同じ場所（{doubled[0]}）に2つのページができます。content の id を変えてください。")


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
