"""deploy/ as a newcomer follows it: nginx with and without its Brotli module, and Apache, started with exactly those files."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import brotli
import hosting
import pytest
from conftest import HOME, MINI_TODAY, SITES
from hosting import Running

from guide import pipeline
from guide.publish import headers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]
OPEN_PAGES = ("", "list/", "search/", "minsei/", "about/", "accessibility/")
CLOSED_PAGES = (
    *("urgent/", "safety/", "without-phone/", "schemes/tasukeai/"),
    *("consultation/keisatsu/", "programs/fune-shuri/", "situations/kurashi/", "situations/kurashi/harai/"),
)
BROWSER = "gzip, deflate, br"


def publish(out: Path, edition: Path = SITES / "good", base: str = "/") -> Path:
    result = pipeline.build(pipeline.Job(edition, HOME, out, MINI_TODAY, base_path=base, packed=True))
    assert result.published, result.findings
    return out


def started(kind: str, public: Path, base: str = "/") -> Iterator[Running]:
    """A server; left out with a plain word where it is not installed, but never in CI."""
    try:
        with hosting.serving(kind, public, base) as running:
            yield running
    except hosting.Missing as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("served") / "public")


@pytest.fixture(scope="module", params=hosting.KINDS)
def server(request: pytest.FixtureRequest, site: Path) -> Iterator[Running]:
    yield from started(request.param, site)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def below(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A guide built for a base path."""
    out = tmp_path_factory.mktemp("below") / "public"
    yield from started(request.param, publish(out, base="/guide/"), "/guide/")


def asset(public: Path) -> str:
    return next(path for path in public.glob("assets/*/site.css")).relative_to(public).as_posix()


def test_pages_come_with_their_type_and_the_whole_policy(server: Running) -> None:
    for path in (*OPEN_PAGES, *CLOSED_PAGES):
        answer = server.get("/" + path)
        assert answer.status == 200, path
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.body == (server.public / path / "index.html").read_bytes()
        for name, value in headers.EVERYWHERE.items():
            assert answer.headers[name.lower()] == value, (path, name)


def test_each_class_of_files_is_kept_as_long_as_it_may(server: Running) -> None:
    """Pages that may tell of a trouble nowhere, open ones asked for anew, files with a hash in their name for good (PERF-7)."""
    index = next((server.public / "pagefind" / "index").iterdir()).name
    paths = [*OPEN_PAGES, *CLOSED_PAGES, asset(server.public), f"pagefind/index/{index}"]
    for path in [*paths, "data/guide.json", "data/search.json", "pagefind/pagefind.js", "404.html"]:
        expected = headers.cache(path)
        assert server.get("/" + path).headers["cache-control"] == expected, path
    assert {headers.cache(path) for path in OPEN_PAGES} == {"no-cache"}
    assert {headers.cache(path) for path in CLOSED_PAGES} == {"no-store"}
    assert headers.cache(asset(server.public)) == "public, max-age=31536000, immutable"


def test_asking_anew_costs_nothing_when_nothing_changed(server: Running) -> None:
    for path in ("/list/", "/" + asset(server.public)):
        first = server.get(path)
        again = server.get(path, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["nope", "assets/0123456789ab/site.css", "pagefind/index/zxx_gone.pf_index", "consultation/nobody/", "list/x.json"]
)
def test_what_is_missing_is_told_by_our_own_page_and_never_kept(server: Running, path: str) -> None:
    """A missing stylesheet's 404 was kept by browsers for a year."""
    answer = server.get("/" + path)
    assert answer.status == 404
    assert answer.body == (server.public / "404.html").read_bytes()
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == headers.POLICY


@pytest.mark.parametrize("folder", ["assets/", "consultation/", "programs/", "pagefind/", "data/"])
def test_a_folder_without_a_page_is_missing_not_forbidden(server: Running, folder: str) -> None:
    answer = server.get("/" + folder)
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
    assert answer.body == (server.public / "404.html").read_bytes()


def test_what_lies_there_for_servers_is_not_handed_out(server: Running) -> None:
    """Under no spelling. Apache's own rule forbids .htaccess, before ours can say that there is none."""
    for name in ("_headers", "nginx-headers.conf", ".guide-site", ".htaccess"):
        assert (server.public / name).exists()
        for path in (f"/{name}", f"//{name}", f"/list/../{name}", f"/%{ord(name[0]):x}{name[1:]}", f"/{name}?x"):
            answer = server.get(path)
            assert answer.status == 404 or (name == ".htaccess" and answer.status == 403), path
            assert b"Content-Security-Policy" not in answer.body
    (server.public / ".well-known").mkdir(exist_ok=True)
    (server.public / ".well-known" / "security.txt").write_text("Contact: x\n", encoding="utf-8")
    assert server.get("/.well-known/security.txt").status == 200


def test_packed_files_travel_to_those_who_take_them(server: Running) -> None:
    for path, type_ in (
        ("list/index.html", "text/html"),
        ("data/search.json", "application/json"),
        (asset(server.public), "text/css"),
    ):
        plain = (server.public / path).read_bytes()
        url = "/" + path.removesuffix("index.html")
        best = server.get(url, Accept_Encoding=BROWSER)
        other = "gzip" if server.kind == "nginx-plain" else "br"
        assert best.headers["content-encoding"] == other, path
        assert best.body == (server.public / f"{path}.{other.replace('gzip', 'gz')}").read_bytes()
        assert (gzip.decompress if other == "gzip" else brotli.decompress)(best.body) == plain
        zipped = server.get(url, Accept_Encoding="gzip")
        assert (zipped.headers["content-encoding"], gzip.decompress(zipped.body)) == ("gzip", plain)
        unpacked = server.get(url, Accept_Encoding="identity")
        assert ("content-encoding" in unpacked.headers, unpacked.body) == (False, plain)
        for answer in (best, zipped, unpacked):
            assert answer.headers["content-type"].startswith(type_)
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["cache-control"] == headers.cache(path)


SPELLINGS = (
    "/{0}/",
    "/{0}/?q=1",
    "/{0}/index.html",
    "/{0}",
    "//{0}/",
    "/./{0}/",
    "/list/../{0}/",
    "/list/..%2f{0}/",
    "/assets/../{0}/",
    "/assets/..%2f{0}/index.html",
    "/{0}//index.html",
    "/{0}/index.html.gz",
    "/{0}/index.html.br",
    "/{0}/index.html/",
    "/{0}/index.html/list/",
    "/{0}/index.html%00.css",
    "/{0}/;x.css",
    "/{0}/%69ndex.html",
    "/%63onsultation/../{0}/",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_sensitive_page_is_kept_nowhere_however_its_path_is_spelt(server: Running, spelling: str) -> None:
    for page in CLOSED_PAGES:
        for method, accept in (("GET", "identity"), ("GET", BROWSER), ("HEAD", "identity")):
            answer = server.get(spelling.format(page.rstrip("/")), method=method, Accept_Encoding=accept)
            kept = answer.headers.get("cache-control")
            refused = answer.status in (400, 404) and kept is None  # by the server itself, before it looks for a file
            assert kept == "no-store" or refused, (page, answer.status)


def test_a_record_that_becomes_sensitive_needs_no_reload(mini: Path, tmp_path: Path) -> None:
    """How long a page is kept does not hang on what its record says, so neither servers nor hosts need to be told."""
    file = mini / "content" / "programs" / "fune-shuri.md"
    before = publish(tmp_path / "public", mini)
    rules = {name: (before / name).read_bytes() for name in ("_headers", "nginx-headers.conf", ".htaccess")}
    for kind in ("nginx", "apache"):
        for running in started(kind, before):
            assert running.get("/programs/fune-shuri/").headers["cache-control"] == "no-store"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^(name: .*)$", r"\1\nsensitive: true", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    after = publish(tmp_path / "public", mini)
    assert "g-sensitive" in (after / "programs" / "fune-shuri" / "index.html").read_text(encoding="utf-8")
    assert {name: (after / name).read_bytes() for name in rules} == rules


def test_a_new_release_is_served_without_a_reload(server: Running) -> None:
    """As publishing does it: one folder in place of the other."""
    new = server.public.with_name("new")
    shutil.copytree(server.public, new)
    for path in new.glob("list/index.html*"):
        path.unlink()
    (new / "list" / "index.html").write_text("new", encoding="utf-8")
    server.public.rename(server.public.with_name("old"))
    new.rename(server.public)
    try:
        answer = server.get("/list/", Accept_Encoding=BROWSER)
        assert answer.body == b"new"
    finally:
        server.public.rename(new)
        server.public.with_name("old").rename(server.public)


def test_the_log_tells_neither_who_nor_what_was_looked_for(server: Running) -> None:
    """Of pages that may tell of a trouble nothing, of others no address, no question, no page before, no device."""
    index = next((server.public / "pagefind" / "index").iterdir()).name
    told = {"User_Agent": "Kawatta-Denwa", "Referer": "https://elsewhere.example/himitsu"}
    for path in (
        "/consultation/keisatsu/",
        "/urgent/",
        f"/pagefind/index/{index}",
        "/list/?q=himitsu",
        "/",
        "/consultation/keisatu/",
    ):
        server.get(path, **told)
    server.get("/consultation/keisatsu/?q=himitsu", secure=False, **told)
    server.get("/nothing-here?himitsu", **told)
    server.get("/assets/", **told)
    log = server.log()
    assert "/list/" in log
    for word in ("127.0.0.1", "::1", "himitsu", "Kawatta", "keisat", "/urgent", "nothing-here", index, "pagefind/index"):
        assert word not in log, word


def test_http_leads_to_https(server: Running) -> None:
    answer = server.get("/consultation/keisatsu/?a=b", secure=False)
    assert (answer.status, answer.headers["location"]) == (301, "https://localhost/consultation/keisatsu/?a=b")
    assert "strict-transport-security" not in answer.headers


def test_a_folder_without_its_slash_leads_to_the_page(server: Running) -> None:
    answer = server.get("/list")
    assert answer.status == 301
    assert re.fullmatch(r"(https://127\.0\.0\.1:\d+)?/list/", answer.headers["location"])


def test_below_a_base_path(below: Running) -> None:
    """Pages, what is missing, keeping and packed files work below /guide/ as they do at the root."""
    assert below.get("/").headers["location"].endswith("/guide/")
    for path in (*OPEN_PAGES, *CLOSED_PAGES, asset(below.public), "data/guide.json"):
        answer = below.get("/guide/" + path)
        assert (answer.status, answer.headers["cache-control"]) == (200, headers.cache(path)), path
        assert answer.headers["content-security-policy"] == headers.POLICY
    assert below.get("/guide").headers["location"].endswith("/guide/")
    for path in ("nope", "assets/", "consultation/", "assets/0123456789ab/site.css", "_headers", ".guide-site"):
        answer = below.get("/guide/" + path)
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store"), path
        assert answer.body == (below.public / "404.html").read_bytes()
    assert b'href="/guide/' in answer.body
    assert below.get("/guide/list/", Accept_Encoding=BROWSER).headers["content-encoding"] == "br"


def test_the_headers_alone_can_be_added_to_a_server_that_one_has(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside Debian's own `location /`, where a location in the file stopped nginx."""
    debian = """
server {{
    listen 127.0.0.1:{port};
    root {root};
    index index.html index.htm index.nginx-debian.html;
    server_name _;
    include snippets/guide-headers.conf;
    location / {{
        try_files $uri $uri/ =404;
    }}
}}
"""

    def beside_ours(_work: Path, running: Running, _base: str) -> str:
        return debian.format(port=running.secure, root=running.public)

    monkeypatch.setattr(hosting, "nginx_site", beside_ours)
    for running in started("nginx", site):
        plain = Running(running.kind, running.public, running.secure, running.secure, running.logs)
        assert plain.get("/list/", secure=False).headers["cache-control"] == "no-cache"
        assert plain.get("/urgent/", secure=False).headers["cache-control"] == "no-store"
        missing = plain.get("/assets/gone.css", secure=False)
        assert (missing.status, missing.headers["cache-control"]) == (404, "no-store")
        assert missing.body == (site / "404.html").read_bytes()


def test_the_readme_names_every_file_and_every_line_to_change() -> None:
    readme = (HOME / "deploy" / "README.md").read_text(encoding="utf-8")
    for path in (HOME / "deploy").iterdir():
        assert path.name == "README.md" or path.name in readme, path.name
    for name in ("nginx.conf", "apache.conf"):
        text = (HOME / "deploy" / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        told = re.search(r"guide\.example\.jp（(\d)か所）、証明書（(\d)行）、/srv/guide/public（(\d)か所）", text)
        assert told is not None
        certificates = sum("letsencrypt/live" in line for line in lines)
        names = sum(line.count("guide.example.jp") for line in lines if "letsencrypt/live" not in line)
        assert tuple(map(int, told.groups())) == (names, certificates, sum("/srv/guide/public" in line for line in lines)), name
