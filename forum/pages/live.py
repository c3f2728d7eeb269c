"""What an open page asks now and then: are there new comments, how many updates. Answered by the front door.

Unchanged, it costs one small statement and 304; a thread's words are never sent here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from forum.kernel.paging import cursor_id
from forum.pages.reader import PlainReader

_PATH = re.compile(r"/live(?:/posts/(\d{1,18}))?", re.ASCII)
TYPE = ("Content-Type", "application/json")
MOST = 99


@dataclass(frozen=True)
class Asked:
    """`post_id` is the discussion that is open, if any; `since` the newest comment that its page knows."""

    post_id: int | None
    since: int | None


@dataclass(frozen=True)
class Told:
    status: int
    etag: str
    body: bytes


def asked(environ: Mapping[str, str]) -> Asked | None:
    """None for another address."""
    match = _PATH.fullmatch(environ.get("PATH_INFO", ""))
    if match is None:
        return None
    since = parse_qs(environ.get("QUERY_STRING", "")[:100]).get("since", [""])[0]
    return Asked(int(match[1]) if match[1] else None, cursor_id(since))


def tell(reader: PlainReader, ask: Asked, token: str, known: str) -> Told:
    """`known` is the If-None-Match header."""
    keys = (f"post:{ask.post_id}",) if ask.post_id is not None else ("site",)
    version, member_id, updates = reader.live(keys, token)
    etag = f'W/"{version}-{member_id}-{updates}"'
    if etag in known:
        return Told(304, etag, b"")
    body: dict[str, int] = {} if member_id is None else {"updates": updates}
    if ask.post_id is not None:
        counts = reader.discussion_counts(ask.post_id, ask.since, member_id)
        if counts is None:
            return Told(404, etag, b"{}")
        body |= counts
    return Told(200, etag, json.dumps(body).encode())
