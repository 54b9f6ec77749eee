"""The command line in the words of staff: argparse speaks English only, in its help and about what it does not understand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from guide.read import findings

# What argparse says, which differs a little from one Python to the next, and what that means for staff.
MEANINGS: tuple[tuple[str, str], ...] = (
    (
        r"argument (.+?): invalid day value: '(.*)'",
        "{0} の「{1}」は日付として使えません。「2026-11-21」のように、2000 年から 2199 年までで書いてください。",
    ),
    (
        r"argument (.+?): invalid int value: '(.*)'",
        "{0} の「{1}」は数ではありません。「8001」のように、半角の数字で書いてください。",
    ),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", "{0} に「{1}」はありません。使えるのは、{2} です。"),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} のあとに、値を1つ書いてください。"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0} に値は要りません（「{1}」を消してください）。"),
    (r"ambiguous option: (.+?) could match (.+)", "{0} だけでは、どれか分かりません（{1}）。終わりまで書いてください。"),
    (r"unrecognized arguments: (.+)", "「{0}」は分かりません。"),
)
OTHERWISE = "書き方が違います（{0}）。"
HELP = "書き方は「build.py --help」で見られます。"


class Formatter(argparse.HelpFormatter):
    """Help that begins in Japanese."""

    def add_usage(self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None) -> None:
        """The line that shows how to call."""
        super().add_usage(usage, actions, groups, "書き方: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that says in Japanese what it expects, and in one sentence what it does not understand."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, formatter_class=Formatter, add_help=False)
        self._positionals.title, self._optionals.title = "すること", "選べること"
        self.add_argument("-h", "--help", action="help", help="この説明を出す")

    def error(self, message: str) -> NoReturn:
        """End with what is wrong, as all that is refused (exit code 2)."""
        self.exit(2, findings.visible(f"やめました: {meaning(message)}{HELP}") + "\n")


def meaning(message: str) -> str:
    """What argparse says, for staff. What is said in Japanese already stays."""
    for pattern, told in MEANINGS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return told.format(*(part.replace("'", "") if n == 2 else part for n, part in enumerate(found.groups())))
    return OTHERWISE.format(message) if message.isascii() else message
