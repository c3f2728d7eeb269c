"""Finished pages that all readers share, in the memory of this process, bounded by bytes.

A page is kept cut at its slots together with the keys of what it shows and the sum of their versions. It's only used
after that sum was compared with the database's, on every request: a change is on the very next page anyone loads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from forum.kernel.ids import CommentId, MemberId, PostId
from forum.kernel.slots import Slotted
from forum.pages.packing import HARDEST, KEPT, pack

# Enough for some 400 pages of 100 KB; two processes stay far below the memory bar.
MAX_BYTES = 40 * 1024 * 1024
# After so many readers of the same bytes these are pressed as hard as can be: ¼ ms for each of them so far.
OFTEN = 500
# Dates that pass while nothing changes (a deadline, an event) show within this time.
MAX_AGE_S = 900
HTML = "text/html; charset=utf-8"


class Ask(NamedTuple):
    """Which page: path, query in a fixed order, interface language, theme chosen by cookie."""

    path: str
    query: str
    language: str
    theme: str


@dataclass(frozen=True)
class Target:
    """Something that can be followed, and where it is."""

    kind: str
    id: int
    address: str


@dataclass(frozen=True)
class Shown:
    """What of members a page shows, so that a viewer's own marks can be laid over it.

    `authors` are those of the comments; `post_authors` of the posts. `discussion` is the post whose thread it is;
    `asker` the author of a question, who may accept an answer, and `accepted` the comment that is it.
    `targets` have follow buttons.
    """

    post_ids: tuple[PostId, ...] = ()
    comment_ids: tuple[CommentId, ...] = ()
    authors: Mapping[int, MemberId] = field(default_factory=dict)
    post_authors: Mapping[int, MemberId] = field(default_factory=dict)
    discussion: PostId | None = None
    asker: MemberId | None = None
    accepted: int = 0
    targets: tuple[Target, ...] = ()


@dataclass
class Finished:
    """A page ready to be sent: whole for anonymous readers, in pieces for members.

    `modified` is the second in which these bytes came to be (see `dated`).
    """

    keys: tuple[str, ...]
    version: int
    page: Slotted
    shown: Shown
    anonymous: bytes
    made_at: float
    content_type: str = HTML
    modified: int = 0
    etag: str = ""
    _packed: dict[tuple[str, int], bytes] = field(default_factory=dict)
    _asked: int = 0

    def __post_init__(self) -> None:
        self.etag = blake2b(self.anonymous, digest_size=9).hexdigest()

    def dated(self, now: int, former: Finished | None) -> Finished:
        """With its time of change: that of equal bytes before it, and never that of other bytes before it."""
        if former is not None:
            now = former.modified if former.etag == self.etag else max(now, former.modified + 1)
        self.modified = now
        return self

    @property
    def size(self) -> int:
        """About: twice its bytes, and compressed by one coding or two."""
        return 5 * len(self.anonymous) // 2 + 4096

    def packed(self, coding: str) -> bytes:
        """The anonymous page compressed: once for all readers, and once more when there are many."""
        self._asked += 1
        effort = (HARDEST if self._asked >= OFTEN else KEPT)[coding]
        if (coding, effort) not in self._packed:
            self._packed[coding, effort] = pack(self.anonymous, coding, effort)
        return self._packed[coding, effort]


class Store:
    """The least recently used page goes first."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._pages: OrderedDict[Ask, Finished] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, ask: Ask) -> Finished | None:
        with self._lock:
            found = self._pages.get(ask)
            if found is not None:
                self._pages.move_to_end(ask)
            return found

    def put(self, ask: Ask, page: Finished) -> None:
        with self._lock:
            self._drop(ask)
            self._pages[ask] = page
            self.bytes += page.size
            while self.bytes > self.max_bytes and len(self._pages) > 1:
                self._drop(next(iter(self._pages)))

    def _drop(self, ask: Ask) -> None:
        gone = self._pages.pop(ask, None)
        if gone is not None:
            self.bytes -= gone.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0
