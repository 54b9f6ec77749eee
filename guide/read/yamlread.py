"""YAML text to plain values with a place for each. Knows nothing of records; never raises on bad input.

Anchors, aliases, tags, merge keys and duplicate keys are faults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import yaml

from guide.read import characters, folds, limits, lineends, yamlfaults
from guide.read.findings import Finding, Place
from guide.read.limits import DEPTH
from guide.read.near import Near
from guide.read.scalars import scalar

Path = tuple[str | int, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml composes about 14 times faster, with the same marks
OPENING = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class _Untagged(LOADER):  # type: ignore[misc,valid-type]  # whichever of two it is
    """Does not work out which tag each value would have by YAML 1.1, a third of the time: what it means is told by `scalar`."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return ""

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Tags by path: there are none."""

    def ascend_resolver(self) -> None:
        """Likewise."""


Places = tuple[dict[Path, Place], dict[Path, Place]]


@dataclass(slots=True)
class Document:
    """What was read: `data` (dict, tuple, str, int, float, bool, None), the place of every value and key, the faults.

    Places are worked out when they are first asked for, by reading `text` again ("" when it could not be read; `later`,
    where it is given, makes it): a site without faults needs none.
    """

    file: str
    data: object = None
    findings: list[Finding] = field(default_factory=list)
    text: str = ""
    first_line: int = 1
    places: Places | None = None
    later: Callable[[], str] | None = None
    near: Near = field(default_factory=Near)  # what suggests the word that somebody may have meant

    @property
    def values(self) -> dict[Path, Place]:
        """The place of every value, by its path."""
        return self._located()[0]

    @property
    def keys(self) -> dict[Path, Place]:
        """The place of every key, by the path of its value."""
        return self._located()[1]

    def _located(self) -> Places:
        if self.places is None:
            self.text = self.later() if self.later else self.text
            self.places = _places(self)
        return self.places

    def place(self, path: Path) -> Place:
        """The place of the value at `path`, or of its nearest ancestor that has one."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file))


def read(text: str, file: str, first_line: int = 1, most: int = limits.LIST_CHARACTERS) -> Document:
    """Parse one YAML document that starts at `first_line` of `file`. Faults are in the result's `findings`.

    `most` is how many characters it may have.
    """
    document = Document(file, first_line=first_line)
    if fault := _unreadable(text, file, first_line, most):
        document.findings.append(fault)
        return document
    try:
        node = yaml.compose(text, Loader=_Untagged)
    except yaml.YAMLError as error:
        document.findings.append(yamlfaults.syntax(error, file, first_line))
        return document
    document.text = text
    if node is not None:
        data = _Reader(document).value(node, 0)
        # What lies too deep was left out, so the rest would only raise faults that are not there.
        document.data = None if any(f.code == "Y006" for f in document.findings) else data
    return document


def _places(document: Document) -> Places:
    """Where the values and keys stand; of a document that cannot be read, its beginning only."""
    values: dict[Path, Place] = {(): Place(document.file, document.first_line)}
    keys: dict[Path, Place] = {}

    def note(node: yaml.Node, path: Path) -> None:
        values[path] = _place(document, node)
        if len(path) > DEPTH:
            return
        if isinstance(node, yaml.SequenceNode):
            for i, item in enumerate(node.value):
                note(item, (*path, i))
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value != "<<" and (*path, key.value) not in keys:
                keys[(*path, key.value)] = _place(document, key)
                note(value, (*path, key.value))

    node = yaml.compose(document.text, Loader=_Untagged)
    if node is not None:
        note(node, ())
    return values, keys


def _place(document: Document, node: yaml.Node) -> Place:
    return Place(document.file, document.first_line + node.start_mark.line, node.start_mark.column + 1)


def _unreadable(text: str, file: str, first_line: int, most: int) -> Finding | None:
    return (
        limits.too_long(text, most, file, first_line)
        or characters.fault(text, file, first_line)
        or _too_deep(text, file, first_line)
        or _forbidden(text, file, first_line)
    )


def _too_deep(text: str, file: str, first_line: int) -> Finding | None:
    """The place where YAML lies too deep for its parser, which recurses: it would end the process."""
    if not limits.may_be_deep(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > limits.SAFE_DEPTH:
                mark = event.start_mark
                return limits.too_deep(Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line))
    except yaml.YAMLError:
        return None  # the composer meets the same error, no deeper than here
    return None


def _forbidden(text: str, file: str, first_line: int) -> Finding | None:
    """Anchors, aliases and tags, found by scanning tokens; the scan is skipped where none of their signs stands."""
    if not any(sign in text for sign in "&*!"):
        return None
    depth = 0
    try:
        for token in yaml.scan(text, Loader=LOADER):
            depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
            if depth > limits.SAFE_DEPTH:  # no such depth is read, so a fault comes before it; the scanner's work grows with it
                return None
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                mark = token.start_mark
                place = Place(file, first_line + mark.line, mark.column + 1)
                hint = "値をそのまま書くか、文字として使うなら '…' で囲んでください。"
                return Finding(place, "Y003", "YAML の「&」「*」「!」の書き方は使えません。", hint)
    except yaml.YAMLError:
        return None  # the composer meets the same error and tells it with its place
    return None


class _Reader:
    """Walks the composed nodes once, noting faults in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def fault(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.document.findings.append(Finding(_place(self.document, node), code, message, hint))

    def value(self, node: yaml.Node, depth: int, key: str = "") -> object:
        if depth > DEPTH:
            self.fault(node, "Y006", "入れ子が深すぎます。", f"入れ子は {DEPTH} 段までにしてください。")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return tuple([self.value(item, depth + 1, key) for item in node.value])
        style = getattr(node, "style", None)
        if style == '"' and (message := characters.hidden(node.value)):  # an escape
            self.fault(node, "Y004", message, characters.HIDDEN_HINT)
        if style != "|" and node.start_mark.line != node.end_mark.line and key not in lineends.APART:
            return folds.unfolded(node.value, self.document.text[node.start_mark.index : node.end_mark.index], style)
        return scalar(node.value, plain=not style)

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping[str, object]:
        result: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self.fault(key_node, "Y003", "項目の名前に使えない書き方です。", "「名前: 値」の形で書いてください。")
                continue
            key = key_node.value
            if key_node.style == '"' and (message := characters.hidden(key)):
                self.fault(key_node, "Y004", message, characters.HIDDEN_HINT)
                continue
            if key in result:
                message = f"項目「{key}」が2回あります（最初は {lines[key]} 行目）。"
                self.fault(key_node, "Y002", message, "どちらか1つにまとめてください。")
                continue
            lines[key] = self.document.first_line + key_node.start_mark.line
            result[key] = self.value(value_node, depth + 1, key)
        return result
