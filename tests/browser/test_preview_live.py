"""The preview in a real browser: it reloads by itself under the published policy, without a violation."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Watch
from playwright.sync_api import Browser, Route, expect
from previewing import eventually, preview

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_saved_change_shows_by_itself_under_the_published_policy(
    browser: Browser, mini: Path, tmp_path: Path, name: str
) -> None:
    program = mini / "content" / "programs" / "kome-bin.md"
    with preview(mini, tmp_path / "public") as (address, _):
        here = address.replace("127.0.0.1", name)
        context = browser.new_context(locale="ja-JP")
        page = context.new_page()
        watch = Watch(page, here)
        listening: list[str] = []
        page.on("websocket", lambda opened: listening.append(opened.url))
        page.goto(here + "programs/kome-bin/")
        page.wait_for_function("() => performance.getEntriesByName(location.origin + '/-/reload.js').length === 1")
        page.wait_for_timeout(300)
        assert [url.split("?")[0] for url in listening] == [here.replace("http", "ws") + "-/changes"]
        program.write_text(program.read_text().replace("米を届けます", "お米を運びます"))
        expect(page.locator("main")).to_contain_text("お米を運びます", timeout=20_000)
        program.write_text(program.read_text().replace("お米を運びます", "米を届けます"))  # soon after: not too soon to be seen
        expect(page.locator("main")).not_to_contain_text("お米を運びます", timeout=20_000)
        assert watch.errors == []
        assert watch.strangers == []
        context.close()


def test_a_change_while_the_page_loads_is_not_missed(browser: Browser, mini: Path, tmp_path: Path) -> None:
    """The page's script comes late, as on a busy machine; the change is built before it listens."""
    program = mini / "content" / "programs" / "kome-bin.md"
    with preview(mini, tmp_path / "public") as (address, _):
        context = browser.new_context(locale="ja-JP")
        page = context.new_page()

        def late(route: Route) -> None:
            program.write_text(program.read_text().replace("米を届けます", "お米を運びます"))
            assert eventually(lambda: "お米を運びます" in context.request.get(address + "programs/kome-bin/").text())
            route.continue_()

        page.route("**/-/reload.js", late, times=1)
        page.goto(address + "programs/kome-bin/", wait_until="commit")
        expect(page.locator("main")).to_contain_text("お米を運びます", timeout=20_000)
        context.close()


def test_another_sites_page_cannot_listen_or_read(browser: Browser, mini: Path, tmp_path: Path) -> None:
    """A page on another port of this machine, which is another origin, gets no WebSocket and no text."""
    with preview(mini, tmp_path / "public") as (address, _), preview(mini, tmp_path / "other" / "public") as (other, _):
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(other)
        heard = page.evaluate(
            """async (address) => {
              const socket = await new Promise((done) => {
                const tried = new WebSocket(address.replace("http", "ws") + "-/changes");
                tried.onopen = () => done("open");
                tried.onerror = () => done("refused");
              });
              const text = await fetch(address).then((answer) => answer.text(), () => "refused");
              return [socket, text];
            }""",
            address,
        )
        context.close()
    assert heard == ["refused", "refused"]
