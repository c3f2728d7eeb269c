"""Change the words of a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import PostId, TopicId
from forum.kernel.text import Rendered
from forum.organisations import policy as organisations_policy
from forum.organisations.models import Organisation
from forum.posts import places, policy
from forum.posts.commands.counting import count_topics, take_author, take_topics, topic_ids_of
from forum.posts.commands.holding import check_image, hold_files
from forum.posts.commands.rows import fill, forget_schedule, keep_address, keep_revision, put_under, speak_as
from forum.posts.commands.series import check_series, keep_series
from forum.posts.commands.speaker import drafting_speaker
from forum.posts.commands.taking import take_words
from forum.posts.draft import Draft
from forum.posts.errors import ChangedMeanwhile, NotYours
from forum.posts.events import PostEdited
from forum.posts.models import Post, PostKind, PostState
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.queries import get_post
from forum.posts.requirements import check_complete, check_draft
from forum.topics.models import Topic
from forum.topics.queries import get_topics_for_post, topics_by_slug


def edit(actor: Actor, post_id: PostId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED) -> PostId:
    """New words for what was published: it keeps its kind, its speaker and a version of the old words.

    Raises NoSuchPost, NotYours, Invalid, or ChangedMeanwhile when `draft.revision` isn't the one in force.
    """
    seen = get_post(post_id, actor)
    take_author(seen.author_id, seen.organisation_id)
    post = get_post(post_id, actor, lock=True)
    if not policy.can_edit(actor, post) or not _may_still_speak(actor, post):
        raise NotYours
    if post.state in policy.UNSENT:
        raise ChangedMeanwhile
    draft = replace(draft, kind=PostKind(post.kind))
    kept_deadline = draft.deadline == post.deadline  # it may have passed meanwhile
    check_complete(replace(draft, deadline=None) if kept_deadline else draft, body, limits)
    check_revision(post, draft)
    check_image(actor, draft.image)
    check_series(actor, draft, post)
    _change_published(actor, post, draft, body)
    take_words(actor, draft.kept, places.of_post(post.id))
    return post.id


def save_again(actor: Actor, post_id: PostId, draft: Draft, body: Rendered) -> PostId:
    """A draft's new words, still for its author only. What was to appear later won't by itself any more.

    Raises NoSuchPost, NotYours, Invalid, or ChangedMeanwhile when it was published since.
    """
    post = get_post(post_id, actor, lock=True)
    if not policy.can_edit(actor, post):
        raise NotYours
    if post.state not in policy.UNSENT:
        raise ChangedMeanwhile
    check_draft(draft)
    change_draft(actor, post, draft, body)
    forget_schedule(post)
    take_words(actor, draft.kept, places.of_post(post.id))
    return post.id


def change_draft(actor: Actor, post: Post, draft: Draft, body: Rendered) -> None:
    """Words, topics and speaker of a draft. It keeps one version, so that nobody reads what was tried."""
    check_revision(post, draft)
    fill(post, keep_series(actor, draft, post), body)
    speak_as(post, drafting_speaker(actor, draft.on_behalf_of))
    found = topics_by_slug(draft.topics)
    put_under(post, [found[slug] for slug in dict.fromkeys(draft.topics) if slug in found])
    hold_files(actor, post, draft.image, body)
    keep_revision(post, actor.id, clock.now())


def _change_published(actor: Actor, post: Post, draft: Draft, body: Rendered) -> None:
    now, before, old_revision = clock.now(), (post.title, post.standfirst, post.source), post.revision
    facts, placed = _facts(post), _placed(post)
    _move(actor, post, draft.topics)
    old_slug = post.slug
    fill(post, draft, body)
    if post.slug != old_slug:
        keep_address(post.id, old_slug)
    hold_files(actor, post, draft.image, body)
    if (post.title, post.standfirst, post.source) != before:
        post.revision += 1
        post.edited_at = now
        keep_revision(post, actor.id, now, draft.note)
    elif _facts(post) != facts:
        post.edited_at = now
    elif _placed(post) == placed:
        return  # sent as it was: nobody has to look at it again
    db.session.flush()
    record(PostEdited(post.id, post.revision, actor.id, post.organisation_id, post.revision != old_revision))


def _facts(post: Post) -> tuple[datetime | str | None, ...]:
    when = (post.deadline, post.starts_at, post.ends_at, post.time_zone)
    return (*when, post.place, post.link, post.image, post.image_alt)


def _placed(post: Post) -> tuple[int | str | None, ...]:
    return (post.language, post.continues_id, *topic_ids_of(post.id))


def _move(actor: Actor, post: Post, slugs: Sequence[str]) -> None:
    """A post may stay under a topic that takes no new ones."""
    old = topic_ids_of(post.id)
    topics = _topics(actor, slugs, set(old))
    new = [topic.id for topic in topics]
    if new == old:
        return
    take_topics([*old, *new])
    put_under(post, topics)
    if post.state == PostState.PUBLISHED:
        count_topics(set(old) - set(new), -1)
        count_topics(set(new) - set(old), +1)


def _topics(actor: Actor, slugs: Sequence[str], old: set[TopicId]) -> list[Topic]:
    found = topics_by_slug(slugs)
    added = [slug for slug in slugs if slug not in found or found[slug].id not in old]
    if added:
        get_topics_for_post(actor, added)
    return list({found[slug].id: found[slug] for slug in slugs}.values())


def check_revision(post: Post, draft: Draft) -> None:
    if draft.revision is not None and draft.revision != post.revision:
        raise ChangedMeanwhile


def _may_still_speak(actor: Actor, post: Post) -> bool:
    """An organisation may have lost its verification since."""
    if post.organisation_id is None:
        return True
    organisation = db.session.get_one(Organisation, post.organisation_id)
    if post.state == PostState.PENDING:
        return organisations_policy.can_send_for(actor, organisation)
    return organisations_policy.can_speak_for(actor, organisation)
