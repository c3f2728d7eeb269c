"""How much there is to be, and how comments are shared out among posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

# What a page of a thread holds, and so a thread to measure by.
TYPICAL = 50
# Most posts get a few comments, some get hundreds.
SPREAD = 1.3
# Of all posts, how far from the oldest those two are that others are measured by.
TYPICAL_AT, LONG_AT = 0.9, 0.3


@dataclass(frozen=True)
class Size:
    """`long_thread` is part of `comments`, where it isn't more. Everything happens before `until`."""

    posts: int
    comments: int
    members: int
    organisations: int
    until: datetime
    long_thread: int = 0
    seed: int = 1

    @property
    def total_comments(self) -> int:
        return max(self.comments, self.long_thread + TYPICAL) if self.long_thread else self.comments

    @property
    def typical_thread(self) -> int:
        return min(TYPICAL, self.total_comments - self.long_thread)

    @property
    def remaining(self) -> int:
        """Comments on posts that are nothing special."""
        return self.total_comments - self.long_thread - self.typical_thread

    @property
    def total_posts(self) -> int:
        return max(self.posts, 1 + bool(self.long_thread) + bool(self.remaining))

    @property
    def typical_post(self) -> int:
        """Its number among the posts by age."""
        return min(int(self.total_posts * TYPICAL_AT), self.total_posts - 1)

    @property
    def long_post(self) -> int | None:
        if not self.long_thread:
            return None
        wanted = int(self.total_posts * LONG_AT)
        return wanted if wanted != self.typical_post else wanted - 1


def shares(size: Size, ages: Sequence[float], rng: Random) -> list[int]:
    """How many comments each post has. `ages` in days: a post of this morning has had no time to collect any."""
    special = {size.typical_post: size.typical_thread}
    if size.long_post is not None:
        special[size.long_post] = size.long_thread
    weights = [
        0.0 if number in special else rng.lognormvariate(0, SPREAD) * min(1.0, 0.02 + age / 3)
        for number, age in enumerate(ages)
    ]
    rate = size.remaining / (sum(weights) or 1)
    counts = [int(weight * rate) for weight in weights]
    if size.remaining:
        for number in rng.choices(range(len(counts)), weights, k=size.remaining - sum(counts)):
            counts[number] += 1
    return [special.get(number, count) for number, count in enumerate(counts)]
