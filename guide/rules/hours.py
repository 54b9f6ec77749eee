"""When a number is answered, read from the words that staff write (「平日 8:30〜17:15」). Text to spans, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 24 * 60
DAYS = "月火水木金土日"
HOLIDAY = 7  # a public holiday is a day of its own kind, after the seven
ALL_DAY = re.compile("24時間|いつでも")
EVERY = ("毎日", "年中無休")
SPAN = re.compile(r"(翌)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分)?|)\s*[〜~～-]\s*(翌)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分)?)")
RANGE = re.compile(f"([{DAYS}])(?:曜日?)?[〜~～]([{DAYS}])")
NAMED = re.compile(f"([{DAYS}])(?:曜|・|(?=[ 　／、]|$))")
# Texts with one of these hold hours that are not of every week: nothing is concluded from them.
ODD = re.compile("未確認|毎月|第[1-5]|隔週|月に|により|による")


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to `end`, in minutes since the day's beginning; `end` may lie on the next day (up to 48 hours)."""

    day: int  # 0 Monday … 6 Sunday, 7 public holiday
    start: int
    end: int


def spans(text: str) -> tuple[Span, ...] | None:
    """The spans of a week in which somebody answers; None when the words are not understood."""
    if ALL_DAY.search(text):
        return tuple(Span(day, 0, DAY) for day in (*range(7), HOLIDAY))
    if ODD.search(text):
        return None
    found: list[Span] = []
    for part in re.split("[／/]", text):
        times = list(SPAN.finditer(part))
        days = days_of(part[: times[0].start()]) if times else ()
        if not times or not days:
            return None
        found += [Span(day, *_minutes(time)) for day in days for time in times]
    return tuple(found)


def days_of(text: str) -> tuple[int, ...]:
    """The days that words name: 平日, 土曜, 日曜・祝日, 月〜金; none when none is named."""
    if any(word in text for word in EVERY):
        return (*range(7), HOLIDAY)
    named: list[int] = [*range(5)] if "平日" in text else []
    named += [HOLIDAY] if "祝" in text else []
    if between := RANGE.search(text):
        named += range(DAYS.index(between[1]), DAYS.index(between[2]) + 1)
    elif "土日" in text:
        named += [5, 6]
    else:
        named += [DAYS.index(day) for day in NAMED.findall(text.replace("平日", "").replace("祝日", ""))]
    return tuple(dict.fromkeys(named))


def _minutes(time: re.Match[str]) -> tuple[int, int]:
    start = int(time[2]) * 60 + int(time[3] or time[4] or 0) + (DAY if time[1] else 0)
    end = int(time[6]) * 60 + int(time[7] or time[8] or 0) + (DAY if time[5] else 0)
    return start, end if end > start else end + DAY


def answered(text: str, day: int, minute: int) -> bool | None:
    """Whether somebody answers at a minute of a day (0 Monday … 6 Sunday, 7 holiday); None when the words do not tell."""
    known = spans(text)
    if known is None:
        return None
    before = (day - 1) % 7 if day != HOLIDAY else HOLIDAY
    return any(s.day == day and s.start <= minute < s.end for s in known) or any(
        s.day == before and s.start <= minute + DAY < s.end for s in known
    )


def denied(sentence: str) -> tuple[Span, ...]:
    """The spans of which a sentence says that nobody answers (「平日の8時〜19時と、土曜の8時〜15時は受け付けていません」)."""
    found: list[Span] = []
    for part in re.split("と、|、|／|と(?=[平土日祝月火水木金])", sentence):
        found += [Span(day, *_minutes(time)) for time in SPAN.finditer(part) for day in days_of(part[: time.start()])]
    return tuple(found)


def contradicts(text: str, denial: Span) -> bool:
    """True when hours say that somebody answers in a span of which a sentence denies it."""
    return any(answered(text, denial.day, minute) for minute in range(denial.start, denial.end, 15))
