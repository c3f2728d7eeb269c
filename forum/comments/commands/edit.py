"""Change the words of a comment."""

from __future__ import annotations

from forum.comments import policy
from forum.comments.commands.speaking import may_still_speak
from forum.comments.commands.words import fill, keep_changed, keep_first
from forum.comments.draft import Draft
from forum.comments.errors import ChangedMeanwhile, NotYours
from forum.comments.events import CommentEdited
from forum.comments.models import Comment
from forum.comments.queries import Found, get_comment
from forum.comments.requirements import check_words
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId
from forum.kernel.text import Rendered
from forum.posts.policy import UNLIMITED, TrustLimits


def edit(
    actor: Actor, comment_id: CommentId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED
) -> Found:
    """New words, with a version of the old ones; the same words change nothing.

    Raises NoSuchComment, NotYours, Invalid, or ChangedMeanwhile when `draft.revision` isn't the one in force.
    """
    found = get_comment(comment_id, actor, lock=True)
    comment = found.comment
    if not policy.can_edit(actor, comment, found.post) or not may_still_speak(actor, comment):
        raise NotYours
    check_words(draft, body, limits)
    if draft.revision is not None and draft.revision != comment.revision:
        raise ChangedMeanwhile
    comment.language = draft.language or comment.language
    if draft.source != comment.source:
        _change(actor, comment, draft.source, body)
    return found


def _change(actor: Actor, comment: Comment, source: str, body: Rendered) -> None:
    now = clock.now()
    keep_first(comment)
    fill(comment, source, body)
    keep_changed(comment, actor.id, now)
    if now - comment.created_at >= policy.UNMARKED:
        comment.edited_at = now
    db.session.flush()
    record(CommentEdited(comment.id, comment.revision))
