"""One edition's settings: site.toml to a frozen Config, each fault at its line."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated

from pydantic import Field

from guide.read import schema
from guide.read.fields import ContactAddress, Ids, Text, Url, Yomi
from guide.read.findings import Finding, Place
from guide.read.records import Noun
from guide.read.yamlread import Document, Path


class SiteSettings(Noun):
    """Names and addresses of the edition. `address` is where it is published, without the base path."""

    title: Text
    city: Text
    city_yomi: Yomi | None = None
    description: Text
    address: Url
    language: Text = "ja"


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

    trusted_days: Annotated[int, Field(gt=0)] = 180


class BudgetSettings(Noun):
    """The most bytes that a record's page and the styles may weigh over the wire (first flight of TCP, RFC 6928)."""

    record_bytes: Annotated[int, Field(gt=0)] = 14_000


class HostingSettings(Noun):
    """`subdomains`: browsers are told to ask for https below the edition's host name too (HSTS `includeSubDomains`).

    Off until asked for: it binds hosts that are not ours, for two years.
    """

    subdomains: bool = False


class WordSettings(Noun):
    """Words of the edition for what the generator only knows by kind."""

    unit_lost: Text
    unit_lost_summary: Text
    unit_none: Text
    unit_none_summary: Text
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
    document = Document(file)
    try:
        document.data = _frozen(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(file, int(where[1]), int(where[2])) if where else Place(file, text.count("\n") + 1)
        hint = '「名前 = "値"」の形と、引用符の閉じ忘れを確かめてください。'
        return None, [Finding(place, "T001", "site.toml として読めません。", hint)]
    found = {(): Place(file), **places(text, file)}
    document.places = (found, found)
    return schema.build(Config, document)


def _frozen(value: object) -> object:
    """TOML arrays as tuples, as the model's strict types want them."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value


def places(text: str, file: str = "site.toml") -> dict[Path, Place]:
    """Where each table and key stands. tomllib tells no positions; line by line is enough for our flat tables."""
    found: dict[Path, Place] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.fullmatch(r"\s*\[([\w.-]+)\]\s*(#.*)?", line):
            table = tuple(header[1].split("."))
            found[table] = Place(file, number)
        elif pair := re.match(r"\s*([\w-]+)\s*=", line):
            found[(*table, pair[1])] = Place(file, number, line.index(pair[1]) + 1)
    return found
