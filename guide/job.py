"""What a command of staff is to be done with. Light: the door makes one before the generator is loaded."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the edition's folder, the generator's own folder, where to, for which day, below which path."""

    edition: Path
    home: Path
    out: Path
    today: datetime.date
    base_path: str = "/"
    search: bool = True
    gallery: bool = False  # the components with their examples too (in preview)
    packed: bool = False  # .br and .gz beside each text file
    last_index: bool = False  # with the full-text index as it was: while somebody is editing

    def options(self) -> tuple[object, ...]:
        """What decides the bytes of the site beside its sources."""
        return (self.today.isoformat(), self.base_path, self.search, self.gallery, self.packed, self.last_index)
