"""Who changes the house rules, and what a rule may be. Everyone may read them, those of the past too."""

from __future__ import annotations

from forum.kernel.access import Actor

# A heading in a list of grounds.
MAX_TITLE = 80
# What is longer is a policy that nobody reads; it can be a post that a rule links to.
MAX_SOURCE = 4_000
# What changed, as a line of the history.
MAX_NOTE = 200


def can_edit(actor: Actor) -> bool:
    return actor.is_admin
