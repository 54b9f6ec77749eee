"""For tests and measuring commands: the generator in a folder of its own, where it may be changed and killed."""

from __future__ import annotations

import shutil
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
FOLDERS = ("guide", "templates", "static", "examples", "requirements", "content/interface")


def copy(home: Path) -> None:
    """Copy what builds an edition into `home`, which need not be there yet. Raises OSError."""
    for name in FOLDERS:
        shutil.copytree(HOME / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(HOME / "build.py", home)
