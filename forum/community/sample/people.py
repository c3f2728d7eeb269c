"""Who writes in a sample, and in whose name; keeps count of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from random import Random

from forum.kernel.access import Right
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.policy import SPEAKS

# Of all members, those who were there from the first day.
FOUNDERS = 0.15
# Early members write most: of n, number n * u ** EARLY for a random u.
EARLY = 2.2


@dataclass(frozen=True, slots=True)
class Voice:
    """As whom a text is written: the organisation spoken for, and the author's role, as stored with it."""

    author_id: MemberId
    organisation_id: OrganisationId | None = None
    role_organisation_id: OrganisationId | None = None
    role_title: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A member's in an organisation, by its number."""

    organisation: int
    title: str
    right: Right


@dataclass(frozen=True)
class People:
    """Members and organisations by number, from 0; ids follow from the first. `joined`: moments, in order.

    A member's `places` have the one that is shown beside their name first.
    """

    first_member: int
    first_organisation: int
    joined: list[float]
    places: list[list[Place]]
    verified: list[bool]
    posts: dict[int, int] = field(default_factory=dict)
    comments: dict[int, int] = field(default_factory=dict)
    organisation_posts: dict[int, int] = field(default_factory=dict)
    organisation_comments: dict[int, int] = field(default_factory=dict)
    voices: dict[tuple[int, bool], Voice] = field(default_factory=dict)

    def somebody(self, rng: Random, moment: float, skew: float = EARLY) -> int:
        """A member who had joined by then."""
        return int(max(bisect_right(self.joined, moment), 1) * rng.random() ** skew)

    def voice(self, member: int, *, official: bool) -> Voice:
        """The member's own, or with `official` that of an organisation if they may speak for one."""
        voice = self.voices.get((member, official))
        if voice is None:
            voice = self.voices[member, official] = self._voice(member, official=official)
        return voice

    def _voice(self, member: int, *, official: bool) -> Voice:
        author_id = MemberId(self.first_member + member)
        places = self.places[member]
        if not places:
            return Voice(author_id)
        spoken = [place for place in places if self._may_speak(place)] if official else []
        shown = (spoken or places)[0]
        organisation_id = OrganisationId(self.first_organisation + shown.organisation)
        return Voice(author_id, organisation_id if spoken else None, organisation_id, shown.title)

    def _may_speak(self, place: Place) -> bool:
        return place.right in SPEAKS and self.verified[place.organisation]

    def count_post(self, voice: Voice) -> None:
        _add(self.posts, voice.author_id)
        _add(self.organisation_posts, voice.organisation_id)

    def count_comment(self, voice: Voice) -> None:
        _add(self.comments, voice.author_id)
        _add(self.organisation_comments, voice.organisation_id)


def _add(counts: dict[int, int], key: int | None) -> None:
    if key is not None:
        counts[key] = counts.get(key, 0) + 1
