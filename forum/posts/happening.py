"""When and where an event is: times in its own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from forum.kernel.ids import PostId
from forum.posts.models import PostKind

# Clocks of offices and ships, old names and abbreviations: nobody looks for their city under them.
_NOT_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


class Scheduled(Protocol):
    @property
    def id(self) -> PostId: ...
    @property
    def kind(self) -> str: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def link(self) -> str: ...


@dataclass(frozen=True)
class Happening:
    """`starts` and `ends` are aware, in the zone called `time_zone`. `calendar` is the address of the .ics file."""

    starts: datetime
    ends: datetime | None
    time_zone: str
    place: str
    link: str
    calendar: str

    @property
    def is_one_day(self) -> bool:
        return self.ends is None or self.ends.date() == self.starts.date()


def happening_of(post: Scheduled) -> Happening | None:
    """None where it isn't an event, or one whose time nobody said (an imported one)."""
    if post.kind != PostKind.EVENT or post.starts_at is None:
        return None
    zone = find_zone(post.time_zone) or UTC
    return Happening(
        starts=post.starts_at.astimezone(zone),
        ends=post.ends_at.astimezone(zone) if post.ends_at else None,
        time_zone=post.time_zone or "UTC",
        place=post.place,
        link=post.link,
        calendar=f"/posts/{post.id}/event.ics",
    )


def find_zone(name: str) -> ZoneInfo | None:
    """A zone of the IANA database. Only listed names are opened: a name is a path there."""
    return ZoneInfo(name) if name in zone_names() else None


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def place_names() -> tuple[str, ...]:
    """Zones to choose from, such as Europe/Amsterdam, by name."""
    return tuple(sorted(n for n in zone_names() if "/" in n and not n.startswith(_NOT_PLACES)))
