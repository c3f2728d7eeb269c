"""Send a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

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
from forum.kernel.db import db
from forum.kernel.errors import TooOften
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.kernel.text import Rendered
from forum.posts import queries as posts
from forum.posts.commands import note_comment
from forum.posts.commands.speaker import Speaker, speaker_for
from forum.posts.models import Post
from forum.posts.policy import UNLIMITED, TrustLimits


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
    _announce(comment)
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
        here = (Comment.post_id == comment.post_id) & Comment.path.in_(above)
        counted = update(Comment).where(here).values(reply_count=Comment.reply_count + 1)
        db.session.execute(counted, execution_options={"synchronize_session": False})
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
    return db.session.scalars(
        update(Post).where(Post.id == post.id).values(next_root=Post.next_root + 1).returning(Post.next_root)
    ).one()


def _take_reply(post: Post, host: str) -> int:
    return db.session.scalars(
        update(Comment)
        .where(Comment.post_id == post.id, Comment.path == host)
        .values(next_child=Comment.next_child + 1)
        .returning(Comment.next_child)
    ).one()


def _check_first_day(actor: Actor, limits: TrustLimits) -> None:
    allowed = limits.comments_on_first_day
    left = left_of_first_day(actor, allowed) if allowed is not None else 0
    if left:
        raise TooOften(
            _("New members can write %(limit)s comments on their first day. Keep this one for tomorrow.",
              limit=allowed),
            retry_after=left,
        )  # fmt: skip
