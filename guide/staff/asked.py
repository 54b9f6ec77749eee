"""The questions as figures, and how many taps they take, as a report for staff: `build.py questions`. Values in, text out."""

from __future__ import annotations

from collections.abc import Iterator

from guide.read.questions import Spot
from guide.site import asking
from guide.site.asking import Branch
from guide.site.site import Site


def report(site: Site) -> str:
    """Each checker as a tree of answers and where they lead; then the ways counted."""
    if not site.checkers:
        return "質問はまだありません（content/questions.yaml）。\n"
    lines = [line for checker in site.checkers.values() for line in (*_tree(checker.title, asking.tree(site, checker)), "")]
    return "\n".join([*lines, *_counts(site)]) + "\n"


def _tree(title: str, branch: Branch) -> Iterator[str]:
    yield f"【{title}】"
    yield from _lines(branch, 0)


def _lines(branch: Branch, depth: int) -> Iterator[str]:
    answer = f"「{branch.answer}」→ " if branch.answer else ""
    label = f"{branch.label}: " if branch.label else ""
    numbers = f"（{'、'.join(branch.numbers)}）" if branch.numbers else ""
    yield f"{'  ' * depth}{answer}{label}{branch.title}{numbers}"
    for each in branch.branches:
        yield from _lines(each, depth + 1)


def _counts(site: Site) -> Iterator[str]:
    """A tap is: the link to the questions, each answer, and the number."""
    for checker in site.checkers.values():
        ways = list(asking.ways(site, Spot(checker.id, checker.first)))
        answers = max(len(way) for way in ways) - 1
        silent = sum(not asking.can_be_dialled(asking.ending(site, way[-1])) for way in ways)
        taps = f"入り口のリンクから番号まで、多くて {answers + 2} 回押します"
        yield f"{checker.title}: 道 {len(ways)} 本、いちばん長い道で質問 {answers} つ（{taps}）、番号のない道 {silent} 本"
