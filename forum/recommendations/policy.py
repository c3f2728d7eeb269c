"""Who may recommend what."""

from __future__ import annotations

from forum.comments.models import READABLE
from forum.kernel.access import Actor
from forum.kernel.ids import MemberId
from forum.posts.models import PostState


def is_own(actor: Actor, author_id: MemberId) -> bool:
    return actor.member_id == author_id


def can_recommend(actor: Actor) -> bool:
    """As for writing: to recommend is a way of speaking."""
    return actor.may_write


def is_readable_post(state: str) -> bool:
    return state == PostState.PUBLISHED


def is_readable_comment(state: str) -> bool:
    return state in READABLE
