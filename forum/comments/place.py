"""Which page of a thread is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from forum.kernel.ids import CommentId

PAGE = 50


class Sort(StrEnum):
    """Of the comments at the top; replies are read in the order in which they came."""

    OLDEST = "oldest"
    NEWEST = "newest"
    TOP = "top"


class Shape(NamedTuple):
    """What of a place decides how the database is asked; the rest are values."""

    sort: Sort
    has_cursor: bool
    is_backward: bool
    in_branch: bool


@dataclass(frozen=True)
class Place:
    """At most one of `after`, `before` (ids of comments) and `last` says where; `branch` is the comment whose replies
    are read, and then `sort` means nothing."""

    sort: Sort = Sort.OLDEST
    after: CommentId | None = None
    before: CommentId | None = None
    last: bool = False
    branch: CommentId | None = None

    @property
    def cursor(self) -> CommentId | None:
        return self.after if self.after is not None else self.before

    @property
    def is_backward(self) -> bool:
        """Whether the page ends at the place rather than starting there."""
        return self.before is not None or self.last

    @property
    def shape(self) -> Shape:
        return Shape(self.sort, self.cursor is not None, self.is_backward, self.branch is not None)

    @property
    def is_start(self) -> bool:
        return self.cursor is None and not self.last
