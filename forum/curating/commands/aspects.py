"""The aspects that curators change: how each is read, and set. An act keeps what was read before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum.curating.errors import NotUnder
from forum.curating.models import Aspect, CuratingAct
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId, TopicId
from forum.moderation import log
from forum.posts import commands as posts
from forum.posts.models import Post, PostState, PostTopic
from forum.topics import commands as topics
from forum.topics.models import Topic

Target = TopicId | PostId


def featured_in(topic_id: TopicId) -> list[PostId]:
    """In their order."""
    here = (PostTopic.topic_id == topic_id, PostTopic.featured.is_not(None))
    return list(db.session.scalars(select(PostTopic.post_id).where(*here).order_by(PostTopic.featured)))


def pinned_in(topic_id: TopicId) -> list[PostId]:
    here = (PostTopic.topic_id == topic_id, PostTopic.pinned)
    return list(db.session.scalars(select(PostTopic.post_id).where(*here).order_by(PostTopic.post_id)))


def note_of(topic: Topic) -> dict[str, str]:
    return {"source": topic.pinned_note, "html": topic.pinned_note_html}


def read(aspect: str, topic_id: TopicId | None, post_id: PostId | None) -> Any:
    """What an act on this aspect keeps, as plain values; the row that it is of is locked."""
    if topic_id is not None:
        topic = topics.get_locked(topic_id)
        if aspect == Aspect.NOTE:
            return note_of(topic)
        return featured_in(topic_id) if aspect == Aspect.FEATURED else pinned_in(topic_id)
    post = locked_post(post_id)
    return posts.topic_ids_of(post.id) if aspect == Aspect.TOPICS else post.comment_mode


def write(aspect: str, topic_id: TopicId | None, post_id: PostId | None, state: Any) -> None:
    if topic_id is not None:
        _write_topic(aspect, topic_id, state)
    elif aspect == Aspect.TOPICS:
        posts.place_under(locked_post(post_id), state)
    else:
        posts.turn_thread(locked_post(post_id), state)


def _write_topic(aspect: str, topic_id: TopicId, state: Any) -> None:
    if aspect == Aspect.FEATURED:
        posts.mark_featured(topic_id, state)
    elif aspect == Aspect.PINNED:
        posts.mark_pinned(topic_id, state)
    else:
        topics.put_note(topics.get_locked(topic_id), state["source"], state["html"])


def locked_post(post_id: PostId | None) -> Post:
    """One that readers see. Raises NotUnder."""
    wanted = select(Post).where(Post.id == post_id, Post.state == PostState.PUBLISHED)
    post = db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if post is None:
        raise NotUnder
    return post


def change(actor: Actor, act: CuratingAct, after: Any) -> CuratingAct:
    """Set the aspect that the act names, keep the act, and log it. Unchanged, it's no act but stays as it is."""
    act.before = read(act.aspect, act.topic_id, act.post_id)
    act.after = after
    if act.before == after:
        return act
    write(act.aspect, act.topic_id, act.post_id, after)
    return keep(actor, act)


def keep(actor: Actor, act: CuratingAct) -> CuratingAct:
    act.actor_id, act.made_at = actor.id, clock.now()
    db.session.add(act)
    db.session.flush()
    log_act(actor, act, act.verb)
    return act


def log_act(actor: Actor, act: CuratingAct, verb: str) -> None:
    slug = db.session.scalar(select(Topic.slug).where(Topic.id == act.topic_id)) if act.topic_id else None
    entry = log.Entry(
        action=verb,
        scope=f"topic {slug}" if slug else "site",
        subject_type="post" if act.post_id else "topic",
        subject_id=act.post_id or act.topic_id,
    )
    log.append(entry, actor.id)
