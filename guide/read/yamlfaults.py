"""What libyaml says of a text that it cannot read, in staff's words."""

from __future__ import annotations

import yaml

from guide.read.findings import Finding, Place

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


def syntax(error: yaml.YAMLError, file: str, first_line: int) -> Finding:
    """The fault, where it stands in `file`, whose text begins at `first_line`."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line)
    problem = PROBLEMS.get(getattr(error, "problem", None) or "", "書き方が正しくありません")
    hint = "字下げ（半角スペース）と「: 」の後の空白を確かめてください。「:」や「#」を含む値は '…' で囲みます。"
    return Finding(place, "Y001", f"YAML として読めません（{problem}）。", hint)
