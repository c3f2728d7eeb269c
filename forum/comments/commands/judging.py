"""What moderation does to a comment. Who may is moderation's to say: these check only that its state allows it."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, update

from forum.comments import tree
from forum.comments.commands.counting import count_speaker
from forum.comments.errors import NoLongerPossible
from forum.comments.events import (
    CommentApproved,
    CommentCollapsed,
    CommentHeld,
    CommentReinstated,
    CommentRejected,
    CommentRemoved,
    CommentReturned,
    CommentSubmitted,
)
from forum.comments.models import READABLE, SHOWN, Comment, CommentState
from forum.comments.queries.conditions import is_readable
from forum.comments.queries.one import Found, get_comment
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.posts.commands import forget_answer, note_comment
from forum.posts.models import CommentMode, Post, PostState

UNSEEN = frozenset({CommentState.PENDING, CommentState.RETURNED})
AWAITS = frozenset({CommentState.PENDING, CommentState.HIDDEN})
RESTRICTABLE = frozenset({CommentState.VISIBLE, CommentState.COLLAPSED, CommentState.HIDDEN, CommentState.PENDING})


def take(comment_id: CommentId) -> Comment:
    """The row, taken in the order that everybody keeps: member, organisation, post, comments."""
    seen = db.session.execute(
        select(Comment.author_id, Comment.organisation_id, Comment.post_id).where(Comment.id == comment_id)
    ).one()
    count_speaker(seen.author_id, seen.organisation_id, 0)
    db.session.execute(select(Post.id).where(Post.id == seen.post_id).with_for_update())
    return db.session.scalars(
        select(Comment).where(Comment.id == comment_id).execution_options(populate_existing=True)
    ).one()


def take_for(actor: Actor, comment_id: CommentId) -> Found:
    """The same for somebody who may see it. Who speaks in a comment never changes. Raises NoSuchComment."""
    comment = get_comment(comment_id, actor).comment
    count_speaker(comment.author_id, comment.organisation_id, 0)
    return get_comment(comment_id, actor, lock=True)


def hold(comment_id: CommentId, state: CommentState = CommentState.PENDING) -> str:
    """Out of readers' sight until somebody decided. Returns the state it had, as all of these do."""
    comment = take(comment_id)
    was = comment.state
    if was in READABLE or was == CommentState.PENDING:
        _turn(comment, state)
        record(CommentHeld(comment.id, comment.post_id))
    return was


def approve(comment_id: CommentId) -> str:
    """Readers see it from now on; twice is once. Raises NoLongerPossible when things changed while it waited."""
    comment = take(comment_id)
    was = comment.state
    if was in READABLE:
        return was
    if was not in AWAITS:
        raise NoLongerPossible(_("Its author took this comment back in the meantime."))
    _check_thread(comment)
    comment.returned_because = ""
    _turn(comment, CommentState.VISIBLE)
    record(CommentApproved(comment.id, comment.post_id, comment.parent_id, comment.author_id, comment.organisation_id))
    return was


def unhide(comment_id: CommentId) -> str:
    """What a rule or reports had hidden is seen again; anything else stays as it is."""
    comment = take(comment_id)
    was = comment.state
    if was == CommentState.HIDDEN:
        _turn(comment, CommentState.VISIBLE)
        record(CommentReinstated(comment.id, comment.state))
    return was


def return_(comment_id: CommentId, words: str) -> str:
    """To its author, to change and send again. Raises NoLongerPossible."""
    comment = _taken_from(comment_id, AWAITS)
    was = comment.state
    comment.returned_because = words
    _turn(comment, CommentState.RETURNED)
    record(CommentReturned(comment.id))
    return was


def reject(comment_id: CommentId) -> str:
    """It never appears. Raises NoLongerPossible."""
    comment = _taken_from(comment_id, AWAITS)
    was = comment.state
    _turn(comment, CommentState.REJECTED)
    record(CommentRejected(comment.id))
    return was


def collapse(comment_id: CommentId, by: str = "", because: str = "") -> str:
    """Its words stay, on a click, beside who did it (an organisation's name, or nothing for the site) and why.

    Raises NoLongerPossible.
    """
    comment = _taken_from(comment_id, RESTRICTABLE)
    was = comment.state
    if was != CommentState.COLLAPSED:  # pages that show it are drawn anew with its state, not with these
        comment.collapsed_by, comment.collapsed_because = by, because
    _turn(comment, CommentState.COLLAPSED)
    record(CommentCollapsed(comment.id))
    return was


def remove(comment_id: CommentId) -> str:
    """A placeholder keeps its place, with the replies below it. Raises NoLongerPossible."""
    comment = _taken_from(comment_id, RESTRICTABLE)
    was = comment.state
    _turn(comment, CommentState.REMOVED)
    record(CommentRemoved(comment.id))
    return was


def send_again(comment: Comment) -> None:
    """Its author changed what was returned: it's sent as a new one is, and looked at by the same listeners."""
    comment = take(comment.id)
    comment.returned_because = ""
    _turn(comment, CommentState.VISIBLE)
    record(CommentSubmitted(comment.id, comment.post_id, comment.parent_id, comment.author_id, comment.organisation_id))


def take_back(comment: Comment) -> None:
    """Its author withdraws what waits. What nobody ever saw leaves nothing behind."""
    if comment.state in UNSEEN and comment.next_child == 0 and comment.recommendation_count == 0:
        _turn(comment, CommentState.REJECTED)
        db.session.delete(comment)
        db.session.flush()
        return
    comment.withdrawn_from = comment.state
    _turn(comment, CommentState.WITHDRAWN)


def reinstate(comment_id: CommentId, was: str) -> None:
    """Back to how it was before it was judged; what its author withdrew since comes back so when they put it back."""
    comment = take(comment_id)
    comment.returned_because = ""
    if comment.state == CommentState.WITHDRAWN:
        comment.withdrawn_from = was if was in READABLE else comment.withdrawn_from
        return
    _turn(comment, CommentState(was))
    record(CommentReinstated(comment.id, was))


def _taken_from(comment_id: CommentId, states: Collection[CommentState]) -> Comment:
    comment = take(comment_id)
    if comment.state not in states:
        raise NoLongerPossible(_("This comment changed in the meantime: its author, or a colleague, was before you."))
    return comment


def _turn(comment: Comment, state: CommentState) -> None:
    """With everything that counts it: readable words for people and the thread, a place for those above it."""
    readable = (state in READABLE) - (comment.state in READABLE)
    shown = (state in SHOWN) - (comment.state in SHOWN)
    comment.state = state
    db.session.flush()
    if shown:
        _count_above(comment, shown)
    if not readable:
        return
    count_speaker(comment.author_id, comment.organisation_id, readable)
    note_comment(comment.post_id, readable, clock.now() if readable > 0 else None)
    if readable < 0:
        forget_answer(comment.post_id, comment.id)
        _forget_activity(comment.post_id)


def _count_above(comment: Comment, delta: int) -> None:
    above = tree.ancestors(comment.path)
    if above:
        here = (Comment.post_id == comment.post_id) & Comment.path.in_(above)
        counted = update(Comment).where(here).values(reply_count=Comment.reply_count + delta)
        db.session.execute(counted, execution_options={"synchronize_session": False})


def _forget_activity(post_id: PostId) -> None:
    """What nobody can read doesn't move its thread up in a list."""
    newest = select(func.max(Comment.created_at)).where(Comment.post_id == post_id, is_readable(Comment))
    at = db.session.scalar(newest)
    post = db.session.execute(select(Post.published_at, Post.created_at).where(Post.id == post_id)).one()
    begun = post.published_at or post.created_at
    db.session.execute(update(Post).where(Post.id == post_id).values(last_activity_at=max(at, begun) if at else begun))


def _check_thread(comment: Comment) -> None:
    post = db.session.execute(select(Post.state, Post.comment_mode).where(Post.id == comment.post_id)).one()
    if post.state != PostState.PUBLISHED:
        raise NoLongerPossible(_("The post that this comment stands under can’t be read any more."))
    if post.comment_mode in {CommentMode.CLOSED, CommentMode.LOCKED}:
        raise NoLongerPossible(_("This discussion was closed in the meantime. Open it first, or reject the comment."))
    if comment.parent_id is None:
        return
    parent = db.session.scalar(select(Comment.state).where(Comment.id == comment.parent_id))
    if parent not in READABLE:
        raise NoLongerPossible(
            _("The comment that it answers can’t be read any more. Return it, so that it can stand alone.")
        )
