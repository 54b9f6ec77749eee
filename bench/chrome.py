"""For the measuring commands: a published site served as a host would (brotli, its own headers), and a slow phone's browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import mimetypes
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import brotli
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# "Slow 4G" as Lighthouse and DevTools apply it: 562.5 ms a request, 1,440 kbit/s down, 675 kbit/s up.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1440 * 125, "uploadThroughput": 675 * 125}
# A living room with hardly any signal (PERF-2): 400 ms a round trip, 400 kbit/s.
WEAK = {"offline": False, "latency": 400, "downloadThroughput": 400 * 125, "uploadThroughput": 400 * 125}
PACKED = (".pf_fragment", ".pf_index", ".pf_meta", ".pagefind", ".png")


@functools.cache
def packed(path: str, _changed: float) -> bytes:
    """A file as it goes over the wire (brotli, quality 11)."""
    return brotli.compress(Path(path).read_bytes(), quality=11)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves text files with brotli."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the library's name
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        plain = path.name.endswith(PACKED)
        data = path.read_bytes() if plain else packed(str(path), path.stat().st_mtime)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        if not plain:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


class Quiet(http.server.ThreadingHTTPServer):
    """Says nothing when a browser leaves in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """The address of a folder served on loopback."""
    mimetypes.add_type("application/wasm", ".wasm")
    mimetypes.add_type("text/javascript", ".js")
    server = Quiet(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def browser_path() -> str:
    """The browser of the tests: $CHROMIUM, what tools/browser.sh found, or the machine's own."""
    noted = HOME / ".tools" / "chromium"
    return os.environ.get("CHROMIUM") or (noted.read_text().strip() if noted.exists() else shutil.which("chromium") or "")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


def phone(browser: Browser, *, line: dict[str, float] | None = None, slower: float = 1) -> tuple[Page, CDPSession]:
    """A cold phone-sized page and its protocol session; `line` is SLOW_4G or WEAK, `slower` divides the processor's speed."""
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if line:
        session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page, session
