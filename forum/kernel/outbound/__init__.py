"""What Kade asks of other machines: pages of the web and DNS records. The one door out, for the worker only.

    from forum.kernel import outbound

    try:
        page = outbound.fetch("https://example.org/.well-known/kade.txt", accept=("text/plain",), redirects=0)
    except outbound.OutboundError as refusal:
        keep(refusal.code)   # "private-address", "too-slow", "wrong-type", …
    else:
        page.text, page.url  # what it holds; where it was in the end

    outbound.txt_records("example.org")  # ["v=spf1 -all", "kade=…"], or [] where there are none

Who a page is fetched for is a stranger, and so is who answers. So: http and https on their own ports; each address
vetted, and the vetted one connected to, at each hop; at most 3 redirects, 5 seconds and 1 MB, whatever the answer does;
no cookies, no passwords, no proxy from the environment.

Call it from a job with `outside=True` (kernel.worker), which holds no transaction while others think. Refused during
a request. Tests give the application another network: `outbound.install(app, Fetcher(resolver=…, dial=…))`.
"""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, current_app, has_request_context

from forum.kernel.outbound.addresses import Address, is_public
from forum.kernel.outbound.errors import (
    AddressRefused,
    BadStatus,
    CertificateRefused,
    NameNotFound,
    OutboundError,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongType,
)
from forum.kernel.outbound.fetching import MAX_REDIRECTS, Fetched, Fetcher
from forum.kernel.outbound.names import DnsResolver, Resolver

__all__ = [
    "Address",
    "AddressRefused",
    "BadStatus",
    "CertificateRefused",
    "DnsResolver",
    "Fetched",
    "Fetcher",
    "NameNotFound",
    "OutboundError",
    "PrivateAddress",
    "Resolver",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "Unreachable",
    "WrongType",
    "fetch",
    "install",
    "is_public",
    "txt_records",
]


def install(app: Flask, fetcher: Fetcher) -> None:
    """Give the application its way out."""
    app.extensions["outbound"] = fetcher


def fetch(url: str, accept: Collection[str], *, redirects: int = MAX_REDIRECTS) -> Fetched:
    """GET a page whose media type is one of `accept`, such as ("text/html",). Raises OutboundError, by its kinds."""
    return _current().fetch(url, accept, redirects=redirects)


def txt_records(name: str) -> list[str]:
    """The TXT records of a DNS name, each as one string; none is an empty list. Raises TooSlow and Unreachable."""
    return _current().txt_records(name)


def _current() -> Fetcher:
    if has_request_context():
        raise RuntimeError("nobody waits for another machine during a request: leave it to a job of the worker")
    fetcher: Fetcher = current_app.extensions["outbound"]
    return fetcher
