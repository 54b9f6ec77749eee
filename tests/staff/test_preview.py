"""`build.py serve`, driven: its own folder, the published headers, this machine's browser only, odd paths, a taken port."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import HOME, SITES, tree
from previewing import eventually, preview

from guide.publish import headers

Answer = tuple[int, dict[str, str], bytes]
LIVE = rb'<script src="/-/reload.js" data-edition="[0-9a-f]{32}" defer></script>'


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """A preview of the invented town: its address, its edition and what it printed."""
    folder = tmp_path_factory.mktemp("preview")
    shutil.copytree(SITES / "good", folder / "edition", ignore=shutil.ignore_patterns("expected"))
    with preview(folder / "edition", folder / "public") as (address, log):
        yield address, folder / "edition", log


def ask(address: str, path: str, method: str = "GET", **sent: str) -> Answer:
    """One request, its path as it is written here."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
    for name, value in sent.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_the_site_is_shown_with_the_headers_that_it_is_published_with(shown: tuple[str, Path, Path]) -> None:
    """All but two: https is not asked for on loopback, and nothing is kept, so that what is seen is what was just built."""
    address, _, _ = shown
    for path in ("/", "/programs/kome-bin/", "/data/guide.json", "/nowhere/"):
        _, sent, _ = ask(address, path)
        for name, value in headers.EVERYWHERE.items():
            if name == "Content-Security-Policy":
                live = f"connect-src 'self' ws://{urlsplit(address).netloc}"
                assert sent[name] == value.replace("connect-src 'self'", live) != value
            elif name not in ("Strict-Transport-Security", "Cache-Control"):
                assert sent[name] == value
        assert "Strict-Transport-Security" not in sent
        assert sent["Cache-Control"] == "no-store"
        assert "Server" not in sent
    assert ask(address, "/-/reload.js")[1]["Content-Type"].startswith("text/javascript")


def test_the_script_that_reloads_is_a_file_of_the_same_origin_and_in_no_published_file(shown: tuple[str, Path, Path]) -> None:
    address, edition, _ = shown
    status, sent, body = ask(address, "/programs/kome-bin/")
    assert (status, len(body)) == (200, int(sent["Content-Length"]))
    assert len(re.findall(LIVE + rb"</head>", body)) == 1
    made = tree(edition.parent / ".public-preview" / "site")
    assert "gallery/index.html" in made
    assert not [path for path, data in made.items() if b"/-/reload" in data]


def test_the_preview_lies_in_the_editions_own_folder(mini: Path) -> None:
    """As `make serve` does it: the site is to be published in the edition's public/."""
    with preview(mini, mini / "public") as (address, _):
        assert ask(address, "/")[0] == 200
    assert not (mini / "public").exists()
    assert (mini / ".public-preview").is_dir()


def test_the_preview_never_touches_the_folder_that_is_published(mini: Path, tmp_path: Path) -> None:
    """No gallery and no page of it gets there, whether the folder is missing or holds a site for another path."""
    out = tmp_path / "public"
    with preview(mini, out):
        assert not out.exists()
    command = [sys.executable, str(HOME / "build.py"), "--site", str(mini), "--out", str(out), "--today", "2026-03-01"]
    subprocess.run([*command, "--no-search", "--base-path", "/guide/"], check=True, capture_output=True)
    before = tree(out), (out / "index.html").stat().st_mtime_ns
    with preview(mini, out) as (address, _):
        assert ask(address, "/gallery/")[0] == 200
        assert b'href="/guide/' not in ask(address, "/")[2]
    assert (tree(out), (out / "index.html").stat().st_mtime_ns) == before
    assert {path.name for path in tmp_path.iterdir()} >= {".public-preview", "public"}


@pytest.mark.parametrize("host", ["evil.test", "evil.test:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.test:{port}", ""])
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/data/guide.json", "/-/reload.js", "/-/changes", "/%00"])
def test_another_name_gets_nothing(shown: tuple[str, Path, Path], host: str, path: str) -> None:
    """DNS rebinding: a page of another site that makes its own name lead here cannot read the draft."""
    address, _, _ = shown
    status, _, body = ask(address, path, Host=host.format(port=urlsplit(address).port))
    assert status in (400, 403)
    assert "相談" not in body.decode()


def test_this_machines_own_names_are_answered(shown: tuple[str, Path, Path]) -> None:
    address, _, _ = shown
    port = urlsplit(address).port
    for host in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST"):
        assert ask(address, "/", Host=f"{host}:{port}", Origin=f"http://{host}:{port}")[0] == 200
    with socket.create_connection(("::1", port)) as six:
        six.sendall(f"GET / HTTP/1.1\r\nHost: [::1]:{port}\r\nConnection: close\r\n\r\n".encode())
        assert six.recv(100).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://[x", "file://"]
)
def test_another_sites_page_gets_nothing_and_hears_of_no_change(shown: tuple[str, Path, Path], origin: str) -> None:
    address, _, _ = shown
    told = origin.format(port=urlsplit(address).port)
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert ask(address, "/", Origin=told)[0] == 403
    assert ask(address, "/-/changes", Origin=told, **upgrade)[0] == 403
    assert ask(address, "/-/changes", Origin=address.rstrip("/"), **upgrade)[0] == 101


ODD = (
    *("/%00", "/a%00b/", "/index.html%00", "/%ff", "/%c3%28", "/%0a", "/%0d%0aX: y", "/%1b[31m", "/%7f", "/%e2%80%ae"),
    *(
        "/..",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e%5c",
        "//etc/passwd",
        "///",
        "//evil.test/",
    ),
    *(
        "/C:/x",
        "/c%3a/",
        "/a%5cb",
        "/.guide-site",
        "/.git/config",
        "/programs/.x",
        "/index.html/",
        "/404.html/x",
        "/con",
        "/nul.txt",
    ),
    *("/" + "a" * 300, "/" + "a" * 6000, "/" + "a/" * 2000, "/%", "/%zz", "/?%00", "/programs/%E3%81%82/", "/\udcff"),
    *("http://evil.test/", "evil.test:80", "*", "/-/", "/-/x", "/livereload", "/forcereload"),
)


@pytest.mark.parametrize("path", ODD, ids=lambda path: ascii(path[:24]))
def test_odd_paths_lead_to_nothing_and_to_no_traceback(shown: tuple[str, Path, Path], path: str) -> None:
    """Answered as not there, or as no request; nothing is printed, and nothing of the machine is told."""
    address, _, log = shown
    before = log.read_text()
    with socket.create_connection((urlsplit(address).hostname or "", urlsplit(address).port or 0)) as line:
        head = f"GET {path} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nConnection: close\r\n\r\n"
        line.sendall(head.encode("utf-8", "surrogateescape"))
        told = line.makefile("rb").read()
    status = int(told.split(b" ", 2)[1])
    assert status in ((200, 404) if path == "/?%00" else (400, 404)), told[:300]
    assert b"root:" not in told
    assert b"Traceback" not in told
    assert log.read_text() == before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_other_methods_are_refused(shown: tuple[str, Path, Path], method: str) -> None:
    address, _, log = shown
    assert ask(address, "/", method)[0] in (400, 405)
    assert "Traceback" not in log.read_text()


def test_a_missing_page_is_the_guides_own(shown: tuple[str, Path, Path]) -> None:
    address, edition, _ = shown
    status, _, body = ask(address, "/programs/nai/")
    own = (edition.parent / ".public-preview" / "site" / "404.html").read_bytes()
    assert status == 404
    assert re.sub(LIVE, b"", body) == own


def test_a_folder_without_its_slash_leads_to_the_page(shown: tuple[str, Path, Path]) -> None:
    address, _, _ = shown
    status, sent, _ = ask(address, "/programs/kome-bin")
    assert (status, sent["Location"]) == (301, "/programs/kome-bin/")


def test_a_new_file_with_an_old_date_is_seen(mini: Path, tmp_path: Path) -> None:
    """As it comes out of an archive, a copy that keeps times, or another folder."""
    kept = tmp_path / "kome-bin-2.md"
    shutil.copy(mini / "content" / "programs" / "kome-bin.md", kept)
    kept.write_text(kept.read_text().replace("status: active", "status: x"))
    os.utime(kept, (1_000_000_000, 1_000_000_000))
    with preview(mini, tmp_path / "public") as (_, log):
        kept.rename(mini / "content" / "programs" / "kome-bin-2.md")
        assert eventually(lambda: "content/programs/kome-bin-2.md" in log.read_text()), log.read_text()


def test_what_is_saved_while_the_preview_starts_is_seen(mini: Path, tmp_path: Path) -> None:
    """Between the first build and the begin of the watching too."""
    program = mini / "content" / "programs" / "kome-bin.md"
    with preview(mini, tmp_path / "public") as (address, _):
        program.write_text(program.read_text().replace("米を届けます", "お米を運びます"))  # at once
        assert eventually(lambda: "お米を運びます" in ask(address, "/programs/kome-bin/")[2].decode())


def test_a_preview_of_a_faulty_edition_says_what_to_do_and_shows_it_once_it_is_mended(mini: Path, tmp_path: Path) -> None:
    units = mini / "content" / "units.yaml"
    good = units.read_text()
    units.write_text("units: 3\n")
    with preview(mini, tmp_path / "public") as (address, log):
        assert "content/units.yaml:1:8  エラー F001" in log.read_text()
        status, _, body = ask(address, "/")
        assert (status, "端末に間違いが出ていないか" in body.decode(), b"/-/reload.js" in body) == (404, True, True)
        units.write_text(good)
        assert eventually(lambda: ask(address, "/")[0] == 200)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["IPv4", "IPv6"])
def test_a_taken_port_is_said_plainly_with_what_to_do(mini: Path, tmp_path: Path, family: socket.AddressFamily) -> None:
    """Before anything is built. Under ::1 alone too: `localhost` would show the other program."""
    with socket.socket(family) as taken:
        taken.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve_refused(mini, tmp_path, port)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"やめました: {port} 番は、ほかのプログラム（もう1つの make serve など）が使っています。")
    assert done.stderr.endswith(f"build.py serve --port {port + 1}\n")
    assert not (tmp_path / ".public-preview").exists()


@pytest.mark.parametrize("port", [70000, -1])
def test_a_port_that_is_none_is_said_plainly(mini: Path, tmp_path: Path, port: int) -> None:
    done = serve_refused(mini, tmp_path, port)
    assert done.returncode == 2
    assert (
        done.stderr
        == f"やめました: 番号（--port）の {port} は使えません。1024 から 65535 までの数にしてください（例: --port 8001）。\n"
    )


def serve_refused(edition: Path, folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOME / "build.py"), "serve", "--site", str(edition), "--out", str(folder / "public")]
    return subprocess.run([*command, f"--port={port}"], capture_output=True, text=True, check=False, timeout=60)


def test_where_nothing_can_be_watched_it_is_said_and_the_site_is_shown(mini: Path, tmp_path: Path) -> None:
    """Neither by the system (its limit is reached) nor by looking: no silent end, and the pages are there."""
    code = """import sys, build
from guide.staff import preview
def watch(*_, force_polling, **__):
    raise OSError("OS file watch limit reached") if force_polling is None else RuntimeError("no")
preview.watch = watch
sys.exit(build.main(sys.argv[1:]))"""
    with preview(mini, tmp_path / "public", code=code) as (address, log):
        assert eventually(lambda: "直したことを、自動では知れません" in log.read_text()), log.read_text()
        assert ask(address, "/")[0] == 200
        assert log.read_text().count("もう一度始めてください") == 1
        assert "Traceback" not in log.read_text()


def test_where_the_system_watches_no_more_changes_are_seen_by_looking(mini: Path, tmp_path: Path) -> None:
    """A machine whose limit of watched folders is reached; what was saved while that became known is not missed."""
    code = """import sys, build
from guide.staff import preview
real = preview.watch
def watch(*folders, force_polling, **more):
    if force_polling is None:
        yield set()
        raise OSError("OS file watch limit reached")
    yield from real(*folders, force_polling=force_polling, **more)
preview.watch = watch
sys.exit(build.main(sys.argv[1:]))"""
    program = mini / "content" / "programs" / "kome-bin.md"
    with preview(mini, tmp_path / "public", code=code) as (address, log):
        program.write_text(program.read_text().replace("米を届けます", "お米を運びます"))
        assert eventually(lambda: "お米を運びます" in ask(address, "/programs/kome-bin/")[2].decode())
        assert "自動では知れません" not in log.read_text()
