"""What staff's commands write into an edition: a new record, marks of translations. Never over what came meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from guide.read.findings import Refused
from guide.staff import scaffold


def record(edition: Path, words: list[str], today: datetime.date) -> Path:
    """The file of a new record, of `program` or `window` and its id. Raises Refused and OSError."""
    if len(words) != 2 or words[0] not in ("program", "window"):
        raise Refused("「new program <id>」か「new window <id>」と書いてください。")
    name, text = scaffold.record(words[0], words[1], today)
    target = edition / name
    for known in (edition / each for each in scaffold.paths(words[1])):
        if known.exists():
            raise Refused(f"{known} はもうあります。")
    if target.parent.resolve() != edition.resolve() / Path(name).parent:
        raise Refused(f"{target.parent} は別の場所へのリンクです。content の中に実物のフォルダーを置いてください。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8") as file:  # never over what came meanwhile
        file.write(text)
    return target


def texts(edition: Path, files: Mapping[str, str], before: Mapping[str, str]) -> list[Path]:
    """Files with new texts, unless somebody has written into one since it was read. Raises Refused and OSError."""
    for name in files:
        if (edition / name).read_text(encoding="utf-8-sig").replace("\r\n", "\n") != before[name]:
            raise Refused(f"{name} は、読んだあとで書き変わりました。もう一度やり直してください。")
    for name, text in files.items():
        (edition / name).write_text(text, encoding="utf-8")
    return [edition / name for name in files]
