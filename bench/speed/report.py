"""The rounds as Markdown: medians with their ranges, and beside each time its ratio to Hugo's of the same round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from contenders import Cost

REFERENCE = "hugo"


@dataclass(frozen=True)
class Round:
    """One contender in one round: built cold, built again with nothing changed, and with one record changed."""

    cold: Cost
    same: Cost
    one: Cost
    html: float  # MB


Rounds = dict[str, dict[int, Round]]  # by contender, by number of the round
Figure = Callable[[Round], float]


def per_mb(each: Round) -> float:
    return each.cold.wall / each.html


# Heading, figure, decimals, whether its ratio to Hugo stands beside it.
COLUMNS: tuple[tuple[str, Figure, int, bool], ...] = (
    ("cold s", lambda each: each.cold.wall, 2, True),
    ("CPU s", lambda each: each.cold.cpu, 2, False),
    ("peak RSS MB", lambda each: each.cold.rss, 0, False),
    ("HTML MB", lambda each: each.html, 1, False),
    ("s per MB of HTML", per_mb, 3, True),
    ("nothing changed s", lambda each: each.same.wall, 2, True),
    ("one record s", lambda each: each.one.wall, 2, True),
)
GROWTH: tuple[tuple[str, Figure], ...] = (
    ("cold", lambda each: each.cold.wall),
    ("CPU", lambda each: each.cold.cpu),
    ("peak RSS", lambda each: each.cold.rss),
    ("HTML", lambda each: each.html),
    ("nothing changed", lambda each: each.same.wall),
    ("one record", lambda each: each.one.wall),
)


def middle(values: Iterable[float], decimals: int) -> str:
    """The median, and the range where there is one to tell."""
    found = sorted(values)
    if not found:
        return "–"
    median, least, most = (f"{value:,.{decimals}f}" for value in (statistics.median(found), found[0], found[-1]))
    return median if least == most else f"{median} ({least}–{most})"


def ratios(mine: dict[int, Round], base: dict[int, Round], figure: Figure) -> list[float]:
    """Of each round that both ended, mine over the base's: rounds differ by the machine's other work, neighbours less."""
    return [figure(mine[number]) / figure(base[number]) for number in sorted(mine.keys() & base.keys())]


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def comparison(rounds: Rounds) -> str:
    """One line for each contender, the fastest cold build first."""
    head, rows = ["generator"], []
    for name, _, _, compared in COLUMNS:
        head += [name, "× Hugo"] if compared else [name]
    done = {name: found for name, found in rounds.items() if found}
    for name in sorted(done, key=lambda name: statistics.median(each.cold.wall for each in done[name].values())):
        row = [f"**{name}**" if name == "ours" else name]
        for _, figure, decimals, compared in COLUMNS:
            row.append(middle(map(figure, done[name].values()), decimals))
            if compared:
                row.append(middle(ratios(done[name], done.get(REFERENCE, {}), figure), 2))
        rows.append(row)
    return table(head, rows)


def growth(small: Rounds, large: Rounds) -> str:
    """How many times more each contender needs at the larger size: medians of both."""
    rows = []
    for name in large:
        if small.get(name) and large[name]:
            both = [[statistics.median(map(figure, rounds[name].values())) for rounds in (small, large)] for _, figure in GROWTH]
            rows.append([name, *(f"{most / least:.1f}" for least, most in both)])
    return table(["generator", *(f"{name} ×" for name, _ in GROWTH)], rows)


def guide(steps: dict[str, list[Cost]], base: str) -> str:
    """The real guide's steps, each beside what only loading its two largest libraries takes."""
    rows = []
    for name, costs in steps.items():
        beside = [mine.wall / loading.wall for mine, loading in zip(costs, steps[base], strict=False)]
        rows.append(
            [
                name,
                middle((cost.wall for cost in costs), 2),
                middle(beside, 1),
                middle((cost.cpu for cost in costs), 2),
                middle((cost.rss for cost in costs), 0),
            ]
        )
    return table(["step", "s", "× loading", "CPU s", "peak RSS MB"], rows)


def load(before: tuple[float, ...], after: tuple[float, ...], cores: int) -> str:
    told = [" ".join(f"{value:.2f}" for value in values) for values in (before, after)]
    return f"Load average (1, 5, 15 minutes) before: {told[0]}; after: {told[1]}; {cores} cores."
