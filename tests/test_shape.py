"""The house stays one line of small rooms: order of imports, who may touch what, sizes."""

from __future__ import annotations

import ast
import graphlib
import re
import statistics
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import HOME

from guide.pages.assets import SCRIPTS
from guide.read.codes import CODES

FLOORS = ("job", "read", "rules", "site", "pages", "search", "publish", "staff", "pipeline")  # a floor imports those before it
# What each floor may import beyond the standard library and the floors before it.
OUTSIDE = {
    "read": {"yaml", "pydantic", "pydantic_core", "markdown_it", "markupsafe"},
    "rules": {"kanji_lists"},
    "site": {"markupsafe"},
    "pages": {"brotli", "jinja2", "markupsafe", "budoux", "selectolax", "zxingcpp", "rcssmin", "rjsmin"},
    "search": {"py_mini_racer", "pagefind_bin"},
    "publish": {"brotli"},
    "staff": {"tornado", "watchfiles"},
}
ROOMS = sorted((HOME / "guide").rglob("[a-z]*.py"))
NAMES = {path: ".".join(path.relative_to(HOME).with_suffix("").parts) for path in ROOMS}


def imports(path: Path) -> set[str]:
    """The modules that a file imports; of ours the rooms themselves."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            rooms = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= rooms & set(NAMES.values()) or {node.module}
    return found


def floor(room: str) -> int:
    return FLOORS.index(room.split(".")[1])


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: NAMES[path])
def test_a_room_imports_only_floors_before_its_own_and_their_libraries(room: Path) -> None:
    inside = {name for name in imports(room) if name.startswith("guide.")}
    assert [name for name in inside if floor(name) > floor(NAMES[room])] == []
    outside = {name.split(".")[0] for name in imports(room)} - {"guide", "__future__"} - set(sys.stdlib_module_names)
    assert outside <= OUTSIDE.get(FLOORS[floor(NAMES[room])], set())


def test_rooms_of_a_floor_stand_in_a_line() -> None:
    """No two rooms need each other, over however many others."""
    graphlib.TopologicalSorter({NAMES[room]: {n for n in imports(room) if n in NAMES.values()} for room in ROOMS}).prepare()


def test_every_floor_says_what_comes_in_and_what_goes_out() -> None:
    for name in FLOORS[1:-1]:
        text = ast.get_docstring(ast.parse((HOME / "guide" / name / "__init__.py").read_text(encoding="utf-8"))) or ""
        assert re.search(r"comes? in", text), name
        assert re.search(r"goe?s? out", text), name


def test_rooms_are_small_by_the_median() -> None:
    assert statistics.median(len(room.read_text(encoding="utf-8").splitlines()) for room in ROOMS) <= 110


@pytest.mark.parametrize("room", [*ROOMS, HOME / "build.py"], ids=lambda path: NAMES.get(path, path.stem))
def test_rooms_and_functions_are_small(room: Path) -> None:
    """A room about 200 lines, a function at most 40, five parameters."""
    text = room.read_text(encoding="utf-8")
    assert text.count("\n") <= 230
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
            assert len(node.args.args) <= 6, node.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: NAMES.get(path, path.stem))
def test_rooms_do_not_print_and_do_not_ask_the_clock(room: Path) -> None:
    text = room.read_text(encoding="utf-8")
    assert not re.search(r"\bprint\(|\.today\(\)|\.now\(|time\.time\(", text)


def test_only_named_rooms_touch_the_disk() -> None:
    touching = {
        NAMES[room]
        for room in ROOMS
        if re.search(r"\.(read|write)_(text|bytes)\(|open\(|unlink\(|rglob\(", room.read_text(encoding="utf-8"))
    }
    assert touching == {
        "guide.read.cores",  # pipes to its workers
        "guide.read.files",
        "guide.read.load",
        "guide.read.memo",
        "guide.read.store",
        "guide.read.signals",  # the end of what was said
        "guide.read.terminal",  # where output goes that nobody takes
        "guide.pages.output",  # what lies in the last site
        "guide.search.fulltext",
        "guide.publish.destination",  # what is mounted
        "guide.publish.mark",
        "guide.publish.swap",
        "guide.publish.unchanged",
        "guide.staff.answers",  # what it shows
        "guide.staff.written",
    }


def test_templates_never_call_text_safe_and_stay_small() -> None:
    for path in (HOME / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert text.count("\n") <= 90, path
        assert text.startswith("{#"), f"{path}: a comment at the top names the arguments"


def test_components_are_one_macro_file_each_and_all_used() -> None:
    everything = "\n".join(p.read_text(encoding="utf-8") for p in (HOME / "templates").rglob("*.html"))
    for path in (HOME / "templates" / "components").glob("*.html"):
        assert f'"components/{path.name}"' in everything, path


def test_every_class_in_the_styles_stands_in_a_template_or_script() -> None:
    """No dead styles, and no class without a meaning in the styles where it has the prefix."""
    styles = "\n".join(p.read_text(encoding="utf-8") for p in (HOME / "static" / "css").glob("*.css"))
    used = "\n".join(
        p.read_text(encoding="utf-8") for f in ("templates", "static/js") for p in (HOME / f).rglob("*") if p.is_file()
    )
    defined = set(re.findall(r"\.(g-[\w-]+)", styles))
    named = set(re.findall(r"g-[\w]+(?:__\w+)?(?:--\w+)?", used))
    filled_in = tuple(re.findall(r"(g-[\w]+(?:__\w+)?--)\{\{", used))  # g-figure--{{ figure.kind }}
    assert [name for name in sorted(defined) if name not in named and not name.startswith(filled_in)] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_joined_modules_share_no_name(script: str) -> None:
    """The modules of a script follow each other in one file, so a name may be declared at the top of one of them only."""
    texts = [(HOME / "static" / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS[script]]
    declared = [
        n for t in texts for n in re.findall(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", t, re.MULTILINE)
    ]
    assert sorted(declared) == sorted(set(declared))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_keep_their_contrast_in_light_and_dark() -> None:
    """7:1 for text and links, 4.5:1 for the rest of the text, 3:1 for borders and focus (A11Y-11, 1.4.11)."""
    text = (HOME / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    for mode in (tokens, tokens | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))):
        grounds = [name for name in mode if name.startswith(("ground", "surface", "tint-"))]
        assert len(grounds) == 10
        for ground in grounds:
            for name in ("text", "link", "link-hover", "link-visited"):
                assert contrast(mode[name], mode[ground]) >= 7, (name, ground)
            assert contrast(mode["text-soft"], mode[ground]) >= 4.5, ground
            assert contrast(mode["focus"], mode[ground]) >= 3, ground
        assert contrast(mode["call-text"], mode["call"]) >= 7
        assert contrast(mode["action-text"], mode["action"]) >= 7
        assert contrast(mode["urgent-text"], mode["urgent"]) >= 4.5
        assert contrast(mode["line"], mode["ground"]) >= 3
        assert contrast(mode["note-line"], mode["ground"]) >= 3


def test_codes_are_listed_in_order() -> None:
    """The list in guide/read/codes.py is sorted inside each letter, so that a new code has one place."""
    for one, other in pairwise(CODES):
        assert one[0] != other[0] or one < other
