"""For those who translate: `build.py untranslated en` says what is missing, `build.py translated en [id …]` marks what was read.

Values in, texts out: the door writes the files.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from guide.read import origins
from guide.read.edition import Content, Entry, records
from guide.read.findings import Refused
from guide.read.languages import FILES, Told
from guide.read.records import Window
from guide.site.site import EVERYWHERE, Site

PLAIN = re.compile(r"[^\s'\"\[\]{}>|*&!%@`#,?:-](?:[^:#\n]|:(?=\S)|(?<=\S)#)*")  # a YAML key that needs no quotes
LONGEST = 80  # characters of the Japanese that stands beside a gap


def marked(content: Content, words: Sequence[str], today: datetime.date) -> Mapping[str, str]:
    """The new texts of the files in which marks are set. `words`: a language, and the ids of the translations (else all without).

    Raises Refused.
    """
    language, *ids = words or [""]
    _known(content, language)
    changes: dict[str, list[tuple[Entry, str]]] = {}
    found: set[str] = set()
    for _, entry, of in origins.told(content, language):
        told = entry.noun
        assert isinstance(told, Told)
        if of is not None and (entry.id in ids if ids else told.of is None):
            changes.setdefault(entry.document.file, []).append((entry, origins.mark(of)))
            found.add(entry.id)
    if lost := sorted(set(ids) - found):
        raise Refused(f"{language} の訳に「{'」「'.join(lost)}」はありません。")
    return {file: _with_marks(content.texts[file], pairs, today) for file, pairs in changes.items()}


def _with_marks(text: str, pairs: Sequence[tuple[Entry, str]], today: datetime.date) -> str:
    lines = text.split("\n")
    for entry, mark in sorted(pairs, key=lambda pair: -pair[0].place().line):
        document, start = entry.document, entry.place()
        if start.line == document.keys[entry.at].line:
            raise Refused(f"{start}: 訳は、id の次の行から、字下げして書いてください。")
        indent = " " * (start.column - 1)
        new = [f"{indent}of: {mark}", f"{indent}date: '{today}'"]
        old = [document.keys[(*entry.at, key)].line for key in ("of", "date") if (*entry.at, key) in document.keys]
        for line in sorted(old, reverse=True):
            del lines[line - 1]
        at = start.line - 1 - sum(line < start.line for line in old)
        lines[at:at] = new
    return "\n".join(lines)


def missing(content: Content, site: Site, asked: Counter[str]) -> str:
    """What a language lacks, as YAML to be filled in. `asked`: each Japanese text that its pages show, with on how many."""
    language = site.language
    lines = [f"# {language.name}: 画面に出る日本語 {len(asked)} 件に、まだ訳がありません。"]
    for stem, (_, kind) in FILES.items():
        known = {entry.id for entry in content.of(f"{language.code}/{stem}")}
        gaps = [entry for entry in content.of(kind) if entry.id not in known and (stem != "pages" or entry.id in EVERYWHERE)]
        lines += [line for part in [_file(language.code, stem, gaps)] if gaps for line in part]
        for entry in gaps:
            for text in origins.origin(entry):
                asked.pop(text or "", None)
    lines.append(f"\n# content/languages/{language.code}/phrases.yaml")
    groups: dict[str, list[str]] = {}
    names = _groups(content)
    for text, _ in asked.most_common():
        groups.setdefault(names.get(text, "other"), []).append(text)
    for name, texts in groups.items():
        lines += [f"{name}:", *(f"  {_key(text)}:  # {asked[text]}" for text in texts)]
    return "\n".join(lines) + "\n"


def _file(code: str, stem: str, gaps: Sequence[Entry]) -> Iterator[str]:
    model = FILES[stem][0]
    wanted = [name for name, field in model.model_fields.items() if field.is_required()]
    yield f"\n# content/languages/{code}/{stem}.yaml"
    for entry in gaps:
        japanese = " / ".join(text for text in origins.origin(entry)[:2] if text)
        yield f"{entry.id}:  # {japanese[:LONGEST]}".replace("\n", " ")
        yield from (f"  {name}:" for name in wanted)


def _groups(content: Content) -> dict[str, str]:
    """Under which name short texts are listed."""
    found: dict[str, str] = {}
    for _, record in records(content):
        found |= dict.fromkeys(record.prepare, "prepare") | {each.when: "when" for each in record.in_case}
        for phone in record.phones if isinstance(record, Window) else ():
            told = {"hours": phone.hours, "closed": phone.closed, "cost": phone.cost, "languages": phone.languages}
            told |= {"wards": phone.area, "for": phone.for_, "notes": phone.note}
            found |= {text: name for name, text in told.items() if text}
            found |= {phone.label: "labels", phone.label.removeprefix(phone.area or "").strip(): "labels"}
    for kind in ("situations", "cases", "units"):
        found |= {text: kind for entry in content.of(kind) for text in origins.texts_of(entry.noun)}
    found |= dict.fromkeys(origins.texts_of(content.config), "site")
    return found


def _key(text: str) -> str:
    return text if PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _known(content: Content, language: str) -> None:
    known = [entry.id for entry in content.of("languages")]
    if language not in known:
        raise Refused(_no_language(language, known))


def in_language(site: Site, code: str) -> Site:
    """The guide in another language. Raises Refused."""
    others = {each.language.code: each for each in site.others}
    if code not in others:
        raise Refused(_no_language(code, list(others)))
    return others[code]


def _no_language(code: str, known: Sequence[str]) -> str:
    return f"「{code}」という言葉はありません（あるのは {'、'.join(known) or 'なし'}）。"
