"""What the preview answers: the files of a folder under the published headers."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping
from pathlib import Path

from tornado import web
from tornado.websocket import WebSocketHandler

from guide.publish import headers
from guide.staff.live import CHANGES, NAMES, RELOAD, SCRIPT, Site, live, ours

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
