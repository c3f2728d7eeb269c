"""What a feed holds (RFC 4287). All addresses are absolute; times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """`uri` is empty for somebody who has no page."""

    name: str
    uri: str = ""


@dataclass(frozen=True)
class Entry:
    """`html` is the whole text. `answers` is the id of what it replies to, `answers_at` that one's address (RFC 4685);
    `replies_at` is the feed of its discussion, which has `reply_count` comments. Each may be empty."""

    id: str
    title: str
    address: str
    language: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    html: str
    summary: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    answers: str = ""
    answers_at: str = ""
    replies_at: str = ""
    reply_count: int = 0


@dataclass(frozen=True)
class Feed:
    """A page of a feed. `first`, `newer` and `older` are the addresses of other pages (RFC 5005), '' where none is."""

    id: str
    title: str
    subtitle: str
    language: str
    page_at: str
    self_at: str
    entries: tuple[Entry, ...]
    first: str = ""
    newer: str = ""
    older: str = ""

    @property
    def updated(self) -> datetime | None:
        return max((entry.updated for entry in self.entries), default=None)
