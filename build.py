#!/usr/bin/env python3
"""The door: arguments, today's date, printing, exit code. No logic lives here (docs/architecture.md)."""

from __future__ import annotations

import signal

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing has begun: Ctrl-C needs no traceback of imports (then: signals.listen)

import argparse
import contextlib
import dataclasses
import datetime
import gc
import os
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Python's safe path (-P) leaves it out

from guide.job import Job
from guide.publish import destination, unchanged
from guide.read import clock, findings, signals, terminal, trouble
from guide.read.store import Store
from guide.staff import command_line

# Everything heavier is imported by the command that needs it: nothing to do is found out before the generator is loaded.
HOME = Path(__file__).resolve().parent


def arguments(argv: list[str] | None) -> argparse.Namespace:
    """Parse the command line. `command` is build when none is given."""
    parser = command_line.Parser("build.py", "案内サイトを作ります。")
    names = "、".join(COMMANDS)
    rest = "new: program か window と、その id。search: 探す言葉。translated・untranslated: 言語（と id）"
    parser.add_argument("command", nargs="?", default="build", choices=tuple(COMMANDS), metavar="命令", help=names)
    parser.add_argument("rest", nargs="*", metavar="言葉", help=rest)
    parser.add_argument("--site", type=Path, default=HOME, help="site.toml と content のあるフォルダー")
    parser.add_argument("--out", type=Path, help="書き出す先（はじめは --site の public）")
    parser.add_argument("--today", type=clock.day, help="今日の日付（例: 2026-11-21）")
    parser.add_argument("--base-path", default="/", help="公開する場所の道（例: /guide/）")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="check の出し方")
    parser.add_argument("--port", type=int, default=8000, help="serve の番号")
    parser.add_argument("--gallery", action="store_true", help="部品の見本（/gallery/）も作る。serve ではいつも作る")
    parser.add_argument("--packed", action="store_true", help="圧縮したファイル（.br、.gz）も横に置く")
    parser.add_argument("--no-search", action="store_true", help="検索の索引を作らない")
    args = parser.parse_args(argv)
    if not re.fullmatch(r"/((?!\.{1,2}/)[A-Za-z0-9._~-]+/)*", args.base_path):
        parser.error("--base-path は「/guide/」のように、/ で始まり / で終わる、半角の英数字の道にしてください。")
    return args


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns 0 when fine, 1 for findings in content, 2 when refused or the machine fails."""
    terminal.speak()
    args = arguments(argv)
    if args.command != "serve":
        gc.disable()  # looking for cycles costs a twentieth of a build, which gives its memory back by ending
    try:
        return _guarded(lambda: COMMANDS[args.command](_job(args), args))
    except KeyboardInterrupt:  # never after the swap: guide/read/signals.py
        _say("終わりました。" if args.command == "serve" else "中断しました。公開中のサイトはそのままです。", sys.stderr)
        return 2


def _job(args: argparse.Namespace) -> Job:
    out = destination.resolved(args.out or args.site / "public")
    return Job(args.site, HOME, out, _today(args), args.base_path, not args.no_search, args.gallery, args.packed)


def _say(text: str, stream: TextIO | None = None) -> None:
    """Say something about a build. That nobody listens any more (a closed pipe, a full disk) is no reason to stop it."""
    with contextlib.suppress(OSError):
        print("\n".join(map(findings.visible, text.split("\n"))), file=stream or sys.stdout, flush=True)


def _guarded(command: Callable[[], int]) -> int:
    """Run a command; what the machine or a destination refuses is told in a sentence, with exit code 2."""
    try:
        code = command()
        terminal.hand_over()
    except findings.Refused as refused:
        why = str(refused)
    except OSError as error:
        why = f"ファイルを読み書きできません。{trouble.why(error)}。公開中のサイトはそのままです。"
    except Exception as error:  # noqa: BLE001  # the last handler: staff can do nothing with a traceback
        from guide.staff import unforeseen

        why = unforeseen.told(error)
    else:
        return code
    _say(f"やめました: {why}", sys.stderr)
    return 2


def build(job: Job, _args: argparse.Namespace) -> int:
    """Build and publish; print the summary or the findings."""
    return _build(job, unchanged.generator(job.home))


def _build(job: Job, code: str, store: Store | None = None, *, current: bool = True) -> int:
    """Build, beside what earlier builds of this process know, if any.

    `code` is what unchanged.generator saw before the generator was loaded: what is saved meanwhile is not what runs.
    Without `current` the site is not marked as made of it.
    """
    start = time.monotonic()
    made_of = unchanged.fingerprint(job.edition, code, job.options())
    if unchanged.is_current(job.out, made_of):
        _say(f"変わったものがないので、そのままにしました: {job.out}")
        return 0
    from guide import pipeline

    result = pipeline.build(job, lambda step: _say(f"… {step}"), made_of if current else "", store, code)
    for note in result.notes:
        _say(note, sys.stderr)
    if result.findings:
        _say(findings.as_text(result.findings, result.texts).rstrip("\n"), sys.stderr)
    if not result.published:
        _say("公開していません。直してから、もう一度作ってください。", sys.stderr)
        return 1
    _say(f"できました: {job.out}\n{result.told(time.monotonic() - start)}")
    if signals.noted():
        _say("中断の合図が届いたときには、もう公開していました。", sys.stderr)
    return 0


def check(job: Job, args: argparse.Namespace) -> int:
    """Print every finding in the content; publish nothing."""
    from guide.rules.check import edition

    content, found = edition(job.edition, job.today)
    report = findings.as_json(found) if args.format == "json" else findings.as_text(found, content.texts)
    print(report, end="")
    return 1 if findings.has_errors(found) else 0


def serve(job: Job, args: argparse.Namespace) -> int:
    """Take the port, build for the root path into a folder of its own, then show it and rebuild on each change."""
    loaded = unchanged.generator(job.home)
    from guide import pipeline
    from guide.staff import preview

    sockets = preview.listen(args.port)
    job = dataclasses.replace(job, base_path="/", gallery=True, out=preview.folder(job.out))
    before = preview.look(job)
    _build(job, loaded)
    signals.heed()
    store = pipeline.store_of(job, loaded)
    gc.freeze()  # what stays for hours need not be looked at for garbage at each save

    def of_today(*, last_index: bool) -> Job:
        """The same job, of the day that it is now."""
        return dataclasses.replace(job, last_index=last_index, today=_today(args))

    def again(*, last_index: bool) -> int:
        """Build once more; the full text is indexed anew only when the hand that edits rests."""
        nonlocal store
        code = unchanged.generator(job.home)
        if store.code == code.encode():
            store.turn()
        else:  # of other templates nothing is known yet; nor may others believe what this process, loaded before, makes
            store = Store(code=code)
        code_of_it = _guarded(lambda: _build(of_today(last_index=last_index), code, store, current=code == loaded))
        signals.heed()
        return code_of_it

    print(f"{preview.address(sockets)} で見られます（終わるには Ctrl+C）", flush=True)
    door = preview.Door(partial(again, last_index=True), partial(again, last_index=False), lambda text: _say(text, sys.stderr))
    preview.serve(job, sockets, before, door)
    return 0


def report(job: Job, args: argparse.Namespace) -> int:
    """Print a report for staff (coverage, questions, words, search), or the findings that hide it."""
    from guide import pipeline

    content, found = pipeline.checked(job)
    if findings.has_errors(found):
        print(findings.as_text(found, content.texts), end="", file=sys.stderr)
        return 1
    print(pipeline.report(job, content, args.command, " ".join(args.rest)), end="")
    return 0


def new(job: Job, args: argparse.Namespace) -> int:
    """Write the file of a new record, never over an old one."""
    from guide.staff import written

    target = written.record(job.edition, args.rest, job.today)
    print(f"{findings.visible(str(target))} を作りました。項目を書いてから「build.py check」で確かめてください。")
    return 0


def translated(job: Job, args: argparse.Namespace) -> int:
    """Mark translations as made of the Japanese as it is now."""
    from guide import pipeline
    from guide.staff import translating, written

    content, _ = pipeline.checked(job)
    files = translating.marked(content, args.rest, job.today)
    for path in written.texts(job.edition, files, content.texts):
        print(findings.visible(str(path)))
    print(f"印を付けた訳のファイル: {len(files)}")
    return 0


def _today(args: argparse.Namespace) -> datetime.date:
    """The day that was asked for, else today where the edition is at home."""
    return args.today or clock.today(args.site, datetime.datetime.now(datetime.UTC))


COMMANDS = {"build": build, "check": check, "serve": serve, "new": new, "translated": translated}
COMMANDS |= dict.fromkeys(("coverage", "questions", "words", "search", "untranslated"), report)

if __name__ == "__main__":
    code = signals.to_the_end(main)
    if sys.getprofile() or sys.gettrace():  # whoever looks on wants to say what was seen
        sys.exit(code)
    os._exit(code)  # giving back the memory of each object would take a tenth of a build
