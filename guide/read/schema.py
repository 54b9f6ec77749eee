"""Plain values to nouns: pydantic's errors become findings in Japanese, each at its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guide.read.findings import Finding, Place, short
from guide.read.near import Near
from guide.read.yamlread import Document, Path

Noun = TypeVar("Noun", bound=BaseModel)
MOST = 1_000  # findings of one noun, or of one list
LIMITS: Mapping[str, str] = {"gt": "より大きい", "ge": "以上", "le": "以下"}
KINDS: Mapping[str, str] = {
    "string_type": "文字",
    "int_type": "整数",
    "bool_type": "true か false",
    "tuple_type": "「- 」で始まる並び",
    "model_type": "「名前: 値」の組",
    "model_attributes_type": "「名前: 値」の組",
    "dict_type": "「名前: 値」の組",
}


def build(model: type[Noun], document: Document, at: Path = (), data: Any = None) -> tuple[Noun | None, list[Finding]]:  # noqa: ANN401  # plain values
    """The value at `at` of the document as a `model`, or None with the findings that say why not.

    `data` are the document's values where it does not hold them itself.
    """
    data = document.data if data is None else data
    for step in at:
        data = data[step]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
        found = [_finding(detail, document, at, model) for detail in faults[:MOST]]
        if len(faults) > MOST:
            found.append(too_many(document.place(at), len(faults)))
        return None, found


def _finding(detail: ErrorDetails, document: Document, at: Path, model: type[BaseModel]) -> Finding:
    path: Path = (*at, *detail["loc"])
    kind = detail["type"]
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "全体")
    place = document.place(path)
    context = detail.get("ctx", {})
    if kind == "guide":
        return Finding(place, context["code"], f"{name}: {context['message']}", context["hint"])
    if kind == "missing":
        return Finding(document.place(path[:-1]), "F001", f"項目「{name}」がありません。", f"「{name}: …」を書き足してください。")
    if kind == "extra_forbidden":
        return _unknown_key(document.keys.get(path, place), name, _fields(model, detail["loc"][:-1]), document.near)
    if kind == "literal_error":
        return _wrong_choice(place, name, detail, document.near)
    if kind in ("too_short", "string_too_short"):
        return Finding(place, "F005", f"{name}: 値がありません。", "1つ以上書いてください。")
    if kind in ("too_long", "string_too_long"):
        limit = context["max_length"]
        message = f"{name}: {len(str(detail['input']))} 文字あります。"
        return Finding(place, "F013", message, f"{limit} 文字までに短くしてください。")
    if kind in ("greater_than", "greater_than_equal", "less_than_equal"):
        limit = "、".join(f"{value} {LIMITS[key]}" for key, value in context.items() if key in LIMITS)
        return Finding(place, "F004", f"{name}: 「{detail['input']}」は選べません。", f"{limit}の数を書いてください。")
    return _wrong_kind(place, name, kind, detail["input"])


def too_many(place: Place, count: int) -> Finding:
    """What is said where more is wrong than is told."""
    message = f"まちがいが多すぎます（{count:,} 件以上）。初めの {MOST:,} 件ほどだけを出します。"
    return Finding(place, "Y006", message, "ここまでを直してから、もう一度確かめてください。")


def _unknown_key(place: Place, name: str, known: list[str], near: Near) -> Finding:
    maybe = near.word(name, known)
    return Finding(place, "F002", f"項目「{name}」は使えません。", f"{maybe}使える項目: {', '.join(known)}")


def _wrong_choice(place: Place, name: str, detail: ErrorDetails, near: Near) -> Finding:
    choices = [c.strip(" '") for c in detail["ctx"]["expected"].replace(" or ", ", ").split(",")]
    maybe = near.word(short(str(detail["input"])), choices)
    message = f"{name}: 「{detail['input']}」は選べません。"
    return Finding(place, "F004", message, f"{maybe}使える値: {', '.join(choices)}")


def _wrong_kind(place: Place, name: str, kind: str, value: object) -> Finding:
    wanted = KINDS.get(kind, "別の種類の値")
    if value is None:
        return Finding(place, "F005", f"{name}: 値が空です。", f"{wanted}を書くか、項目ごと消してください。")
    hint = f"{wanted}を書いてください。"
    if kind == "string_type" and isinstance(value, int | float):
        hint = f"数や true / false として読まれます。文字にするには '{_as_typed(value)}' のように引用符で囲んでください。"
    return Finding(place, "F003", f"{name}: 値の種類が違います。", hint)


def _as_typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fields(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys allowed at `path` inside `model`, for the hint of an unknown key."""
    for step in path:
        if isinstance(step, str):
            field = next((f for k, f in model.model_fields.items() if (f.alias or k) == step), None)
            inner = _inner_model(field.annotation) if field else None
            if inner is None:
                return []
            model = inner
    return [f.alias or k for k, f in model.model_fields.items()]


def _inner_model(annotation: object) -> type[BaseModel] | None:
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None
