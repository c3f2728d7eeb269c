"""The rows of a post, filled from a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.kernel.db import db, is_sqlite
from forum.kernel.ids import MemberId, PostId, TopicId
from forum.kernel.text import PIPELINE_VERSION, Rendered
from forum.posts.addresses import slug_for
from forum.posts.commands.speaker import Speaker
from forum.posts.draft import Draft
from forum.posts.models import Post, PostAddress, PostKind, PostRevision, PostState, PostTopic
from forum.topics.models import Topic


def new_post(author_id: MemberId, speaker: Speaker, state: PostState, now: datetime) -> Post:
    """Without its words yet."""
    post = Post(
        author_id=author_id, state=state, created_at=now, last_activity_at=now, revision=1, answered=False,
        published_at=now if state is PostState.PUBLISHED else None,
    )  # fmt: skip
    speak_as(post, speaker)
    return post


def speak_as(post: Post, speaker: Speaker) -> None:
    post.organisation_id = speaker.organisation_id
    post.role_organisation_id = speaker.role_organisation_id
    post.role_title = speaker.role_title


def fill(post: Post, draft: Draft, body: Rendered) -> None:
    """Everything that an author writes; what belongs to another kind of post is left out."""
    post.title, post.standfirst, post.source = draft.title, draft.standfirst, draft.source
    post.slug = slug_for(draft.title)
    post.html, post.excerpt, post.words = body.html, body.excerpt, body.words
    post.pipeline, post.language, post.kind = PIPELINE_VERSION, draft.language, draft.kind
    is_event = draft.kind is PostKind.EVENT
    post.deadline = draft.deadline if draft.kind is PostKind.REQUEST else None
    post.starts_at = draft.starts_at if is_event else None
    post.ends_at = draft.ends_at if is_event else None
    post.time_zone = draft.time_zone if is_event else ""
    post.place = draft.place if is_event else ""
    post.link = draft.link if is_event else ""
    post.continues_id = draft.continues


def forget_schedule(post: Post) -> None:
    """It appears when its author sends it, not by itself."""
    post.state, post.publish_at, post.publish_problem = PostState.DRAFT, None, ""


def put_under(post: Post, topics: Sequence[Topic]) -> None:
    """Under these topics, in this order. A trigger mirrors later changes; the first state is copied here.

    Curators' marks stay under the topics where it stays.
    """
    marks = _marks(post.id)
    db.session.execute(delete(PostTopic).where(PostTopic.post_id == post.id))
    for position, topic in enumerate(topics):
        db.session.add(
            PostTopic(
                post_id=post.id, topic_id=topic.id, position=position, listed=post.state == PostState.PUBLISHED,
                published_at=post.published_at, last_activity_at=post.last_activity_at,
                recommendation_count=post.recommendation_count, **marks.get(topic.id, {}),
            )
        )  # fmt: skip
    db.session.flush()


def _marks(post_id: PostId) -> dict[TopicId, dict[str, Any]]:
    rows = select(PostTopic.topic_id, PostTopic.pinned, PostTopic.featured).where(PostTopic.post_id == post_id)
    return {row.topic_id: {"pinned": row.pinned, "featured": row.featured} for row in db.session.execute(rows)}


def keep_revision(post: Post, editor_id: MemberId, now: datetime, note: str = "") -> None:
    """The words in force as version `post.revision`; what that version held before, a draft's, is written over."""
    here = (PostRevision.post_id == post.id) & (PostRevision.number == post.revision)
    revision = db.session.scalar(select(PostRevision).where(here))
    if revision is None:
        revision = PostRevision(post_id=post.id, number=post.revision)
        db.session.add(revision)
    revision.title, revision.standfirst, revision.source = post.title, post.standfirst, post.source
    revision.editor_id, revision.created_at, revision.note = editor_id, now, note


def keep_address(post_id: PostId, slug: str) -> None:
    """An address under which the post was found. Whoever had it first keeps it."""
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    db.session.execute(insert(PostAddress).values(slug=slug, post_id=post_id).on_conflict_do_nothing())
