"""Pages to bytes, with Jinja2: autoescape on, unknown names are errors (SEC-9). Same Site, same bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

import brotli
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from guide.pages import html_facts, linebreaks
from guide.pages.assets import Assets
from guide.pages.kept import Kept
from guide.pages.output import About, Output, Rendered
from guide.pages.page import Page
from guide.pages.pages import makers as makers_of
from guide.read import cores, markdown, records
from guide.read.memo import Memo
from guide.site import calling, facts, views, ways
from guide.site.site import Site
from guide.site.watched import Read, Watched


class Compiled(BytecodeCache):
    """Compiled templates, by name and source, in a memo of an earlier build."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill what Jinja asks for; it compares the checksum of the source itself."""
        if (known := self.memo.get(bucket.key)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja compiled."""
        self.memo.put(bucket.key, bucket.bytecode_to_string())


class _Environment(Environment):
    """For pages that import some twenty macros each, where Jinja takes its time for every import."""

    known: dict[str, Template]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template, which are those of all: at each import Jinja compares them, name by name if in a chain."""
        return super().make_globals(d) if d else self.globals

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002, ANN401  # Jinja's own names
        """A template, looked up once: Jinja's own cache takes a lock each time."""
        if isinstance(name, Template):
            return name
        if name not in self.known:
            self.known[name] = super().get_template(name, parent, globals)
        return self.known[name]


def environment(templates: Path, memo: Memo) -> Environment:
    """The Jinja environment. A new one for each build, so that no cached template goes stale in preview."""
    env = _Environment(
        loader=FileSystemLoader([templates / "pages", templates / "layouts", templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(memo),
    )
    env.known = {}
    env.filters["ruby"] = markdown.ruby
    env.filters["phrases"] = linebreaks.phrases
    env.filters["without_readings"] = markdown.without_readings
    env.filters["date_ja"] = date_ja
    env.filters["service"] = calling.service
    env.filters["facts"] = facts.of
    env.filters["limits"] = calling.limits
    env.filters["spot"] = ways.spot
    env.filters["told_apart"] = calling.told_apart
    env.tests["silent"] = calling.is_silent
    env.globals.update(case_url=views.case_url, WRITTEN=records.WRITTEN, WAY_NAMES=records.WAY_NAMES)
    env.globals.update(STATUS_NAMES=records.STATUS_NAMES, STATUS_SHORT=records.STATUS_SHORT)
    return env


@contextlib.contextmanager
def every_page(
    site: Site, assets: Assets, templates: Path, more: Iterable[Page], kept: Kept
) -> Iterator[Callable[[], list[Rendered]]]:
    """Every page of the site, and `more` that are not part of it: rendered, read and weighed, over all cores.

    Inside, other cores are at work; call what it gives for the pages. Those that `kept` knows of, and of which nothing
    changed that they read, are not made again.
    """
    watched = Watched(site)
    env = environment(templates, kept.compiled)
    general = calling.general_calls(watched.as_site())
    everywhere = frozenset(watched.seen)
    env.globals.update(site=watched, base=site.base_path, assets=site.base_path + assets.folder, general=general)
    makers = makers_of(watched.as_site())
    found = [kept.page(make) for make in makers]
    new = [number for number, rendered in enumerate(found) if rendered is None]
    if new or more:
        _every_template(env)
    with cores.sharing(partial(_rendered, env, watched), [makers[number] for number in new]) as made:

        def pages() -> list[Rendered]:
            for number, (page, read) in zip(new, made(), strict=True):
                rendered = Rendered.new(*page)
                found[number] = rendered
                kept.keep(makers[number], rendered, read | everywhere)
            others = (Rendered.new(*page) for page, _ in _rendered(env, watched, [partial(_same, page) for page in more]))
            return [*(rendered for rendered in found if rendered), *others]

        yield pages


def compiled(templates: Path) -> dict[str, bytes]:
    """Every template compiled, as the memo of compiled templates holds them."""
    memo = Memo()
    _every_template(environment(templates, memo))
    return memo.new


def _every_template(env: Environment) -> None:
    """Every template, before the work is shared."""
    for name in env.list_templates(filter_func=lambda name: not name.startswith(("pages/", "layouts/"))):
        env.get_template(name)


def _same(page: Page) -> Page:
    return page


def _rendered(
    env: Environment, watched: Watched, makers: Iterable[Callable[[], Page]]
) -> list[tuple[tuple[Output, html_facts.Facts, int], set[Read]]]:
    """Some pages, each with what it holds and weighs, and what was read of the Site to make it.

    One after the other is rendered, then one after the other is read: by turns both would wait for the memory of the other.
    """
    made = [_output(env, watched, make) for make in makers]
    return [((output, html_facts.read(output.path, output.data), bound(output.data)), read) for output, read in made]


def _output(env: Environment, watched: Watched, make: Callable[[], Page]) -> tuple[Output, set[Read]]:
    watched.seen.clear()
    page = make()
    html = env.get_template(page.template).render(page=page, **page.context).encode()
    untitled = page.sensitive or page.template == "search.html"
    about = About(page.sensitive, untitled, page.record.id if page.record else None)
    return Output(page.path, html, about), set(watched.seen)


def bound(data: bytes) -> int:
    """What travels of a file at most, in bytes: brotli at the quality that costs nothing. See `weight`."""
    return len(brotli.compress(data, quality=1))


def weight(data: bytes) -> int:
    """About what travels of a file, in bytes: brotli at a quality that costs no time (11 saves a tenth more)."""
    return len(brotli.compress(data, quality=5))


def date_ja(value: str | object) -> str:
    """A date as people read it: 2026-11-21 → 2026年11月21日; 2026-11 → 2026年11月; other texts stay."""
    parts = str(value).split("-")
    if not all(part.isdigit() for part in parts):
        return str(value)
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
