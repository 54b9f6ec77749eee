"""Every published page through the Nu HTML checker (A11Y-2: parsing is part of JIS X 8341-3:2016)."""

from __future__ import annotations

from pathlib import Path

import pytest
from a11y import checker


@pytest.mark.slow
def test_the_checker_finds_no_error(public: Path) -> None:
    assert checker(public) == []
