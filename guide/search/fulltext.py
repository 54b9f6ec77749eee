"""Full-text search: Pagefind run over a shadow of the pages, cut into pieces by our own segmentation.

Pagefind cuts Japanese one way when it indexes and another when it is asked (issue 1237). So each page goes in as the
pieces of `normalise.grams`, spelt as `normalise.token` so that it cuts them no further, under a language it knows
nothing of (`zxx`, "no linguistic content"); the search page asks with pieces made by the same rule. Its exit code
does not tell of skipped pages, so the count is compared.

Pagefind's own record of a page (its "fragment") is not published: the search page needs the page's path only, and would
tell the host which pages answered by asking for it. One small file with all paths stands in its place.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.read.findings import Refused
from guide.read.memo import Memo, digest
from guide.search.normalise import grams, token

Files = tuple[tuple[str, bytes], ...]
Process = subprocess.Popen[bytes]
LICENSE = Path(__file__).with_name("pagefind-license.txt")  # asked for by whoever is sent a copy: NOTICE
LANGUAGE = "zxx"
LIMIT_S = 120
# What our own search page never loads (PERF-8).
UNUSED = ("pagefind-ui*", "pagefind-modular*", "pagefind-component*", "pagefind-highlight*", "pagefind-worker*")
SHADOW = '<html lang="{lang}"><head><title>x</title></head><body><main data-pagefind-body>{text}</main></body></html>'


@dataclass(frozen=True, slots=True)
class Index:
    """A full-text index: one that was made before (`files`), or one that a process is making of so many pages in `work`."""

    pages: int
    memo: Memo
    key: bytes
    files: Files | None
    work: Path
    process: Process | None

    def write(self, folder: Path) -> int:
        """Put the index into `folder`/pagefind, as soon as it is made. Returns the pages that it holds.

        Raises Refused when Pagefind fails, hangs, or counts other pages than were meant.
        """
        target = folder / "pagefind"
        if self.files is None:
            self._finish()
            (self.work / "pagefind").rename(target)
            made = sorted(path for path in target.rglob("*") if path.is_file())
            self.memo.put(self.key, tuple((path.relative_to(target).as_posix(), path.read_bytes()) for path in made))
        for name, data in self.files or ():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        self.memo.put("last", self.key)
        return self.pages

    def _finish(self) -> None:
        assert self.process is not None
        try:
            code = self.process.wait(LIMIT_S)
        except subprocess.TimeoutExpired as error:
            raise Refused(f"検索の索引作り（Pagefind）が {LIMIT_S} 秒で終わりませんでした。") from error
        if code != 0:
            told = (self.work / "log").read_text(encoding="utf-8", errors="replace").strip()[-2000:]
            raise Refused(f"検索の索引作り（Pagefind）が失敗しました（{code}）。\n{told}")
        _tidy(self.work / "pagefind", self.pages)


@contextlib.contextmanager
def indexing(texts: Mapping[str, str], work: Path, memo: Memo, *, last: bool = False) -> Iterator[Index]:
    """An index of `texts` (page path → plain text), begun in the empty folder `work` while the pages are still being made.

    The index of the same texts is taken from `memo`; with `last` the one made last, whatever has changed. On the way out
    the process is gone, whatever happened.
    """
    key: bytes = digest(*(part for pair in sorted(texts.items()) for part in pair))
    if last and (made_last := memo.get("last")) is not None and memo.get(made_last) is not None:
        key = made_last
    files = memo.get(key)
    process = None if files is not None else _begin(texts, work, memo)
    if process is None:
        for text in texts.values():
            memo.holds(digest(text))  # their shadows are for the next time
    try:
        yield Index(len(texts), memo, key, files, work, process)
    finally:
        if process is not None:
            process.kill()
            process.wait()


def _shadow(text: str, memo: Memo) -> str:
    """A page's text as Pagefind gets it; that of an unchanged page from `memo`."""
    key = digest(text)
    known: str | None = memo.get(key)
    if known is None:
        known = SHADOW.format(lang=LANGUAGE, text=" ".join(map(token, grams(text))))
        memo.put(key, known)
    return known


def _begin(texts: Mapping[str, str], work: Path, memo: Memo) -> Process:
    """Pagefind at work on shadows of the pages."""
    for path, text in sorted(texts.items()):
        page = work / "pages" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_shadow(text, memo), encoding="utf-8")
    command = [*pagefind(), "--site", str(work / "pages"), "--output-path", str(work / "pagefind"), "--quiet"]
    with (work / "log").open("wb") as log:
        return subprocess.Popen([*command, "--force-language", LANGUAGE], stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603


def pagefind() -> list[str]:
    """Pagefind's own program: `python -m pagefind` first loads what only its other uses need, for a tenth of a second."""
    try:
        import pagefind_bin  # noqa: PLC0415  # most builds need no new index
    except ImportError as error:
        raise Refused("検索の索引作り（Pagefind）の部品がありません。「make site」で入れ直してください。") from error

    return [str(pagefind_bin.get_executable())]


def _tidy(index: Path, pages: int) -> None:
    """Leave what our own search page loads, in the same bytes each time. Raises Refused for other pages than were meant."""
    for pattern in UNUSED:
        for unused in index.glob(pattern):
            unused.unlink()
    counted = _normalised_entry(index / "pagefind-entry.json")
    if counted != pages:
        raise Refused(f"検索の索引が {pages} ページのはずが {counted} ページでした。公開をやめました。")
    chunks = sorted(path.name for path in (index / "index").iterdir())
    told = {"paths": _paths(index / "fragment"), "chunks": chunks}
    (index / "pages.json").write_text(json.dumps(told, sort_keys=True), "utf-8")
    shutil.rmtree(index / "fragment")
    (index / "LICENSE.txt").write_bytes(LICENSE.read_bytes().replace(b"\r\n", b"\n"))


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
