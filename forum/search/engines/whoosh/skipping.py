"""Mends how Whoosh 2.7.4 skips what can't be among the best.

Where two matchers together are worth exactly the least that counts, rounding has each of them think that it's worth
more than its share: neither skips, and Whoosh's own loop never ends (its issues 446 and 461). One word among 1.3
million documents was enough. Here what can't be skipped is looked at.

And what counts for nothing, as filters do, was divided by, and the search ended with an error. Here it skips nothing,
and what it's combined with is skipped instead.
"""

from __future__ import annotations

from typing import Any

from whoosh.matching.binary import AndMaybeMatcher, IntersectionMatcher, UnionMatcher
from whoosh.matching.wrappers import WrappingMatcher


def _skip_in_union(self: Any, minquality: float) -> Any:
    self._id = None
    if not self.a.is_active():
        return self.b.skip_to_quality(minquality) or 0
    if not self.b.is_active():
        return self.a.skip_to_quality(minquality) or 0
    return _skip(self.a, self.b, minquality)


def _skip_beside(self: Any, minquality: float) -> Any:
    """`b` only adds to what matches in `a`: afterwards it has to stand where `a` does, or beyond."""
    if not self.b.is_active():
        return self.a.skip_to_quality(minquality) or 0
    skipped = _skip(self.a, self.b, minquality)
    if self.a.is_active() and self.b.is_active():
        self.b.skip_to(self.a.id())
    return skipped


def _skip_in_both(self: Any, minquality: float) -> int:
    a, b, skipped = self.a, self.b, 0
    while a.is_active() and b.is_active() and (worth := a.block_quality()) + (more := b.block_quality()) <= minquality:
        lesser, greater = ((a, more), (b, worth)) if worth < more else ((b, worth), (a, more))
        moved = _skip_one(*lesser, minquality) or _skip_one(*greater, minquality)
        if not moved:
            break
        skipped += moved
        if a.is_active() and b.is_active() and a.id() != b.id():
            self._find_next()  # as Whoosh's own does: both stand at one document afterwards
    return skipped


def _skip_one(matcher: Any, other: float, least: float) -> int:
    moved: int | None = matcher.skip_to_quality(least - other)
    return moved or 0


def _skip_wrapped(self: Any, minquality: float) -> Any:
    return self.child.skip_to_quality(minquality / self.boost) if self.boost else 0


def _skip(a: Any, b: Any, least: float) -> int:
    skipped = 0
    while a.is_active() and b.is_active() and (worth := a.block_quality()) + (more := b.block_quality()) <= least:
        moved = _skip_one(a, more, least) if worth < more else _skip_one(b, worth, least)
        if not moved:
            break
        skipped += moved
    return skipped


def mend() -> None:
    UnionMatcher.skip_to_quality = _skip_in_union
    AndMaybeMatcher.skip_to_quality = _skip_beside
    IntersectionMatcher.skip_to_quality = _skip_in_both
    WrappingMatcher.skip_to_quality = _skip_wrapped
