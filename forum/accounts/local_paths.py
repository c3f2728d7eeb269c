"""Where a reader may be sent: within this site, and nowhere else, however the address is dressed up."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_LENGTH = 2000
# Browsers drop tabs and line ends from addresses and read a backslash as a slash: `/\t/evil.example` leaves the site.
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")


def local_path(address: str | None, otherwise: str = "/") -> str:
    """`address` if it's a path of this site with perhaps a query and an anchor, else `otherwise`."""
    if not address or len(address) > MAX_LENGTH or _NEVER.search(address):
        return otherwise
    if not address.startswith("/") or address.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else address
