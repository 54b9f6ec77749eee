"""One header set for the published site, in the forms that hosts read. Values: reading/standards §0.1 (c), SEC-1, SEC-5."""

from __future__ import annotations

from collections.abc import Mapping

from guide.render import Output

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
# Folders whose file names hold a hash of their content (PERF-7).
HASHED = ("assets/", "pagefind/index/", "pagefind/fragment/")


def outputs(base_path: str) -> tuple[Output, ...]:
    """`_headers` (Netlify, Cloudflare) and `nginx-headers.conf`, both out of the one table above."""
    return (
        Output("_headers", _netlify(base_path).encode()),
        Output("nginx-headers.conf", _nginx(base_path).encode()),
    )


def _netlify(base: str) -> str:
    blocks = [f"{base}*\n" + "".join(f"  {name}: {value}\n" for name, value in EVERYWHERE.items())]
    blocks += [f"{base}{folder}*\n  ! Cache-Control\n  Cache-Control: {FOREVER}\n" for folder in HASHED]
    return "\n".join(blocks)


def _nginx(base: str) -> str:
    def lines(cache: str) -> str:
        table = {**EVERYWHERE, "Cache-Control": cache}
        return "".join(f'    add_header {name} "{value}" always;\n' for name, value in table.items())

    blocks = ["# include this file inside server { … }\n", f"location {base} {{\n{lines('no-cache')}}}\n"]
    blocks += [f"location {base}{folder} {{\n{lines(FOREVER)}}}\n" for folder in HASHED]
    return "".join(blocks)
