"""What posts hold about a member, and how theirs are emptied.

A post under which others commented keeps its place with a sentence instead of its words, so that their discussion
stays; any other goes out of sight. What was published in an organisation's name is an act of the organisation's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select, update

from forum import config
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId, PostId
from forum.kernel.personal import Choice, Choices, Fate, Part, Rows
from forum.kernel.text import PIPELINE_VERSION
from forum.media.commands import mark_cards_of, release
from forum.media.models import Holder
from forum.posts.commands.counting import count_post
from forum.posts.commands.judging import take
from forum.posts.events import PostWithdrawn
from forum.posts.models import Post, PostAddress, PostRevision, PostState, PostTopic
from forum.posts.rendering import render

BATCH = 20
# Never made from a title. Marks what was emptied.
GONE_SLUG = "-"
# Never an act in public, in whosever name: erased whatever was chosen.
UNSEEN = (
    PostState.DRAFT, PostState.PENDING, PostState.SCHEDULED, PostState.RETURNED, PostState.REJECTED,
    PostState.WITHDRAWN,
)  # fmt: skip
_ABOUT = (
    "standfirst", "excerpt", "place", "link", "time_zone", "publish_zone", "publish_problem", "returned_because",
    "role_title",
)  # fmt: skip
_FACTS = ("role_organisation_id", "continues_id", "publish_at", "starts_at", "ends_at", "deadline")


@dataclass(frozen=True)
class Written:
    """How many texts there are of each kind: one's own, in an organisation's name, and seen by nobody else."""

    own: int
    official: int
    unseen: int


def written_by(member_id: MemberId) -> Written:
    unseen, official = Post.state.in_(UNSEEN), Post.organisation_id.is_not(None)
    row = db.session.execute(
        select(
            func.count().filter(~unseen, ~official), func.count().filter(~unseen, official), func.count().filter(unseen)
        ).where(Post.author_id == member_id, Post.slug != GONE_SLUG)
    ).one()
    return Written(*row)


def _erase(member_id: MemberId, choices: Choices) -> bool:
    """After comments: those that stay keep their post."""
    ids = _next(member_id, choices)
    for post_id in ids:
        _empty(post_id)
    if not ids:
        _forget_places(member_id)
    return bool(ids)


def _next(member_id: MemberId, choices: Choices) -> Sequence[PostId]:
    taken: ColumnElement[bool] = Post.state.in_(UNSEEN)
    if choices.posts is Choice.REMOVE:
        taken = or_(taken, Post.organisation_id.is_(None))
    mine = select(Post.id).where(Post.author_id == member_id, Post.slug != GONE_SLUG, taken)
    return db.session.scalars(mine.order_by(Post.id).limit(BATCH)).all()


def _empty(post_id: PostId) -> None:
    post = take(post_id)
    seen = post.state == PostState.PUBLISHED
    if post.state in UNSEEN or (seen and post.comment_count == 0):
        if seen:
            count_post(post, -1)
        post.state, post.published_at = PostState.WITHDRAWN, None
    _write_over(post)
    for table, here in ((PostRevision, PostRevision.post_id), (PostAddress, PostAddress.post_id)):
        db.session.execute(delete(table).where(here == post_id))
    unmarked = update(PostTopic).where(PostTopic.post_id == post_id).values(pinned=False, featured=None)
    db.session.execute(unmarked)
    release(Holder.POST, post_id)
    if post.state == PostState.WITHDRAWN:
        record(PostWithdrawn(post_id))


def _write_over(post: Post) -> None:
    offered = config.current().languages
    with force_locale((post.language if post.language in offered else offered[0]).replace("-", "_")):
        title, words = (
            gettext("A post that its author removed"),
            gettext("The author has left and took these words back."),
        )
    post.title, post.slug, post.source = title, GONE_SLUG, f"*{words}*"
    post.html, post.pipeline = render(post.source).html, PIPELINE_VERSION
    post.words, post.pinned, post.featured = 0, False, False
    for name in _ABOUT:
        setattr(post, name, "")
    for name in _FACTS:
        setattr(post, name, None)
    db.session.flush()


def _forget_places(member_id: MemberId) -> None:
    """An office at a small organisation says who it was. And their name stands on cards of links to their posts."""
    mine = Post.author_id == member_id
    db.session.execute(update(Post).where(mine).values(role_title="", returned_because=""))
    db.session.execute(update(Post).where(mine, Post.organisation_id.is_(None)).values(role_organisation_id=None))
    mark_cards_of(select(Post.id).where(mine))


PART = Part(
    (
        Rows(Post.author_id, Fate.CHANGED, title=_("Posts"), hidden=frozenset({"html", "pipeline"})),
        Rows(
            PostRevision.editor_id, Fate.STAYS, title=_("Versions of posts"),
            why="history of what stays; versions of what doesn't go with it",
        ),
    ),
    _erase,
)  # fmt: skip
