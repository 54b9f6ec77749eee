"""What an edition consists of: its kinds of files, and everything read from them with its place. Data only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guide.read.conformance import Criterion, HumanCheck, MachineRun
from guide.read.findings import Finding, Place
from guide.read.later import Later, Texts, now
from guide.read.markdown import Body
from guide.read.memo import digest
from guide.read.near import Near
from guide.read.plans import Actor, Decision, PlanDocument, PlanRow, Unit
from guide.read.questions import Checker
from guide.read.records import Noun, Program, Record, Window
from guide.read.schemes import PageHead, Scheme
from guide.read.settings import Config
from guide.read.situations import Area, Case, Route, Situation, Topic, Uncased
from guide.read.vocabulary import Calm, Concept, Elsewhere, Equal, Reading, Sign, Spelling, Term
from guide.read.yamlread import Document, Path

PAGE_KINDS: dict[str, type[Noun]] = {"programs": Program, "consultation": Window, "schemes": Scheme, "pages": PageHead}
LISTS: dict[str, tuple[tuple[str, type[Noun]], ...]] = {
    "situations.yaml": (("situations", Situation), ("cases", Case)),
    "units.yaml": (("units", Unit),),
    "actors.yaml": (("actors", Actor),),
    "sources.yaml": (("documents", PlanDocument),),
    "glossary.yaml": (("terms", Term),),
    "urgent.yaml": (("routes", Route),),
    "questions.yaml": (("checkers", Checker),),
    "areas.yaml": (("areas", Area),),
    "topics.yaml": (("topics", Topic),),
    "without-case.yaml": (("uncased", Uncased),),
    "english.yaml": (("spellings", Spelling),),
    "plan.yaml": (("rows", PlanRow),),
    "decisions.yaml": (("decisions", Decision),),
    "accessibility.yaml": (("criteria", Criterion), ("checks", HumanCheck)),
    "accessibility-results.yaml": (("runs", MachineRun),),
    "readings.yaml": (("readings", Reading),),
    "concepts.yaml": (("concepts", Concept), ("equals", Equal), ("elsewhere", Elsewhere), ("calm", Calm)),
    "signs.yaml": (("signs", Sign),),
}
# Files an edition may do without.
OPTIONAL = (
    *("plan.yaml", "decisions.yaml", "concepts.yaml", "readings.yaml", "accessibility.yaml", "accessibility-results.yaml"),
    *("signs.yaml", "areas.yaml", "topics.yaml", "without-case.yaml", "english.yaml", "questions.yaml"),
)
NO_BODY: Later[Body | None] = now(None)
NO_WORDS: Later[Document] = now(Document("content/interface/ja.yaml"))
PAGES = ("home", "urgent", "minsei", "about", "accessibility", "safety", "list", "search", "without-phone")


@dataclass(frozen=True, slots=True)
class Entry:
    """A noun with what it came from: its document (for places) and the path inside it, and its Markdown body if any.

    Of a file of its own, `key` is the digest of its name and text, `head` of its name and front matter.
    """

    id: str
    later: Later[Noun]
    document: Document
    at: Path = ()
    body_later: Later[Body | None] = NO_BODY
    key: bytes = b""
    head: bytes = b""

    @property
    def noun(self) -> Noun:
        """The noun itself."""
        return self.later()

    @property
    def body(self) -> Body | None:
        """Its Markdown body."""
        return self.body_later()

    def place(self, *path: str | int) -> Place:
        """Where the value at `path` of this noun stands."""
        return self.document.place((*self.at, *path))


@dataclass(slots=True)
class Content:
    """Everything read from an edition. `parts` hold the entries of a kind (programs, consultation, situations, … pages).

    `named` holds the ids of things that are there but faulty, `lost` the kinds whose file could not be read: neither
    may make other records look as if they pointed at nothing.
    """

    config: Config | None = None
    parts: dict[str, list[Later[list[Entry]]]] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)
    keys: dict[str, bytes] = field(default_factory=dict)  # of each file that is no page: a digest of its name and text
    interface: dict[str, Later[Document]] = field(default_factory=dict)  # words of the interface, by language
    asked: Later[Document] = NO_WORDS  # the generator's own: what its pages ask for
    findings: list[Finding] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    near: Near = field(default_factory=Near)  # what suggests the id that somebody may have meant
    _entries: dict[str, list[Entry]] = field(default_factory=dict)
    _ids: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        """The entries of one kind; empty when none was read."""
        if kind not in self._entries:
            self._entries[kind] = [entry for part in self.parts.get(kind, ()) for entry in part()]
        return self._entries[kind]

    def every(self) -> list[Entry]:
        """The entries of all kinds."""
        return [entry for kind in self.parts for entry in self.of(kind)]

    def pages(self) -> list[Entry]:
        """The entries that are files of their own."""
        return [entry for kind in PAGE_KINDS for entry in self.of(kind)]

    def heads(self, *beside: str) -> bytes:
        """A digest of all that was read but the bodies, and of `beside`."""
        lists = (part for file in sorted(self.keys) for part in (file, self.keys[file]))
        return digest(*beside, *lists, *(part for entry in self.pages() for part in (entry.document.file, entry.head)))

    def ids(self, *kinds: str) -> frozenset[str]:
        """The ids of some kinds, those of faulty things included. Asked by rules, for each reference: kept from then on."""
        if kinds not in self._ids:
            named = (self.named.get(kind, set()) for kind in kinds)
            self._ids[kinds] = frozenset(e.id for kind in kinds for e in self.of(kind)).union(*named)
        return self._ids[kinds]


def records(content: Content) -> Iterator[tuple[Entry, Record]]:
    """Programs and windows, as entries with their noun."""
    for entry in [*content.of("programs"), *content.of("consultation")]:
        if isinstance(entry.noun, Record):
            yield entry, entry.noun
