"""Holds a CycloneDX list against a lock of pip: every part with its version and a licence, and nothing else. Exit code 2 if not.

Then adds what no lock of pip tells: the libraries that are compiled into Pagefind's files, which visitors get
(tools/pagefind-parts.json).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

INSIDE = Path(__file__).with_name("pagefind-parts.json")
Listed = dict[str, Any]


def missing(listed: Listed, lock: str) -> list[str]:
    """What differs between a CycloneDX document and a lock of pip, one line each."""
    components = {_name(part["name"]): part for part in listed.get("components", [])}
    wanted = dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    found = [f"{name} {version}" for name, version in wanted.items() if components.get(name, {}).get("version") != version]
    found += [f"{name}（一覧にない）" for name in components if name not in wanted]
    return found + [f"{name}（ライセンスがない）" for name, part in components.items() if not part.get("licenses")]


def add(listed: Listed, inside: Listed) -> list[str]:
    """Put the libraries that are inside a part beside it, as what it depends on. Returns what is wrong, one line each."""
    holder = next((part for part in listed["components"] if _name(part["name"]) == inside["of"]), None)
    if holder is None or holder["version"] != inside["version"]:
        return [f"{inside['of']} {inside['version']}（{INSIDE.name} を新しい版に直してください）"]
    for part in inside["parts"]:
        version = {"version": part["version"]} if part["version"] else {}
        told = {"type": "library", "bom-ref": part["purl"], "name": part["name"], **version, "purl": part["purl"]}
        listed["components"].append({**told, "licenses": [{"expression": part["license"]}]})
    references = sorted(part["purl"] for part in inside["parts"])
    listed["dependencies"] = [each for each in listed.get("dependencies", []) if each["ref"] != holder["bom-ref"]]
    listed["dependencies"].append({"ref": holder["bom-ref"], "dependsOn": references})
    listed["dependencies"] += [{"ref": reference} for reference in references]
    return []


def _name(name: str) -> str:
    return name.lower().replace("_", "-")


def main() -> int:
    path = Path(sys.argv[1])
    listed = json.loads(path.read_text(encoding="utf-8"))
    wrong = missing(listed, Path(sys.argv[2]).read_text(encoding="utf-8"))
    wrong = wrong or add(listed, json.loads(INSIDE.read_text(encoding="utf-8")))
    if wrong:
        print(f"やめました: 部品表が {sys.argv[2]} と合いません: {'、'.join(wrong)}", file=sys.stderr)
        return 2
    path.write_text(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
