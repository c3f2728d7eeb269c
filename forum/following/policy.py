"""Who may follow what."""

from __future__ import annotations

from forum.kernel.access import Actor, MemberState

# Far more than anybody reads; what is new is looked for under each of them.
MAX_FOLLOWS = 5_000
# A post that five people recommend is worth telling those who want highlights only.
HIGHLIGHT = 5


def can_follow(actor: Actor) -> bool:
    """As for reading: an unconfirmed or silenced member may."""
    return actor.is_authenticated and actor.state not in {MemberState.SUSPENDED, MemberState.ERASED}


def is_highlight(*, featured: bool, recommendations: int) -> bool:
    return featured or recommendations >= HIGHLIGHT
