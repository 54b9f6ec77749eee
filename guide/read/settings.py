"""One edition's settings: site.toml to a frozen Config, each fault at its line."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guide.read import clock, schema, tomlread
from guide.read.fields import ContactAddress, Ids, Origin, Summary, Text, Url, Yomi, Zone
from guide.read.findings import Finding, Place
from guide.read.records import Noun
from guide.read.yamlread import Document


class SiteSettings(Noun):
    """Names and addresses of the edition. `address` is where it is published, without the base path; `zone` its time zone.

    `languages`: in which it can be read, by the names of their folders; the first is the one that content is written in.
    """

    title: Text
    city: Text
    city_yomi: Yomi | None = None
    description: Text
    address: Origin
    zone: Zone = clock.ZONE
    languages: Annotated[Ids, Field(min_length=1)] = ("ja",)


class NoticeSettings(Noun):
    """The line on every page that says what kind of edition this is; shown while `sample` is true."""

    sample: bool
    text: Text
    more: Text


class ContactSettings(Noun):
    """Windows that answer when no other does, best first; and whom to tell of a weakness of the site (security.txt)."""

    general: Annotated[Ids, Field(min_length=1)]
    security: ContactAddress | None = None


class UrgentSettings(Noun):
    """The records that every urgent case must lead to first, and the words for the urgent page."""

    first: Annotated[Ids, Field(min_length=1)]
    label: Text
    lead: Text
    cases: Text = "急ぎの困りごと"
    cases_note: Text | None = None


class VolunteerSettings(Noun):
    """The page for welfare volunteers (in Japan 民生委員): its name in navigation and the situations it lists."""

    label: Text
    situations: Ids


class LeaveSettings(Noun):
    """Where 「このページをすぐに閉じる」 leads: a page that tells nothing about the reader, such as a weather forecast."""

    address: Url


class PaperSettings(Noun):
    """How many days after its check date a printed sheet asks to be trusted."""

    trusted_days: Annotated[int, Field(gt=0, le=3650)] = 180


class BudgetSettings(Noun):
    """The most bytes that a record's page and the styles may weigh over the wire (first flight of TCP, RFC 6928)."""

    record_bytes: Annotated[int, Field(gt=0, le=1_000_000)] = 14_000


class HostingSettings(Noun):
    """`subdomains`: browsers are told to ask for https below the edition's host name too (HSTS `includeSubDomains`).

    Off until asked for: it binds hosts that are not ours, for two years.
    """

    subdomains: bool = False


class WordSettings(Noun):
    """Words of the edition for what the generator only knows by kind."""

    unit_lost: Text
    unit_lost_summary: Summary
    unit_none: Text
    unit_none_summary: Summary
    own_windows: Text
    no_phone: Text
    before_call: Text
    area: Text = "お住まいの区"
    caution: Text | None = None
    old_plan: Text | None = None
    old_plan_english: Text | None = None
    schemes: Text = "しくみを知る"
    schemes_summary: Text = "助けのしくみを、図と短い文で説明します。"


class RuleSettings(Noun):
    """How much a record must hold: `complete` asks for every field in words, `least_words` for people's words."""

    complete: bool = False
    least_words: int = 0


class Config(Noun):
    """The whole of site.toml."""

    site: SiteSettings
    notice: NoticeSettings
    contact: ContactSettings
    urgent: UrgentSettings
    volunteers: VolunteerSettings
    leave: LeaveSettings
    words: WordSettings
    rules: RuleSettings = RuleSettings()
    paper: PaperSettings = PaperSettings()
    budget: BudgetSettings = BudgetSettings()
    hosting: HostingSettings = HostingSettings()


def read(text: str, file: str = "site.toml") -> tuple[Config | None, list[Finding]]:
    """Parse and check site.toml. Returns the Config, or None with the findings that say why not."""
    values, faults = tomlread.read(text, file)
    if values is None:
        return None, faults
    found = {(): Place(file), **tomlread.places(text, file)}
    return schema.build(Config, Document(file, values, places=(found, found)))


def place(text: str, table: str, key: str) -> Place:
    """Where a setting stands in the text of site.toml, or what it lies in."""
    return tomlread.nearest(tomlread.places(text), (table, key))
