"""Lighthouse over five page types and first visits by weight: `make lighthouse`.

Prints the four scores and CLS of each; then, of a cold first visit, bytes and requests, and with hardly any signal and the
processor slowed six times the time to the largest paint, the time blocked and the layout shift (PERF-2 to PERF-5).
The site is served on loopback with brotli; times in Lighthouse depend on the machine, scores should not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from chrome import FLAGS, HOME, WEAK, browser_path, chromium, phone, served

PAGES = ("", "programs/jukyo-kakuho/", "consultation/hogo-ka/", "situations/poverty/", "list/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUN = HOME / ".tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"


def scores(url: str) -> tuple[list[float], float, list[str]]:
    """The four scores (0 to 1), the layout shift, and the audits that cost points."""
    flags = " ".join(["--headless=new", *FLAGS])
    command = [str(RUN), url, "--quiet", "--output=json", f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": browser_path()}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report = json.loads(done.stdout)
    audits, categories = report["audits"], [report["categories"][name] for name in CATEGORIES]
    counted = {ref["id"] for category in categories for ref in category["auditRefs"] if ref["weight"]}
    lost = sorted(id_ for id_ in counted if audits[id_]["score"] is not None and audits[id_]["score"] < 1)
    return [category["score"] for category in categories], audits["cumulative-layout-shift"]["numericValue"], lost


def first_visit(address: str, path: str) -> tuple[int, int]:
    """Bytes over the wire (bodies) and requests of a cold visit."""
    with chromium() as browser:
        page, _ = phone(browser)
        page.goto(address + path, wait_until="networkidle")
        kinds = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        sizes: list[int] = page.evaluate(f"{kinds}.map(entry => entry.encodedBodySize)")
        return sum(sizes), len(sizes)


# Notes the largest paint, the sum of what tasks took beyond 50 ms each, and every shift of the layout.
PAINTS = """
  globalThis.seen = { largest: 0, blocked: 0, moved: 0 };
  const watch = (type, note) => {
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  };
  watch('largest-contentful-paint', (entry) => { seen.largest = entry.startTime; });
  watch('longtask', (entry) => { seen.blocked += entry.duration - 50; });
  watch('layout-shift', (entry) => { seen.moved += entry.value; });
"""


def weak_signal(address: str, path: str) -> dict[str, float]:
    """Milliseconds to the largest paint and blocked, and the layout shift, of a cold visit with 400 kbit/s and CPU 6x."""
    with chromium() as browser:
        page, _ = phone(browser, line=WEAK, slower=6)
        page.add_init_script(PAINTS)
        page.goto(address + path, wait_until="networkidle")
        page.wait_for_timeout(1000)  # the observer tells of a paint some time after it
        seen: dict[str, float] = page.evaluate("seen")
        return seen


def main() -> None:
    public = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "public"
    with served(public) as address:
        for path in PAGES:
            four, shift, lost = scores(address + path)
            told = " / ".join(f"{score * 100:.0f}" for score in four)
            print(f"/{path}: {told}, CLS {shift:.3f}{'; lost: ' + ', '.join(lost) if lost else ''}")
        for path in PAGES:
            size, requests = first_visit(address, path)
            print(f"/{path}: first visit {size} bytes, {requests} requests")
        for path in PAGES:
            seen = weak_signal(address, path)
            print(f"/{path}: largest paint {seen['largest']:.0f} ms, blocked {seen['blocked']:.0f} ms, moved {seen['moved']:.3f}")


if __name__ == "__main__":
    main()
