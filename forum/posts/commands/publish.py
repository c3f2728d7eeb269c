"""Publish a post, or keep it as a draft that only its author sees."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import TooOften
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.kernel.text import Rendered
from forum.posts import policy
from forum.posts.commands.counting import count_author, count_organisation, count_topics, take_topics
from forum.posts.commands.edit import check_revision, edit
from forum.posts.commands.rows import fill, keep_revision, new_post, put_under, speak_as
from forum.posts.commands.speaker import Speaker, drafting_speaker, speaker_for
from forum.posts.draft import Draft
from forum.posts.errors import NotYours, may_not_write
from forum.posts.events import PostPublished
from forum.posts.models import Post, PostState
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.queries import get_post
from forum.posts.requirements import check_complete, check_draft
from forum.topics.models import Topic
from forum.topics.queries import get_topics_for_post, topics_by_slug


def publish(actor: Actor, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> PostId:
    """A new post that everyone sees. `body` is `draft.source`, rendered.

    Raises Forbidden, Invalid with what is missing, or TooOften on a busy first day.
    """
    topics = _judge(actor, draft, body, limits)
    speaker = speaker_for(actor, draft.on_behalf_of)
    _take_turn(actor, speaker, topics, limits)
    post = new_post(actor.id, speaker, PostState.PUBLISHED, clock.now())
    fill(post, draft, body)
    _appear(actor, post, topics)
    return post.id


def send(actor: Actor, post_id: PostId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> PostId:
    """A draft is published with these words; what readers see already gets them as an edit.

    Raises what publish and edit raise.
    """
    post = get_post(post_id, actor, lock=True)
    if not policy.is_author(actor, post):
        raise NotYours
    if post.state != PostState.DRAFT:
        return edit(actor, post_id, draft, body, limits=limits)
    check_revision(post, draft)
    topics = _judge(actor, draft, body, limits)
    speaker = speaker_for(actor, draft.on_behalf_of)
    _take_turn(actor, speaker, topics, limits)
    now = clock.now()
    post.state, post.published_at, post.last_activity_at = PostState.PUBLISHED, now, now
    fill(post, draft, body)
    speak_as(post, speaker)
    _appear(actor, post, topics)
    return post.id


def save_draft(actor: Actor, draft: Draft, body: Rendered) -> PostId:
    """A new draft. Raises Forbidden or Invalid."""
    if not policy.can_draft(actor):
        raise may_not_write(actor)
    check_draft(draft)
    now = clock.now()
    post = new_post(actor.id, drafting_speaker(actor, draft.on_behalf_of), PostState.DRAFT, now)
    fill(post, draft, body)
    db.session.add(post)
    db.session.flush()
    found = topics_by_slug(draft.topics)
    put_under(post, [found[slug] for slug in dict.fromkeys(draft.topics) if slug in found])
    keep_revision(post, actor.id, now)
    return post.id


def _judge(actor: Actor, draft: Draft, body: Rendered, limits: TrustLimits) -> Sequence[Topic]:
    """The topics it goes under, once everything else is in order."""
    if not policy.can_publish(actor):
        raise may_not_write(actor)
    check_complete(draft, body, limits)
    return get_topics_for_post(actor, draft.topics)


def _take_turn(actor: Actor, speaker: Speaker, topics: Sequence[Topic], limits: TrustLimits) -> None:
    """Counts the author's post first: under that lock, posts sent at once are counted too."""
    count_author(actor.id, +1)
    _check_first_day(actor, limits)
    count_organisation(speaker.organisation_id, +1)
    take_topics([topic.id for topic in topics])


def _appear(actor: Actor, post: Post, topics: Sequence[Topic]) -> None:
    db.session.add(post)
    db.session.flush()
    put_under(post, topics)
    count_topics([topic.id for topic in topics], +1)
    keep_revision(post, actor.id, post.last_activity_at)
    record(PostPublished(post.id, post.author_id, post.organisation_id))


def _check_first_day(actor: Actor, limits: TrustLimits) -> None:
    if limits.posts_on_first_day is None:
        return
    joined = db.session.scalars(select(Member.created_at).where(Member.id == actor.id)).one()
    left = joined + policy.FIRST_DAY - clock.now()
    if left.total_seconds() <= 0:
        return
    mine = select(func.count()).where(Post.author_id == actor.id, Post.published_at.is_not(None))
    sent = db.session.scalars(mine).one()
    if sent >= limits.posts_on_first_day:
        raise TooOften(
            _("New members can publish %(limit)s posts on their first day. Save this one as a draft for tomorrow.",
              limit=limits.posts_on_first_day),
            retry_after=int(left.total_seconds()),
        )  # fmt: skip
