"""A Site that notes what is read of it, and digests of all that can be read: so a page is made again when that changed.

What a page depends on is not written down by anybody: it is what making it read. A page reads records through `items`,
`named_by` and `near_by`, one by one or all of them, and their bodies apart; words in a language one by one too; the rest of a
Site are lists, each of its own file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from guide.read.edition import LISTS, Content
from guide.read.markdown import Body
from guide.read.memo import digest
from guide.read.records import Program, Window
from guide.site.items import FOLDERS, Item
from guide.site.site import Site

Read = tuple[str, str]  # kind (a field of the Site, `bodies`, or `words:en` of a language) and which of it; "*" for all
ALL = "*"


class _Item:
    """Stands in for an Item; its body is read apart from the rest, which is what most pages show of it."""

    __slots__ = ("_real", "_seen", "id", "kind", "record", "url")
    record: Program | Window

    def __init__(self, real: Item, seen: set[Read]) -> None:
        self.id, self.kind, self.url = real.id, real.kind, real.url
        self._real, self._seen = real, seen

    def __getattr__(self, name: str) -> Program | Window:
        """The record is made when it is first asked for, and is at hand from then on: views ask for it all the time."""
        if name != "record":
            raise AttributeError(name)
        self.record = self._real.record
        return self.record

    @property
    def body(self) -> Body:
        self._seen.add(("bodies", self.id))
        return self._real.body


class _Items(Mapping[str, _Item]):
    """The items, each noted when it is asked for."""

    def __init__(self, real: Mapping[str, Item], seen: set[Read]) -> None:
        self.all, self.seen = {id_: _Item(item, seen) for id_, item in real.items()}, seen

    def __getitem__(self, key: str) -> _Item:
        self.seen.add(("items", key))
        return self.all[key]

    def __iter__(self) -> Iterator[str]:
        self.seen.add(("items", ALL))
        return iter(self.all)

    def __len__(self) -> int:
        self.seen.add(("items", ALL))
        return len(self.all)

    def values(self) -> Any:  # noqa: ANN401  # as a dict's, without noting each of them
        self.seen.add(("items", ALL))
        return self.all.values()


class _Naming(Mapping[str, tuple[_Item, ...]]):
    """Which items name one, noted when it is asked for."""

    def __init__(self, kind: str, real: Mapping[str, tuple[Item, ...]], items: _Items) -> None:
        self.kind, self.real, self.items_of = kind, real, items

    def __getitem__(self, key: str) -> tuple[_Item, ...]:
        self.items_of.seen.add((self.kind, key))
        return tuple(self.items_of.all[item.id] for item in self.real[key])

    def __iter__(self) -> Iterator[str]:
        self.items_of.seen.add((self.kind, ALL))
        return iter(self.real)

    def __len__(self) -> int:
        self.items_of.seen.add((self.kind, ALL))
        return len(self.real)


class Watched:
    """Stands in for a Site. `seen` holds what was read since it was last cleared."""

    def __init__(self, site: Site) -> None:
        self._site, self.seen = site, set[Read]()
        self.language = site.language.noting(self.seen)
        self.items = _Items(site.items, self.seen)
        self.named_by = _Naming("named_by", site.named_by, self.items)
        self.near_by = _Naming("near_by", site.near_by, self.items)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a Site has
        self.seen.add((name, ALL))
        return getattr(self._site, name)

    def as_site(self) -> Site:
        """Itself, for rooms that ask for a Site."""
        return cast("Site", self)


class Digests:
    """What each thing that can be read of a Site, in whichever language, was made of."""

    def __init__(self, content: Content, site: Site) -> None:
        self.content, self.site = content, site
        self.languages = {each.language.code: each.language for each in (site, *site.others)}
        self.known: dict[Read, bytes] = {}
        entries = [entry for folder in FOLDERS.values() for entry in content.of(folder)]
        # Both cover the file's name, so no two records have the same.
        self.heads = {entry.id: entry.head for entry in entries}
        self.bodies = {entry.id: entry.key for entry in entries}

    def all_of(self, reads: Iterable[Read]) -> tuple[tuple[str, str, bytes], ...]:
        """What was read, each with its digest; plain values, for a memo."""
        return tuple((*read, self.of(read)) for read in sorted(reads))

    def hold(self, known: Iterable[tuple[str, str, bytes]]) -> bool:
        """True when nothing changed of what `all_of` told."""
        return all(self.of((kind, name)) == value for kind, name, value in known)

    def of(self, read: Read) -> bytes:
        """The digest of one thing."""
        kind, name = read
        if kind == "bodies":
            return self.bodies.get(name, b"")
        if kind == "items" and name != ALL:
            return self.heads.get(name, b"")
        if read not in self.known:
            self.known[read] = self._of(kind, name)
        return self.known[read]

    def _of(self, kind: str, name: str) -> bytes:
        if ":" in kind:
            part, _, code = kind.partition(":")
            return digest(repr(getattr(self.languages[code], part).get(name))) if code in self.languages else b""
        if kind == "items":
            return digest(*(self.heads[id_] for id_ in self.site.items))
        if kind in ("named_by", "near_by"):
            naming: Mapping[str, tuple[Item, ...]] = getattr(self.site, kind)
            named = [naming.get(name, ())] if name != ALL else naming.values()
            heads = [self.heads[item.id] for items in named for item in items]
            return digest(*heads) if len(heads) > 1 else b"".join(heads)  # thousands are named by none or one
        if kind in ("base_path", "home", "today"):
            return digest(self.site.base_path, str(self.site.today) if kind == "today" else "")
        if kind == "files":
            return digest(*sorted(self.content.texts))  # their names
        if kind in ("pages", "schemes"):
            told = (self.content.keys.get(f"content/languages/{code}/{kind}.yaml", b"") for code in self.languages)
            return digest(*(entry.key for entry in self.content.of(kind)), *told)
        return digest(*(self.content.keys[file] for file in self._files(kind)))

    def _files(self, kind: str) -> list[str]:
        """The files that a field of the Site is made of; all of them, where that is not plain."""
        lists = {name: f"content/{file}" for file, kinds in LISTS.items() for name, _ in kinds}
        cases = dict.fromkeys(("cases_of", "cases_by_id"), lists["cases"])
        one = {**lists, **cases, "config": "site.toml", "no_units": "site.toml"}.get(kind)
        return [file for file in sorted(self.content.keys) if one in (None, file)]
