"""The asker says which comment answers the question."""

from __future__ import annotations

from forum.comments import policy
from forum.comments.errors import NoSuchComment
from forum.comments.queries import Found, get_comment
from forum.kernel.access import Actor
from forum.kernel.ids import CommentId
from forum.posts.commands import accept_answer, unaccept


def accept(actor: Actor, comment_id: CommentId, *, on: bool) -> Found:
    """Accept a comment as the answer, or take that back; twice is once. Raises NoSuchComment or posts' NotYours."""
    found = get_comment(comment_id, actor, lock=True)
    comment, post = found.comment, found.post
    if on and not policy.can_be_answered(comment.state):
        raise NoSuchComment
    if on:
        accept_answer(actor, post.id, comment.id)
    elif post.accepted_comment_id == comment.id:
        unaccept(actor, post.id)
    return found
