"""Who administers the site."""

from __future__ import annotations

from forum.kernel.access import Actor


def can_administer(actor: Actor) -> bool:
    """Administrators who are neither silenced nor suspended."""
    return actor.is_admin and actor.may_write
