"""What keeps an open page of the preview new: the site that is shown, the script in each page, who waits for a change."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from tornado import web
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.websocket import WebSocketClosedError, WebSocketHandler

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


@dataclass(slots=True)
class Site:
    """The folder that is shown, the port where, and the open pages that wait for a change."""

    folder: Path
    port: int
    waiting: set[WebSocketHandler] = field(default_factory=set)
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
