"""What pages and letters get to read of privacy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.errors import Words
from forum.posts.personal import Written


@dataclass(frozen=True)
class ExportPage:
    """`state` is empty where none was ever asked for; `megabytes` once it's ready."""

    state: str = ""
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    megabytes: float = 0


@dataclass(frozen=True)
class Leaving:
    """What was decided, and when it is done."""

    posts: str
    comments: str
    erase_at: datetime
    is_begun: bool


@dataclass(frozen=True)
class Line:
    title: Words
    count: int


@dataclass(frozen=True)
class Preview:
    """`obstacle` is why it isn't possible yet, or empty."""

    posts: Written
    comments: Written
    going: tuple[Line, ...]
    staying: tuple[Line, ...]
    obstacle: Words


@dataclass(frozen=True)
class Kept:
    """A line of the table of what is kept how long. `job` is the worker's that takes it away (forum/wiring.py)."""

    what: Words
    period: Words
    why: Words
    job: str
