"""Take one's words back, and put them back. The place in the thread stays, with the replies below it."""

from __future__ import annotations

from forum.comments import policy
from forum.comments.commands.counting import count_speaker
from forum.comments.commands.judging import take_back, take_for
from forum.comments.commands.speaking import may_still_speak
from forum.comments.errors import NotYours
from forum.comments.events import CommentRestored, CommentWithdrawn
from forum.comments.models import WAITING, CommentState
from forum.comments.queries import Found
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId
from forum.posts.commands import forget_answer, note_comment


def withdraw(actor: Actor, comment_id: CommentId) -> Found:
    """Its author takes it back; twice is once. Raises NoSuchComment or NotYours."""
    found = take_for(actor, comment_id)
    comment = found.comment
    if policy.is_author(actor, comment) and comment.state == CommentState.WITHDRAWN:
        return found
    if not policy.can_withdraw(actor, comment):
        raise NotYours
    if comment.state in WAITING:
        take_back(comment)
        record(CommentWithdrawn(comment_id))
        return found
    comment.withdrawn_from, comment.state = comment.state, CommentState.WITHDRAWN
    _count(found, -1)
    forget_answer(found.post.id, comment.id)
    record(CommentWithdrawn(comment.id))
    return found


def restore(actor: Actor, comment_id: CommentId) -> Found:
    """Its author puts it back as it was, collapsed if it was; twice is once. Raises NoSuchComment or NotYours."""
    found = take_for(actor, comment_id)
    comment = found.comment
    if policy.is_author(actor, comment) and policy.can_be_answered(comment.state):
        return found
    unjudged = comment.withdrawn_from in WAITING
    if unjudged or not policy.can_restore(actor, comment, found.post) or not may_still_speak(actor, comment):
        raise NotYours
    comment.state, comment.withdrawn_from = comment.withdrawn_from or CommentState.VISIBLE, None
    _count(found, +1)
    record(CommentRestored(comment.id))
    return found


def _count(found: Found, delta: int) -> None:
    db.session.flush()
    count_speaker(found.comment.author_id, found.comment.organisation_id, delta)
    note_comment(found.post.id, delta)
