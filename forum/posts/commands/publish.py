"""Publish a post, or keep it as a draft that only its author sees."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import TooOften
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.kernel.text import Rendered
from forum.posts import places, policy
from forum.posts.commands.counting import count_author, count_organisation, count_topics, take_topics
from forum.posts.commands.edit import check_revision, edit
from forum.posts.commands.holding import check_image, hold_files
from forum.posts.commands.rows import fill, forget_schedule, keep_revision, new_post, put_under, speak_as
from forum.posts.commands.series import check_series, keep_series
from forum.posts.commands.speaker import Speaker, drafting_speaker, sending_speaker
from forum.posts.commands.taking import take_words
from forum.posts.draft import Draft, Image
from forum.posts.errors import NotYours, may_not_write
from forum.posts.events import PostPublished
from forum.posts.models import Post, PostState
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.queries import get_post
from forum.posts.requirements import check_complete, check_draft
from forum.topics.models import Topic
from forum.topics.queries import get_topics_for_post, topics_by_slug

# What waits, or came back, was sent all the same.
SENT = (PostState.PENDING, PostState.RETURNED, PostState.REJECTED)


def publish(actor: Actor, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> PostId:
    """A new post that everyone sees. `body` is `draft.source`, rendered.

    Raises Forbidden, Invalid with what is missing, or TooOften on a busy first day.
    """
    topics = judge(actor, draft, body, limits)
    speaker = sending_speaker(actor, draft.on_behalf_of)
    _take_turn(actor, speaker, topics, limits)
    post = new_post(actor.id, speaker, PostState.PUBLISHED, clock.now())
    fill(post, draft, body)
    _appear(actor, post, draft.image, body, topics)
    take_words(actor, draft.kept, places.of_post(None))
    return post.id


def send(actor: Actor, post_id: PostId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> PostId:
    """A draft, or what a moderator returned, is published with these words; anything else gets them as an edit.

    Raises what publish and edit raise.
    """
    post = get_post(post_id, actor, lock=True)
    if not policy.is_author(actor, post):
        raise NotYours
    if post.state not in policy.UNSENT:
        return edit(actor, post_id, draft, body, limits=limits)
    check_revision(post, draft)
    bring_out(actor, post, draft, body, limits=limits)
    take_words(actor, draft.kept, places.of_post(post.id))
    return post.id


def bring_out(actor: Actor, post: Post, draft: Draft, body: Rendered, *, limits: TrustLimits) -> None:
    """What nobody saw yet is published with these words. The caller locked it. Raises what publish raises."""
    topics = judge(actor, draft, body, limits, post)
    speaker = sending_speaker(actor, draft.on_behalf_of)
    _take_turn(actor, speaker, topics, limits)
    forget_schedule(post)
    now = clock.now()
    post.state, post.published_at, post.last_activity_at = PostState.PUBLISHED, now, now
    fill(post, draft, body)
    speak_as(post, speaker)
    _appear(actor, post, draft.image, body, topics)


def save_draft(actor: Actor, draft: Draft, body: Rendered) -> PostId:
    """A new draft. Raises Forbidden or Invalid."""
    if not policy.can_draft(actor):
        raise may_not_write(actor)
    check_draft(draft)
    now = clock.now()
    post = new_post(actor.id, drafting_speaker(actor, draft.on_behalf_of), PostState.DRAFT, now)
    fill(post, keep_series(actor, draft), body)
    db.session.add(post)
    db.session.flush()
    found = topics_by_slug(draft.topics)
    put_under(post, [found[slug] for slug in dict.fromkeys(draft.topics) if slug in found])
    hold_files(actor, post, draft.image, body)
    keep_revision(post, actor.id, now)
    take_words(actor, draft.kept, places.of_post(None))
    return post.id


def judge(actor: Actor, draft: Draft, body: Rendered, limits: TrustLimits, post: Post | None = None) -> Sequence[Topic]:
    """The topics it goes under, once everything else is in order. Raises Forbidden or Invalid."""
    if not policy.can_publish(actor):
        raise may_not_write(actor)
    check_complete(draft, body, limits)
    check_image(actor, draft.image)
    check_series(actor, draft, post)
    return get_topics_for_post(actor, draft.topics)


def _take_turn(actor: Actor, speaker: Speaker, topics: Sequence[Topic], limits: TrustLimits) -> None:
    """Counts the author's post first: under that lock, posts sent at once are counted too."""
    count_author(actor.id, +1)
    _check_first_day(actor, limits)
    count_organisation(speaker.organisation_id, +1)
    take_topics([topic.id for topic in topics])


def _appear(actor: Actor, post: Post, image: Image | None, body: Rendered, topics: Sequence[Topic]) -> None:
    db.session.add(post)
    db.session.flush()
    put_under(post, topics)
    hold_files(actor, post, image, body)
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
    was_sent = or_(Post.published_at.is_not(None), Post.state.in_(SENT))
    mine = select(func.count()).where(Post.author_id == actor.id, was_sent)
    sent = db.session.scalars(mine).one()
    if sent >= limits.posts_on_first_day:
        raise TooOften(
            _("New members can publish %(limit)s posts on their first day. Save this one as a draft for tomorrow.",
              limit=limits.posts_on_first_day),
            retry_after=int(left.total_seconds()),
        )  # fmt: skip
