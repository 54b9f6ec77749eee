"""Holds a CycloneDX list against a lock: every part with its version and a licence, and nothing else. Exit code 2 if not."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path


def missing(listed: dict[str, object], lock: str) -> list[str]:
    """What differs between a CycloneDX document and a lock of pip, one line each."""
    components = {part["name"].lower().replace("_", "-"): part for part in listed.get("components", [])}  # type: ignore[attr-defined]
    wanted = dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    found = [f"{name} {version}" for name, version in wanted.items() if components.get(name, {}).get("version") != version]
    found += [f"{name}（鎖にない）" for name in components if name not in wanted]
    return found + [f"{name}（ライセンスがない）" for name, part in components.items() if not part.get("licenses")]


def main() -> int:
    listed, lock = (Path(argument).read_text(encoding="utf-8") for argument in sys.argv[1:3])
    wrong = missing(json.loads(listed), lock)
    if wrong:
        print(f"やめました: 部品表が {sys.argv[2]} と合いません: {'、'.join(wrong)}", file=sys.stderr)
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
