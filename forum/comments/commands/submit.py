"""Send a comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, insert, select, update

from forum.comments import policy, tree
from forum.comments.commands.counting import count_speaker, left_of_first_day
from forum.comments.commands.words import words_of
from forum.comments.draft import Draft
from forum.comments.errors import ParentGone, ThreadClosed, ThreadFull, may_not_write
from forum.comments.events import CommentSubmitted
from forum.comments.models import Comment, CommentState
from forum.comments.requirements import check_words
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import run, table_of
from forum.kernel.errors import TooOften
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.kernel.text import Rendered
from forum.media.commands import hold
from forum.media.models import Holder
from forum.posts import places
from forum.posts.commands import Thread, enter_thread
from forum.posts.commands.speaker import Speaker, speaker_for
from forum.posts.commands.taking import take_words
from forum.posts.policy import UNLIMITED, TrustLimits

_OF_POST = Comment.post_id == bindparam("of_post")
_INSERT = insert(table_of(Comment)).returning(Comment.id)
_TAKE_REPLY = (
    update(table_of(Comment))
    .where(_OF_POST, Comment.path == bindparam("at"))
    .values(next_child=Comment.next_child + 1)
    .returning(Comment.next_child)
)
_PARENT = select(Comment.path, Comment.state).where(_OF_POST, Comment.id == bindparam("which"))
_COUNT_REPLY = (
    update(table_of(Comment))
    .where(_OF_POST, Comment.path.in_(bindparam("above", expanding=True)))
    .values(reply_count=Comment.reply_count + 1)
)


@dataclass(frozen=True)
class New:
    """Where a comment that was just sent stands."""

    id: CommentId
    post_id: PostId
    path: str
    depth: int


@dataclass(frozen=True)
class Sent:
    comment: New
    post: Thread


def submit(actor: Actor, post_id: PostId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> Sent:
    """A new comment that everyone sees. `body` is `draft.source`, rendered.

    Raises Forbidden, Invalid, NoSuchPost, ThreadClosed, ParentGone, or TooOften on a busy first day. What was counted
    by then goes back with the transaction.
    """
    if not actor.may_write:
        raise may_not_write(actor)
    check_words(draft, body, limits)
    speaker, now = speaker_for(actor, draft.on_behalf_of), clock.now()
    count_speaker(actor.id, speaker.organisation_id, +1)
    _check_first_day(actor, limits)
    thread = enter_thread(actor, post_id, now, at_top=draft.parent_id is None)
    if not policy.can_reply(actor, thread):
        raise ThreadClosed
    comment = _insert(actor, thread, draft, body, speaker=speaker, at=now)
    if body.files or body.cards:
        hold(actor, Holder.COMMENT, comment.id, body)
    if comment.depth:
        run(_COUNT_REPLY, {"of_post": thread.id, "above": tree.ancestors(comment.path)})
    record(CommentSubmitted(comment.id, thread.id, draft.parent_id, actor.id, speaker.organisation_id))
    take_words(actor, draft.kept, places.of_comment(thread.id, draft.parent_id))
    return Sent(comment, thread)


def _insert(actor: Actor, thread: Thread, draft: Draft, body: Rendered, *, speaker: Speaker, at: datetime) -> New:
    path = _take_place(thread, draft.parent_id)
    depth = tree.depth_of(path)
    values = {
        "post_id": thread.id, "parent_id": draft.parent_id, "path": path, "depth": depth, "author_id": actor.id,
        "organisation_id": speaker.organisation_id, "role_organisation_id": speaker.role_organisation_id,
        "role_title": speaker.role_title, "state": CommentState.VISIBLE, "created_at": at,
        "language": draft.language or thread.language, **words_of(draft.source, body),
    }  # fmt: skip
    return New(run(_INSERT, values).scalar_one(), thread.id, path, depth)


def _take_place(thread: Thread, parent_id: CommentId | None) -> str:
    """The next place under the parent, or the one taken at the top. The update both takes the ordinal and locks its
    row.
    """
    host = tree.host_of(_path_of_parent(thread, parent_id)) if parent_id is not None else ""
    taken = run(_TAKE_REPLY, {"of_post": thread.id, "at": host}).scalar_one() if host else thread.next_root
    if taken > tree.MAX_SIBLINGS:
        raise ThreadFull
    return tree.child(host, taken - 1)


def _path_of_parent(thread: Thread, parent_id: CommentId) -> str:
    """Under the lock of the post, so that it can't go away in between."""
    parent = run(_PARENT, {"of_post": thread.id, "which": parent_id}).first()
    if parent is None or not policy.can_be_answered(parent.state):
        raise ParentGone
    path: str = parent.path
    return path


def _check_first_day(actor: Actor, limits: TrustLimits) -> None:
    allowed = limits.comments_on_first_day
    left = left_of_first_day(actor, allowed) if allowed is not None else 0
    if left:
        raise TooOften(
            _("New members can write %(limit)s comments on their first day. Keep this one for tomorrow.",
              limit=allowed),
            retry_after=left,
        )  # fmt: skip
