"""A Firefox for the tests: the machine's own, spoken to in WebDriver BiDi, which it understands by itself (no geckodriver).

Playwright drives a Firefox of its own make only; the stable one lacks a command that it sends to every page. Here is the
little that the tests ask for. Tornado, which the preview uses, is the WebSocket.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Awaitable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tornado.websocket import WebSocketClientConnection, websocket_connect

NAMES = ("firefox-esr", "firefox")
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "intl.accept_languages": "ja",
    "dom.events.testing.asyncClipboard": True,  # reading what was copied asks nobody
}
KEYS = {"Shift": "\ue008", "Escape": "\ue00c", "Control": "\ue009", "Tab": "\ue004", "Enter": "\ue007"}
LONGEST = 30  # seconds for one command


class Missing(Exception):
    """No Firefox on this machine."""


class Firefox:
    """One tab of a Firefox without a window, as large as a phone."""

    def __init__(self, width: int = 360, height: int = 740) -> None:
        path = next((found for name in NAMES if (found := shutil.which(name))), None)
        if path is None:
            raise Missing("Firefox がありません（Debian では firefox-esr）。")
        self.size = {"width": width, "height": height}
        self.folder = tempfile.mkdtemp(prefix="guide-firefox-")
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (Path(self.folder) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--profile", self.folder, "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.loop = asyncio.new_event_loop()  # in a thread of its own: Playwright's runs in this one
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.numbers = itertools.count(1)
        self.socket: WebSocketClientConnection

    def __enter__(self) -> Self:
        try:
            self.socket = self._wait(self._connected(f"{self._address()}/session"))
            self.ask("session.new", capabilities={})
            self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]
            self.ask("browsingContext.setViewport", context=self.tab, viewport=self.size)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(LONGEST)
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(LONGEST)
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _address(self) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(r"listening on (ws://\S+)", line):
                return found[1]
        raise Missing("Firefox が動きません。")

    async def _connected(self, address: str) -> WebSocketClientConnection:
        return await websocket_connect(address)

    def _wait(self, work: Awaitable[Any]) -> Any:  # noqa: ANN401  # whatever was asked for
        async def limited() -> Any:  # noqa: ANN401
            return await asyncio.wait_for(work, LONGEST)

        return asyncio.run_coroutine_threadsafe(limited(), self.loop).result()

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """One command and its answer; what Firefox tells by itself meanwhile is passed over."""

        async def asked() -> dict[str, Any]:
            number = next(self.numbers)
            await self.socket.write_message(json.dumps({"id": number, "method": method, "params": params}))
            while (message := await self.socket.read_message()) is not None:
                answer = json.loads(message)
                if answer.get("id") == number:
                    return answer
            raise ConnectionError(method)

        answer = self._wait(asked())
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def goto(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def back(self) -> None:
        """One step back in the history."""
        self.ask("browsingContext.traverseHistory", context=self.tab, delta=-1)

    def evaluate(self, script: str) -> Any:  # noqa: ANN401  # a JSON value
        """The value of an expression in the page, promises waited for."""
        asked = f"(async () => JSON.stringify(await ({script}) ?? null))()"
        result = self.ask(
            "script.evaluate", expression=asked, target={"context": self.tab}, awaitPromise=True, userActivation=True
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def until(self, script: str) -> Any:  # noqa: ANN401  # a JSON value
        """Ask until the expression is true, and give its value; a page that is being left is asked again."""
        for _ in range(LONGEST * 10):
            try:
                if value := self.evaluate(script):
                    return value
            except RuntimeError:
                pass
            self.pause(0.1)
        raise TimeoutError(script)

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        self._wait(asyncio.sleep(seconds))

    def press(self, *keys: str, held: float = 0) -> None:
        """Keys pressed one after the other and then let go (Control, c is Ctrl+C)."""
        codes = [KEYS.get(key, key) for key in keys]
        actions: list[dict[str, object]] = [{"type": "keyDown", "value": code} for code in codes]
        actions.append({"type": "pause", "duration": int(held * 1000)})
        actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self.ask("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def click(self, selector: str) -> None:
        """A click in the middle of the element."""
        box = self.evaluate(
            f"(e => (e.scrollIntoView({{block: 'center', behavior: 'instant'}}), e.getBoundingClientRect().toJSON()))"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        spot = {"x": int(box["x"] + box["width"] / 2), "y": int(box["y"] + box["height"] / 2)}
        actions = [{"type": "pointerMove", **spot}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.ask("input.performActions", context=self.tab, actions=[{"type": "pointer", "id": "mouse", "actions": actions}])
