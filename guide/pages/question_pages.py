"""Pages that ask a few questions, one each, and those where the questions end."""

from __future__ import annotations

from guide.pages.page import Page
from guide.read.questions import HOME, Spot
from guide.site import asking
from guide.site.site import Site


def question(site: Site, checker_id: str, node: str) -> Page:
    """A question or an ending, by its checker and its name there."""
    spot, checker = Spot(checker_id, node), site.checkers[checker_id]
    situation = asking.situation_of(site, checker)
    asked = asking.asked(site, spot)
    context: dict[str, object] = {
        "checker": checker,
        "again": asking.url(site, Spot(checker_id, checker.first)) if node != checker.first else None,
        "others": asking.url(site, Spot(HOME, site.checkers[HOME].first)) if situation and HOME in site.checkers else None,
        "situation": situation,
    }
    if asked is not None:
        context["asked"], title, template = asked, asked.question.text, "question.html"
    else:
        end = asking.ending(site, spot)
        context["end"], title, template = end, end.title, "ending.html"
        context["wards"] = any(call.by_area for call in (*end.calls, *end.now))
    path = asking.url(site, spot).removeprefix(site.home) + "index.html"
    trail = ((situation.name, f"{site.home}situations/{situation.id}/"),) if situation else ()
    sensitive = asking.is_sensitive(site, spot)
    say = site.language.say
    named = site.language.run(say(title), site.language.t("mark.brackets", text=say(checker.title)))
    return Page(path, template, named, checker.title, trail, None, sensitive, context, True, f"checkers/{checker_id}")
