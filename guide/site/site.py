"""The Site: everything of one edition, linked. Data only; rooms act on it, none changes it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from guide.read.conformance import Criterion, HumanCheck, MachineRun
from guide.read.edition import Content
from guide.read.markdown import Body
from guide.read.memo import Memo, digest
from guide.read.plans import Actor, Decision, PlanDocument, PlanRow, Unit
from guide.read.questions import Checker
from guide.read.schemes import Scheme
from guide.read.situations import Area, Case, Route, Situation, Topic
from guide.read.vocabulary import Calm, Concept, Elsewhere, Equal, Reading, Sign, Term
from guide.site import items, language
from guide.site.items import Item, PageText
from guide.site.language import Language

Noun = TypeVar("Noun")
EVERYWHERE = ("home", "urgent", "safety", "search")  # pages of content/pages/ that there are in each language


class SchemePage(NamedTuple):
    """A page of content/schemes/."""

    id: str
    url: str
    scheme: Scheme
    body: Body


class Site:
    """One edition, linked. Nobody changes it; what nobody asks for is not made (see read.later).

    Addresses begin with `base_path` (a slash at both ends), those of pages in each language with this one's first, `home`.
    """

    def __init__(self, content: Content, today: datetime.date, base_path: str, memo: Memo, spoken: Language) -> None:
        """Of content without error. `memo` knows in which order the records of an earlier build were, and what named what."""
        if content.config is None:
            raise ValueError("a Site needs a Config: check findings before building")
        self.config, self.base_path, self.today, self._content = content.config, base_path, today, content
        self.language, self.home, self._memo = spoken, spoken.home, memo
        records = dict(items.of(content, self.home))
        key = digest(*(part for item in records.values() for part in (item.id, item.entry.head)))
        order, named, near = memo.once(key, lambda: items.links(records))
        self.items: Mapping[str, Item] = MappingProxyType({id_: records[id_] for id_ in order})
        # What names what, so that no page walks all records: programs by a window that takes their matter, or is near to it.
        self.named_by: Mapping[str, tuple[Item, ...]] = MappingProxyType(items.named(records, named))
        self.near_by: Mapping[str, tuple[Item, ...]] = MappingProxyType(items.named(records, near))

    @cached_property
    def others(self) -> tuple[Site, ...]:
        """The same in each other language that the guide is read in."""
        others = language.others(self._content, self.base_path, self._memo)
        return tuple(Site(self._content, self.today, self.base_path, self._memo, each) for each in others)

    def _all(self, kind: str, model: type[Noun]) -> tuple[Noun, ...]:
        """All nouns of a kind, in the order written."""
        return tuple(entry.noun for entry in self._content.of(kind) if isinstance(entry.noun, model))

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """What people come with."""
        return self._all("situations", Situation)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """What happened to them, and where it leads."""
        return self._all("cases", Case)

    @cached_property
    def cases_by_id(self) -> Mapping[str, Case]:
        """The cases by id."""
        return MappingProxyType({case.id: case for case in self.cases})

    @cached_property
    def checkers(self) -> Mapping[str, Checker]:
        """Questions that lead to a number, by the situation that they belong to."""
        return MappingProxyType({checker.id: checker for checker in self._all("checkers", Checker)})

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """From 町内 to 全市."""
        return self._all("units", Unit)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Words that are explained."""
        return self._all("terms", Term)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """What to do in an emergency."""
        return self._all("routes", Route)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The wards, with their 校区."""
        return self._all("areas", Area)

    @cached_property
    def rows(self) -> tuple[PlanRow, ...]:
        """The plan's tables."""
        return self._all("rows", PlanRow)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided of rows and sources."""
        return self._all("decisions", Decision)

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """Needs, with the ways of saying them."""
        return self._all("concepts", Concept)

    @cached_property
    def equals(self) -> tuple[Equal, ...]:
        """Words that are the same."""
        return self._all("equals", Equal)

    @cached_property
    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Topics that are not here."""
        return self._all("elsewhere", Elsewhere)

    @cached_property
    def calm(self) -> tuple[Calm, ...]:
        """Phrases that are no emergency."""
        return self._all("calm", Calm)

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """Pieces of a question that tell of an emergency."""
        return self._all("signs", Sign)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Words with their readings."""
        return self._all("readings", Reading)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Of the accessibility standards."""
        return self._all("criteria", Criterion)

    @cached_property
    def checks(self) -> tuple[HumanCheck, ...]:
        """What people looked at."""
        return self._all("checks", HumanCheck)

    @cached_property
    def runs(self) -> tuple[MachineRun, ...]:
        """What machines looked at."""
        return self._all("runs", MachineRun)

    @cached_property
    def no_units(self) -> tuple[Unit, ...]:
        """In the place of a unit: the print is lost, the plan has none."""
        words = self.config.words
        lost = Unit(id="lost", name=words.unit_lost, yomi="ふめい", summary=words.unit_lost_summary)
        return lost, Unit(id="none", name=words.unit_none, yomi="なし", summary=words.unit_none_summary)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Who does it, by id."""
        return MappingProxyType({actor.id: actor for actor in self._all("actors", Actor)})

    @cached_property
    def documents(self) -> Mapping[str, PlanDocument]:
        """The plans, by id."""
        return MappingProxyType({document.id: document for document in self._all("documents", PlanDocument)})

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """What a page may be about that nobody else should see, or that needs a specialist, by id."""
        return MappingProxyType({topic.id: topic for topic in self._all("topics", Topic)})

    @cached_property
    def schemes(self) -> tuple[SchemePage, ...]:
        """The pages that explain how something works."""
        return tuple(
            SchemePage(entry.id, f"{self.base_path}schemes/{entry.id}/", entry.noun, entry.body)
            for entry in self._content.of("schemes")
            if isinstance(entry.noun, Scheme) and entry.body is not None
        )

    @cached_property
    def pages(self) -> Mapping[str, PageText]:
        """The pages of content/pages/, by id; the texts as this language tells them, where it does."""
        told = {entry.id: entry.body for entry in self._content.of(f"{self.language.code}/pages")}
        pages = (items.page_text(entry) for entry in self._content.of("pages"))
        return MappingProxyType({page.id: page._replace(body=told.get(page.id) or page.body) for page in pages})

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The address of each content file, for links written as relative files."""
        files = {item.entry.document.file: item.url for item in self.items.values()}
        files |= {f"content/schemes/{e.id}.md": f"{self.base_path}schemes/{e.id}/" for e in self._content.of("schemes")}
        for page in self._content.of("pages"):
            home = self.home if page.id in EVERYWHERE else self.base_path
            files[f"content/pages/{page.id}.md"] = home if page.id == "home" else f"{home}{page.id}/"
        return MappingProxyType(files)

    @cached_property
    def cases_of(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases that lead to a record, by its id."""
        return MappingProxyType(items.by((id_, case) for case in self.cases for id_ in case.leads_to))


def build(content: Content, today: datetime.date, base_path: str, memo: Memo | None = None) -> Site:
    """Link what was read into a Site. Call only when `content` has no error. `base_path` is like `/` or `/x/`."""
    return Site(content, today, base_path, memo or Memo(), language.own(content, base_path))
