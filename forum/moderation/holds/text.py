"""A text that somebody sent, with what the checks ask about it and its author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.access import Right, Role
from forum.kernel.db import run
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId, TopicId
from forum.moderation.models import Action, Decision, ItemState, Lane, ReviewItem, SubjectType
from forum.organisations.models import Affiliation, Organisation
from forum.posts.models import Post, PostTopic
from forum.topics.models import Topic, TopicCurator, TopicState

_TOPICS = (
    select(Topic.id, Topic.name, Topic.posting_policy, TopicCurator.member_id)
    .join(PostTopic, PostTopic.topic_id == Topic.id)
    .outerjoin(TopicCurator, TopicCurator.topic_id == Topic.id)
    .where(PostTopic.post_id == bindparam("of_post"), Topic.state == TopicState.OPEN)
    .order_by(PostTopic.position)
)


@dataclass(frozen=True)
class Voice:
    """The organisation spoken for, and the author's right there."""

    id: OrganisationId
    name: str
    state: str
    approval_policy: str
    first_posts_left: int
    struck_at: datetime | None
    right: Right | None


@dataclass(frozen=True)
class Under:
    """Where it stands: the post's thread, and the topics. `looks_after`: its author is one who looks after them."""

    comment_mode: str
    premoderated: tuple[str, ...]
    main_topic: TopicId | None
    has_curators: bool
    looks_after: bool


@dataclass(frozen=True)
class Text:
    """`words` are all that was typed, title first; `sent_before` counts what readers already see of the author;
    `returned_in` is the lane whose decision in force gave it back."""

    type: SubjectType
    id: int
    revision: int
    state: str
    title: str
    words: str
    excerpt: str
    created_at: datetime
    post_id: PostId
    author_id: MemberId
    role: Role
    trust: int
    sent_before: int
    voice: Voice | None
    under: Under
    returned_in: Lane | None


def text_of_comment(comment_id: CommentId) -> Text:
    row = run(_comment(), {"which": comment_id}).one()
    return _text(SubjectType.COMMENT, row, words=row.source, created_at=row.created_at, comment_mode=row.comment_mode)


def text_of_post(post_id: PostId) -> Text:
    row = run(_post(), {"which": post_id}).one()
    words = f"{row.title}\n{row.standfirst}\n{row.source}\n{row.image_alt}".rstrip()
    return _text(SubjectType.POST, row, words=words, created_at=row.published_at or row.created_at, comment_mode="")


def _text(kind: SubjectType, row: Any, *, words: str, created_at: datetime, comment_mode: str) -> Text:
    return Text(
        type=kind, id=row.id, revision=row.revision, state=row.state, title=row.title, words=words,
        excerpt=row.excerpt, created_at=created_at, post_id=row.post_id, author_id=row.author_id, role=Role(row.role),
        trust=row.trust_level, sent_before=_sent(row), voice=_voice(row), under=_under(row, comment_mode),
        returned_in=Lane(row.returned_in) if row.returned_in else None,
    )  # fmt: skip


@cache
def _comment() -> Select[Any]:
    own = (Comment.id, Comment.revision, Comment.state, Comment.source, Comment.excerpt, Comment.created_at)
    query = _with_author(Comment, SubjectType.COMMENT, *own, Post.comment_mode)
    return query.join(Post, Post.id == Comment.post_id).where(Comment.id == bindparam("which"))


@cache
def _post() -> Select[Any]:
    own = (Post.id, Post.revision, Post.state, Post.source, Post.excerpt, Post.created_at)
    more = (Post.standfirst, Post.image_alt, Post.published_at)
    return _with_author(Post, SubjectType.POST, *own, *more).where(Post.id == bindparam("which"))


def _with_author(subject: Any, kind: SubjectType, *fields: Any) -> Select[Any]:
    """`fields`, the post, the author, and the organisation spoken for."""
    of_post = (Post.id.label("post_id"), Post.title, Post.author_id.label("post_author_id"))
    of_author = (subject.author_id, Member.role, Member.trust_level, Member.post_count, Member.comment_count)
    of_voice = (
        Organisation.id.label("voice_id"), Organisation.name.label("voice_name"),
        Organisation.state.label("voice_state"), Organisation.approval_policy, Organisation.first_posts_left,
        Organisation.struck_at, Affiliation.right.label("author_right"),
    )  # fmt: skip
    return (
        select(*fields, *of_post, *of_author, *of_voice, _returned_in(subject, kind).label("returned_in"))
        .select_from(subject)
        .join(Member, Member.id == subject.author_id)
        .outerjoin(Organisation, Organisation.id == subject.organisation_id)
        .outerjoin(
            Affiliation,
            (Affiliation.organisation_id == subject.organisation_id)
            & (Affiliation.member_id == subject.author_id)
            & Affiliation.ended_at.is_(None),
        )
    )


def _returned_in(subject: Any, kind: SubjectType) -> ScalarSelect[str]:
    """The lane whose decision in force gave it back to its author."""
    return (
        select(ReviewItem.lane)
        .join(Decision, Decision.item_id == ReviewItem.id)
        .where(
            ReviewItem.subject_type == kind,
            ReviewItem.subject_id == subject.id,
            ReviewItem.state == ItemState.DECIDED,
            Decision.in_force,
            Decision.action == Action.RETURN,
        )
        .order_by(Decision.decided_at.desc())
        .limit(1)
        .correlate(subject)
        .scalar_subquery()
    )


def _sent(row: Any) -> int:
    """Without the text itself, where readers see it."""
    sent: int = row.post_count + row.comment_count - (row.state in {"published", "visible", "collapsed"})
    return sent


def _voice(row: Any) -> Voice | None:
    if row.voice_id is None:
        return None
    right = Right(row.author_right) if row.author_right else None
    return Voice(
        row.voice_id, row.voice_name, row.voice_state, row.approval_policy, row.first_posts_left, row.struck_at, right
    )


def _under(row: Any, comment_mode: str) -> Under:
    topics = run(_TOPICS, {"of_post": row.post_id}).all()
    main = topics[0].id if topics else None
    curators = {topic.member_id for topic in topics if topic.member_id is not None}
    mine = {topic.id for topic in topics if topic.member_id == row.author_id}
    waits = {topic.name for topic in topics if topic.posting_policy == "premoderated" and topic.id not in mine}
    return Under(
        comment_mode=comment_mode,
        premoderated=tuple(waits),
        main_topic=main,
        has_curators=any(topic.id == main and topic.member_id is not None for topic in topics),
        looks_after=row.author_id in curators or row.author_id == row.post_author_id,
    )
