"""Rules over everything that was read: each function is named for what ought to be true and returns what is not."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from guide.read import cores, load, settings
from guide.read.conformance import MachineRun
from guide.read.edition import LISTS, Content, Entry, records
from guide.read.findings import Finding, in_order
from guide.read.later import Later, now
from guide.read.memo import Memo, digest
from guide.read.records import Program, Window
from guide.read.situations import Case
from guide.read.store import Store
from guide.rules import languages, prose, provenance, questions, references, safety, services, subtopics, versions, wording
from guide.rules.references import NO_UNIT

FRESH_DAYS = 300  # age of accessibility results, which are to be a year old at most (reading: A11Y-1)
EXAMPLE = re.compile(
    r"https?://(?:[^/:?#]*\.)?(?:example(?:\.(?:org|com|net))?|test|invalid|localhost)(?:[/:?#]|\Z)", re.IGNORECASE
)


def edition(folder: Path, today: datetime.date, store: Store | None = None) -> tuple[Content, list[Finding]]:
    """Read and check the edition in a folder; nothing is rendered. `store` holds what earlier builds know of its files."""
    store = store or Store()
    content = load.edition(folder, store.memo("parsed"))
    return content, in_order([*content.findings, *every_rule(content, today, store.memo("rules"))])


def every_rule(content: Content, today: datetime.date, memo: Memo | None = None) -> list[Finding]:
    """All findings of all rules. Runs on whatever could be read, so that one run tells every fault.

    `memo` knows of which nouns and of which texts an earlier build had nothing to tell; not when a file could not be read,
    for that may hide or raise what rules find elsewhere.
    """
    memo = Memo() if memo is None or content.findings else memo
    heads = content.heads(today.isoformat())
    with over_texts(content, memo, heads) as in_texts:
        found: list[Finding] = []
        if not memo.holds(heads):
            found = over_nouns(content, today)
            if not found:
                memo.put(heads, True)
        return found + in_texts()


def over_nouns(content: Content, today: datetime.date) -> list[Finding]:
    """All findings of the rules that look at nouns, never at a body: they beside each other are the whole of what is read."""
    rules = (
        *(references.every_rule, provenance.every_rule, safety.every_rule, services.every_rule),
        *(subtopics.every_rule, versions.every_rule, questions.every_rule, programs_name_a_window),
        *(languages.every_rule, wording.every_rule),
        *(numbers_can_be_dialled, urgent_cases_start_right, addresses_are_real),
    )
    findings = [finding for rule in rules for finding in rule(content)]
    return findings + list(records_are_consistent(content, today)) + list(accessibility_was_tested(content, today))


@contextlib.contextmanager
def over_texts(content: Content, memo: Memo, heads: bytes) -> Iterator[Callable[[], list[Finding]]]:
    """All findings of the rules that look at one noun and its body: over all cores, and not in files that had none before.

    Inside, other cores are at work; call what it gives for the findings.
    """
    names, terms = memo.once(("beside", heads), lambda: prose.told(content))
    beside = prose.Beside(names, terms, content.config.rules if content.config else None)
    files = references.files(content)
    around = ("texts", digest(repr(beside), *sorted(files)))  # covers all that the rules look at beside a text
    faultless: frozenset[bytes] = memo.get(around) or frozenset()
    texts = {entry.key: now([entry]) for entry in content.pages()}
    for name, kinds in LISTS.items():
        if (key := content.keys.get(f"content/{name}")) is not None:
            texts[key] = Later(partial(_of_kinds, content, [kind for kind, _ in kinds]))
    entries = [(key, entry) for key in texts.keys() - faultless for entry in texts[key]()]
    look = partial(_in_text, beside=beside, files=files)
    # Workers only say whether there is anything: where it stands is looked up here, in the documents that are read.
    with cores.sharing(lambda some: [bool(look(entry)) for _, entry in some], entries) as told:

        def findings() -> list[Finding]:
            faulty = [pair for pair, found in zip(entries, told(), strict=True) if found]
            memo.put(around, frozenset(texts.keys() - {key for key, _ in faulty}))
            return [finding for _, entry in faulty for finding in look(entry)]

        yield findings


def _of_kinds(content: Content, kinds: list[str]) -> list[Entry]:
    return [entry for kind in kinds for entry in content.of(kind)]


def _in_text(entry: Entry, beside: prose.Beside, files: frozenset[str]) -> list[Finding]:
    return [*prose.every_rule(entry, beside), *references.links_resolve(entry, files)]


def numbers_can_be_dialled(content: Content) -> Iterator[Finding]:
    """A number with # cannot be a telephone link (OFF-10), so one that can be dialled stands beside it."""
    windows = {entry.id: entry.noun for entry in content.of("consultation") if isinstance(entry.noun, Window)}
    for entry in content.of("consultation"):
        window = windows[entry.id]
        near = [window, *(windows[i] for i in (*window.windows, *window.instead) if i in windows)]
        faulty = any(id_ in content.ids("consultation") and id_ not in windows for id_ in (*window.windows, *window.instead))
        if window.phones and not faulty and not any(phone.diallable for other in near for phone in other.phones):
            message = f"「{window.phones[0].number}」は、リンクを押してもかけられない電話があります。"
            hint = "かけられる番号を phones に足すか、windows か instead に番号のある窓口を書いてください。"
            yield Finding(entry.place("phones", 0, "number"), "R005", message, hint)


def programs_name_a_window(content: Content) -> Iterator[Finding]:
    """A program without anybody to ask is no help; one that is faulty is told elsewhere."""
    for entry in content.of("programs"):
        if isinstance(entry.noun, Program) and not (*entry.noun.windows, *entry.noun.instead):
            hint = "資料に担当の窓口があれば windows に、なければ近い窓口を instead に書いてください。"
            yield Finding(entry.place("name"), "R018", "窓口がありません。", hint)


def records_are_consistent(content: Content, today: datetime.date) -> Iterator[Finding]:
    """Sources given, unit and its certainty agree, actors told one way, no check date in the future."""
    for entry, record in records(content):
        if not record.sources and not record.contacts:
            yield Finding(
                entry.place("sources"), "R006", "出典がありません。", "sources か contacts に、読んだ資料を書いてください。"
            )
        unit, certain = getattr(record, "unit", None), getattr(record, "unit_certain", False)
        if certain and unit in (None, *NO_UNIT):
            hint = "単位が読み取れないときは unit_certain を消してください。"
            yield Finding(entry.place("unit_certain"), "R007", "単位が分からないのに unit_certain が true です。", hint)
        if record.involved and (record.lead or record.partners):
            hint = "実施と協力の別が確かなら lead・partners だけ、確かでなければ involved だけにしてください。"
            yield Finding(entry.place("involved"), "R008", "担い手が2つの書き方で書かれています。", hint)
        if record.checked > today:
            hint = "確かめた日を書いてください。"
            yield Finding(entry.place("checked"), "R010", f"確認日 {record.checked} が今日（{today}）より後です。", hint)


def accessibility_was_tested(content: Content, today: datetime.date) -> Iterator[Finding]:
    """The published results are at most a year old; from 300 days on there is a warning (A11Y-1).

    Never more than a warning: an urgent number must not wait for a test of colours.
    """
    for entry in content.of("runs"):
        age = (today - entry.noun.date).days if isinstance(entry.noun, MachineRun) else 0
        if age > FRESH_DAYS:
            message = f"見やすさの試験（{entry.id}）から {age} 日たっています。"
            hint = "make a11y で試験をやり直してください。試験は年に1回です。"
            yield Finding(entry.place("date"), "R011", message, hint, "warning")


def addresses_are_real(content: Content) -> Iterator[Finding]:
    """An edition that is no sample is published at, and leaves to, addresses that are there (RFC 2606, RFC 6761)."""
    config = content.config
    if config is None or config.notice.sample:
        return
    for table, address in (("site", config.site.address), ("leave", config.leave.address)):
        if EXAMPLE.match(address):
            place = settings.place(content.texts.get("site.toml", ""), table, "address")
            hint = "公開するアドレスを書くか、見本版の間は [notice] sample = true にしてください。"
            yield Finding(place, "R019", f"正式な版なのに、例のアドレス「{address}」のままです。", hint)


def urgent_cases_start_right(content: Content) -> Iterator[Finding]:
    """An urgent case leads first to what site.toml names in [urgent] first."""
    if content.config is None:
        return
    first = content.config.urgent.first
    for entry in content.of("cases"):
        case = entry.noun
        if isinstance(case, Case) and case.urgent and case.leads_to[: len(first)] != first:
            hint = f"leads_to の最初を {'、'.join(first)} の順にしてください。"
            yield Finding(entry.place("leads_to"), "R009", "急ぎの「こんなとき」が、先に案内する窓口から始まっていません。", hint)
