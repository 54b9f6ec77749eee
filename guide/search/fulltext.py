"""Full-text search: Pagefind run over a shadow of the pages, cut into pieces by our own segmentation.

Pagefind cuts Japanese one way when it indexes and another when it is asked (issue 1237). So each page goes in as the
pieces of `normalise.grams`, spelt as `normalise.token` so that it cuts them no further, under a language it knows
nothing of (`zxx`, "no linguistic content"); the search page asks with pieces made by the same rule. Its exit code
does not tell of skipped pages, so the count is compared.

Pagefind's own record of a page (its "fragment") is not published: the search page needs the page's path only, and would
tell the host which pages answered by asking for it. One small file with all paths stands in its place.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from guide.read.findings import Refused
from guide.read.memo import Memo, digest
from guide.search.normalise import grams, token

LANGUAGE = "zxx"
LIMIT_S = 120
# What our own search page never loads (PERF-8).
UNUSED = ("pagefind-ui*", "pagefind-modular*", "pagefind-component*", "pagefind-highlight*")
SHADOW = '<html lang="{lang}"><head><title>x</title></head><body><main data-pagefind-body>{text}</main></body></html>'


def write(texts: Mapping[str, str], folder: Path, work: Path, memo: Memo, *, last: bool = False) -> int:
    """Index `texts` (page path → plain text) into `folder`/pagefind, using the empty folder `work`. Returns the pages.

    The index of the same texts is taken from `memo`; with `last` the one made last, whatever has changed. Raises Refused
    when Pagefind fails, hangs, or counts other pages than were meant.
    """
    key = digest(*(part for pair in sorted(texts.items()) for part in pair))
    if last and (made_last := memo.get("last")) is not None:
        key = made_last
    if (known := memo.get(key)) is not None:
        memo.put("last", key)
        for name, data in known:
            (folder / "pagefind" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "pagefind" / name).write_bytes(data)
        return len(texts)
    counted = _make(texts, folder, work, memo)
    made = sorted(path for path in (folder / "pagefind").rglob("*") if path.is_file())
    memo.put("last", key)
    memo.put(key, tuple((path.relative_to(folder / "pagefind").as_posix(), path.read_bytes()) for path in made))
    return counted


def _shadow(text: str, memo: Memo) -> str:
    """A page's text as Pagefind gets it; that of an unchanged page from `memo`."""
    key = digest(text)
    known: str | None = memo.get(key)
    if known is None:
        known = SHADOW.format(lang=LANGUAGE, text=" ".join(map(token, grams(text))))
        memo.put(key, known)
    return known


def _make(texts: Mapping[str, str], folder: Path, work: Path, memo: Memo) -> int:
    for path, text in sorted(texts.items()):
        page = work / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_shadow(text, memo), encoding="utf-8")
    _run(work, folder / "pagefind")
    for pattern in UNUSED:
        for unused in (folder / "pagefind").glob(pattern):
            unused.unlink()
    counted = _normalised_entry(folder / "pagefind" / "pagefind-entry.json")
    if counted != len(texts):
        raise Refused(f"検索の索引が {len(texts)} ページのはずが {counted} ページでした。公開をやめました。")
    (folder / "pagefind" / "pages.json").write_text(json.dumps(_paths(folder / "pagefind" / "fragment"), sort_keys=True), "utf-8")
    shutil.rmtree(folder / "pagefind" / "fragment")
    shutil.rmtree(work)
    return counted


def _run(source: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(target), "--quiet"]
    command += ["--force-language", LANGUAGE]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Refused(f"検索の索引作り（Pagefind）が {LIMIT_S} 秒で終わりませんでした。") from error
    if done.returncode != 0:
        raise Refused(f"検索の索引作り（Pagefind）が失敗しました（{done.returncode}）。\n{done.stderr.strip()[-2000:]}")


def _paths(fragments: Path) -> dict[str, str]:
    """The path of each page by the id that Pagefind answers with, which is its fragment's file name."""
    paths = {}
    for file in fragments.glob("*.pf_fragment"):
        told = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
        paths[file.stem] = json.loads(told)["url"]
    return paths


def _normalised_entry(path: Path) -> int:
    """The page count of Pagefind's entry file, which is rewritten with sorted keys: 1.5 orders them at random."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        count = sum(language["page_count"] for language in entry["languages"].values())
    except (OSError, ValueError, KeyError) as error:
        raise Refused("検索の索引（pagefind-entry.json）が読めません。") from error
    path.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    return int(count)
