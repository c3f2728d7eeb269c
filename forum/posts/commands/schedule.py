"""Posts that appear by themselves, at the time their author chose."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import literal_column, select

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import ForumError, Invalid
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.kernel.text import Rendered
from forum.organisations.actors import get_actor
from forum.posts import places, policy
from forum.posts.commands.again import draft_of
from forum.posts.commands.edit import check_revision
from forum.posts.commands.holding import hold_files
from forum.posts.commands.publish import bring_out, judge
from forum.posts.commands.rows import fill, forget_schedule, keep_revision, new_post, put_under, speak_as
from forum.posts.commands.speaker import speaker_for
from forum.posts.commands.taking import take_words
from forum.posts.draft import Draft
from forum.posts.errors import ChangedMeanwhile, NotYours
from forum.posts.events import PostNotPublished
from forum.posts.models import Post, PostState
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.queries import get_post
from forum.posts.rendering import render_body

BATCH = 20


def schedule(
    actor: Actor, post_id: PostId | None, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED
) -> PostId:
    """A new post, or one that nobody saw yet, will appear at `draft.publish_at`. It has to be complete now.

    Raises Forbidden, NoSuchPost, NotYours, Invalid, or ChangedMeanwhile when it was published since.
    """
    post = _unsent(actor, post_id, draft) if post_id is not None else None
    topics = judge(actor, draft, body, limits, post)
    moment = _check_time(draft)
    speaker = speaker_for(actor, draft.on_behalf_of)
    now = clock.now()
    if post is None:
        post = new_post(actor.id, speaker, PostState.SCHEDULED, now)
        db.session.add(post)
    forget_schedule(post)
    post.state, post.publish_at, post.publish_zone = PostState.SCHEDULED, moment, draft.publish_zone
    fill(post, draft, body)
    speak_as(post, speaker)
    db.session.flush()
    put_under(post, topics)
    hold_files(actor, post, draft.image, body)
    keep_revision(post, actor.id, now)
    take_words(actor, draft.kept, places.of_post(post_id))
    return post.id


def publish_due(*, lifted: bool) -> int:
    """Publish what is due, by the rules of this moment, and return how many were looked at. For the worker.

    What may not appear any more is a draft again, which says why; it never stops the others. `lifted` as in
    policy.limits_for.
    """
    due = db.session.scalars(
        select(Post.id)
        .where(Post.state == literal_column("'scheduled'"), Post.publish_at <= clock.now())
        .order_by(Post.publish_at, Post.id)
        .limit(BATCH)
    ).all()
    for post_id in due:
        _publish_one(post_id, lifted=lifted)
    return len(due)


def _publish_one(post_id: PostId, *, lifted: bool) -> None:
    post = _still_due(post_id)
    if post is None:
        return
    author = get_actor(post.author_id)
    limits = policy.limits_for(author, lifted=lifted)
    draft = draft_of(post)
    try:
        with db.session.begin_nested():
            bring_out(author, post, draft, render_body(draft.source), limits=limits)
    except ForumError as error:
        _put_back(post_id, author, error)


def _still_due(post_id: PostId) -> Post | None:
    """Under lock, unless its author is changing it at this moment: the next round looks again."""
    here = (Post.id == post_id) & (Post.state == PostState.SCHEDULED) & (Post.publish_at <= clock.now())
    query = select(Post).where(here).with_for_update(skip_locked=True)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _put_back(post_id: PostId, author: Actor, error: ForumError) -> None:
    post = db.session.get_one(Post, post_id, populate_existing=True)
    forget_schedule(post)
    with force_locale((author.language or "en").replace("-", "_")):
        reasons = [str(words) for words in error.fields.values()] or [str(error.message)]
    post.publish_problem = " ".join(reasons)
    record(PostNotPublished(post.id, post.author_id))


def _unsent(actor: Actor, post_id: PostId, draft: Draft) -> Post:
    post = get_post(post_id, actor, lock=True)
    if not policy.is_author(actor, post):
        raise NotYours
    if post.state not in policy.UNSENT:
        raise ChangedMeanwhile
    check_revision(post, draft)
    return post


def _check_time(draft: Draft) -> datetime:
    left = draft.publish_at - clock.now() if draft.publish_at else None
    if draft.publish_at is None or left is None:
        words = _("Choose the day and the time at which it is to appear.")
    elif left < policy.SOONEST:
        words = _("Choose a time that is still to come.")
    elif left > policy.LATEST:
        words = _("Choose a time within a year from now.")
    else:
        return draft.publish_at
    raise Invalid(words, fields={"publish_at": words})
