"""What each level asks, and when one is lost. Pure: figures in, level out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.kernel.access import Actor
from forum.trust.models import Level
from forum.trust.records import Figures

# Level 3 is about who takes part now (DOMAIN, "Trust"). Half a year is how long a penalty counts.
WINDOW = timedelta(days=100)
PENALTY_WINDOW = timedelta(days=183)
# A fortnight's holiday at the edge of the window costs nobody their level.
KEPT_FOR = timedelta(days=14)
# A hundred days of these are eleven rows a member, and the window is right to within as many days.
MARK_EVERY = timedelta(days=10)


@dataclass(frozen=True)
class Need:
    """A figure that reaches `wanted`, or with `at_most` doesn't pass it."""

    figure: str
    wanted: int
    at_most: bool = False

    def is_met(self, figures: Figures) -> bool:
        has = self.has(figures)
        return has <= self.wanted if self.at_most else has >= self.wanted

    def has(self, figures: Figures) -> int:
        has: int = getattr(figures, self.figure)
        return has


# DOMAIN, "Trust". Level 4 is granted only.
NEEDS: Mapping[Level, tuple[Need, ...]] = {
    Level.BASIC: (Need("posts_opened", 5), Need("comments_read", 30), Need("minutes", 10)),
    Level.MEMBER: (
        Need("days_visited", 15),
        Need("posts_opened", 20),
        Need("comments_read", 100),
        Need("minutes", 60),
        Need("recommendations_given", 1),
        Need("recommendations_received", 1),
    ),
    Level.REGULAR: (
        Need("days_visited_lately", 50),
        Need("discussions_lately", 10),
        # "Few": more than one a month isn't bad luck any more.
        Need("upheld_reports_lately", 3, at_most=True),
        Need("penalties", 0, at_most=True),
    ),
}


def earned(figures: Figures) -> Level:
    """The highest level of which, and of all below it, every need is met."""
    level = Level.NEW
    for step, needs in NEEDS.items():
        if not all(need.is_met(figures) for need in needs):
            break
        level = step
    return level


@dataclass(frozen=True)
class Standing:
    """The level that somebody is to have, and until when they keep one that they no longer earn."""

    level: Level
    kept_until: datetime | None = None


def standing(current: int, figures: Figures, kept_until: datetime | None, now: datetime) -> Standing:
    """Of a member without a grant. Levels 1 and 2 are never lost; 3 is, after a while, or at once by a penalty."""
    level = earned(figures)
    if level >= current or current <= Level.MEMBER:
        return Standing(Level(max(level, min(current, Level.REGULAR))))
    if figures.penalties or current > Level.REGULAR:
        return Standing(max(level, Level.MEMBER))
    until = kept_until or now + KEPT_FOR
    return Standing(Level.MEMBER) if until <= now else Standing(Level.REGULAR, until)


def can_grant(actor: Actor) -> bool:
    return actor.is_admin
