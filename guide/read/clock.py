"""The day where an edition is at home: its time zone, read without the rest of it. Light: the door asks before it loads anything.

Knows no clock: the moment comes in.
"""

from __future__ import annotations

import datetime
import zoneinfo
from pathlib import Path

from guide.read import files, tomlread
from guide.read.findings import Refused

ZONE = "Asia/Tokyo"
# Japan has had no summer time since 1951, so its days are known on machines without tables of zones (Windows, small containers).
WITHOUT_TABLES = {ZONE: datetime.timezone(datetime.timedelta(hours=9)), "UTC": datetime.UTC}


def today(edition: Path, moment: datetime.datetime) -> datetime.date:
    """The day at a moment in the zone that site.toml names, Asia/Tokyo where it names none or cannot be read.

    What is wrong with site.toml is told when it is read whole. Raises Refused where this machine has no tables of zones.
    """
    name = _named(edition / "site.toml")
    zone = _zone(name)
    if zone is None and not zoneinfo.available_timezones():
        raise Refused(
            f"この機械には時間帯の表（tzdata）がなく、site.toml の「{name}」の今日が分かりません。"
            "「.venv/bin/pip install tzdata」で入れるか、--today で日付を書いてください。"
        )
    if not 2000 <= moment.year < 2200:  # a machine whose battery is empty begins in 1970
        raise Refused(
            f"この機械の時計が {moment.year} 年になっていて、今日が分かりません。"
            "時計を合わせるか、--today で日付を書いてください。"
        )
    return moment.astimezone(zone or WITHOUT_TABLES[ZONE]).date()


def day(text: str) -> datetime.date:
    """A date as people write it for --today. Raises ValueError for none, and for one that is a slip of the hand."""
    found = datetime.date.fromisoformat(text)
    if not 2000 <= found.year < 2200:  # sums of days would end where Python's calendar does
        raise ValueError(text)
    return found


def is_known(name: str) -> bool:
    """Whether there is a zone of this name; on a machine without tables of zones nobody can tell, and it is believed."""
    return _zone(name) is not None or not zoneinfo.available_timezones()


def _zone(name: str) -> datetime.tzinfo | None:
    if name in WITHOUT_TABLES:
        return WITHOUT_TABLES[name]
    try:
        return zoneinfo.ZoneInfo(name)
    except (LookupError, OSError, ValueError):  # no such name, a folder of zones, a name with ..
        return None


def _named(path: Path) -> str:
    """The zone that a site.toml names; the usual one where it names none or cannot be read."""
    try:
        text = files.text(path)
    except (OSError, UnicodeDecodeError):
        return ZONE
    site = (tomlread.read(text)[0] or {}).get("site")
    name = site.get("zone", ZONE) if isinstance(site, dict) else ZONE
    return name if isinstance(name, str) else ZONE
