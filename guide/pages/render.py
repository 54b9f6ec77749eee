"""Pages to bytes, with Jinja2: autoescape on, unknown names are errors (SEC-9). Same Site, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guide.pages import linebreaks
from guide.pages.assets import Assets
from guide.pages.pages import Page, every_page
from guide.read import markdown, records
from guide.site import calling
from guide.site.site import Site


@dataclass(frozen=True, slots=True)
class Output:
    """One file to publish: its path below the site's root, its bytes, and the page it was made from, if any."""

    path: str
    data: bytes
    page: Page | None = None


def environment(templates: Path) -> Environment:
    """The Jinja environment. A new one for each build, so that no cached template goes stale in preview."""
    env = Environment(
        loader=FileSystemLoader([templates / "pages", templates / "layouts", templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["ruby"] = markdown.ruby
    env.filters["phrases"] = linebreaks.phrases
    env.filters["without_readings"] = markdown.without_readings
    env.filters["date_ja"] = date_ja
    env.filters["service"] = calling.service
    env.tests["silent"] = calling.is_silent
    env.globals.update(STATUS_NAMES=records.STATUS_NAMES, WAY_NAMES=records.WAY_NAMES, WRITTEN=records.WRITTEN)
    return env


def outputs(site: Site, assets: Assets, templates: Path, more: Iterable[Page] = ()) -> Iterator[Output]:
    """Every page of the site, rendered, and `more` pages that are not part of it."""
    env = environment(templates)
    env.globals.update(
        site=site,
        base=site.base_path,
        assets=site.base_path + assets.folder,
        general=calling.general_calls(site),
    )
    for page in (*every_page(site), *more):
        html = env.get_template(page.template).render(page=page, **page.context)
        yield Output(page.path, html.encode(), page)


def date_ja(value: str | object) -> str:
    """A date as people read it: 2026-11-21 → 2026年11月21日; 2026-11 → 2026年11月; other texts stay."""
    parts = str(value).split("-")
    if not all(part.isdigit() for part in parts):
        return str(value)
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
