"""Which pages there are, in order. No HTML here, no disk."""

from __future__ import annotations

from functools import partial

from guide.pages import fixed_pages, question_pages, record_pages, situation_pages
from guide.pages.page import Maker
from guide.site import asking
from guide.site.site import EVERYWHERE, Site


def makers(site: Site) -> list[Maker]:
    """What makes each page of the site, in order: what stands on a page is worked out when it is made, on whichever core.

    A maker holds names and numbers only: what it reads, it reads of `site` (see site.watched).
    """
    return _own(site) if site.language.source else _of_another_language(site)


def _of_another_language(site: Site) -> list[Maker]:
    """What everybody needs: whom to call, by emergency, situation, words and record."""
    return [
        *(partial(fixed_pages.fixed, site, name) for name in EVERYWHERE),
        *(partial(situation_pages.situation, site, i) for i in range(len(site.situations))),
        *(partial(question_pages.question, site, *spot) for spot in asking.spots(site)),
        *(partial(situation_pages.case, site, i) for i in range(len(site.cases))),
        *(partial(record_pages.told, site, id_) for id_ in site.items),
    ]


def _own(site: Site) -> list[Maker]:
    return [
        *(partial(fixed_pages.fixed, site, name) for name in fixed_pages.FIXED),
        *(partial(situation_pages.situation, site, i) for i in range(len(site.situations))),
        *(partial(question_pages.question, site, *spot) for spot in asking.spots(site)),
        *(partial(situation_pages.case, site, i) for i in range(len(site.cases))),
        *(partial(situation_pages.unit, site, i) for i in range(len(site.units) + len(site.no_units))),
        *(partial(record_pages.record, site, id_) for id_ in site.items),
        *([partial(record_pages.schemes, site)] if site.schemes else []),
        *(partial(record_pages.scheme, site, i) for i in range(len(site.schemes))),
        partial(fixed_pages.missing, site),
    ]
