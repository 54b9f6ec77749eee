"""What is known of the numbers of a call, told once for all that share it: for the whole call, for an area, for a number.

Five wards whose hours nobody knows are five numbers and one 「未確認」. Templates put the names of the facts in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from guide.read.records import Phone
from guide.site.calling import Call

SHARED_FROM = 2  # numbers; of one number all is its own
BRIEF = ("hours", "closed")
MOST_NUMBERS = 8  # that stand open where they are grouped by area: five wards, some with two
MOST_LETTERS = 80  # of their labels and of what is told: about six lines on a phone


@dataclass(frozen=True, slots=True)
class Seen:
    """The source of a number: its date as written there, and whether it copies another page."""

    date: str
    second_hand: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Facts by name (hours, closed, cost, languages, for, source), and notes."""

    facts: tuple[tuple[str, str | Seen], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is told in words; dates of sources are none."""
        return (*(value for _, value in self.facts if isinstance(value, str)), *self.notes)

    @property
    def brief(self) -> Told:
        """When somebody answers, and the notes that limit the number."""
        return Told(tuple(fact for fact in self.facts if fact[0] in BRIEF), self.notes)

    @property
    def rest(self) -> Told:
        """What `brief` leaves out."""
        return Told(tuple(fact for fact in self.facts if fact[0] not in BRIEF))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a call: of all its numbers, of those of an area, of one alone."""

    shared: Told
    areas: Mapping[str | None, Told]
    own: Mapping[Phone, Told]
    whole: Mapping[Phone, Told]  # everything that is told of a number, shared or not

    @property
    def many(self) -> bool:
        """True where all numbers with what is told of them are too much to stand open."""
        told = (self.shared, *self.areas.values(), *self.own.values())
        letters = sum(map(len, (*(text for each in told for text in each.texts), *(phone.label for phone in self.own))))
        return len(self.own) > MOST_NUMBERS or letters > MOST_LETTERS


def of(call: Call) -> Facts:
    """Everything that is known of the numbers of a call, each once and as far up as it holds."""
    whole = {phone: _told(call, phone) for phone in call.phones}
    shared = _shared(whole.values())
    rest = {phone: _without(told, shared) for phone, told in whole.items()}
    areas = {area: _shared([rest[phone] for phone in phones]) for area, phones in call.areas}
    own = {phone: _without(rest[phone], areas[area]) for area, phones in call.areas for phone in phones}
    return Facts(shared, MappingProxyType(areas), MappingProxyType(own), MappingProxyType(whole))


def _told(call: Call, phone: Phone) -> Told:
    source = call.source(phone)
    known = (
        ("hours", phone.hours),
        ("closed", phone.closed),
        ("cost", phone.cost),
        ("languages", phone.languages),
        ("for", None if phone.area else phone.for_),  # the area tells it
        ("source", Seen(source.date, source.second_hand)),
    )
    notes = tuple(note for note in (phone.note, phone.hours_note) if note)
    return Told(tuple((name, value) for name, value in known if value), notes)


def _shared(told: Iterable[Told]) -> Told:
    """What all of them tell; of a single number nothing is shared."""
    several: Sequence[Told] = list(told)
    if len(several) < SHARED_FROM:
        return Told()
    first = several[0]
    facts = tuple(fact for fact in first.facts if all(fact in each.facts for each in several))
    return Told(facts, tuple(note for note in first.notes if all(note in each.notes for each in several)))


def _without(told: Told, shared: Told) -> Told:
    facts = tuple(fact for fact in told.facts if fact not in shared.facts)
    return Told(facts, tuple(note for note in told.notes if note not in shared.notes))
