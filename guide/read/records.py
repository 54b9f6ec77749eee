"""The nouns of the guide, as staff write them. Data only: no rule that needs a second record, no disk, no HTML.

Each class is one kind of file or list item in `content/`; unknown keys are faults, everything is frozen. The Japanese
`description`s reach editors through the JSON Schema. Ids never change once published (design: addresses).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from guide.read.fields import (
    Date,
    Easy,
    Ids,
    Lines,
    PageAddress,
    PhoneNumber,
    SeenDate,
    Services,
    Slug,
    Summary,
    Text,
    Texts,
    Url,
    Yomi,
)

Status = Literal["active", "study", "old-plan", "name-unknown", "detail-unknown", "ended"]
# Ways for people who cannot speak or hear on the telephone: an address is none.
WRITTEN = ("fax", "mail", "form", "line", "chat", "sign")


class Noun(BaseModel):
    """Common settings: strict types, closed set of keys, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


class PlanSource(Noun):
    """Where a fact stands in a plan: the document's id in sources.yaml and its line numbers."""

    document: Slug
    lines: Lines


class ContactSource(Noun):
    """Where one number, address or other fact of a record was read; whoever publishes that page need not be whose it is.

    `value` is the number, address … that this is the source of (none: it tells other things of the record, such as hours);
    `page` the page that was read, `cites` the page that it gives as its own source, `seen` its words, which hold the number.
    """

    id: Slug
    value: Text | None = None
    page: PageAddress
    cites: Url | None = None
    date: SeenDate
    seen: Text | None = None
    confidence: Literal["high", "medium", "low"]

    @property
    def second_hand(self) -> bool:
        """True when the page is not the office's own but copies another that it names."""
        return self.cites is not None


class Condition(Noun):
    """A condition that changes who gets a help or what to do first, told in each language of the record."""

    text: Text
    easy: Easy | None = None
    english: Text | None = None


class InCase(Noun):
    """A window to call in a certain case only; never offered without its condition."""

    window: Slug
    when: Text


class Phone(Noun):
    """One telephone number of a window. `contact` names the ContactSource it was read in.

    `note` limits the number and goes wherever it goes; `hours_note` tells of its hours or cost, and goes with those.

    `services` are what it is for, where a window has several numbers for several matters: whoever names such a window says
    which are meant (Record.services), so that nobody asks for an allowance on the line for abuse.
    """

    number: PhoneNumber
    label: Text
    area: Text | None = None
    hours: Text
    closed: Text | None = None
    cost: Text | None = None
    languages: Text | None = None
    for_: Text | None = Field(default=None, alias="for")
    note: Text | None = None
    hours_note: Text | None = None
    services: Ids = ()
    contact: Slug

    @property
    def diallable(self) -> bool:
        """False for numbers with #: phones do not dial a tel: address with # in it (OFF-10)."""
        return not self.number.startswith("#")


class Way(Noun):
    """Another way than the telephone. `value` may be 「未確認」: it is known that there is one, but not its address."""

    kind: Literal["fax", "mail", "form", "line", "chat", "sign", "visit"]
    value: Text
    note: Text | None = None
    contact: Slug


class Address(Noun):
    """Where a window is; `note` limits the address, and goes wherever it goes."""

    area: Text | None = None
    text: Text
    note: Text | None = None
    contact: Slug


class Record(Noun):
    """What programs and windows share.

    `windows` are those of which a source says that they take this matter, `instead` near ones to turn to, `in_case` right
    only under a condition; `services` says of each of them which of its numbers are meant.
    """

    name: Text
    yomi: Yomi
    yomi_ok: bool = False
    former_names: Texts = ()
    words: Texts = ()
    summary: Summary
    status: Status
    status_note: Text | None = None
    situations: Annotated[Ids, Field(min_length=1)]
    lead: Ids = ()
    partners: Ids = ()
    involved: Ids = ()
    measure: int | None = None
    windows: Ids = ()
    instead: Ids = ()
    in_case: tuple[InCase, ...] = ()
    services: Services = Field(default_factory=dict)
    when: Texts = ()
    for_whom: Text | None = None
    conditions: tuple[Condition, ...] = ()
    start: Text | None = None
    prepare: Texts = ()
    next: Text | None = None
    easy: Easy | None = None
    english: Text | None = None
    related: Ids = ()
    sensitive: bool = False
    sources: tuple[PlanSource, ...] = ()
    contacts: tuple[ContactSource, ...] = ()
    checked: Date


class Program(Record):
    """A service or scheme of a plan. `unit` is an id of units.yaml, `lost` (unreadable print) or `none` (the plan has no units).

    `unit_row` holds the plan's lines when the unit is that of the row which the service is only named in.
    """

    unit: Slug
    unit_row: Lines | None = None
    unit_certain: bool = False


class Window(Record):
    """Somebody to turn to. A service that is its own window is one record, kept as a window with a unit."""

    unit: Slug | None = None
    unit_row: Lines | None = None
    unit_certain: bool = False
    phones: tuple[Phone, ...]
    ways: tuple[Way, ...] = ()
    places: tuple[Address, ...] = ()
