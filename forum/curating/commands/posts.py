"""What curators do with posts: feature, order, pin, move, and open or close the thread."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.curating import policy
from forum.curating.commands.aspects import change, featured_in, locked_post, pinned_in
from forum.curating.errors import NotCurator, NotUnder, TooMany, Unfit
from forum.curating.models import Aspect, CuratingAct
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId, TopicId
from forum.posts.commands import topic_ids_of
from forum.posts.models import CommentMode, PostTopic
from forum.posts.policy import MAX_TOPICS
from forum.topics import commands as topics
from forum.topics.models import Topic
from forum.topics.queries import curated_by, get_topics_for_post, topics_by_slug

# What a comment mode is called in the log.
VERBS = {CommentMode.OPEN: "open", CommentMode.CLOSED: "close", CommentMode.PREMODERATED: "premoderate"}


def feature(actor: Actor, topic_id: TopicId, post_id: PostId) -> CuratingAct:
    """After those that are. Twice is once. Raises NotCurator, NotUnder or TooMany."""
    _check(actor, topic_id, post_id)
    now = featured_in(topic_id)
    if post_id not in now and len(now) >= policy.MOST_FEATURED:
        raise TooMany(policy.MOST_FEATURED)
    return change(actor, _act(Aspect.FEATURED, "feature", topic_id), list(dict.fromkeys([*now, post_id])))


def unfeature(actor: Actor, topic_id: TopicId, post_id: PostId) -> CuratingAct:
    _check_topic(actor, topic_id)
    now = [one for one in featured_in(topic_id) if one != post_id]
    return change(actor, _act(Aspect.FEATURED, "unfeature", topic_id), now)


def reorder(actor: Actor, topic_id: TopicId, post_id: PostId, *, up: bool) -> CuratingAct:
    """One place up or down among the featured; at the end it stays. Raises NotCurator or NotUnder."""
    _check_topic(actor, topic_id)
    now = featured_in(topic_id)
    if post_id not in now:
        raise NotUnder
    place = now.index(post_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(now):
        now[place], now[other] = now[other], now[place]
    return change(actor, _act(Aspect.FEATURED, "order", topic_id), now)


def pin(actor: Actor, topic_id: TopicId, post_id: PostId) -> CuratingAct:
    """Above all others of the topic. Twice is once. Raises NotCurator, NotUnder or TooMany."""
    _check(actor, topic_id, post_id)
    now = pinned_in(topic_id)
    if post_id not in now and len(now) >= policy.MOST_PINNED:
        raise TooMany(policy.MOST_PINNED)
    return change(actor, _act(Aspect.PINNED, "pin", topic_id), sorted({*now, post_id}))


def unpin(actor: Actor, topic_id: TopicId, post_id: PostId) -> CuratingAct:
    _check_topic(actor, topic_id)
    now = [one for one in pinned_in(topic_id) if one != post_id]
    return change(actor, _act(Aspect.PINNED, "unpin", topic_id), now)


def move(actor: Actor, post_id: PostId, slugs: Sequence[str]) -> CuratingAct:
    """Under these topics, the main one first. Curators take a post out of their own topics only.

    Raises NotUnder, NotCurator or Unfit.
    """
    post = locked_post(post_id)
    old = topic_ids_of(post.id)
    curated = curated_by(actor.id)
    if not policy.can_curate_any(actor, old, curated):
        raise NotCurator
    new = [topic.id for topic in _topics(actor, slugs, old)]
    left = set(old) - set(new)
    if not all(policy.can_curate(actor, topic_id, curated) for topic_id in left):
        raise Unfit("topics", _("You can take it out of the topics that you curate only. Leave the others."))
    return change(actor, CuratingAct(aspect=Aspect.TOPICS, verb="move", post_id=post.id), new)


def set_thread(actor: Actor, post_id: PostId, mode: str) -> CuratingAct:
    """Open, premoderated or closed. Raises NotUnder, NotCurator or Unfit."""
    post = locked_post(post_id)
    if not policy.can_curate_any(actor, topic_ids_of(post.id), curated_by(actor.id)):
        raise NotCurator
    if mode not in set(VERBS):
        raise Unfit("mode", _("Choose one of the three."))
    return change(actor, CuratingAct(aspect=Aspect.THREAD, verb=VERBS[CommentMode(mode)], post_id=post.id), mode)


def _act(aspect: Aspect, verb: str, topic_id: TopicId) -> CuratingAct:
    return CuratingAct(aspect=aspect, verb=verb, topic_id=topic_id)


def _check_topic(actor: Actor, topic_id: TopicId) -> None:
    """The topic is locked from now on, so that its marks are counted once."""
    topics.get_locked(topic_id)
    if not policy.can_curate(actor, topic_id, curated_by(actor.id)):
        raise NotCurator


def _check(actor: Actor, topic_id: TopicId, post_id: PostId) -> None:
    _check_topic(actor, topic_id)
    under = select(PostTopic.post_id).where(PostTopic.topic_id == topic_id, PostTopic.post_id == post_id)
    if db.session.scalar(under.where(PostTopic.listed)) is None:
        raise NotUnder


def _topics(actor: Actor, slugs: Sequence[str], old: Sequence[TopicId]) -> list[Topic]:
    """A post may stay under a topic that takes no new ones. Raises Unfit or Invalid."""
    wanted = list(dict.fromkeys(slugs))
    if not 1 <= len(wanted) <= MAX_TOPICS:
        raise Unfit("topics", _("Choose 1 to %(most)s topics.", most=MAX_TOPICS))
    found = topics_by_slug(wanted)
    added = [slug for slug in wanted if slug not in found or found[slug].id not in old]
    if added:
        get_topics_for_post(actor, added)
    return list({found[slug].id: found[slug] for slug in wanted}.values())
