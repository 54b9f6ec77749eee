"""The kinds of values that staff write: text, reading, number, date, id, address. Each says in Japanese what is wrong."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from guide.read import characters, clock, lineends
from guide.read.markdown import WEB

# Said in words where a source is silent; shown as such, never left empty.
NOT_IN_PLAN = "計画に記載なし"
NOT_CONFIRMED = "未確認"
SLUG = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")  # an id: it is an address, and the name of a file
SLUG_HINT = "小文字の英数字とハイフンだけで、80 文字までで書いてください。"
LONGEST_ADDRESS = 1_000  # characters; a QR code of more is too fine to be read
ADDRESS_HINT = "http:// か https:// から始まるアドレスを書いてください。"
# What follows an address in a sentence and was copied with it: full-width signs, 「を見てください」.
SENTENCE = re.compile("[　-〃「-】！-／：-？｀-･]|を|ください|です|ます")
SILENT = (NOT_IN_PLAN, NOT_CONFIRMED)


def fault(code: str, message: str, hint: str) -> PydanticCustomError:
    """What is wrong with a value, for a validator to raise: its code, what is said, how to mend it."""
    # Braces would be read as a template by pydantic's custom errors, so the text travels in the context.
    return PydanticCustomError("guide", "{message}", {"code": code, "message": message, "hint": hint})


def _text(value: str) -> str:
    return lineends.joined(_lines_as_written(value))


def _lines_as_written(value: str) -> str:
    if not value.strip():
        raise fault("F005", "値が空です。", f"分からないときは「{NOT_CONFIRMED}」か「{NOT_IN_PLAN}」と書いてください。")
    if found := characters.disguised(value):
        raise fault("F006", found[1], "その行を打ち直してください。")
    return value.strip()


def _yomi(value: str) -> str:
    if not re.fullmatch("[ぁ-ゖ][ぁ-ゖー]*", value):  # nothing begins with ー
        raise fault("F007", f"読み「{value}」は使えません。", "ひらがなと「ー」だけで、空白なしで書いてください。")
    return value


def _phone(value: str) -> str:
    """Digits as printed in Japan: 110, #8008, or ten or eleven digits in groups; also 0120-8891-77 and 0570-078374."""
    shape = re.fullmatch(r"#[0-9]{4}|1[0-9]{2}|0[0-9]{1,4}(-[0-9]{1,6}){1,2}", value)
    digits = sum(c.isdigit() for c in value)
    # 0A0 (mobile, IP, toll-free 0800) has eleven digits, everything else that begins with 0 ten (総務省の電気通信番号計画).
    whole = 11 if re.match("0[5-9]0-|0800", value) else 10
    if not shape or (value[0] == "0" and digits != whole):
        hint = "半角の数字とハイフンで、市外局番から書いてください（例: 03-0000-0000）。"
        raise fault("F008", f"電話番号「{value}」の形が違います。", hint)
    return value


def _date(value: object) -> object:
    """`YYYY-MM-DD` to a date. Raises the guide's own fault for anything else, a day that does not exist included."""
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise fault("F009", f"日付「{value}」は使えません。", "西暦で「2026-11-21」のように書いてください。")


def _is_day(value: str) -> bool:
    """True for 2026, 2026-11 and 2026-11-21 where there is such a day."""
    shape = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    try:
        return shape is not None and bool(datetime.date(int(shape[1]), int(shape[2] or 1), int(shape[3] or 1)))
    except ValueError:
        return False


def _seen(value: str) -> str:
    if value != "日付なし" and not _is_day(value):
        hint = "「2026-11-21」「2026-11」「2026」か、資料に日付がなければ「日付なし」と書いてください。"
        raise fault("F009", f"資料の日付「{value}」は使えません。", hint)
    return value


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise fault("F010", f"id「{value}」は使えません。", SLUG_HINT)
    return value


def _url(value: str) -> str:
    if len(value) > LONGEST_ADDRESS:
        message = f"アドレスが長すぎます（{len(value):,} 文字）。"
        raise fault("F011", message, f"{LONGEST_ADDRESS:,} 文字までのアドレスを書いてください。")
    if not WEB.fullmatch(value):
        raise fault("F011", f"アドレス「{value}」は使えません。", ADDRESS_HINT)
    if found := SENTENCE.search(value):
        raise fault("F011", f"アドレス「{value}」に、文の「{found[0]}」が続いています。", "アドレスだけを書いてください。")
    return value


def _origin(value: str) -> str:
    """Where an edition is published: which folder there is said by --base-path, or it would be said twice."""
    if re.search(r"[/?#]", _url(value).partition("://")[2].rstrip("/")):
        hint = "「https://」とサーバーの名前だけにしてください。その先の道は、作るときに --base-path で決めます。"
        raise fault("F011", f"アドレス「{value}」に道が付いています。", hint)
    return value


def _zone(value: str) -> str:
    if not clock.is_known(value):
        raise fault("F014", f"時間帯「{value}」はありません。", "「Asia/Tokyo」のように書いてください（IANA の時間帯の名前）。")
    return value


def _contact(value: str) -> str:
    if not re.fullmatch(r"mailto:[^\s<>\"@:]+@[^\s<>\"@:]+\.[^\s<>\"@:]+|https://[^\s<>\"]+", value):
        hint = "「mailto:security@example.jp」か、https:// から始まるアドレスを書いてください。"
        raise fault("F011", f"連絡先「{value}」は使えません。", hint)
    return value


def _page(value: str) -> str:
    return value if value == "資料に記載なし" else _url(value)


def _lines(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?)*", value):
        raise fault("F012", f"行番号「{value}」は使えません。", "「'216'」「'20-22,176'」のように引用符で囲んで書いてください。")
    return value


Text = Annotated[str, AfterValidator(_text)]
Easy = Annotated[str, AfterValidator(_lines_as_written)]  # easy Japanese, which is shown line by line
Summary = Annotated[str, AfterValidator(_text), Field(max_length=80)]
Said = Annotated[str, AfterValidator(_text), Field(max_length=60)]
Yomi = Annotated[str, AfterValidator(_yomi)]
PhoneNumber = Annotated[str, AfterValidator(_phone)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
SeenDate = Annotated[str, AfterValidator(_seen)]
Slug = Annotated[str, AfterValidator(_slug)]
Url = Annotated[str, AfterValidator(_url)]
ContactAddress = Annotated[str, AfterValidator(_contact)]
Origin = Annotated[str, AfterValidator(_origin)]
Zone = Annotated[str, AfterValidator(_zone)]
PageAddress = Annotated[str, AfterValidator(_page)]
Lines = Annotated[str, AfterValidator(_lines)]
Texts = tuple[Text, ...]
Ids = tuple[Slug, ...]
# Of a window (its id), which of its services are meant: those that its numbers bear.
Services = dict[Slug, Annotated[Ids, Field(min_length=1)]]
