"""Holds what the content cites against the documents themselves: python bench/against_sources.py SEEDS FACTS….

SEEDS is a folder with the documents' texts, in the order of content/sources.yaml; FACTS the file of contact facts. The
project does not hold either, so this is no test of its own; CI runs it where they lie beside the project.

quotes    words in 「」 that a text ascribes to a plan occur in one of the documents
lines     the cited lines of a document exist and share a word with the record that cites them
numbers   each number's page, date and seen words are those of the contact fact that it names, and not of a doubtful one

Exit 1 when one does not hold, 2 when the folders are not there.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from guide.read import load  # noqa: E402  # the checkout is not installed
from guide.read.edition import Content, records  # noqa: E402
from guide.read.records import Window  # noqa: E402
from guide.rules import prose  # noqa: E402  # the checkout is not installed
from guide.search.normalise import pieces  # noqa: E402

ASCRIBED = re.compile(r"計画[^。「」]{0,24}「([^」]+)」(?:と|を|の|が|も|や|、「([^」]+)」)")
# Words of ours for what a plan does not say.
OURS = ("計画に記載なし", "未確認")
IGNORED = str.maketrans("", "", " 　\n\t・")


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(IGNORED)


def quotes(content: Content, documents: dict[str, list[str]]) -> Iterator[str]:
    whole = squeezed("".join("".join(lines) for lines in documents.values()))
    names = {squeezed(record.name) for _, record in records(content)}
    for kind in ("programs", "consultation", "schemes", "pages", "cases", "terms", "routes"):
        for entry in content.of(kind):
            for passage in prose.passages(entry):
                for match in ASCRIBED.finditer(passage.text):
                    for said in (part for part in match.groups() if part and part not in OURS):
                        if squeezed(said) not in whole and squeezed(said) not in names:
                            yield f"{passage.place}: 「{said}」"


def cited(lines: str) -> Iterator[int]:
    for part in lines.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def lines(content: Content, documents: dict[str, list[str]]) -> Iterator[str]:
    for entry, record in records(content):
        own = {p for text in (record.name, *record.former_names, record.summary, *record.words) for p in pieces(text)}
        own |= set(pieces(entry.body.text)) if entry.body else set()
        for source in record.sources:
            text = documents[source.document]
            for part in source.lines.split(","):
                numbers = list(cited(part))
                if numbers[-1] > len(text):
                    yield f"{entry.document.file}: {source.document} has no line {numbers[-1]}"
                elif not own & set(pieces(squeezed("".join(text[n - 1] for n in numbers)))):
                    yield f"{entry.document.file}: {source.document} {part} shares no word with the record"


def numbers(content: Content, facts: dict[str, dict[str, Any]]) -> Iterator[str]:
    for entry, record in records(content):
        for source in record.contacts:
            if not source.value or not isinstance(record, Window):
                continue
            fact = facts.get(source.id)
            if fact is None or fact["confidence"] == "low":
                yield f"{entry.document.file}: {source.id} is no fact that may be published"
                continue
            pages = fact["source"]
            assert isinstance(pages, list)
            phones = {phone.number for phone in record.phones}
            if source.value in phones and not any(matches(source, page) for page in pages):
                yield f"{entry.document.file}: {source.value} was not read so in {source.id}"


def matches(source: object, page: dict[str, object]) -> bool:
    """Whether date and page are those of the fact's source. What was seen may be shortened, never changed."""
    date = str(page["page_date"] or "日付なし")
    where = {str(page.get("url")), str(page.get("cites")), f"https://github.com/{page.get('repo')}", "資料に記載なし"}
    seen = squeezed(str(page["seen"]))
    told = [squeezed(part) for part in re.split("…|。", getattr(source, "seen", "") or "") if part.strip()]
    return date == getattr(source, "date", "") and getattr(source, "page", "") in where and all(part in seen for part in told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("facts", type=Path, nargs="+")
    args = parser.parse_args()
    if not (args.seeds.is_dir() and all(file.is_file() for file in args.facts)):
        print("the documents or the facts are not there")
        sys.exit(2)
    content = load.edition(HOME)
    texts = [path.read_text(encoding="utf-8").split("\n") for path in sorted(args.seeds.glob("*.txt"))]
    documents = dict(zip((entry.id for entry in content.of("documents")), texts, strict=True))
    facts: dict[str, dict[str, Any]] = {}
    for fact in (fact for file in args.facts for fact in yaml.safe_load(file.read_text(encoding="utf-8"))):
        # A fact that a later file bears out has the sources of both.
        facts[fact["id"]] = {**fact, "source": [*facts.get(fact["id"], {"source": []})["source"], *fact["source"]]}
    found = {
        "quotes": list(quotes(content, documents)),
        "lines": list(lines(content, documents)),
        "numbers": list(numbers(content, facts)),
    }
    for name, faults in found.items():
        print(f"{name}: {len(faults)} that do not hold")
        for fault in faults:
            print(f"    {fault}")
    sys.exit(any(found.values()))


if __name__ == "__main__":
    main()
