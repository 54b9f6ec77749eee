"""Mini-sites built whole, the real guide built once, a server with the real headers, a real browser."""

from __future__ import annotations

import datetime
import functools
import http.server
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from guide import pipeline

HOME = Path(__file__).resolve().parent.parent
SITES = HOME / "tests" / "sites"
TODAY = datetime.date(2026, 11, 30)
MINI_TODAY = datetime.date(2026, 3, 1)
Sample = Callable[[Iterable[Any], int], list[Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what was built as what is expected")
    parser.addoption("--every-page", action="store_true", help="open all pages where a part of them is enough to see a fault")


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Sample:
    """Each nth of many like things, which shows a fault of their kind; all of them with --every-page (make every-page)."""
    every = request.config.getoption("--every-page")
    return lambda things, nth: list(things)[:: 1 if every else nth]


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A fresh copy of the invented town's edition."""
    folder = tmp_path / "edition"
    shutil.copytree(SITES / "good", folder, ignore=shutil.ignore_patterns("expected"))
    return folder


@pytest.fixture
def job(mini: Path, tmp_path: Path) -> Callable[..., pipeline.Job]:
    """A build job for the mini edition; keyword arguments replace its fields."""

    def make(**changes: object) -> pipeline.Job:
        fields = {"edition": mini, "home": HOME, "out": tmp_path / "public", "today": MINI_TODAY, "search": False}
        return pipeline.Job(**{**fields, **changes})  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built once for a fixed day, search index included."""
    out = tmp_path_factory.mktemp("real") / "public"
    result = pipeline.build(pipeline.Job(HOME, HOME, out, TODAY))
    assert result.published, result.findings
    return out


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def read_headers(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """The rules of the published _headers file: path pattern and its headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(" "):
            rules.append((line, {}))
        elif ": " in line:
            name, value = line.strip().split(": ", 1)
            rules[-1][1][name] = value
    return rules


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a published site below its base path, with the headers it was published with."""

    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
    }
    rules: list[tuple[str, dict[str, str]]]
    base: str
    seen: list[str] | None = None  # what is asked for, where somebody wants to know

    def do_GET(self) -> None:
        if self.seen is not None:
            self.seen.append(self.path)
        super().do_GET()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def end_headers(self) -> None:
        for pattern, headers in self.rules:
            if re.fullmatch(pattern.replace("*", ".*"), self.path.partition("?")[0]):
                for name, value in headers.items():
                    if name != "Strict-Transport-Security":
                        self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    """Quiet when a browser leaves in the middle of an answer, as browsers do when a page is closed."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serve(folder: Path, base: str = "/", seen: list[str] | None = None) -> tuple[http.server.ThreadingHTTPServer, str]:
    """A server for a published site on loopback, and its address."""
    handler = type("Bound", (Handler,), {"rules": read_headers(folder), "base": base, "seen": seen})
    server = Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}{base}"


@pytest.fixture(scope="session")
def address(public: Path) -> Iterator[str]:
    """The real guide, served with its own headers."""
    server, url = serve(public)
    yield url
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver: it does not start twice."""
    with sync_playwright() as driver:
        yield driver


def chromium(playwright: Playwright, *more: str) -> Browser:
    """Chromium, as found by tools/browser.sh, with further flags."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return playwright.chromium.launch(executable_path=path, args=[*flags, *more])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One for all tests."""
    started = chromium(playwright)
    yield started
    started.close()


class Watch:
    """What a page said and asked for: console errors, violations and requests to other origins."""

    def __init__(self, page: Page, origin: str) -> None:
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith((origin, "data:")) else self.strangers.append(r.url))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone-sized page; the test fails when it logs an error or asks another origin."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    tab = context.new_page()
    watch = Watch(tab, address)
    yield tab
    context.close()
    assert watch.errors == []
    assert watch.strangers == []
