"""A finished page as an HTTP answer: filled for its viewer, with ETag, 304 and compression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from forum.pages.fills import FILLS, Filling
from forum.pages.store import Finished, gzip

FAST_GZIP = 1  # a member's page is compressed for each answer, so quickly rather than tightly
COMMON = (("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie, Accept-Language, Accept-Encoding"))


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def reply(finished: Finished, filling: Filling, environ: Mapping[str, str]) -> Reply:
    """The answer to the request in `environ` (its WSGI names for headers)."""
    etag = _etag(finished, filling)
    caching = "no-cache" if filling.viewer is None else "private, no-cache"
    headers: tuple[tuple[str, str], ...] = (*COMMON, ("ETag", etag), ("Cache-Control", caching))
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return Reply(304, headers, b"")
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = _body(finished, filling, packed=packed)
    if packed:
        headers = (*headers, ("Content-Encoding", "gzip"))
    return Reply(200, headers, body)


def _body(finished: Finished, filling: Filling, *, packed: bool) -> bytes:
    if filling.viewer is None:
        return finished.compressed() if packed else finished.anonymous
    body = finished.page.fill(FILLS, filling).encode()
    return gzip(body, FAST_GZIP) if packed else body


def _etag(finished: Finished, filling: Filling) -> str:
    """Weak (RFC 9110 §8.8.3), since compression changes the bytes. A member's is of the page and all their marks."""
    if filling.viewer is None:
        return f'W/"{finished.etag}"'
    marks = blake2b(repr(filling.viewer).encode(), digest_size=9).hexdigest()
    return f'W/"{finished.etag}-{marks}"'
