"""What pages and letters get to read of notifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard
from forum.kernel.ids import CommentId, NotificationId, PostId
from forum.organisations.bylines import Plate


@dataclass(frozen=True)
class Line:
    """One notification. `plate` where it was said officially; `title`, `language`: of the post it's about."""

    id: NotificationId
    kind: str
    thread: str
    actor: MemberCard | None
    plate: Plate | None
    post_id: PostId | None
    comment_id: CommentId | None
    is_own_post: bool
    title: str
    language: str
    excerpt: str
    excerpt_language: str
    address: str
    count: int
    at: datetime
    is_read: bool

    @property
    def is_to_post(self) -> bool:
        """Of what it answers: the post, and no comment below it."""
        return self.thread.startswith("post:")

    @property
    def who(self) -> str:
        """The name that speaks; '' for nobody in particular."""
        if self.plate is not None:
            return self.plate.name
        return self.actor.name if self.actor is not None and not self.actor.erased else ""


@dataclass(frozen=True)
class Group:
    """Lines of one kind about one thing, the newest first. `others` are people besides the first."""

    lines: tuple[Line, ...]
    others: int

    @property
    def newest(self) -> Line:
        return self.lines[0]

    @property
    def count(self) -> int:
        """How many things it tells of."""
        return max(len(self.lines), self.newest.count)


@dataclass(frozen=True)
class Day:
    """Groups under one heading: today, yesterday, week or earlier."""

    name: str
    groups: tuple[Group, ...]
