"""Accessibility over every built page: axe in six modes, the HTML checker, a report by criterion: `make a11y`.

    python bench/a11y.py [--site PUBLIC] [--write]

Prints what was found; with --write the figures go to content/accessibility-results.yaml, out of which the statement page
is made, and docs/accessibility-report.csv gets one row a criterion and page of the sample (A11Y-1, A11Y-3).
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import multiprocessing
import random
import subprocess
from pathlib import Path
from typing import NamedTuple

import yaml
from axe_playwright_python.sync_playwright import Axe
from chrome import HOME, chromium, served

# Width, colour scheme, forced colours.
MODES = ((320, "light", "none"), (768, "light", "none"), (1280, "light", "none"), (360, "dark", "none"))
MODES += ((1280, "dark", "none"), (360, "light", "active"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECKER = HOME / ".tools" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
SEED, SAMPLE = 20261121, 40  # recorded, so that the sample can be drawn again
CHOSEN = ("", "urgent/", "search/", "list/", "minsei/", "safety/", "accessibility/")


def addresses(site: Path) -> list[str]:
    """Every page, as it is asked for."""
    return sorted(p.relative_to(site).as_posix().removesuffix("index.html") for p in site.rglob("*.html"))


def mode_name(mode: tuple[int, str, str]) -> str:
    width, scheme, forced = mode
    colours = "強制カラー" if forced == "active" else {"light": "明るい画面", "dark": "暗い画面"}[scheme]
    return f"幅{width}・{colours}"


def criteria_of(tags: list[str]) -> set[str]:
    """The success criteria that a rule of axe belongs to: wcag1412 is 1.4.12."""
    return {f"{t[4]}.{t[5]}.{t[6:]}" for t in tags if t.startswith("wcag") and t[4:].isdigit() and len(t) > 6}


def covered() -> set[str]:
    """The criteria for which axe has a rule that runs without being asked for, and the one that the HTML checker stands for."""
    with chromium() as browser:
        page = browser.new_page()
        page.evaluate(Axe().axe_script)
        rules = page.evaluate("axe.getRules()")
    return {"4.1.1"}.union(*(criteria_of(rule["tags"]) for rule in rules if "experimental" not in rule["tags"]))


class Seen(NamedTuple):
    """What axe says of one rule on one page in one mode; `kind` is `fault` or `unsure`, `what` names rule and first place."""

    path: str
    mode: str
    kind: str
    what: str
    criteria: frozenset[str]


def axe(part: tuple[Path, list[str]]) -> list[Seen]:
    """Faults and undecided items of some pages."""
    site, paths = part
    found = []
    options = {"runOnly": RULES, "resultTypes": ["violations", "incomplete"]}
    with served(site) as origin, chromium() as browser:
        page = browser.new_page()
        for path in paths:
            page.goto(origin + path + ("#q=家賃が払えない" if path == "search/" else ""))
            if path == "search/":
                page.locator("#search-results[data-state=done]").wait_for(state="attached")
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            for mode in MODES:
                page.set_viewport_size({"width": mode[0], "height": 740})
                page.emulate_media(color_scheme=mode[1], forced_colors=mode[2])  # type: ignore[arg-type]
                response = Axe().run(page, options=options).response
                for kind, name in (("violations", "fault"), ("incomplete", "unsure")):
                    for rule in response[kind]:
                        what = f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
                        found.append(Seen(path, mode_name(mode), name, what, frozenset(criteria_of(rule["tags"]))))
    return found


def checker(site: Path) -> list[str]:
    """What the Nu HTML checker calls an error, over all pages."""
    if not CHECKER.exists():
        raise SystemExit("the HTML checker is not there: make .tools/vnu/stamp")
    done = subprocess.run(
        ["java", "-jar", str(CHECKER), "--format", "json", "--skip-non-html", str(site)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr or done.stdout)["messages"]
    return [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in messages if m["type"] == "error"]


def sample(paths: list[str]) -> list[str]:
    """The pages of the report: some chosen, the rest drawn from the recorded seed (WAIC's method d)."""
    rest = [path for path in paths if path not in CHOSEN]
    return [*CHOSEN, *sorted(random.Random(SEED).sample(rest, min(SAMPLE, len(rest))))]  # noqa: S311  # a draw, not a secret


def machine(each: dict[str, str], bad: set[str], tested: set[str]) -> str:
    """What machines say of a criterion on a page; silence where none of them looks."""
    if each["id"] in bad:
        return "fault"
    return "none found" if each["id"] in tested and each["method"] in ("AC", "AF") else "no rule"


def person(each: dict[str, str], checks: list[dict[str, object]]) -> str:
    """What people say of a criterion: the checks that belong to it, done or not."""
    if each["method"] == "NA":
        return "not applicable"
    mine = [check for check in checks if each["id"] in check["criteria"]]  # type: ignore[operator]  # a list of ids
    done = [check for check in mine if check.get("date")]
    if not done:
        return "not yet"
    return f"{len(done)} of {len(mine)} checks done, {sum(not check.get('holds') for check in done)} did not hold"


def write(site: Path, found: list[Seen], errors: list[str]) -> None:
    today = datetime.date.today().isoformat()  # noqa: DTZ011  # the day of the test
    paths = addresses(site)
    faults, unsure = ([seen for seen in found if seen.kind == kind] for kind in ("fault", "unsure"))
    common = {"date": today, "pages": len(paths)}
    runs = [
        {
            "id": "axe",
            "tool": "axe-core（WCAG 2.0〜2.2 の A・AA と、よい作り方）",
            **common,
            "modes": [mode_name(m) for m in MODES],
        },
        {"id": "vnu", "tool": "Nu Html Checker", **common, "modes": ["できた HTML のまま"], "faults": len(errors)},
    ]
    runs[0] |= {"faults": len(faults), "unsure": len(unsure)}
    head = "# bench/a11y.py が書きます（make a11y）。手で直さないでください。\n"
    target = HOME / "content" / "accessibility-results.yaml"
    target.write_text(head + yaml.safe_dump({"runs": runs}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    data = yaml.safe_load((HOME / "content" / "accessibility.yaml").read_text(encoding="utf-8"))
    tested = covered()
    with (HOME / "docs" / "accessibility-report.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["criterion", "name", "level", "method", "page", "machine", "person"])
        for path in sample(paths):
            bad = set().union(*(seen.criteria for seen in faults if seen.path == path)) | ({"4.1.1"} if errors else set())
            for each in data["criteria"]:
                told = machine(each, bad, tested), person(each, data["checks"])
                rows.writerow([each["id"], each["name"], each["level"], each["method"], "/" + path, *told])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=HOME / "public")
    parser.add_argument("--write", action="store_true", help="keep the figures for the statement page")
    args = parser.parse_args()
    paths, hands = addresses(args.site), multiprocessing.cpu_count()
    with multiprocessing.Pool(hands) as pool:
        parts = [(args.site, paths[i::hands]) for i in range(hands)]
        found = [each for part in pool.map(axe, parts) for each in part]
    errors = checker(args.site)
    for seen in found:
        if seen.kind == "fault":
            print(f"/{seen.path} {seen.mode} {seen.what}")
    print("\n".join(errors))
    undecided = ", ".join(sorted({seen.what.split(":")[0] for seen in found if seen.kind == "unsure"}))
    faults = sum(seen.kind == "fault" for seen in found)
    print(f"axe: {faults} faults, {len(found) - faults} undecided ({undecided}), {len(paths)} pages in {len(MODES)} modes")
    print(f"HTML checker: {len(errors)} errors over {len(paths)} pages")
    if args.write:
        write(args.site, found, errors)


if __name__ == "__main__":
    main()
