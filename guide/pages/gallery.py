"""The component gallery: every component with its examples on one page, in preview only. The tests read the same files.

An example file names a component and a macro, and gives arguments as plain YAML: mappings become objects, so that a
template reads them as it reads the real nouns. Below them stand the edition's questions, as figures for staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from guide.pages.page import Page
from guide.read import yamlread
from guide.site.asking import Branch


def page(examples: Mapping[str, str], trees: Sequence[tuple[str, Branch]] = ()) -> Page:
    """The gallery's page out of the example files (name → YAML text) and the questions' trees, each with its title.

    Raises ValueError for a file that cannot be read.
    """
    components = [_component(name, text) for name, text in sorted(examples.items())]
    title, about = "部品の見本", "この案内の部品を、見本の内容で並べました。"
    return Page("gallery/index.html", "gallery.html", title, about, context={"components": components, "trees": trees})


def _component(name: str, text: str) -> object:
    document = yamlread.read(text, f"examples/{name}")
    if document.findings or not isinstance(document.data, dict):
        raise ValueError(f"examples/{name}: {document.findings[:1]}")
    return _object(document.data)


def _object(value: object) -> object:
    if isinstance(value, dict):
        return SimpleNamespace(**{key: _object(inner) for key, inner in value.items()})
    return tuple(_object(inner) for inner in value) if isinstance(value, tuple) else value
