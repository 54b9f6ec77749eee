"""The page of a case: one large number for everybody, areas to choose from, what they share said once; and what is folded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MINI_TODAY

from guide.read import load
from guide.rules import check
from guide.site import beside, cases, site, views

WINDOW = "content/consultation/kurashi-madoguchi.md"
CASES = "content/situations.yaml"


@pytest.fixture
def changed(mini: Path) -> Callable[..., site.Site]:
    """The invented town with texts replaced in its files, linked; without an error."""

    def change(*changes: tuple[str, str, str]) -> site.Site:
        for file, old, new in changes:
            text = (mini / file).read_text(encoding="utf-8")
            assert text.count(old) == 1
            (mini / file).write_text(text.replace(old, new), encoding="utf-8")
        content = load.edition(mini)
        assert [*content.findings, *check.every_rule(content, MINI_TODAY)] == []
        return site.build(content, MINI_TODAY, "/")

    return change


def page(guide: site.Site, id_: str) -> cases.CasePage:
    return cases.page(guide, next(case for case in guide.cases if case.id == id_))


def test_a_number_of_one_area_is_never_the_large_one(changed: Callable[..., site.Site]) -> None:
    first = page(changed(), "harai").first
    assert first.call.by_area
    assert first.large is None
    assert [area.name for alike in first.areas for area in alike.areas] == ["東の浜", "西の浜"]


def test_everybodys_number_is_large_with_its_limits(changed: Callable[..., site.Site]) -> None:
    guide = changed()
    shown = page(guide, "fune")
    assert not shown.first.call.by_area
    assert shown.first.large is not None
    assert shown.first.large.phone.diallable
    assert shown.first.large.limits == beside.limits(guide.language, shown.first.large.phone)
    assert shown.first.areas == ()


def test_what_areas_share_is_said_once_and_belongs_to_each(changed: Callable[..., site.Site]) -> None:
    """Different limits stand apart; the same, in areas that follow each other, together."""
    apart = page(changed(), "harai").first.areas
    assert [alike.limits for alike in apart] == ["（夜は役場につながります）", "平日 9:00〜17:00"]
    both = "    hours: 平日 9:00〜17:00\n    contact: kurashi-nishi"
    shared = page(
        changed((WINDOW, both, "    hours: 未確認\n    note: 夜は役場につながります。\n    contact: kurashi-nishi")), "harai"
    )
    assert [len(alike.areas) for alike in shared.first.areas] == [2]
    assert shared.first.areas[0].limits == "（夜は役場につながります）"
    assert all(number.limits == "" for area in shared.first.areas[0].areas for number in area.numbers)


def test_numbers_for_other_services_stand_after(changed: Callable[..., site.Site]) -> None:
    """A case that means two services shows each area's number for the first; none is lost."""
    text = (
        "    services: [okane, kodomo]\n    contact: kurashi-nishi\n"
        "  - number: 0999-00-0005\n    label: こどもの係\n    area: 東の浜\n    hours: 未確認\n"
        "    services: [kodomo]\n    contact: kurashi-hp\nways"
    )
    source = "contacts:\n  - id: kurashi-hp\n    value: 0999-00-0005\n    page: 資料に記載なし\n    date: 日付なし\n"
    source += "    seen: 0999-00-0005\n    confidence: high\n"
    means = "    services:\n      kurashi-madoguchi: [okane, kodomo]\n"
    guide = changed(
        (WINDOW, "    contact: kurashi-hp\n  - number", "    services: [okane]\n    contact: kurashi-hp\n  - number"),
        (WINDOW, "    contact: kurashi-nishi\nways", text),
        (WINDOW, "contacts:\n", source),
        ("content/programs/kome-bin.md", "sources:", "services:\n  kurashi-madoguchi: [okane]\nsources:"),
        ("content/schemes/tasukeai.md", "sources:", "services:\n  kurashi-madoguchi: [okane]\nsources:"),
        (
            "content/questions.yaml",
            "        near: true\n        fits:",
            "        near: true\n        services:\n          kurashi-madoguchi: [okane]\n        fits:",
        ),
        ("content/consultation/minato-kai.md", "sources:", "services:\n  kurashi-madoguchi: [okane]\nsources:"),
        (CASES, "    leads_to:\n      - kurashi-madoguchi\n", means + "    leads_to:\n      - kurashi-madoguchi\n"),
    )
    first = page(guide, "tabemono").first
    found = [
        [n.phone.number for alike in part for area in alike.areas for n in area.numbers] for part in (first.areas, first.besides)
    ]
    assert found == [["0999-00-0002", "0999-00-0004"], ["0999-00-0005"]]
    assert first.count_besides == 1


def test_what_to_say_and_whose_questions(changed: Callable[..., site.Site]) -> None:
    guide = changed()
    assert page(guide, "harai").say == "払うお金がありません。相談したいです。"
    assert page(guide, "fune").say == "船が出せない", "its own sentence, where nothing else is written"
    assert page(guide, "harai").asked is guide.items["kurashi-madoguchi"].record


def test_what_is_called_is_not_named_again(changed: Callable[..., site.Site]) -> None:
    guide = changed()
    assert [item.id for item in page(guide, "tabemono").more] == ["kome-bin"]
    assert page(guide, "tabemono").subtopic is not None
    assert page(guide, "fune").subtopic is None


def test_only_a_long_situation_folds_what_is_at_home_elsewhere(
    changed: Callable[..., site.Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = changed()
    umi = next(each for each in guide.situations if each.id == "umi")
    assert [[line.id for line in shelf.lines] for shelf in views.shelves(guide, umi)] == [["harai", "fune"]]
    monkeypatch.setattr(views, "MANY", 1)
    shelf = views.shelves(guide, umi)[0]
    assert ([line.id for line in shelf.lines], [line.id for line in shelf.folded]) == (["fune"], ["harai"])
    kurashi = next(each for each in guide.situations if each.id == "kurashi")
    assert [shelf.folded for shelf in views.shelves(guide, kurashi)] == [(), ()]
