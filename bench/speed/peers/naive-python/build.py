"""naive-python: the shortest honest generator a person would write with PyYAML, markdown-it-py and Jinja2."""

import shutil
import sys
from pathlib import Path
from typing import Any

import jinja2
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent
OUT = Path(sys.argv[1])
env = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True)
md = MarkdownIt("commonmark").enable("table")


def load(folder: str) -> list[dict[str, Any]]:
    pages = []
    for path in sorted((ROOT / "content" / folder).glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        page = yaml.safe_load(front)
        page["id"] = path.stem
        page["url"] = f"/{folder}/{path.stem}/"
        page["html"] = md.render(body)
        pages.append(page)
    return sorted(pages, key=lambda p: p["date"], reverse=True)


def write(url: str, text: str) -> None:
    path = OUT / url.strip("/") / "index.html" if url.endswith("/") else OUT / url.strip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def render(url: str, template: str, **ctx: object) -> None:
    write(url, env.get_template(template).render(url=url, **ctx))


def main() -> None:
    names = {
        k: {r["id"]: r["name"] for r in yaml.safe_load((ROOT / "data" / f"{k}.yaml").read_text(encoding="utf-8"))}
        for k in ("situations", "units")
    }
    programs, windows = load("programs"), load("windows")
    by_id = {w["id"]: w for w in windows}
    env.globals.update(names=names, windows=by_id)
    urls = [(p["url"], p["date"]) for p in programs + windows]
    for p in programs:
        render(p["url"], "program.html", page=p)
    for w in windows:
        render(w["url"], "window.html", page=w)
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {"situations": {}, "units": {}}
    for p in programs:
        groups["units"].setdefault(p["unit"], []).append(p)
        for s in p["situations"]:
            groups["situations"].setdefault(s, []).append(p)
    for kind, terms in groups.items():
        for term, pages in sorted(terms.items()):
            render(f"/{kind}/{term}/", "list.html", kind=kind, term=term, pages=pages)
            urls.append((f"/{kind}/{term}/", pages[0]["date"]))
    render("/", "home.html", groups=groups)
    urls.append(("/", programs[0]["date"]))
    render("/sitemap.xml", "sitemap.xml", urls=urls)
    shutil.copytree(ROOT / "static", OUT, dirs_exist_ok=True)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    main()
