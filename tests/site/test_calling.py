"""Whom to call: the numbers that a record means, near windows told as such, ways that are known to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINI_TODAY

from guide import pipeline
from guide.read import load
from guide.rules import check
from guide.site import calling, site, ways

WINDOW = "content/consultation/kurashi-madoguchi.md"
PROGRAM = "content/programs/kome-bin.md"


@pytest.fixture
def changed(mini: Path) -> Callable[..., site.Site]:
    """The invented town with texts replaced in its files, linked."""

    def change(*changes: tuple[str, str, str]) -> site.Site:
        for file, old, new in changes:
            text = (mini / file).read_text(encoding="utf-8")
            assert old in text
            (mini / file).write_text(text.replace(old, new), encoding="utf-8")
        content = load.edition(mini)
        assert [f for f in [*content.findings, *check.every_rule(content, MINI_TODAY)] if f.code[0] == "F"] == []
        return site.build(content, MINI_TODAY, "/")

    return change


def numbers(calls: tuple[calling.Call, ...]) -> list[list[str]]:
    return [[phone.number for phone in call.phones] for call in calls]


SERVICES = (
    (WINDOW, "    contact: kurashi-hp\n  - number", "    services: [okane]\n    contact: kurashi-hp\n  - number"),
    (WINDOW, "    contact: kurashi-nishi\nways", "    services: [kodomo]\n    contact: kurashi-nishi\nways"),
)


def test_a_record_shows_the_numbers_for_its_matter_only(changed: Callable[..., site.Site]) -> None:
    guide = changed(*SERVICES, (PROGRAM, "sources:", "services:\n  kurashi-madoguchi: [kodomo]\nsources:"))
    assert numbers(calling.calls(guide, guide.items["kome-bin"])) == [["0999-00-0004"]]
    assert len(numbers(calling.calls(guide, guide.items["kurashi-madoguchi"]))[0]) == 2, "its own page holds all"


def test_a_case_may_mean_another_number_than_its_record(changed: Callable[..., site.Site]) -> None:
    guide = changed(*SERVICES, (PROGRAM, "sources:", "services:\n  kurashi-madoguchi: [kodomo]\nsources:"))
    steps = [guide.items["kome-bin"]]
    assert numbers((calling.first_call(guide, steps),)) == [["0999-00-0004"]]
    assert numbers((calling.first_call(guide, steps, {"kurashi-madoguchi": ("okane",)}),)) == [["0999-00-0002"]]


def test_a_window_that_no_source_names_is_near(changed: Callable[..., site.Site], job: Callable[..., pipeline.Job]) -> None:
    guide = changed((PROGRAM, "windows:\n  - kurashi-madoguchi", "instead:\n  - kurashi-madoguchi"))
    assert [call.role for call in calling.calls(guide, guide.items["kome-bin"])] == ["near"]
    pipeline.build(job())
    page = (job().out / "programs" / "kome-bin" / "index.html").read_text(encoding="utf-8")
    assert page.count("担当かどうかは未確認") == 1
    assert "近い窓口。担当かは未確認" in page, "on paper too"
    window = (job().out / "consultation" / "kurashi-madoguchi" / "index.html").read_text(encoding="utf-8")
    assert "この窓口で<wbr>" not in window
    assert "担当かどうかは、資料では分かりません。" in window


def test_a_way_whose_address_is_unknown_is_told_and_not_offered(
    changed: Callable[..., site.Site], job: Callable[..., pipeline.Job]
) -> None:
    guide = changed(
        (
            WINDOW,
            "    value: 0999-00-0003\n    contact: kurashi-hp\nsensitive",
            "    value: 未確認\n    contact: kurashi-hp\nsensitive",
        )
    )
    assert ways.without_telephone(guide) == ()
    changed(
        (
            WINDOW,
            "  - id: kurashi-hp\n    value: 0999-00-0003\n    page: 資料に記載なし\n    date: 日付なし\n"
            "    seen: ファクス 0999-00-0003\n"
            "    confidence: medium\n",
            "",
        )
    )
    result = pipeline.build(job())
    assert result.published, result.findings
    page = (job().out / "consultation" / "kurashi-madoguchi" / "index.html").read_text(encoding="utf-8")
    assert "使えると資料にありますが、アドレスや番号は未確認です" in page
