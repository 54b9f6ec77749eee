"""YAML text to plain values with a place for each. Knows nothing of records; never raises on bad input.

Scalars follow the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), so that `no`, `9:30` and
`0123` stay what a clerk typed and an editor's YAML 1.2 server agrees. Anchors, aliases, tags, merge keys and
duplicate keys are faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import yaml

from guide.read.findings import Finding, Place

Path = tuple[str | int, ...]
LIMIT_CHARACTERS = 1_000_000
LIMIT_DEPTH = 8
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml composes about 14 times faster, with the same marks
# Everything but tab and newline that YAML or an editor may count as a line break or refuses to read.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
NULL = re.compile(r"~|null|Null|NULL|")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]+")
OTHER_NUMBER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

# What libyaml says, for staff. Anything else is told as a plain mistake of writing.
PROBLEMS = {
    "mapping values are not allowed in this context": "ここでは「: 」を使えません",
    "could not find expected ':'": "「:」が足りません",
    "did not find expected key": "字下げがそろっていません",
    "did not find expected '-' indicator": "「- 」がそろっていません",
    "block sequence entries are not allowed in this context": "ここでは「- 」を使えません",
    "found unexpected end of stream": "引用符が閉じていません",
    "did not find expected ',' or ']'": "「]」が閉じていません",
    "did not find expected ',' or '}'": "「}」が閉じていません",
    "did not find expected node content": "値を書く場所に値がありません",
    "found character that cannot start any token": "タブか、書き始めに使えない記号があります",
}


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


def read(text: str, file: str, first_line: int = 1) -> Document:
    """Parse one YAML document that starts at `first_line` of `file`. Faults are in the result's `findings`."""
    document = Document(file, first_line=first_line)
    fault = _unreadable(text, file, first_line) or _forbidden(text, file, first_line)
    if fault:
        document.findings.append(fault)
        return document
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        document.findings.append(_syntax(error, file, first_line))
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
        if len(path) > LIMIT_DEPTH:
            return
        if isinstance(node, yaml.SequenceNode):
            for i, item in enumerate(node.value):
                note(item, (*path, i))
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value != "<<" and (*path, key.value) not in keys:
                keys[(*path, key.value)] = _place(document, key)
                note(value, (*path, key.value))

    node = yaml.compose(document.text, Loader=LOADER)
    if node is not None:
        note(node, ())
    return values, keys


def _place(document: Document, node: yaml.Node) -> Place:
    return Place(document.file, document.first_line + node.start_mark.line, node.start_mark.column + 1)


def _unreadable(text: str, file: str, first_line: int) -> Finding | None:
    if len(text) > LIMIT_CHARACTERS:
        message = f"YAML が長すぎます（{len(text):,} 文字）。"
        return Finding(Place(file, first_line), "Y006", message, f"{LIMIT_CHARACTERS:,} 文字までに分けてください。")
    if match := CONTROL.search(text):
        before = text[: match.start()]
        place = Place(file, first_line + before.count("\n"), match.start() - (before.rfind("\n") + 1) + 1)
        message = f"見えない文字（U+{ord(match[0]):04X}）が混じっています。"
        return Finding(place, "Y004", message, "その文字を消してください。ほかのソフトから貼り付けたときに入ることがあります。")
    return None


def _forbidden(text: str, file: str, first_line: int) -> Finding | None:
    """Anchors, aliases and tags, found by scanning tokens; the scan is skipped where none of their signs stands."""
    if not any(sign in text for sign in "&*!"):
        return None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                mark = token.start_mark
                place = Place(file, first_line + mark.line, mark.column + 1)
                hint = "値をそのまま書くか、文字として使うなら '…' で囲んでください。"
                return Finding(place, "Y003", "YAML の「&」「*」「!」の書き方は使えません。", hint)
    except yaml.YAMLError:
        return None  # the composer meets the same error and tells it with its place
    return None


def _syntax(error: yaml.YAMLError, file: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line)
    problem = PROBLEMS.get(getattr(error, "problem", None) or "", "書き方が正しくありません")
    hint = "字下げ（半角スペース）と「: 」の後の空白を確かめてください。「:」や「#」を含む値は '…' で囲みます。"
    return Finding(place, "Y001", f"YAML として読めません（{problem}）。", hint)


class _Reader:
    """Walks the composed nodes once, noting faults in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def fault(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.document.findings.append(Finding(_place(self.document, node), code, message, hint))

    def value(self, node: yaml.Node, depth: int) -> object:
        if depth > LIMIT_DEPTH:
            self.fault(node, "Y006", "入れ子が深すぎます。", f"入れ子は {LIMIT_DEPTH} 段までにしてください。")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, depth + 1) for item in node.value)
        return scalar(node.value, plain=not getattr(node, "style", None))

    def mapping(self, node: yaml.MappingNode, depth: int) -> Mapping[str, object]:
        result: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self.fault(key_node, "Y003", "項目の名前に使えない書き方です。", "「名前: 値」の形で書いてください。")
                continue
            key = key_node.value
            if key in result:
                message = f"項目「{key}」が2回あります（最初は {lines[key]} 行目）。"
                self.fault(key_node, "Y002", message, "どちらか1つにまとめてください。")
                continue
            lines[key] = self.document.first_line + key_node.start_mark.line
            result[key] = self.value(value_node, depth + 1)
        return result


def scalar(text: str, *, plain: bool) -> object:
    """A scalar's value by the YAML 1.2 core schema; `plain` is false for quoted and block scalars (always text)."""
    if not plain:
        return text
    if NULL.fullmatch(text):
        return None
    if TRUE.fullmatch(text):
        return True
    if FALSE.fullmatch(text):
        return False
    if INTEGER.fullmatch(text):
        # Python refuses to convert enormous digit strings; no field of ours holds one, so such a text stays text.
        return int(text) if len(text) <= 18 else text
    if OTHER_NUMBER.fullmatch(text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(re.sub(r"\.(inf|nan)", r"\1", text.lower()))
    return text
