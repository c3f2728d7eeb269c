"""Trust as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.errors import Words
from forum.posts.policy import TrustLimits


@dataclass(frozen=True)
class Figures:
    """What a level is earned with. `_lately`: within policy.WINDOW; `penalties` within policy.PENALTY_WINDOW."""

    posts_opened: int = 0
    comments_read: int = 0
    minutes: int = 0
    days_visited: int = 0
    recommendations_given: int = 0
    recommendations_received: int = 0
    days_visited_lately: int = 0
    discussions_lately: int = 0
    upheld_reports_lately: int = 0
    penalties: int = 0


@dataclass(frozen=True)
class NeedLine:
    """One thing that a level asks. `wanted` is what is to be reached, or with `at_most` what isn't to be passed."""

    words: Words
    has: int
    wanted: int
    at_most: bool
    is_met: bool


@dataclass(frozen=True)
class ChangeLine:
    old: Words
    new: Words
    why: Words
    made_at: datetime


@dataclass(frozen=True)
class TrustPage:
    """`next_name` is empty where nothing more can be earned. `kept_until`: level 3 is kept until then."""

    username: str
    name: str
    level: int
    level_name: Words
    limits: TrustLimits
    next_name: Words
    needs: tuple[NeedLine, ...]
    kept_until: datetime | None
    is_granted: bool
    changes: tuple[ChangeLine, ...]
