"""Pages to bytes, with Jinja2: autoescape on, unknown names are errors (SEC-9). Same Site, same bytes."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import brotli
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from guide.pages import html_facts, linebreaks
from guide.pages.assets import Assets
from guide.pages.kept import Kept
from guide.pages.output import About, Output, Rendered
from guide.pages.page import Page
from guide.pages.pages import makers as makers_of
from guide.read import cores, markdown, records, shown
from guide.read.memo import Memo
from guide.site import beside, calling, facts, views, ways
from guide.site.language import JAPANESE, NOBODYS, Language
from guide.site.site import Site
from guide.site.watched import Read, Watched


class Compiled(BytecodeCache):
    """Compiled templates, by name and source, in a memo of an earlier build; each is compiled once for all languages."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self.made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill what Jinja asks for; it compares the checksum of the source itself."""
        if (known := self.made.get(bucket.key) or self.memo.get(bucket.key)) is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja compiled."""
        self.made[bucket.key] = bucket.bytecode_to_string()
        self.memo.put(bucket.key, self.made[bucket.key])


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


def environment(templates: Path, compiled: Compiled, language: Language) -> Environment:
    """The Jinja environment of a language. A new one for each build, so that no cached template goes stale in preview."""
    env = _Environment(
        loader=FileSystemLoader([templates / "pages", templates / "layouts", templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    env.known = {}
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    env.filters["ruby"] = markdown.ruby
    env.filters["without_readings"] = markdown.without_readings
    env.filters["service"] = beside.service
    env.filters["facts"] = facts.of
    env.filters["spot"] = ways.spot
    env.filters["told_apart"] = beside.told_apart
    env.filters["phrases"] = partial(_phrases, language)
    env.filters["limits"] = partial(beside.limits, language)
    env.filters["lines"] = shown.words
    env.filters.update(say=language.say, date=language.date, sentence=language.sentence)
    env.tests["silent"] = calling.is_silent
    env.globals.update(case_url=views.case_url, WRITTEN=records.WRITTEN)
    env.globals.update(t=language.t, language=language)
    return env


def _phrases(language: Language, text: str) -> str:
    """A heading: in Japanese with the places where it may break."""
    return linebreaks.phrases(shown.plain(text)) if language.source else language.say(text)


class Room(NamedTuple):
    """What makes the pages of one language: its environment, its Site, and what every page of it reads."""

    env: Environment
    watched: Watched
    everywhere: frozenset[Read]


Work = tuple[str, Callable[[], Page]]  # the language's code, and what makes the page


@contextlib.contextmanager
def every_page(
    site: Site, assets: Assets, templates: Path, more: Iterable[Page], kept: Kept
) -> Iterator[Callable[[], list[Rendered]]]:
    """Every page of the site in every language, and `more` that are not part of it: rendered, read and weighed, over all cores.

    Inside, other cores are at work; call what it gives for the pages. Those that `kept` knows of, and of which nothing
    changed that they read, are not made again.
    """
    compiled = Compiled(kept.compiled)
    rooms = {each.language.code: _room(each, site, assets, templates, compiled) for each in (site, *site.others)}
    makers = [make for room in rooms.values() for make in makers_of(room.watched.as_site())]
    found = [kept.page(make) for make in makers]
    new = [number for number, rendered in enumerate(found) if rendered is None]
    if new or more:
        for room in rooms.values():
            _every_template(room.env)
    work: list[Work] = [(makers[number].args[0].language.code, makers[number]) for number in new]
    with cores.sharing(partial(_rendered, rooms), work) as made:

        def pages() -> list[Rendered]:
            for number, (page, read) in zip(new, made(), strict=True):
                rendered = Rendered.new(*page)
                found[number] = rendered
                kept.keep(makers[number], rendered, read)
            others: list[Work] = [(site.language.code, partial(_same, page)) for page in more]
            return [*(rendered for rendered in found if rendered), *(Rendered.new(*page) for page, _ in _rendered(rooms, others))]

        yield pages


def compiled(templates: Path) -> dict[str, bytes]:
    """Every template compiled, as the memo of compiled templates holds them."""
    memo = Memo()
    _every_template(environment(templates, Compiled(memo), NOBODYS))
    return memo.new


def unsaid(site: Site, own: Site, templates: Path) -> Counter[str]:
    """The Japanese texts that the pages of another language show, because it does not say them, with on how many pages."""
    room = _room(site, own, Assets({}, ""), templates, Compiled(Memo()))
    found: Counter[str] = Counter()
    for make in makers_of(room.watched.as_site()):
        _, read = _output({site.language.code: room}, (site.language.code, make))
        found.update(name for kind, name in read if kind.startswith("said:") and not site.language.has(name))
    return Counter({text: count for text, count in found.items() if JAPANESE.search(text)})


def _room(site: Site, own: Site, assets: Assets, templates: Path, compiled: Compiled) -> Room:
    watched = Watched(site)
    env = environment(templates, compiled, watched.language)
    general = calling.general_calls(watched.as_site())
    choices = [(each.language.name, each.language.tag, each.home) for each in (own, *own.others)]
    env.globals.update(site=watched, start=site.home, base=site.base_path, assets=site.base_path + assets.folder)
    env.globals.update(general=general, choices=choices if len(choices) > 1 else ())
    return Room(env, watched, frozenset(watched.seen))


def _every_template(env: Environment) -> None:
    """Every template, before the work is shared."""
    for name in env.list_templates(filter_func=lambda name: not name.startswith(("pages/", "layouts/"))):
        env.get_template(name)


def _same(page: Page) -> Page:
    return page


def _rendered(
    rooms: Mapping[str, Room], work: Iterable[Work]
) -> list[tuple[tuple[Output, html_facts.Facts, int], frozenset[Read]]]:
    """Some pages, each with what it holds and weighs, and what was read of the Site to make it.

    One after the other is rendered, then one after the other is read: by turns both would wait for the memory of the other.
    """
    made = [_output(rooms, each) for each in work]
    return [((output, html_facts.read(output.path, output.data), bound(output.data)), read) for output, read in made]


def _output(rooms: Mapping[str, Room], work: Work) -> tuple[Output, frozenset[Read]]:
    code, make = work
    env, watched, everywhere = rooms[code]
    watched.seen.clear()
    page = make()
    html = env.get_template(page.template).render(page=page, **page.context).encode()
    untitled = page.sensitive or page.template == "search.html"
    about = About(page.sensitive, untitled, page.record.id if page.record else None, code)
    path = watched.home.removeprefix(watched.base_path) + page.path
    return Output(path, html, about), everywhere | watched.seen


def bound(data: bytes) -> int:
    """What travels of a file at most, in bytes: brotli at the quality that costs nothing. See `weight`."""
    return len(brotli.compress(data, quality=1))


def weight(data: bytes) -> int:
    """About what travels of a file, in bytes: brotli at a quality that costs no time (11 saves a tenth more)."""
    return len(brotli.compress(data, quality=5))
