"""One header set for the published site, in the forms that hosts read. Values: reading/standards §0.1 (c), SEC-1, SEC-5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guide.pages.output import Output

DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
POLICY = "; ".join(DIRECTIVES)
EVERYWHERE: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()",
    "Cache-Control": "no-cache",
}
FOREVER = "public, max-age=31536000, immutable"
NOWHERE = "no-store"
# Folders whose file names hold a hash of their content (PERF-7).
HASHED = ("assets/", "pagefind/index/")


def outputs(base_path: str, pages: Iterable[Output]) -> tuple[Output, ...]:
    """`_headers` (Netlify, Cloudflare) and `nginx-headers.conf`, both out of the one table above.

    Sensitive pages are kept out of every cache, the browser's back and forward included (DV-4).
    """
    secret = [page.path.removesuffix("index.html") for page in pages if page.page and page.page.sensitive]
    return (
        Output("_headers", _netlify(base_path, secret).encode()),
        Output("nginx-headers.conf", _nginx(base_path, secret).encode()),
    )


def _netlify(base: str, secret: Iterable[str]) -> str:
    blocks = [f"{base}*\n" + "".join(f"  {name}: {value}\n" for name, value in EVERYWHERE.items())]
    blocks += [f"{base}{folder}*\n  ! Cache-Control\n  Cache-Control: {FOREVER}\n" for folder in HASHED]
    blocks += [f"{base}{path}\n  ! Cache-Control\n  Cache-Control: {NOWHERE}\n" for path in secret]
    return "\n".join(blocks)


def _nginx(base: str, secret: Iterable[str]) -> str:
    def lines(cache: str) -> str:
        table = {**EVERYWHERE, "Cache-Control": cache}
        return "".join(f'    add_header {name} "{value}" always;\n' for name, value in table.items())

    blocks = ["# include this file inside server { … }\n", f"location {base} {{\n{lines('no-cache')}}}\n"]
    blocks += [f"location {base}{folder} {{\n{lines(FOREVER)}}}\n" for folder in HASHED]
    # nginx answers /x/ by turning to /x/index.html inside, so the rule must name that too.
    blocks += [f"location = {base}{path}{file} {{\n{lines(NOWHERE)}}}\n" for path in secret for file in ("", "index.html")]
    return "".join(blocks)
