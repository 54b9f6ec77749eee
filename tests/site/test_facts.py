"""What is told of numbers: once where it is shared, and nothing lost; what a map finds of an address."""

from __future__ import annotations

import pytest
from conftest import HOME, TODAY

from guide.read import load
from guide.site import calling, facts, site, ways

REAL = site.build(load.edition(HOME), TODAY, "/")


def every_call() -> list[calling.Call]:
    return [call for item in REAL.items.values() for call in calling.calls(REAL, item)]


def test_what_is_shared_is_told_once_and_nothing_is_lost() -> None:
    """For each number of each record: what is told of it alone, of its area and of all makes exactly what is known of it."""
    shared = 0
    for call in every_call():
        told = facts.of(call)
        shared += bool(told.shared.facts)
        for area, phones in call.areas:
            for phone in phones:
                parts = (told.own[phone], told.areas[area], told.shared)
                assert sorted(map(str, (fact for part in parts for fact in part.facts))) == sorted(
                    map(str, told.whole[phone].facts)
                )
                assert sorted(note for part in parts for note in part.notes) == sorted(told.whole[phone].notes)
                known = dict(told.whole[phone].facts)
                assert known["hours"] == phone.hours
                assert known["source"] == facts.Seen(call.source(phone).date, call.source(phone).second_hand)
                assert set(told.whole[phone].notes) == {note for note in (phone.note, phone.hours_note) if note}
                assert "for" not in known or not phone.area
    assert shared > 50


def test_a_number_alone_shares_nothing() -> None:
    call = next(call for call in every_call() if len(call.phones) == 1)
    told = facts.of(call)
    assert told.shared == facts.Told()
    assert told.own[call.phones[0]] == told.whole[call.phones[0]]


def test_the_short_form_keeps_hours_and_every_note() -> None:
    for call in every_call():
        for whole in facts.of(call).whole.values():
            assert whole.brief.notes == whole.notes
            assert {name for name, _ in whole.brief.facts} >= {"hours"}
            assert sorted(map(str, whole.brief.facts + whole.rest.facts)) == sorted(map(str, whole.facts))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("〒000-0000 みなと町浜辺5丁目1-1 うみべ館3階", "みなと町浜辺5丁目1-1"),
        ("役場2階（みなと町浜辺1-1）", "みなと町浜辺1-1"),
        ("みなと町浜辺2-7-1（西の館3階）", "みなと町浜辺2-7-1"),
        ("みなと町四谷一丁目6番1号 四谷の塔13階", "みなと町四谷一丁目6番1号"),
        ("みなと町神水2丁目（番地は未確認）", "みなと町神水2丁目"),
        ("うみべ館3階（2015年（平成27年）の記事）", None),
        ("みなと館内（番地は未確認）", None),
    ],
)
def test_what_a_map_finds_of_an_address(written: str, found: str | None) -> None:
    assert ways.spot(written) == found
