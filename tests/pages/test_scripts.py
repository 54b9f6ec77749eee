"""Modules are joined one after the other, in one scope: each is there, and no two give the same name to something."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from guide.pages import assets

STATIC = Path(__file__).resolve().parents[2] / "static" / "js"
NAMED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (?:(\w+)|\[([^\]]+)\]|\{([^}]+)\})", re.MULTILINE)
IMPORTED = re.compile(r"""^import \{([^}]+)\} from ["']([^"']+)["'];$""", re.MULTILINE)
ALL = {**assets.SCRIPTS, **assets.IN_HEAD}


def names(module: str) -> list[str]:
    """What a module names at its top level."""
    found = NAMED.findall((STATIC / f"{module}.js").read_text(encoding="utf-8"))
    return [name.strip() for parts in found for part in parts for name in part.split(",") if name.strip()]


@pytest.mark.parametrize("script", ALL)
def test_names_are_given_once(script: str) -> None:
    counted = Counter(name for module in ALL[script] for name in names(module))
    assert counted
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("script", ALL)
def test_what_a_module_uses_is_joined_before_it(script: str) -> None:
    for number, module in enumerate(ALL[script]):
        for wanted, path in IMPORTED.findall((STATIC / f"{module}.js").read_text(encoding="utf-8")):
            other = ((STATIC / f"{module}.js").parent / path).resolve().relative_to(STATIC).with_suffix("").as_posix()
            assert other in ALL[script][:number], (module, other)
            assert {name.strip() for name in wanted.split(",")} <= set(names(other)), (module, other)
