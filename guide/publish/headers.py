"""One header set for the published site, in the forms that servers and hosts read: nginx, Apache, Netlify and Cloudflare.

How long a file is kept follows from its address alone, never from what a record says: every page that may be about
somebody's trouble is kept nowhere (DV-4), whether its record is marked as sensitive or not. So no list of sensitive
pages is published, a header does not tell them apart, and a record that becomes sensitive needs no new set-up of the
server. A page of a new kind is kept nowhere until OPEN names it. Values: reading/standards SEC-1, SEC-2, SEC-5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from guide.pages.output import Output

DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",  # WebAssembly: the full text of the search
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    # No script turns text into markup or code, and none may make itself a policy that lets it.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
POLICY = "; ".join(DIRECTIVES)
HSTS = "max-age=63072000"
EVERYWHERE: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": HSTS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()",
}
FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"  # kept, and asked for anew each time: "unchanged" costs no bytes
NOWHERE = "no-store"
# Folders whose file names hold a hash of their content (PERF-7).
HASHED = ("assets/", "pagefind/index/")
# Pages that tell nothing of who reads them: everybody passes there. Going back to them must stay cheap.
OPEN = ("list", "search", "units", "minsei", "about", "accessibility")
# What lies in the folder for servers and for the next build. Addresses below .well-known are meant to be asked for.
FOR_SERVERS = ("_headers", "nginx-headers.conf")
# What build.py --packed packs, and as what a packed file travels.
TEXTS: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}

# The same three patterns are Python's, nginx's and Apache's (PCRE). A packed file is of its plain one's kind.
PACKED = r"(?:\.(?:br|gz))?"
KEPT = rf"(?:(?:{'|'.join(OPEN)})/(?:.*/)?)?(?:index\.html)?{PACKED}$"
NO_PAGE = rf".*\.(?!html|br$|gz$)[^./]+{PACKED}$"
FOREVER_KEPT = rf"(?:{'|'.join(HASHED)})"


def everywhere(*, subdomains: bool) -> dict[str, str]:
    """The headers that every answer bears. `subdomains`: https is asked for below the edition's host name too."""
    return {**EVERYWHERE, "Strict-Transport-Security": HSTS + ("; includeSubDomains" if subdomains else "")}


def cache(path: str) -> str:
    """How long the file at a path (below the base path) is kept, where it is found."""
    if re.match(FOREVER_KEPT, path):
        return FOREVER
    return ASK if re.match(f"(?:{KEPT})|(?:{NO_PAGE})", path) else NOWHERE


def outputs(base_path: str, pages: Iterable[Output], *, subdomains: bool = False) -> tuple[Output, ...]:
    """`_headers` (Netlify, Cloudflare), `nginx-headers.conf` and `.htaccess` (Apache), all out of the tables above."""
    table = everywhere(subdomains=subdomains)
    forms = {
        "_headers": _hosts(base_path, table, [page.path for page in pages if page.page]),
        "nginx-headers.conf": _nginx(base_path, table),
        ".htaccess": _apache(base_path, table),
    }
    return tuple(Output(name, text.encode()) for name, text in forms.items())


def _hosts(base: str, table: Mapping[str, str], pages: Iterable[str]) -> str:
    """One rule a folder (Cloudflare takes a hundred), each address under one rule for its keeping: Netlify cannot take back."""
    blocks = [f"{base}*\n" + "".join(f"  {name}: {value}\n" for name, value in table.items())]
    blocks += [f"{base}{folder}*\n  Cache-Control: {FOREVER}\n" for folder in HASHED]
    blocks += [f"{base}\n  Cache-Control: {ASK}\n", f"{base}data/*\n  Cache-Control: {ASK}\n"]
    folders = sorted({path.split("/")[0] for path in pages if "/" in path} | set(OPEN))
    blocks += [f"{base}{folder}/*\n  Cache-Control: {ASK if folder in OPEN else NOWHERE}\n" for folder in folders]
    return "\n".join(blocks)


def _patterns(base: str) -> tuple[str, str, str, str]:
    """From the root of the host: what is asked for anew, what is kept, what is not handed out, the page for what is missing."""
    root = re.escape(base).replace(r"\-", "-")
    hidden = rf"^{root}(?:(?:.*/)?\.(?!well-known/)|(?:{'|'.join(map(re.escape, FOR_SERVERS))})$)".replace(r"\-", "-")
    return rf"^{root}(?:{KEPT}|{NO_PAGE})", rf"^{root}{FOREVER_KEPT}", hidden, f"{base}404.html"


def _nginx(base: str, table: Mapping[str, str]) -> str:
    """Holds no `location`, so that it stands in any `server` or `location` (see deploy/nginx.conf)."""
    ask, forever, hidden, missing = _patterns(base)
    added = "".join(f'add_header {name} "{value}" always;\n' for name, value in table.items())
    return f"""\
# Made by build.py. Include it in the location (or server) that holds the guide: deploy/README.md.
# It needs no renewal when records change, only when this file itself does.
# nginx looks for /x/index.html after /x/ and for the page of a missing file by itself, and comes through here again.
set $guide_cache "{NOWHERE}";
set $guide_missing "";
set $guide_logged 0;
if ($uri ~ "{ask}") {{
    set $guide_cache "{ASK}";
    set $guide_logged 1;
}}
if ($uri ~ "{forever}") {{
    set $guide_cache "{FOREVER}";
    set $guide_logged 0;
}}
if ($uri = "{missing}") {{
    set $guide_cache "";
    set $guide_missing "{NOWHERE}";
    set $guide_logged 1;
}}
if ($uri ~ "{hidden}") {{
    return 404;
}}
error_page 403 404 =404 {missing};
{added}# Without "always": what goes wrong is never kept. A browser would keep a missing stylesheet for a year.
add_header Cache-Control $guide_cache;
add_header Cache-Control $guide_missing always;
"""


def _apache(base: str, table: Mapping[str, str]) -> str:
    """Everything that a folder may say for itself, in its own .htaccess or in the server's <Directory>."""
    ask, forever, hidden, missing = _patterns(base)
    added = "".join(f'Header always set {name} "{value}"\n' for name, value in table.items())
    packed = "".join(_apache_packed(*pair) for pair in (("br", "br"), ("gz", "gzip")))
    return f"""\
# Made by build.py. Apache needs mod_headers and mod_rewrite. It stands in the folder itself (AllowOverride FileInfo Indexes)
# or, quicker, is included in its <Directory>: deploy/README.md.
DirectoryIndex index.html
ErrorDocument 403 {missing}
ErrorDocument 404 {missing}

RewriteEngine On
RewriteCond %{{REQUEST_URI}} "{hidden}"
RewriteRule ^ - [R=404,L]
RewriteCond %{{REQUEST_FILENAME}} -d
RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
RewriteRule ^ - [R=404,L]
{packed}
<FilesMatch "\\.(?:{"|".join(TEXTS)}){PACKED}$">
    Header always merge Vary Accept-Encoding
</FilesMatch>
{added}Header always set Cache-Control "{NOWHERE}"
Header always set Cache-Control "{ASK}" "expr=%{{REQUEST_STATUS}} -lt 400 && %{{REQUEST_URI}} =~ m#{ask}#"
Header always set Cache-Control "{FOREVER}" "expr=%{{REQUEST_STATUS}} -lt 400 && %{{REQUEST_URI}} =~ m#{forever}#"
SetEnvIfExpr "%{{REQUEST_URI}} =~ m#{ask}# && ! %{{REQUEST_URI}} =~ m#{forever}#" guide_logged
"""


def _apache_packed(ending: str, encoding: str) -> str:
    """Rules that hand out `.br` or `.gz` where it lies beside a file and the browser takes it."""
    taken = rf'RewriteCond %{{HTTP:Accept-Encoding}} "(?:^|[ ,]){encoding}(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?:[ ,;]|$)"'
    forced = "".join(
        f'<FilesMatch "\\.{name}\\.{ending}$">\n    ForceType {type_}\n'
        f"    Header always set Content-Encoding {encoding}\n"
        "    SetEnv no-gzip 1\n    SetEnv no-brotli 1\n</FilesMatch>\n"
        for name, type_ in TEXTS.items()
    )
    return f"""
{taken}
RewriteCond %{{REQUEST_URI}} /$
RewriteCond %{{REQUEST_FILENAME}}/index.html.{ending} -f
RewriteRule ^ %{{REQUEST_URI}}index.html.{ending} [L]
{taken}
RewriteCond %{{REQUEST_FILENAME}}.{ending} -f
RewriteRule ^ %{{REQUEST_URI}}.{ending} [L]
{forced}"""
