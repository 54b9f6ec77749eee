"""What the preview answers: the files of a folder under the published headers, and the word that they have changed."""

from __future__ import annotations

import contextlib
import html
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tornado import web
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from guide.publish import headers

NAMES = ("localhost", "127.0.0.1", "[::1]")  # how this machine calls itself
RELOAD, CHANGES = "/-/reload.js", "/-/changes"  # no id begins with a hyphen
# As a file of the same origin: the published policy lets it run without a hole for it. It says which edition its page is
# of, so that a change made while the page was loading, or a restart, is not missed.
SCRIPT = """\
const edition = document.currentScript.dataset.edition;
const wait = () => {
  const changes = new WebSocket(`ws://${location.host}/-/changes?edition=${edition}`);
  changes.onmessage = () => location.reload();
  changes.onclose = () => setTimeout(wait, 1000);
};
addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
wait();
"""
TAG = f'<script src="{RELOAD}" data-edition="{{edition}}" defer></script>'
# Said here, not asked of the machine: on some, a program that was once installed calls scripts plain text.
KINDS: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
}
TOLD = {
    403: "この見本は、この機械のブラウザーだけに見せています。アドレス欄に {address} と入れて開いてください。",
    404: "このページはまだありません。端末に間違いが出ていないか、確かめてください。直すと、ここに出ます。",
}
OTHERWISE = "この求めには答えられません。"
PAGE = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{code}</title></head><body><p>{text}</p></body></html>'


@dataclass(slots=True)
class Site:
    """The folder that is shown, the port where, and the open pages that wait for a change."""

    folder: Path
    port: int
    waiting: set[Changes] = field(default_factory=set)
    edition: str = field(default_factory=lambda: uuid.uuid4().hex)  # another one after each change and each start

    def hosts(self) -> frozenset[str]:
        """What a browser of this machine may call the preview."""
        bare = NAMES if self.port == 80 else ()
        return frozenset((*bare, *(f"{name}:{self.port}" for name in NAMES)))

    def tell(self) -> None:
        """Have all open pages load anew, and those too that are just being loaded."""
        self.edition = uuid.uuid4().hex
        for page in tuple(self.waiting):
            with contextlib.suppress(WebSocketClosedError):  # it is just being closed
                page.write_message("changed")


class Local(web.RequestHandler):
    """An answer for this machine's own browser, with the published headers; everybody else is refused."""

    site: Site

    def initialize(self, site: Site) -> None:
        """Tornado's hook: what every handler needs to know."""
        self.site = site

    def prepare(self) -> None:
        """Refuse another name (DNS rebinding) and what another site's page asks for."""
        origin = self.request.headers.get("Origin")
        if self.request.headers.get("Host", "").lower() not in self.site.hosts() or not (
            origin is None or ours(origin, self.site)
        ):
            raise web.HTTPError(403)

    def set_default_headers(self) -> None:
        """The published headers, but for two: https is not asked for, and nothing is kept, so that what is seen is new."""
        for name, value in headers.EVERYWHERE.items():
            self.set_header(name, value)
        self.clear_header("Strict-Transport-Security")
        self.clear_header("Server")
        self.set_header("Cache-Control", headers.NOWHERE)
        host = self.request.headers.get("Host", "").lower()
        if host in self.application.settings["hosts"]:
            # Not every browser takes 'self' for a WebSocket of the same host.
            live = headers.POLICY.replace("connect-src 'self'", f"connect-src 'self' ws://{host}")
            self.set_header("Content-Security-Policy", live)

    def compute_etag(self) -> None:
        """None: everything is sent each time."""

    def write_error(self, status_code: int, **_: object) -> None:
        """The guide's own page for what is missing; a sentence for everything else."""
        self.set_header("Content-Type", KINDS[".html"])
        missing = self.site.folder / "404.html"
        if status_code == 404 and missing.is_file():
            self.finish(missing.read_bytes())
            return
        text = TOLD.get(status_code, OTHERWISE).format(address=f"http://{NAMES[1]}:{self.site.port}/")
        self.finish(PAGE.format(code=status_code, text=html.escape(text)))


class Missing(Local):
    """Whatever is no address here, such as another host's in full."""

    def prepare(self) -> None:
        """Refuse, or say that there is nothing."""
        super().prepare()
        raise web.HTTPError(404)


class Files(Local, web.StaticFileHandler):
    """The files of the folder."""

    def initialize(self, site: Site) -> None:  # type: ignore[override]  # Tornado passes what the address names
        """Tornado's hook, for both."""
        Local.initialize(self, site)
        web.StaticFileHandler.initialize(self, str(site.folder), "index.html")

    def parse_url_path(self, url_path: str) -> str:
        """The path below the folder. Odd ones (control characters, hidden files, another disk) lead to nothing."""
        parts = url_path.split("/")
        hidden = any(part.startswith(".") for part in parts if part != ".well-known")
        if hidden or not url_path.isprintable() or set(url_path) & set("\\:") or "" in parts[:-1]:
            raise web.HTTPError(404)
        return super().parse_url_path(url_path)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """The file to send; whatever cannot be read is not there."""
        try:
            found = super().validate_absolute_path(root, absolute_path)
        except (web.HTTPError, OSError, ValueError) as error:
            raise web.HTTPError(404) from error
        if self.request.path.endswith("/") and found == absolute_path:
            raise web.HTTPError(404)  # a file is no folder
        return found

    def get_content_type(self) -> str:
        """The kind of the file, the same on every machine."""
        assert self.absolute_path is not None
        return KINDS.get(Path(self.absolute_path).suffix, "application/octet-stream")

    def should_return_304(self) -> bool:
        """No: see compute_etag."""
        return False


class Script(Local):
    """The script that waits for a change."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", KINDS[".js"])
        self.write(SCRIPT)


class Changes(Local, WebSocketHandler):
    """An open page that waits for a change."""

    def check_origin(self, origin: str) -> bool:
        """A page of the preview itself, and no other."""
        return ours(origin, self.site)

    def open(self, *_: str, **__: str) -> None:
        """Begin to wait; not at all, when the page is of an edition that was replaced while it was loaded."""
        self.site.waiting.add(self)
        if self.get_query_argument("edition", "") != self.site.edition:
            self.write_message("changed")

    def on_message(self, message: str | bytes) -> None:
        """Nothing is asked here."""

    def on_close(self) -> None:
        """Wait no longer."""
        self.site.waiting.discard(self)


class Live(web.OutputTransform):
    """Adds the script to each page on its way; the files stay as they are published."""

    site: Site  # of the one that is shown: see live

    def __init__(self, request: HTTPServerRequest) -> None:  # noqa: ARG002  # Tornado's own form
        """Take which edition it is before the file is read: told too old, it is loaded once more; never told too new."""
        self.tag = TAG.format(edition=self.site.edition).encode()

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002, FBT001  # Tornado's own form
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Put it at the end of the head, and count it."""
        if headers.get("Content-Type", "").startswith("text/html") and b"</head>" in chunk:
            chunk = chunk.replace(b"</head>", self.tag + b"</head>", 1)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(int(headers["Content-Length"]) + len(self.tag))
        return status_code, headers, chunk


def live(site: Site) -> type[Live]:
    """The transform for one site: Tornado makes it anew for each answer and gives it the request alone."""
    return type("LiveHere", (Live,), {"site": site})


def ours(origin: str, site: Site) -> bool:
    """Whether an origin is a page of the preview, under one of its names."""
    return origin.lower() in {f"http://{host}" for host in site.hosts()}


def application(site: Site) -> web.Application:
    """All of it, for Tornado's server."""
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)  # what is missing is told in the page
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)  # requests that are none
    given = {"site": site}
    return web.Application(
        [(RELOAD, Script, given), (CHANGES, Changes, given), (r"/(.*)", Files, given)],
        default_handler_class=Missing,
        default_handler_args=given,
        transforms=[live(site)],
        log_function=lambda _: None,
        hosts=site.hosts(),
    )
