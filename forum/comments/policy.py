"""Who may do what with a comment."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, or_, true

from forum.comments.models import READABLE, SHOWN, WAITING, Comment, CommentState
from forum.kernel.access import Actor
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.policy import SPEAKS
from forum.posts import policy as posts
from forum.posts.models import PostState

# Mending a slip right after sending isn't a change that readers have to be told of; the version is kept all the same.
UNMARKED = timedelta(minutes=5)
# While it waits, better words are welcome; after a moderator decided, the words stay as they were judged.
EDITABLE = frozenset({CommentState.VISIBLE, *WAITING})


class Judged(Protocol):
    """What the rules ask of a comment: the row, or a record of it."""

    @property
    def state(self) -> str: ...
    @property
    def author_id(self) -> MemberId: ...
    @property
    def organisation_id(self) -> OrganisationId | None: ...


def can_see(actor: Actor, comment: Judged) -> bool:
    """See that it's there: with its words or as a placeholder. What waits or was refused is its author's."""
    return comment.state in SHOWN or is_author(actor, comment) or actor.is_moderator


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    if actor.is_moderator:
        return true()
    shown = Comment.state.in_(SHOWN)
    return shown if actor.is_anonymous else or_(shown, Comment.author_id == actor.id)


def can_read(actor: Actor, comment: Judged) -> bool:
    """Read its words. Those behind a placeholder are left to its author and the moderators."""
    return comment.state in READABLE or is_author(actor, comment) or actor.is_moderator


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_read."""
    if actor.is_moderator:
        return true()
    readable = Comment.state.in_(READABLE)
    return readable if actor.is_anonymous else or_(readable, Comment.author_id == actor.id)


def is_author(actor: Actor, comment: Judged) -> bool:
    return actor.is_authenticated and actor.member_id == comment.author_id


def can_reply(actor: Actor, post: posts.Judged) -> bool:
    """Write in a post's thread: at its top, or below what can be answered."""
    return posts.can_comment(actor, post)


def can_be_answered(state: str) -> bool:
    """Nobody answers words that can't be read any more."""
    return state in READABLE


def can_edit(actor: Actor, comment: Judged, post: posts.Judged) -> bool:
    """A closed thread's too: correcting oneself adds nothing to it."""
    return (
        is_author(actor, comment)
        and comment.state in EDITABLE
        and post.state == PostState.PUBLISHED
        and actor.may_write
        and _still_speaks(actor, comment)
    )


def can_withdraw(actor: Actor, comment: Judged) -> bool:
    """Taking one's words back is open to a silenced member too."""
    return is_author(actor, comment) and comment.state in (*READABLE, *WAITING) and posts.can_draft(actor)


def can_restore(actor: Actor, comment: Judged, post: posts.Judged) -> bool:
    return (
        is_author(actor, comment)
        and comment.state == CommentState.WITHDRAWN
        and post.state == PostState.PUBLISHED
        and actor.may_write
        and _still_speaks(actor, comment)
    )


def _still_speaks(actor: Actor, comment: Judged) -> bool:
    """Who left an organisation has no say any more in what was said in its name."""
    return comment.organisation_id is None or actor.rights.get(comment.organisation_id) in SPEAKS
