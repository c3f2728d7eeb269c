"""What the queue does on news, its own included."""

from __future__ import annotations

from forum.comments.events import CommentEdited, CommentSubmitted, CommentWithdrawn
from forum.kernel.db import db
from forum.kernel.ids import CommentId, PostId
from forum.moderation import mail
from forum.moderation.commands import close_unneeded
from forum.moderation.events import DecisionSettled
from forum.moderation.holds import run
from forum.moderation.holds.text import text_of_comment, text_of_post
from forum.moderation.models import Decision, ReviewItem, SubjectType
from forum.posts.events import PostEdited, PostPublished, PostWithdrawn


def look_at_comment(event: CommentSubmitted) -> None:
    """In the transaction in which it was sent: nobody has seen it yet."""
    run.hold_new(text_of_comment(CommentId(event.comment_id)))


def look_at_edited_comment(event: CommentEdited) -> None:
    run.hold_changed(text_of_comment(CommentId(event.comment_id)))


def look_at_post(event: PostPublished) -> None:
    run.hold_new(text_of_post(PostId(event.post_id)))


def look_at_edited_post(event: PostEdited) -> None:
    run.hold_changed(text_of_post(PostId(event.post_id)))


def forget_comment(event: CommentWithdrawn) -> None:
    _forget(SubjectType.COMMENT, event.comment_id)


def forget_post(event: PostWithdrawn) -> None:
    _forget(SubjectType.POST, event.post_id)


def _forget(subject_type: SubjectType, subject_id: int) -> None:
    """Its author took it back: there is nothing left to decide."""
    item = run.waiting_item(subject_type, subject_id)
    if item is not None:
        close_unneeded(item)


def mail_author(event: DecisionSettled) -> None:
    """The letter is a row of this transaction, as is the note that it was written: one letter, however often asked."""
    item = db.session.get(ReviewItem, event.item_id)
    decision = db.session.get(Decision, event.decision_id)
    if item is not None and decision is not None:
        mail.write_to_author(item, decision)
