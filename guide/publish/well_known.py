"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness of the published site."""

from __future__ import annotations

import datetime

from guide.pages.output import Output
from guide.site.site import Site

VALID = datetime.timedelta(days=364)  # "less than a year" (RFC 9116, 2.5.5), counted from the day of the build


def outputs(site: Site) -> tuple[Output, ...]:
    """The file, where an edition names a contact and is published at the root of its host, the only place where it counts."""
    config = site.config
    if config.contact.security is None or site.base_path != "/":
        return ()
    expires = min(site.today, datetime.date.max - VALID) + VALID
    languages = dict.fromkeys((config.site.languages[0], "en"))
    lines = (
        f"Contact: {config.contact.security}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(languages)}",
        f"Canonical: {config.site.address.rstrip('/')}/.well-known/security.txt",
    )
    return (Output(".well-known/security.txt", "".join(f"{line}\n" for line in lines).encode()),)
