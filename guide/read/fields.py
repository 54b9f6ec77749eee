"""The kinds of values that staff write: text, reading, number, date, id, address. Each says in Japanese what is wrong."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

# Said in words where a source is silent; shown as such, never left empty.
NOT_IN_PLAN = "計画に記載なし"
NOT_CONFIRMED = "未確認"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # an id: it is an address
SLUG_HINT = "小文字の英数字とハイフンだけで書いてください。"
SILENT = (NOT_IN_PLAN, NOT_CONFIRMED)


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
    # 0A0 (mobile, IP, toll-free 0800) has eleven digits, everything else that begins with 0 ten (総務省の電気通信番号計画).
    whole = 11 if re.match("0[5-9]0-|0800", value) else 10
    if not shape or (value[0] == "0" and digits != whole):
        hint = "半角の数字とハイフンで、市外局番から書いてください（例: 03-0000-0000）。"
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
    if not SLUG.fullmatch(value):
        raise _fault("F010", f"id「{value}」は使えません。", SLUG_HINT)
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise _fault("F011", f"アドレス「{value}」は使えません。", "http:// か https:// から始まるアドレスを書いてください。")
    return value


def _contact(value: str) -> str:
    if not re.fullmatch(r"mailto:[^\s<>\"@:]+@[^\s<>\"@:]+\.[^\s<>\"@:]+|https://[^\s<>\"]+", value):
        hint = "「mailto:security@example.jp」か、https:// から始まるアドレスを書いてください。"
        raise _fault("F011", f"連絡先「{value}」は使えません。", hint)
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
ContactAddress = Annotated[str, AfterValidator(_contact)]
PageAddress = Annotated[str, AfterValidator(_page)]
Lines = Annotated[str, AfterValidator(_lines)]
Texts = tuple[Text, ...]
Ids = tuple[Slug, ...]
# Of a window (its id), which of its services are meant: those that its numbers bear.
Services = dict[Slug, Annotated[Ids, Field(min_length=1)]]
