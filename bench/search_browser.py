"""The search page on a slow phone: bytes, requests and time to the first answer; time from a key to its answer.

    python bench/search_browser.py [--rounds N] [--site PUBLIC] [--times N]

First answer: a cold browser opens /search/#q=… on "Slow 4G" with the processor slowed four times. Bytes are what went
over the wire (brotli, headers not counted) until a first result stood in the list. Keys: each question is typed but for
its last letter, the hand rests, and the time runs from the last key's event to the frame in which the answer stands.
--times repeats the records, each copy with a spelling of its own, to see how both grow.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from chrome import HOME, SLOW_4G, chromium, phone, served
from playwright.sync_api import Browser
from search_measure import grown

SLOWER = 4
FIRST = ("家賃が払えない", "児童相談所", "DV help")
# Notes when the list first holds a result, and when the answer is whole.
CLOCK = """() => {
  globalThis.seen = {};
  const look = () => {
    const list = document.querySelector('#search-results');
    if (list?.querySelector('li[data-id]')) seen.first ??= performance.now();
    if (list?.dataset.state === 'done') seen.done ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}"""
# Types the last letter and waits for the frame in which its answer stands.
KEY = """async (query) => {
  const box = document.querySelector('#search-box');
  const list = document.querySelector('#search-results');
  box.value = query;
  const start = performance.now();
  box.dispatchEvent(new InputEvent('input', { bubbles: true, data: query.at(-1) }));
  while (list.dataset.query !== query) await new Promise((next) => setTimeout(next));
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  return performance.now() - start;
}"""


def first_answer(browser: Browser, address: str, query: str) -> dict[str, Any]:
    """Milliseconds, bytes and requests until the first result, and milliseconds until the answer was whole."""
    page, session = phone(browser, line=SLOW_4G, slower=SLOWER)
    page.add_init_script(f"({CLOCK})()")
    started: dict[str, float] = {}
    ended: list[tuple[float, str, int]] = []
    session.on("Network.requestWillBeSent", lambda e: started.setdefault(e["requestId"], e["timestamp"]))
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: urls.setdefault(e["requestId"], e["response"]["url"]))
    session.on(
        "Network.dataReceived",
        lambda e: sizes.__setitem__(e["requestId"], sizes.get(e["requestId"], 0) + e["encodedDataLength"]),
    )
    session.on("Network.loadingFinished", lambda e: ended.append((e["timestamp"], e["requestId"], sizes.get(e["requestId"], 0))))
    page.goto(f"{address}search/#q={query}")
    page.locator("#search-results[data-state=done]").wait_for(state="attached", timeout=60_000)
    seen = page.evaluate("seen")
    origin = min(started.values())
    before = [(urls[id_], size) for at, id_, size in ended if (at - origin) * 1000 <= seen["first"]]
    page.context.close()
    return {**seen, "bytes": sum(size for _, size in before), "requests": [url.removeprefix(address) for url, _ in before]}


def keys(browser: Browser, address: str, queries: list[str]) -> list[float]:
    page, _ = phone(browser, slower=SLOWER)
    page.goto(f"{address}search/#q=こんにちは")
    page.locator("#search-results[data-state=done]").wait_for(state="attached", timeout=60_000)
    times = []
    for query in queries:
        page.locator("#search-box").fill(query[:-1] or "あ")
        page.wait_for_timeout(700)
        times.append(page.evaluate(KEY, query))
    page.context.close()
    return times


def questions() -> list[str]:
    """What people type, all kinds: every third of bench/questions.jsonl."""
    lines = (HOME / "bench" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines][::3]


def repeated(public: Path, folder: Path, times: int) -> Path:
    """A copy of the published site whose search files hold the records many times over."""
    site = folder / "public"
    shutil.copytree(public, site)
    first, second = site / "data" / "search.json", site / "data" / "search-more.json"
    more = json.loads(second.read_text(encoding="utf-8"))
    more |= {name: more[name] * times for name in ("words", "summaries")}
    for path, value in ((first, grown(json.loads(first.read_text(encoding="utf-8")), times)), (second, more)):
        path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--site", type=Path, default=HOME / "public")
    parser.add_argument("--times", type=int, default=1, help="repeat the records so many times")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = args.site if args.times == 1 else repeated(args.site, Path(folder), args.times)
        measure(site, args.rounds)


def measure(site: Path, count: int) -> None:
    with served(site) as address, chromium() as browser:
        first_answer(browser, address, FIRST[0])  # the server packs each file once; that is not the phone's wait
        for query in FIRST:
            rounds = [first_answer(browser, address, query) for _ in range(count)]
            first, done = (statistics.median(r[name] for r in rounds) for name in ("first", "done"))
            last = rounds[-1]
            print(f"{query}: first {first:.0f} ms, whole {done:.0f} ms")
            print(f"  before the first: {last['bytes']} bytes, {len(last['requests'])} requests: {', '.join(last['requests'])}")
        times = sorted(keys(browser, address, questions()))
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"key to answer: median {middle:.0f} ms, 95th percentile {late:.0f} ms, of {len(times)} questions")


if __name__ == "__main__":
    main()
