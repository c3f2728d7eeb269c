"""Whose drafts are whose, and how much an account keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, false

from forum.drafts.models import KeptDraft
from forum.kernel.access import Actor
from forum.kernel.ids import MemberId

# More unsent texts than anybody goes back to, and 30 MB at the very most.
MAX_DRAFTS = 200
# A text of 32,000 characters, the other fields of a post, and what JSON adds to them.
MAX_CHARACTERS = 48_000
# Somebody who returns after half a year still finds it. What is closed only has to outlive a page left open.
OPEN_FOR, CLOSED_FOR = timedelta(days=183), timedelta(days=30)


class Owned(Protocol):
    @property
    def member_id(self) -> MemberId: ...


def can_see(actor: Actor, draft: Owned) -> bool:
    """Its author only: no moderator and no administrator reads what isn't sent."""
    return actor.is_authenticated and draft.member_id == actor.member_id


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    return KeptDraft.member_id == actor.id if actor.is_authenticated else false()
