"""Rules over rendered pages, on an edition built whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guide import pipeline

Jobs = Callable[..., pipeline.Job]


@pytest.mark.parametrize("scheme", ["https", "HTTPS", "Http"])
def test_an_address_leads_outside_however_its_scheme_is_spelt(mini: Path, job: Jobs, scheme: str) -> None:
    """In a text and as a way to reach a window; some programs copy addresses in capitals."""
    address = f"{scheme}://minato.example/annai"
    with (mini / "content" / "programs" / "kome-bin.md").open("a", encoding="utf-8") as file:
        file.write(f"\n[みなとの案内]({address})\n")
    window = mini / "content" / "consultation" / "kurashi-madoguchi.md"
    text = window.read_text(encoding="utf-8")
    contact = "  - id: kurashi-form\n    value: " + address + "\n    page: 資料に記載なし\n    date: 日付なし\n"
    text = text.replace("contacts:\n", f"contacts:\n{contact}    seen: 入力は {address} から\n    confidence: medium\n")
    text = text.replace("ways:\n", f"ways:\n  - kind: form\n    value: {address}\n    contact: kurashi-form\n")
    window.write_text(text, encoding="utf-8")
    made = job()
    result = pipeline.build(made)
    assert (result.published, result.findings) == (True, ())
    for page in ("programs/kome-bin", "consultation/kurashi-madoguchi"):
        assert f'href="{address}"' in (made.out / page / "index.html").read_text(encoding="utf-8"), page
