"""Who may keep what."""

from __future__ import annotations

from datetime import timedelta

from forum.kernel.access import Actor

# More isn't found again; and a look for words goes over all of them.
MAX_BOOKMARKS = 2_000
# Two lines on the page, and enough to say why.
MAX_NOTE = 500
# Somebody means the next year, nobody the next decade.
FURTHEST = timedelta(days=5 * 366)


def can_bookmark(actor: Actor) -> bool:
    """Whoever is signed in, also while they may not write: it says nothing to anybody."""
    return actor.is_authenticated
