"""The nouns of the guide, as staff write them. Data only: no rule that needs a second record, no disk, no HTML.

Each class is one kind of file or list item in `content/`; unknown keys are faults, everything is frozen. The Japanese
`description`s reach editors through the JSON Schema. Ids never change once published (design: addresses).
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

# Said in words where a source is silent; shown as such, never left empty.
NOT_IN_PLAN = "計画に記載なし"
NOT_CONFIRMED = "未確認"
SILENT = (NOT_IN_PLAN, NOT_CONFIRMED)

Status = Literal["active", "study", "old-plan", "name-unknown", "detail-unknown", "ended"]
STATUS_NAMES: dict[str, str] = {
    "active": "実施中",
    "study": "検討中（まだ始まっていません）",
    "old-plan": "前の計画にある名前（今あるかは未確認）",
    "name-unknown": "正式な名前は未確認",
    "detail-unknown": "くわしい内容は未確認",
    "ended": "終わった取り組み、またはほかと1つになった取り組み",
}
WAY_NAMES: dict[str, str] = {
    "fax": "ファクス",
    "mail": "メール",
    "form": "入力フォーム",
    "line": "LINE",
    "chat": "チャット",
    "visit": "窓口に行く",
}


def _fault(code: str, message: str, hint: str) -> PydanticCustomError:
    # Braces would be read as a template by pydantic's custom errors, so the text travels in the context.
    return PydanticCustomError("guide", "{message}", {"code": code, "message": message, "hint": hint})


def _text(value: str) -> str:
    if not value.strip():
        raise _fault("F005", "値が空です。", f"分からないときは「{NOT_CONFIRMED}」か「{NOT_IN_PLAN}」と書いてください。")
    if unicodedata.normalize("NFC", value) != value:
        raise _fault("F006", "濁点などが分かれた文字（NFD）が混じっています。", "その行を打ち直してください。")
    return value.strip()


def _yomi(value: str) -> str:
    if not re.fullmatch("[ぁ-ゖー]+", value):
        raise _fault("F007", f"読み「{value}」は使えません。", "ひらがなと「ー」だけで、空白なしで書いてください。")
    return value


def _phone(value: str) -> str:
    """Digits as printed in Japan: 110, #8008, or ten or eleven digits in groups; also 0120-8891-77 and 0570-078374."""
    shape = re.fullmatch(r"#[0-9]{4}|1[0-9]{2}|0[0-9]{1,4}(-[0-9]{1,6}){1,2}", value)
    digits = sum(c.isdigit() for c in value)
    if not shape or (value[0] == "0" and digits not in (10, 11)):
        hint = "半角の数字とハイフンで、市外局番から書いてください（例: 096-000-0000）。"
        raise _fault("F008", f"電話番号「{value}」の形が違います。", hint)
    return value


def _date(value: object) -> object:
    """`YYYY-MM-DD` to a date. Raises the guide's own fault for anything else, a day that does not exist included."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise _fault("F009", f"日付「{value}」は使えません。", "西暦で「2026-11-21」のように書いてください。")


def _seen(value: str) -> str:
    if value != "日付なし" and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        hint = "「2026-11-21」「2026-11」「2026」か、資料に日付がなければ「日付なし」と書いてください。"
        raise _fault("F009", f"資料の日付「{value}」は使えません。", hint)
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise _fault("F010", f"id「{value}」は使えません。", "小文字の英数字とハイフンだけで書いてください。")
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise _fault("F011", f"アドレス「{value}」は使えません。", "http:// か https:// から始まるアドレスを書いてください。")
    return value


def _page(value: str) -> str:
    return value if value == "資料に記載なし" else _url(value)


def _lines(value: str) -> str:
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", value):
        raise _fault("F012", f"行番号「{value}」は使えません。", "「'216'」「'20-22,176'」のように引用符で囲んで書いてください。")
    return value


Text = Annotated[str, AfterValidator(_text)]
Summary = Annotated[str, AfterValidator(_text), Field(max_length=80)]
Yomi = Annotated[str, AfterValidator(_yomi)]
PhoneNumber = Annotated[str, AfterValidator(_phone)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
SeenDate = Annotated[str, AfterValidator(_seen)]
Slug = Annotated[str, AfterValidator(_slug)]
Url = Annotated[str, AfterValidator(_url)]
PageAddress = Annotated[str, AfterValidator(_page)]
Lines = Annotated[str, AfterValidator(_lines)]
Texts = tuple[Text, ...]
Ids = tuple[Slug, ...]


class Noun(BaseModel):
    """Common settings: strict types, closed set of keys, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PlanSource(Noun):
    """Where a fact stands in a plan: the document's id in sources.yaml and its line numbers."""

    document: Slug
    lines: Lines


class ContactSource(Noun):
    """A record of the contact facts that a number or address comes from."""

    id: Slug
    page: PageAddress
    date: SeenDate
    confidence: Literal["high", "medium", "low"]


class Phone(Noun):
    """One telephone number of a window. `contact` names the ContactSource it was read in."""

    number: PhoneNumber
    label: Text
    area: Text | None = None
    hours: Text
    closed: Text | None = None
    cost: Text | None = None
    languages: Text | None = None
    for_: Text | None = Field(default=None, alias="for")
    note: Text | None = None
    contact: Slug

    @property
    def diallable(self) -> bool:
        """False for numbers with #: phones do not dial a tel: address with # in it (OFF-10)."""
        return not self.number.startswith("#")


class Way(Noun):
    """Another way than the telephone."""

    kind: Literal["fax", "mail", "form", "line", "chat", "visit"]
    value: Text
    note: Text | None = None
    contact: Slug


class Address(Noun):
    """Where a window is."""

    area: Text | None = None
    text: Text
    contact: Slug


class Record(Noun):
    """What programs and windows share."""

    name: Text
    yomi: Yomi
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
    when: Texts = ()
    for_whom: Text | None = None
    conditions: Texts = ()
    start: Text | None = None
    prepare: Texts = ()
    next: Text | None = None
    easy: Text | None = None
    english: Text | None = None
    related: Ids = ()
    sensitive: bool = False
    sources: tuple[PlanSource, ...] = ()
    contacts: tuple[ContactSource, ...] = ()
    checked: Date


class Program(Record):
    """A service or scheme of a plan. `unit` is an id of units.yaml, or `unknown` where the print is unreadable."""

    unit: Slug
    unit_certain: bool = False
    windows: Annotated[Ids, Field(min_length=1)]


class Window(Record):
    """Somebody to turn to. A service that is its own window is one record, kept as a window with a unit."""

    unit: Slug | None = None
    unit_certain: bool = False
    phones: tuple[Phone, ...]
    ways: tuple[Way, ...] = ()
    places: tuple[Address, ...] = ()
    instead: Ids = ()


class Situation(Noun):
    """One of the life situations that the guide is sorted by."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary
    easy: Text | None = None
    english: Text | None = None
    primary: bool = False
    words: Texts = ()


class Case(Noun):
    """A citizen's sentence (「こんなとき」) and the records it leads to, best first."""

    id: Slug
    text: Text
    yomi: Yomi
    situations: Annotated[Ids, Field(min_length=1)]
    urgent: bool = False
    kind: Literal["stated", "derived"]
    leads_to: Annotated[Ids, Field(min_length=1)]
    sources: tuple[PlanSource, ...]


class Unit(Noun):
    """A unit of activity, smallest first in units.yaml."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary


class Actor(Noun):
    """Who carries an activity."""

    id: Slug
    name: Text
    yomi: Yomi
    summary: Summary


class PlanDocument(Noun):
    """A document that facts were read in."""

    id: Slug
    name: Text
    short: Text
    period: Text
    current: bool
    note: Text | None = None


class Term(Noun):
    """A word of the offices, explained."""

    term: Text
    yomi: Yomi
    aliases: Texts = ()
    meaning: Text
    easy: Text | None = None


class Route(Noun):
    """One emergency: what is happening and whom to call, in this order."""

    id: Slug
    title: Text
    text: Text
    easy: Text | None = None
    english: Text | None = None
    windows: Annotated[Ids, Field(min_length=1)]
    words: Texts = ()


class PageHead(Noun):
    """The front matter of a page in content/pages/."""

    title: Text
    summary: Text
    windows: Ids = ()
