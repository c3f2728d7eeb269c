"""A finished page as an HTTP answer: filled for its viewer, with ETag, 304 and compression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from hashlib import blake2b

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from forum.pages.fills import FILLS, Filling
from forum.pages.packing import BROTLI, GZIP, ONE_ANSWER, pack
from forum.pages.store import HTML, Finished

VARY = ("Vary", "Cookie, Accept-Language, Accept-Encoding")


@lru_cache(maxsize=64)
def coding_for(accepted: str) -> str:
    """What to send for an Accept-Encoding header (RFC 9110 §12.5.3). Empty: as it is."""
    codings = parse_accept_header(accepted, Accept)
    return next((coding for coding in (BROTLI, GZIP) if codings.quality(coding) > 0), "")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def reply(finished: Finished, filling: Filling, environ: Mapping[str, str]) -> Reply:
    """The answer to the request in `environ` (its WSGI names for headers)."""
    etag = _etag(finished, filling)
    caching = "no-cache" if filling.viewer is None else "private, no-cache"
    headers: tuple[tuple[str, str], ...] = (
        ("Content-Type", finished.content_type),
        VARY,
        ("ETag", etag),
        ("Cache-Control", caching),
        *_date(finished),
    )
    if _is_known(finished, etag, environ):
        return Reply(304, headers, b"")
    coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = _body(finished, filling, coding)
    if coding:
        headers = (*headers, ("Content-Encoding", coding))
    return Reply(200, headers, body)


def _date(finished: Finished) -> tuple[tuple[str, str], ...]:
    """Of documents only: what members see in a page's slots changes without a date."""
    return () if finished.content_type == HTML else (("Last-Modified", formatdate(finished.modified, usegmt=True)),)


def _is_known(finished: Finished, etag: str, environ: Mapping[str, str]) -> bool:
    """Whether the reader has this already. The date counts only without an ETag (RFC 9110 §13.1.3), and only when it's
    the very one: what was removed makes a document older again."""
    tags = environ.get("HTTP_IF_NONE_MATCH", "")
    if tags:
        return etag in tags
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    return bool(since) and ("Last-Modified", since) in _date(finished)


def _body(finished: Finished, filling: Filling, coding: str) -> bytes:
    """A member's page is compressed for each answer, so quickly rather than tightly."""
    if filling.viewer is None:
        return finished.packed(coding) if coding else finished.anonymous
    body = finished.page.fill(FILLS, filling)
    return pack(body, coding, ONE_ANSWER[coding]) if coding else body


def _etag(finished: Finished, filling: Filling) -> str:
    """Weak (RFC 9110 §8.8.3), since compression changes the bytes. A member's is of the page and all their marks."""
    if filling.viewer is None:
        return f'W/"{finished.etag}"'
    known = f"{filling.viewer!r}{dict(filling.waiting)!r}" if filling.waiting else repr(filling.viewer)
    marks = blake2b(known.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
    return f'W/"{finished.etag}-{marks}"'
