"""A language that the guide is read in: the words of its interface, and what it says instead of the content's Japanese.

Logic works on the content as it is written; only what a page shows goes through here, last. So whom to call, wards and
conditions are the same in every language, and what nobody has translated is shown as it is, marked as Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from guide.read import shown
from guide.read.edition import Content
from guide.read.fields import SILENT
from guide.read.languages import Tongue
from guide.read.memo import Memo
from guide.read.shown import Shown
from guide.read.translations import flat
from guide.site import said

SOURCE = "ja"  # the HTML language of what is not translated
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
SILENT_WORDS = {
    **dict(zip(SILENT, ("silent.not_in_plan", "silent.not_confirmed"), strict=True)),
    "日付なし": "silent.no_date",
}
Value = TypeVar("Value")


class Translation(NamedTuple):
    """What a language tells of a thing beside what it says of its short texts, and how far to trust it."""

    text: str | None  # what a record is and how to begin
    changed: str | None  # since this day the Japanese is another; "" where the day is not known
    checked_by: str | None  # who has read it, of those who grew up with the language


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `words` by key, `said` by the Japanese text, `told` by kind and id ("programs/kome-bin").

    `home` is the address of its first page; `source` is true of the one that content is written in.
    """

    code: str
    tag: str
    name: str
    home: str
    source: bool
    readings: bool
    checked_by: str | None
    words: Mapping[str, str]
    said: Mapping[str, str]
    told: Mapping[str, Translation]

    @property
    def japanese(self) -> bool:
        """Whether it is Japanese, easy or not: what is not translated needs no mark then."""
        return self.tag.partition("-")[0] == SOURCE

    def t(self, key: str, **values: object) -> Shown:
        """Words of the interface; what is filled in is escaped."""
        pattern = self.words[key]
        return shown.filled(pattern, values) if values else shown.words(pattern)

    def say(self, text: str) -> Shown:
        """A text of the content as this language says it; as it is, and marked so, where nobody has translated it."""
        if isinstance(text, Shown):
            return text
        if (translated := self.said.get(text)) is not None:
            return shown.words(translated)
        if key := SILENT_WORDS.get(text):
            return self.t(key)
        if not self.source and text[:1] == "（" and text.find("）") == len(text) - 1:
            return self.t("mark.brackets", text=self.say(text[1:-1]))
        return shown.bare(text) if self.japanese or not JAPANESE.search(text) else shown.foreign(text, SOURCE)

    def has(self, text: str) -> bool:
        """Whether this language says a text in its own words."""
        return self.source or text in SILENT_WORDS or self.said.get(text) is not None

    def sentence(self, text: str) -> Shown:
        """A text without the full stop at its end: it is told in brackets."""
        said = self.say(text)
        html, plain = (each.rstrip("。.") for each in (str(said), said.plain))
        return Shown(html.replace("。</span>", "</span>"), plain, said.lang)

    def joined(self, parts: Iterable[str], mark: str = "mark.comma") -> Shown:
        """Texts one after the other, with the language's comma (or another of its marks)."""
        made = [self.say(part) for part in parts]
        comma = self.t(mark)
        return Shown(comma.join(made), comma.plain.join(part.plain for part in made))

    def run(self, *parts: Shown) -> Shown:
        """What is already shown, one after the other, with nothing between."""
        lang = next((part.lang for part in parts if part.lang), "")
        return Shown(Markup("").join(parts), "".join(part.plain for part in parts), lang)

    def date(self, value: object) -> Shown:
        """A date as people read it: 2026-11-21, 2026-11, 2026; other texts are said as they are."""
        parts = str(value).split("-")
        if not all(part.isdigit() for part in parts):
            return self.say(str(value))
        named: dict[str, object] = dict(zip(("year", "month", "day"), (str(int(part)) for part in parts), strict=False))
        if "month" in named:
            named["month"] = self.t(f"months.m{named['month']}")
        if "day" in named:
            named["day"] = self.t(f"days.d{named['day']}")
        return self.t(f"date.{('year', 'month', 'day')[len(parts) - 1]}", **named)

    def translation(self, subject: str) -> Translation | None:
        """What is told of a thing (by kind and id); None when nothing is."""
        return self.told.get(subject)

    def noting(self, seen: set[tuple[str, str]]) -> Language:
        """The same, that notes what is asked of it (see site.watched)."""
        parts = {name: _Noting(f"{name}:{self.code}", getattr(self, name), seen) for name in ("words", "said", "told")}
        return replace(self, **parts)  # type: ignore[arg-type]


NOBODYS = Language("", SOURCE, "", "/", True, False, None, {}, {}, {})  # for templates that are compiled before any is known


class _Noting(Mapping[str, Value]):
    """A mapping that notes which of its keys are looked up; nobody walks it."""

    def __init__(self, kind: str, real: Mapping[str, Value], seen: set[tuple[str, str]]) -> None:
        self.kind, self.real, self.seen = kind, real, seen

    def __getitem__(self, key: str) -> Value:
        self.seen.add((self.kind, key))
        return self.real[key]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what a page says is noted word by word")

    def __len__(self) -> int:
        return len(self.real)


def own(content: Content, base_path: str) -> Language:
    """The language that an edition is written in."""
    assert content.config is not None
    code = content.config.site.languages[0]
    words = _words(content, code)
    return Language(code, SOURCE, words["language.name"], base_path, True, False, None, words, {}, {})


def others(content: Content, base_path: str, memo: Memo) -> tuple[Language, ...]:
    """The other languages that it is read in. `memo` knows what they said of the same content."""
    assert content.config is not None
    return tuple(_other(content, code, base_path, memo) for code in content.config.site.languages[1:])


def _words(content: Content, code: str) -> Mapping[str, str]:
    return MappingProxyType({".".join(map(str, path)): text for path, text in flat(content.interface[code]().data)})


def _other(content: Content, code: str, base_path: str, memo: Memo) -> Language:
    tongue = next(entry.noun for entry in content.of("languages") if entry.id == code)
    assert isinstance(tongue, Tongue)
    says, told = memo.once(("said", code, content.heads()), lambda: said.all_of(content, code, tongue))
    known = _words(content, code), MappingProxyType(says), MappingProxyType({key: Translation(*row) for key, row in told.items()})
    home = f"{base_path}{code}/"
    name = shown.words(known[0]["language.name"]).plain
    return Language(code, tongue.tag, name, home, False, tongue.readings, tongue.checked_by, *known)
