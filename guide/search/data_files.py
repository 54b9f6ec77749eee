"""The two files that the search page loads: the records with their telling words first, everything else after."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from guide.read.records import Phone, Record
from guide.read.situations import Area
from guide.search.normalise import key, pieces, runs
from guide.search.signs import compact
from guide.site import beside, calling, views, ways
from guide.site.items import Item
from guide.site.language import Language
from guide.site.site import Site

# A word is loaded with the first file when it holds at least so many pieces that the record's earlier words do not.
NEW_PIECES = 12
# Latin words that tell of nothing: English, Vietnamese, Portuguese, Tagalog, romaji. Of kana the counts say as much.
STOPS = (
    "a am an and are as at be been but by can cannot could d did do does for from get go had has have he her him his "
    "how i if in is it its just ll m may me my need no not of on or our please re s she should so some t than that "
    "the their them there they this to up us ve want was we what when where which who why will with would you your "
    "anh cac cai chi cho co cua da dang de di duoc em gi hay khi khong la lam len lai mot muon nay nguoi nhu o phai "
    "ra roi se sao tai thi toi trong va voi vao ao e ela ele eu eles essa isso meu minha na nao nas nos os ou para "
    "pra por que sem sua um uma ako ang ay ko ka kami kayo ng nang mga mo nila niya sa si siya sila yung desu ga kara "
    "made masu ne ni wa wo yo"
)
# So many words of each emergency route, and of procedure, are loaded with the first file; staff write the likeliest first.
FIRST_ALARMS = 40


def _names(site: Site, name: str) -> list[str]:
    """How a name may be shortened: without what stands in brackets, without the city in front."""
    short = re.sub(r"（[^（）]*）", "", name).strip()
    inside = re.findall(r"（([^（）]*)）", name)
    forms = [short, *inside, *(form.removeprefix(site.config.site.city).strip() for form in (name, short))]
    return [form for form in dict.fromkeys(forms) if form and form != name]


def first(site: Site) -> dict[str, object]:
    """What the search page loads first: the records with their words, and the words that call for an emergency route.

    `columns` holds the records column by column, which packs a tenth smaller than rows: id, kind, name, reading,
    words, of the plan or not, situations (as numbers), unit, can be written to or not, whom to call (a number
    of `calls`), status in words ("" for what is in force), sensitive or not. `calls` holds the window (a record's number),
    whether it is only a near one, and its numbers for the matter.
    """
    situations = [s.id for s in site.situations]
    rows = []
    chosen, whom = whom_to_call(site)
    for number, item in zip(chosen, site.items.values(), strict=True):
        record = item.record
        words = _search_words(site, item)
        rows.append(
            [
                item.id,
                item.kind[0],
                record.name,
                record.yomi,
                "|".join(_first_words(words, _names(site, record.name))[0]),
                int(bool(record.sources)),
                [situations.index(id_) for id_ in record.situations],
                views.unit_of(item) or "",
                int(_can_be_written_to(site, item)),
                number,
                "" if record.status == "active" else site.language.t(f"status.{record.status}").plain,
                int(record.sensitive),
            ]
        )
    columns = [list(column) for column in zip(*rows, strict=True)]
    areas = {"city": site.config.site.city, "areas": [[area.name, *_area_words(area)] for area in site.areas]}
    heads = {"calls": [json.loads(each) for each in whom], "situations": situations, **areas}
    return {"columns": columns, **heads, **_alarms(site, slice(FIRST_ALARMS))}


def whom_to_call(site: Site) -> tuple[list[int], dict[str, calling.Call]]:
    """The number of each record's call, and the calls by what is told of them as JSON, each once."""
    numbers = {id_: i for i, id_ in enumerate(site.items)}
    found: list[int] = []
    whom: dict[str, tuple[int, calling.Call]] = {}
    for item in site.items.values():
        call = calling.first_call(site, [item])
        row = [numbers[call.window.id], int(call.role == "near"), _numbers(site.language, call)]
        number, _ = whom.setdefault(json.dumps(row, ensure_ascii=False), (len(whom), call))
        found.append(number)
    return found, {told: call for told, (_, call) in whom.items()}


def told_phones(call: calling.Call) -> list[Phone]:
    """The numbers of a call that a result gives: of a window with numbers by area all of them, else the first."""
    phones = [phone for phone in call.phones if phone.diallable]
    return phones if call.by_area else phones[:1]


def _can_be_written_to(site: Site, item: Item) -> bool:
    """Whether the window itself, or one that a program names, has another way than the telephone."""
    asked = [item] if item.kind == "window" else ways.other_ways(item, calling.calls(site, item))
    return any(ways.written_ways(each) for each in asked)


def _numbers(language: Language, call: calling.Call) -> list[list[str]]:
    """Who answers, the number, its area, what limits it."""
    phones = told_phones(call)
    if call.by_area:
        return [[beside.service(phone), phone.number, phone.area or "", limits(language, phone)] for phone in phones]
    return [[phones[0].label, phones[0].number, "", limits(language, phones[0])]]


def limits(language: Language, phone: Phone) -> str:
    """What limits a number; a card also says that its hours are not known."""
    told = beside.limits(language, phone).plain
    if not calling.is_silent(phone.hours):
        return told
    unknown = language.t("phone.hours_unknown").plain
    return unknown + (language.t("mark.comma").plain + told if told and not told.startswith(("（", " (")) else told)


def _area_words(area: Area) -> tuple[str, str]:
    """The words that name a ward, and its school districts."""
    return "|".join(key(word) for word in (area.yomi, *area.words)), "|".join(key(school) for school in area.schools)


def _alarms(site: Site, part: slice) -> dict[str, object]:
    """Words that call for an emergency route, and words of procedure that keep it away: a part of each list."""
    urgent = [[route.id, "|".join(sorted(key(word) for word in route.words[part]))] for route in site.routes if route.words[part]]
    return {"urgent": urgent, "calm": sorted(key(word) for each in site.calm for word in each.words[part])}


def _search_words(site: Site, item: Item) -> list[str]:
    record = item.record
    return [*_names(site, record.name), *_short_reading(site, record), *record.former_names, *record.words]


def _short_reading(site: Site, record: Record) -> list[str]:
    """The reading without the city's, where the name begins with the city: people type it so."""
    city = site.config.site
    begins = record.name.startswith(city.city) and city.city_yomi and record.yomi.startswith(city.city_yomi)
    return [record.yomi.removeprefix(city.city_yomi or "")] if begins else []


def _first_words(words: Iterable[str], names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words, each spelling once, in two lists: names and what brings new pieces (loaded first), and what only varies them."""
    sure = {key(name) for name in names}
    seen: set[str] = set()
    first: list[str] = []
    later: list[str] = []
    for folded, word in {key(word): word.replace("|", " ") for word in words}.items():
        new = set(pieces(word)) - seen
        (first if folded in sure or len(new) >= NEW_PIECES else later).append(word)
        seen |= new
    return first, later


def more(site: Site) -> dict[str, object]:
    """What the search page loads next: summaries, needs with name, words, records and route, equal words, other topics."""
    numbers = {id_: i for i, id_ in enumerate(site.items)}
    needs = []
    for concept in site.concepts:
        words = {key(word): word.replace("|", " ") for word in (concept.name, *concept.words)}
        needs.append(["|".join(words.values()), [numbers[id_] for id_ in concept.leads_to], concept.urgent or ""])
    return {
        **_alarms(site, slice(FIRST_ALARMS, None)),
        "words": [
            "|".join(_first_words(_search_words(site, item), _names(site, item.record.name))[1]) for item in site.items.values()
        ],
        "summaries": [item.record.summary for item in site.items.values()],
        "needs": needs,
        "stops": STOPS,
        "equals": [[_equal(word) for word in equal.words] for equal in site.equals],
        **({"signs": compact(site.signs, [route.id for route in site.routes])} if site.signs else {}),
        "elsewhere": ["|".join(dict.fromkeys(key(w) for w in (topic.name, *topic.words))) for topic in site.elsewhere],
    }


def _equal(word: str) -> str:
    """Latin phrases keep their spaces, for they are looked for as whole words; the rest is looked for anywhere."""
    folded = key(word)
    return folded if folded[:1].isascii() else "".join(runs(word))
