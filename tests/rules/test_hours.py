"""Hours as staff write them: what is understood, what is not, and that a denial is held against them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.rules import hours

SATURDAY, SUNDAY, HOLIDAY = 5, 6, 7
CHILDREN = "平日 19:00〜翌8:00／土曜 15:00〜翌8:00／日曜・祝日 8:00〜翌8:00"


@pytest.mark.parametrize(
    ("text", "day", "clock", "answered"),
    [
        ("平日 8:30〜17:15", 0, "8:30", True),
        ("平日 8:30〜17:15", 0, "17:15", False),
        ("平日 8:30〜17:15", SATURDAY, "10:00", False),
        ("24時間365日（電話）", SUNDAY, "23:00", True),
        ("月〜金 9:00〜18:00", 4, "17:59", True),
        ("火〜日曜 9:30〜16:00", SUNDAY, "10:00", True),
        ("火〜日曜 9:30〜16:00", 0, "10:00", False),
        ("平日 8:30〜22:00／土日・祝日 9:00〜22:00", SUNDAY, "21:00", True),
        ("平日 9:00〜21:00／土曜 9:00〜17:00", HOLIDAY, "10:00", False),
        ("毎日 16:00〜21:00", HOLIDAY, "20:00", True),
        (CHILDREN, SATURDAY, "7:00", True),  # Friday's night runs into Saturday: what one page denied
        (CHILDREN, SATURDAY, "9:00", False),
        (CHILDREN, SUNDAY, "23:00", True),
        (CHILDREN, 0, "7:59", True),
        ("平日の9時〜17時", 2, "16:00", True),
    ],
)
def test_hours_are_understood(text: str, day: int, clock: str, *, answered: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    assert hours.answered(text, day, hour * 60 + minute) is answered


@pytest.mark.parametrize(
    "text", ["未確認", "8:00〜20:00", "月 8:30〜19:00／第2土曜 9:30〜16:00", "つながった先により違います", ""]
)
def test_hours_that_do_not_tell_are_not_guessed(text: str) -> None:
    assert hours.answered(text, 0, 600) is None


@pytest.mark.parametrize(
    ("sentence", "contradicts"),
    [
        ("平日の8時〜19時と、土曜の8時〜15時は受け付けていません。", False),
        ("平日の8時〜19時と、土曜の0時〜15時は受け付けていません。", True),
        ("日曜の9時〜10時は受け付けていません。", True),
    ],
)
def test_a_denial_is_held_against_the_hours(sentence: str, *, contradicts: bool) -> None:
    spans = hours.denied(sentence)
    assert spans
    assert any(hours.contradicts(CHILDREN, span) for span in spans) is contradicts


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert hours.answered(text, SUNDAY, 0) in (True, False, None)
    hours.denied(text)
