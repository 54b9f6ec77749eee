"""What stands beside a number: whose it is, when somebody answers, what limits it."""

from __future__ import annotations

from guide.read.records import Phone
from guide.read.shown import Shown
from guide.site.calling import is_silent
from guide.site.language import Language


def service(phone: Phone) -> str:
    """A number's label without its area: 中央区 保健こども課 → 保健こども課."""
    return phone.label.removeprefix(phone.area or "").strip()


def told_apart(phone: Phone, name: str, several: bool) -> str:  # noqa: FBT001  # a filter of templates
    """What a number's label adds to the name of its window; of an only number what stands in brackets (（代表）)."""
    rest = phone.label.replace(name, "").strip()
    return rest if several or rest.startswith("（") else rest[rest.find("（") :] if "（" in rest else ""


def closed_days(phone: Phone) -> str | None:
    """When nobody answers (休み 土日・祝日), or that somebody always does (年中無休); None where that is not known."""
    if phone.closed is None or is_silent(phone.closed):
        return None
    return phone.closed if "無休" in phone.closed else f"休み {phone.closed}"


def limits(language: Language, phone: Phone) -> Shown:
    """What stands beside a number wherever it is given: when somebody answers, where that was read, what limits it."""
    told = [] if is_silent(phone.hours) else [language.say(phone.hours)]
    if phone.closed and not is_silent(phone.closed):
        days = language.say(phone.closed)
        told.append(days if "無休" in phone.closed else language.t("phone.closed_on", days=days))
    notes = (phone.hours_note if told else None, phone.note)
    brackets = [language.t("mark.brackets", text=language.sentence(note)) for note in notes if note]
    return language.run(language.joined(told), *brackets)
