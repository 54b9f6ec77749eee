"""One header set in three forms, with the policy that the standards ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOME, read_headers

from guide import pipeline
from guide.pages.output import Output
from guide.publish import headers
from guide.read import load

Jobs = Callable[..., pipeline.Job]


def form(name: str, base: str = "/", *, subdomains: bool = False) -> str:
    made = headers.outputs(base, [], subdomains=subdomains)
    return next(output.data.decode() for output in made if output.path == name)


def patterns(name: str, base: str) -> tuple[str, str, str]:
    """What a server's form asks anew, keeps for good, does not hand out: the patterns as they stand in it."""
    text = form(name, base)
    if name == "nginx-headers.conf":
        ask, forever, hidden = re.findall(r'if \(\$uri ~ "(.*)"\)', text)
    else:
        ask, forever = re.findall(r'"expr=%\{REQUEST_STATUS\} -lt 400 && %\{REQUEST_URI\} =~ m#(.*)#"', text)
        hidden = re.findall(r'RewriteCond %\{REQUEST_URI\} "(.*)"', text)[0]
    return ask, forever, hidden


def kept(name: str, base: str, path: str) -> str:
    ask, forever, _ = patterns(name, base)
    if re.match(forever, base + path):
        return headers.FOREVER
    return headers.ASK if re.match(ask, base + path) else headers.NOWHERE


def test_all_forms_bear_the_same_headers(public: Path) -> None:
    """What comes with a path is the same, whichever file a server or host reads (SEC-1)."""
    everywhere = read_headers(public)[0]
    assert everywhere == ("/*", dict(headers.EVERYWHERE))
    texts = [(public / name).read_text(encoding="utf-8") for name in ("nginx-headers.conf", ".htaccess")]
    nginx = dict(re.findall(r'^add_header (\S+) "(.*)" always;$', texts[0], re.MULTILINE))
    apache = dict(re.findall(r'^Header always set (\S+) "([^"]*)"$', texts[1], re.MULTILINE))
    assert nginx == everywhere[1]
    assert apache == everywhere[1] | {"Cache-Control": "no-store"}


@pytest.mark.parametrize("base", ["/", "/guide/", "/a.b/c-d/"])
@pytest.mark.parametrize("name", ["nginx-headers.conf", ".htaccess"])
def test_all_forms_keep_each_file_alike(public: Path, name: str, base: str) -> None:
    for file in public.rglob("*"):
        path = file.relative_to(public).as_posix() + ("/" if file.is_dir() else "")
        assert kept(name, base, path) == headers.cache(path), path
        assert kept(name, base, path.removesuffix("index.html")) == headers.cache(path), path
    hidden = patterns(name, base)[2]
    for path in ("_headers", "nginx-headers.conf", ".htaccess", ".guide-site", "a/.git/config"):
        assert re.match(hidden, base + path), path
    for path in ("", "list/", ".well-known/security.txt", "a/b.c"):
        assert not re.match(hidden, base + path), path


def test_hosts_keep_each_page_alike(public: Path) -> None:
    """One rule, and only one, says it of each page and asset: Netlify cannot take a header back."""
    rules = [(rule.replace("*", ".*"), told["Cache-Control"]) for rule, told in read_headers(public) if "Cache-Control" in told]
    for file in public.rglob("*.html"):
        path = "/" + file.relative_to(public).as_posix().removesuffix("index.html")
        told = [value for rule, value in rules if re.fullmatch(rule, path)]
        assert told == ([headers.cache(path[1:])] if path != "/404.html" else []), path
    assert [value for rule, value in rules if re.fullmatch(rule, "/assets/x/site.css")] == [headers.FOREVER]


def test_sensitive_pages_are_kept_nowhere(public: Path) -> None:
    """No cache holds them, the browser's back and forward included (DV-4); pages that all pass are asked for anew."""
    sensitive = [f for f in public.rglob("*.html") if "g-sensitive" in f.read_text(encoding="utf-8")]
    assert len(sensitive) > 50
    for file in sensitive:
        assert headers.cache(file.relative_to(public).as_posix()) == "no-store", file
    for path in ("", "list/", "search/", "minsei/", "units/chonai/", "data/guide.json", "pagefind/pagefind.js"):
        assert headers.cache(path) == "no-cache", path


def test_a_page_of_a_new_kind_is_kept_nowhere_until_it_is_named_open() -> None:
    for path in (
        "situations/x/list/",
        "easy/consultation/x/",
        "en/urgent/index.html",
        "stories/",
        "list",
        "consultation/list/",
        "search.html",
    ):
        assert headers.cache(path) == "no-store", path


def test_nothing_that_is_published_lists_what_is_sensitive(public: Path) -> None:
    guide = json.loads((public / "data" / "guide.json").read_text(encoding="utf-8"))
    languages = load.edition(HOME).config.site.languages  # type: ignore[union-attr]  # their folders may be named
    ids = {record["id"] for record in [*guide["programs"], *guide["windows"]]} - {*languages}
    for name in ("_headers", "nginx-headers.conf", ".htaccess", ".guide-site"):
        text = (public / name).read_text(encoding="utf-8")
        assert [id_ for id_ in ids if re.search(rf"[/\"]{id_}[/\"]", text)] == [], name


def test_the_policy_is_the_one_that_was_tried() -> None:
    assert headers.POLICY == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_https_of_other_hosts_is_nobodys_business_until_asked_for(job: Jobs, mini: Path) -> None:
    """`includeSubDomains` binds hosts that are not ours, for two years."""
    names = ("_headers", "nginx-headers.conf", ".htaccess")
    made = job()
    assert pipeline.build(made).published
    assert all("includeSubDomains" not in (made.out / name).read_text(encoding="utf-8") for name in names)
    with (mini / "site.toml").open("a", encoding="utf-8") as file:
        file.write("\n[hosting]\nsubdomains = true\n")
    assert pipeline.build(made).published
    assert all("max-age=63072000; includeSubDomains" in (made.out / name).read_text(encoding="utf-8") for name in names)


def test_observatory_would_give_its_best_mark() -> None:
    """By the table of MDN's HTTP Observatory: 100, and what each header adds from there. The bar is 140."""
    table = headers.everywhere(subdomains=False)
    policy = {name: rest.split() for name, _, rest in (line.partition(" ") for line in headers.DIRECTIVES)}
    assert policy["default-src"] == ["'none'"]
    risky = {"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "http:", "https:", "*"}
    assert not risky & {source for sources in policy.values() for source in sources}
    assert int(re.findall(r"max-age=(\d+)", table["Strict-Transport-Security"])[0]) >= 15_768_000  # less would cost 10
    assert table["X-Content-Type-Options"] == "nosniff"  # its lack would cost 5
    added = {
        "default-src 'none' without anything unsafe": 10,
        "frame-ancestors": 5 * (policy["frame-ancestors"] == ["'none'"]),
        "referrer": 5 * (table["Referrer-Policy"] == "no-referrer"),
        "resource policy": 10 * (table["Cross-Origin-Resource-Policy"] == "same-origin"),
        "opener policy": 10 * (table["Cross-Origin-Opener-Policy"] == "same-origin"),
        "embedder policy": 10 * (table["Cross-Origin-Embedder-Policy"] == "require-corp"),
    }
    assert 100 + sum(added.values()) == 150


def test_hosts_accept_the_lines(public: Path) -> None:
    """Cloudflare takes at most 100 rules and 2,000 characters a line (SEC-1); ours grow with folders, not with records."""
    lines = (public / "_headers").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 2000
    assert len(read_headers(public)) <= 30
    assert headers.outputs("/", [Output("x.json", b"")]) == headers.outputs("/", [])
