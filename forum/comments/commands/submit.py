"""Send a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, select, update

from forum.comments import policy, tree
from forum.comments.commands.counting import count_speaker, left_of_first_day
from forum.comments.commands.words import fill
from forum.comments.draft import Draft
from forum.comments.errors import ParentGone, ThreadClosed, ThreadFull, may_not_write
from forum.comments.events import CommentSubmitted
from forum.comments.models import Comment, CommentState
from forum.comments.queries import Found
from forum.comments.requirements import check_words
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, run, table_of
from forum.kernel.errors import TooOften
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.kernel.text import Rendered
from forum.media.commands import hold
from forum.media.models import Holder
from forum.posts import places
from forum.posts import queries as posts
from forum.posts.commands import note_comment
from forum.posts.commands.speaker import Speaker, speaker_for
from forum.posts.commands.taking import take_words
from forum.posts.models import Post
from forum.posts.policy import UNLIMITED, TrustLimits

_OF_POST = Comment.post_id == bindparam("of_post")
_TAKE_TOP = (
    update(table_of(Post))
    .where(Post.id == bindparam("of_post"))
    .values(next_root=Post.next_root + 1)
    .returning(Post.next_root)
)
_TAKE_REPLY = (
    update(table_of(Comment))
    .where(_OF_POST, Comment.path == bindparam("at"))
    .values(next_child=Comment.next_child + 1)
    .returning(Comment.next_child)
)
_COUNT_REPLY = (
    update(table_of(Comment))
    .where(_OF_POST, Comment.path.in_(bindparam("above", expanding=True)))
    .values(reply_count=Comment.reply_count + 1)
)


def submit(actor: Actor, post_id: PostId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> Found:
    """A new comment that everyone sees. `body` is `draft.source`, rendered.

    Raises Forbidden, Invalid, NoSuchPost, ThreadClosed, ParentGone, or TooOften on a busy first day.
    """
    if not actor.may_write:
        raise may_not_write(actor)
    check_words(draft, body, limits)
    speaker = speaker_for(actor, draft.on_behalf_of)
    count_speaker(actor.id, speaker.organisation_id, +1)
    _check_first_day(actor, limits)
    post = posts.get_post(post_id, actor, lock=True)
    if not policy.can_reply(actor, post):
        raise ThreadClosed
    comment = _insert(actor, post, draft, body, speaker)
    if body.files or body.cards:
        hold(actor, Holder.COMMENT, comment.id, body)
    _announce(comment)
    take_words(actor, draft.kept, places.of_comment(post.id, draft.parent_id))
    return Found(comment, post)


def _insert(actor: Actor, post: Post, draft: Draft, body: Rendered, speaker: Speaker) -> Comment:
    path = _take_place(post, _parent(post, draft.parent_id))
    comment = Comment(
        post_id=post.id, parent_id=draft.parent_id, path=path, depth=tree.depth_of(path), author_id=actor.id,
        organisation_id=speaker.organisation_id, role_organisation_id=speaker.role_organisation_id,
        role_title=speaker.role_title, state=CommentState.VISIBLE, created_at=clock.now(),
        language=draft.language or post.language,
    )  # fmt: skip
    fill(comment, draft.source, body)
    db.session.add(comment)
    db.session.flush()
    return comment


def _announce(comment: Comment) -> None:
    above = tree.ancestors(comment.path)
    if above:
        run(_COUNT_REPLY, {"of_post": comment.post_id, "above": above})
    note_comment(comment.post_id, +1, comment.created_at)
    record(CommentSubmitted(comment.id, comment.post_id, comment.parent_id, comment.author_id, comment.organisation_id))


def _parent(post: Post, parent_id: CommentId | None) -> Comment | None:
    """Under the lock of the post, so that it can't go away in between."""
    if parent_id is None:
        return None
    parent = db.session.scalar(
        select(Comment)
        .where(Comment.id == parent_id, Comment.post_id == post.id)
        .execution_options(populate_existing=True)
    )
    if parent is None or not policy.can_be_answered(parent.state):
        raise ParentGone
    return parent


def _take_place(post: Post, parent: Comment | None) -> str:
    """The next place under the parent, or at the top. The update both takes the ordinal and locks its row."""
    host = tree.host_of(parent.path) if parent is not None else ""
    taken = _take_reply(post, host) if host else _take_top(post)
    if taken > tree.MAX_SIBLINGS:
        raise ThreadFull
    return tree.child(host, taken - 1)


def _take_top(post: Post) -> int:
    taken: int = run(_TAKE_TOP, {"of_post": post.id}).scalar_one()
    return taken


def _take_reply(post: Post, host: str) -> int:
    taken: int = run(_TAKE_REPLY, {"of_post": post.id, "at": host}).scalar_one()
    return taken


def _check_first_day(actor: Actor, limits: TrustLimits) -> None:
    allowed = limits.comments_on_first_day
    left = left_of_first_day(actor, allowed) if allowed is not None else 0
    if left:
        raise TooOften(
            _("New members can write %(limit)s comments on their first day. Keep this one for tomorrow.",
              limit=allowed),
            retry_after=left,
        )  # fmt: skip
