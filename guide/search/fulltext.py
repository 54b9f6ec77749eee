"""Full-text search: Pagefind run over a shadow of the pages, cut into pieces by our own segmentation.

Pagefind cuts Japanese one way when it indexes and another when it is asked (issue 1237). So each page goes in as the
pieces of `normalise.grams`, spelt as `normalise.token` so that it cuts them no further, under a language it knows
nothing of (`zxx`, "no linguistic content"); the search page asks with pieces made by the same rule. It does not tell of
skipped pages, so the count is compared; nor of files that it could not write (a full disk: halves and empty files, exit
code 0), so it writes none: it runs as the service that it is for its libraries, and hands over its files in one answer.

Pagefind's own record of a page (its "fragment") is not published: the search page needs the page's path only, and would
tell the host which pages answered by asking for it. One small file with all paths stands in its place.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.read import cores, signals
from guide.read.findings import Refused
from guide.read.memo import Memo, digest
from guide.search.normalise import grams, token

Files = tuple[tuple[str, bytes], ...]
Process = subprocess.Popen[bytes]
# What the licences of Pagefind and of what is compiled into it ask to be sent along: NOTICE.
LICENSES = {"LICENSE.txt": "pagefind-license.txt", "GPL-3.0.txt": "gpl-3.0.txt"}
LANGUAGE = "zxx"
LIMIT_S = 120
# What our own search page never loads (PERF-8).
UNUSED = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight", "pagefind-worker")
ENTRY, FRAGMENTS = "pagefind-entry.json", "fragment/"
# Asked of Pagefind's service, each ended by END, as are its answers.
END = b","
REQUESTS: tuple[dict[str, Any], ...] = (
    {"type": "NewIndex", "config": {"force_language": LANGUAGE}},
    {"type": "AddDir", "index_id": 0},
    {"type": "GetFiles", "index_id": 0},
)
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

        Raises Refused when Pagefind fails, hangs, or counts other pages than were meant; OSError of the disk.
        """
        files = self.files
        if files is None:
            files = tuple(sorted(_tidy(self._made(), self.pages).items()))
            self.memo.put(self.key, files)
        for name, data in files:
            target = folder / "pagefind" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        self.memo.put("last", self.key)
        return self.pages

    def _made(self) -> dict[str, bytes]:
        """What Pagefind made, by name. Raises Refused."""
        assert self.process is not None
        answers, late = _answers(self.process)
        if late:
            raise Refused(f"検索の索引作り（Pagefind）が {LIMIT_S} 秒で終わりませんでした。")
        try:
            told = json.loads(base64.b64decode(answers[len(REQUESTS) - 1]))["payload"]
            return {file["path"]: base64.b64decode(file["content"]) for file in told["files"]}
        except (IndexError, ValueError, KeyError, TypeError) as error:
            said = (self.work / "log").read_text(encoding="utf-8", errors="replace").strip()[-2000:]
            said = "\n".join(filter(None, [*map(_complaint, answers), said]))
            raise Refused(f"検索の索引作り（Pagefind）が失敗しました（{self.process.poll()}）。\n{said}") from error


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
    with signals.held():
        process = None if files is not None else _begin(texts, work, memo)
        if process is None:
            for text in texts.values():
                memo.holds(digest(text))  # their shadows are for the next time
        try:
            with signals.heard():
                yield Index(len(texts), memo, key, files, work, process)
        finally:
            if process is not None:
                process.kill()
                process.wait()
                for stream in (process.stdin, process.stdout):
                    with contextlib.suppress(BrokenPipeError):  # what was not yet sent
                        assert stream is not None
                        stream.close()


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
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*pagefind(), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=work,  # where somebody stands may be gone
            preexec_fn=cores.ending_with_parent(),  # noqa: PLW1509  # one call of the system, prepared before
        )
    assert process.stdin is not None
    pages = os.fsencode(work / "pages").decode("utf-8", "surrogateescape")  # whatever the locale: Pagefind takes UTF-8
    with contextlib.suppress(BrokenPipeError):  # it has ended already: _made tells
        for number, request in enumerate(REQUESTS):
            payload = {**request, "path": pages} if request["type"] == "AddDir" else request
            process.stdin.write(base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + END)
        process.stdin.flush()
    return process


def _answers(process: Process) -> tuple[list[bytes], bool]:
    """What Pagefind answers to all requests, or until it ends; and whether it was ended because it took too long."""
    assert process.stdout is not None
    said, known = [b""], 0
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(LIMIT_S, give_up)
    timer.daemon = True
    timer.start()
    try:
        while known < len(REQUESTS) and (part := process.stdout.read1(1 << 20)):  # type: ignore[attr-defined]  # it is buffered
            said.append(part)
            known += part.count(END)
    finally:
        timer.cancel()
    return b"".join(said).split(END)[:known], late.is_set()


def pagefind() -> list[str]:
    """Pagefind's own program: `python -m pagefind` first loads what only its other uses need, for a tenth of a second."""
    try:
        import pagefind_bin  # noqa: PLC0415  # most builds need no new index
    except ImportError as error:
        raise Refused("検索の索引作り（Pagefind）の部品がありません。「make site」で入れ直してください。") from error

    return [str(pagefind_bin.get_executable())]


def _complaint(answer: bytes) -> str:
    """What Pagefind says in an answer that tells of an error; "" for others."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return str(json.loads(base64.b64decode(answer))["payload"]["message"])
    return ""


def _tidy(index: dict[str, bytes], pages: int) -> dict[str, bytes]:
    """What our own search page loads, in the same bytes each time. Raises Refused for other pages than were meant."""
    files = {name: data for name, data in index.items() if not name.startswith((*UNUSED, FRAGMENTS))}
    files[ENTRY], counted = _normalised_entry(files.get(ENTRY, b""))
    if counted != pages:
        raise Refused(f"検索の索引が {pages} ページのはずが {counted} ページでした。公開をやめました。")
    chunks = sorted(name.removeprefix("index/") for name in files if name.startswith("index/"))
    files["pages.json"] = json.dumps({"paths": _paths(index), "chunks": chunks}, sort_keys=True).encode()
    files |= {name: Path(__file__).with_name(ours).read_bytes().replace(b"\r\n", b"\n") for name, ours in LICENSES.items()}
    return files


def _paths(index: Mapping[str, bytes]) -> dict[str, str]:
    """The path of each page by the id that Pagefind answers with, which is its fragment's file name."""
    paths = {}
    for name, data in index.items():
        if name.startswith(FRAGMENTS):
            told = gzip.decompress(data).removeprefix(b"pagefind_dcd")
            paths[name.removeprefix(FRAGMENTS).removesuffix(".pf_fragment")] = json.loads(told)["url"]
    return paths


def _normalised_entry(data: bytes) -> tuple[bytes, int]:
    """Pagefind's entry file with sorted keys (1.5 orders them at random), and its page count."""
    try:
        entry = json.loads(data)
        count = sum(language["page_count"] for language in entry["languages"].values())
    except (ValueError, KeyError) as error:
        raise Refused("検索の索引（pagefind-entry.json）が読めません。") from error
    return json.dumps(entry, ensure_ascii=False, sort_keys=True).encode(), int(count)
