"""Which sign colour a topic gets that comes without one."""

from __future__ import annotations

from forum.topics.models import Sign

# The house's own six; a city that calls them so means them.
_KNOWN = {
    "energy": Sign.ENERGY,
    "mobility": Sign.MOBILITY,
    "circular-city": Sign.CIRCULAR,
    "digital-city": Sign.DIGITAL,
    "citizens-living": Sign.CITIZENS,
    "governance-education": Sign.GOV,
}


def sign_for(slug: str, number: int) -> Sign:
    """The one that belongs to this slug, else the next in turn; `number` counts a community's topics from 0."""
    return _KNOWN.get(slug) or list(Sign)[number % len(Sign)]
