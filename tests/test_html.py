"""Every published page through the Nu HTML checker (A11Y-2: parsing is part of JIS X 8341-3:2016)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from conftest import HOME

CHECKER = HOME / ".tools" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"  # tools/vnu.sh


def test_the_checker_finds_no_error(public: Path) -> None:
    command = ["java", "-jar", str(CHECKER), "--format", "json", "--skip-non-html", str(public)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr or done.stdout)["messages"]
    assert [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in messages if m["type"] == "error"] == []
