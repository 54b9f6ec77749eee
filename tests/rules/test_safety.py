"""What people do first, on the real content: who is called about safety, who answers at night, one answer for one need."""

from __future__ import annotations

import pytest
from conftest import HOME, TODAY

from guide.read import load
from guide.read.records import Window
from guide.rules import hours, safety
from guide.site import calling, site
from guide.site.calling import Call

SITE = site.build(load.edition(HOME), TODAY, "/")
SAFE = [case for case in SITE.cases if case.topic and SITE.topics[case.topic].safety]
GENERAL = set(SITE.config.contact.general)


def open_late(call: Call) -> bool:
    """A number of the call that can be dialled answers on a Sunday at 23:00."""
    return any(phone.diallable and hours.answered(phone.hours, safety.SUNDAY, safety.LATE) for phone in call.phones)


def test_there_are_cases_about_every_topic_of_safety() -> None:
    assert {topic.id for topic in SITE.topics.values() if topic.safety} == {case.topic for case in SAFE}


@pytest.mark.parametrize("case", SAFE, ids=lambda case: case.id)
def test_a_case_about_safety_shows_a_specialist_first_and_somebody_at_night(case: calling.Case) -> None:
    view = calling.case_view(SITE, case)
    assert view.call.window.id in SITE.topics[case.topic or ""].first
    assert calling.has_number(view.call.phones)
    assert any(map(open_late, (view.call, *view.now))), case.text
    assert not {call.window.id for call in (view.call, *view.now)} & GENERAL


@pytest.mark.parametrize("view", list(calling.routes(SITE)), ids=lambda view: view.route.id)
def test_a_route_can_be_called_at_any_hour(view: calling.RouteView) -> None:
    specialists = {id_ for topic in SITE.topics.values() for id_ in topic.first}
    assert view.calls[0].window.id in specialists - GENERAL
    assert all(calling.has_number(call.phones) for call in view.calls)
    assert any(map(open_late, view.calls))


def test_no_step_is_without_a_number_or_ended() -> None:
    for case in SITE.cases:
        view = calling.case_view(SITE, case)
        assert view.steps, case.id
        for item in view.steps:
            assert item.record.status != "ended"
            assert not isinstance(item.record, Window) or calling.has_number(item.record.phones)


def test_a_condition_of_a_window_is_never_passed_over() -> None:
    """The number offered first for a record is of no window that it names for a certain case only."""
    for item in SITE.items.values():
        only = {each.window for each in item.record.in_case} if isinstance(item.record, Window) else set()
        assert calling.first_call(SITE, [item]).window.id not in only, item.id


def test_nowhere_to_sleep_tonight_is_answered_in_one_way() -> None:
    """Case, needs and the emergency route begin with the same office, and name the same line for the night."""
    beds = [case for case in SITE.cases if case.id in ("homeless", "konya-neru-tokoro")]
    needs = [need for need in SITE.concepts if need.id in ("konya-nerubasho", "kyo-oidasareta")]
    assert len(beds) == len(needs) == 2
    route = next(route for route in SITE.routes if route.id == "destitute")
    for leads in (*(case.leads_to for case in beds), *(need.leads_to for need in needs), route.windows):
        assert leads[0] == "hogo-ka"
        assert "nat-yorisoi" in leads


def test_the_water_bill_is_not_the_public_assistance_section() -> None:
    """While the water runs, the card's number is not that of the office for those whose water is cut off."""
    assert calling.first_call(SITE, [SITE.items["ryokin-ka"]]).window.id == "higomaru"
    case = next(case for case in SITE.cases if case.id == "suido-ryokin")
    assert calling.case_view(SITE, case).call.window.id != "hogo-ka"
