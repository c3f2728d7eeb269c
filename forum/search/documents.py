"""What the index keeps of a thing: its words, analysed, and tokens to filter by. Read in batches, in few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from forum.accounts import policy as accounts
from forum.accounts.models import Member
from forum.comments.models import READABLE, Comment
from forum.kernel import text
from forum.kernel.access import MemberState
from forum.kernel.db import db, shared_alias
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation, Verification
from forum.posts.models import Post, PostState, PostTopic
from forum.posts.policy import PRIVATE
from forum.search import tokens
from forum.search.words import base_of, stems_in, words_in
from forum.topics.models import Topic, TopicState


class Kind(StrEnum):
    POST = "post"
    COMMENT = "comment"
    ORGANISATION = "organisation"
    MEMBER = "member"
    TOPIC = "topic"


@dataclass(frozen=True)
class Document:
    """`title`, `names`, `topics` and `body` are stems; `exact` is every word of all of them, in order.

    `tags` are tokens to filter by (search.tokens). `held` is empty for what everybody may read; else it says who may.
    `post` is the post that it is or stands under, 0 for others.
    """

    kind: Kind
    id: int
    title: tuple[str, ...]
    names: tuple[str, ...]
    topics: tuple[str, ...]
    body: tuple[str, ...]
    exact: tuple[str, ...]
    tags: tuple[str, ...]
    held: tuple[str, ...]
    topic_ids: tuple[int, ...]
    language: str
    post: int
    at: datetime
    recommended: int

    @property
    def key(self) -> str:
        return tokens.document(self.kind, self.id)


@dataclass(frozen=True)
class _Said:
    """The words of a document by field, as they are read."""

    title: str = ""
    names: str = ""
    topics: str = ""
    body: str = ""


def _document(kind: Kind, row: Any, said: _Said, tags: Iterable[str], **facts: Any) -> Document:
    language = facts.get("language", "")
    title, names, topics, body = map(words_in, (said.title, said.names, said.topics, said.body))
    defaults: dict[str, Any] = {"held": (), "topic_ids": (), "post": 0, "recommended": 0}
    return Document(
        kind=kind, id=row.id, title=tuple(stems_in(title, language)), names=tuple(names),
        topics=tuple(stems_in(topics, "")), body=tuple(stems_in(body, language)),
        exact=(*title, *body, *names, *topics),
        tags=(tokens.document(kind, row.id), tokens.kind(kind), *tags),
        **(defaults | facts | {"language": base_of(language)}),
    )  # fmt: skip


def documents_of(kind: Kind, ids: Sequence[int]) -> list[Document]:
    """Those of these that exist and that anybody may find. The others are to be taken out of the index."""
    return _READERS[kind](ids) if ids else []


_AUTHOR, _SPOKEN_FOR = shared_alias(Member), shared_alias(Organisation)
_VOICE = (
    _AUTHOR.id.label("author_id"),
    _AUTHOR.name.label("author_name"),
    _AUTHOR.username.label("author_username"),
    _AUTHOR.state.label("author_state"),
    _SPOKEN_FOR.id.label("organisation_id"),
    _SPOKEN_FOR.name.label("organisation_name"),
    _SPOKEN_FOR.code.label("organisation_code"),
    _SPOKEN_FOR.state.label("organisation_state"),
)


_SHOWN_AT = func.coalesce(Post.published_at, Post.created_at, type_=Post.created_at.type)


def _posts(ids: Sequence[int]) -> list[Document]:
    rows = db.session.execute(
        select(
            Post.id, Post.title, Post.standfirst, Post.html, Post.kind, Post.language, Post.state, Post.answered,
            Post.place, Post.recommendation_count, _SHOWN_AT.label("at"), *_VOICE,
        )
        .join(_AUTHOR, _AUTHOR.id == Post.author_id)
        .outerjoin(_SPOKEN_FOR, _SPOKEN_FOR.id == Post.organisation_id)
        .where(Post.id.in_(ids))
    ).all()  # fmt: skip
    topics = _topics_of([row.id for row in rows])
    return [_post(row, topics.get(row.id, ())) for row in rows]


def _post(row: Any, topics: tuple[Any, ...]) -> Document:
    said = _Said(
        row.title, _names(row), " ".join(one.name for one in topics),
        "\n".join((row.standfirst, text.plain(row.html), row.place)),
    )  # fmt: skip
    tags = [*_voice_tags(row), *_place_tags(row.id, topics, row.language), tokens.post_kind(row.kind)]
    if row.answered:
        tags.append(tokens.ANSWERED)
    return _document(
        Kind.POST, row, said, tags, held=_held(row.state, row.author_id), language=row.language,
        topic_ids=tuple(one.topic_id for one in topics), post=row.id, at=row.at, recommended=row.recommendation_count,
    )  # fmt: skip


def _held(post_state: str, author_id: int, post_author: int | None = None, *, readable: bool = True) -> tuple[str, ...]:
    """Who may find it: the twin in tokens of the policies of posts and comments, which have the last word."""
    if post_state == PostState.PUBLISHED and readable:
        return ()
    staff = () if post_state in PRIVATE else (tokens.STAFF,)
    sees_post = post_state == PostState.PUBLISHED or post_author in {None, author_id}
    return (tokens.HELD, *staff, *((tokens.author(author_id),) if sees_post else ()))


def _comments(ids: Sequence[int]) -> list[Document]:
    rows = db.session.execute(
        select(
            Comment.id, Comment.post_id, Comment.html, Comment.language, Comment.state, Comment.created_at.label("at"),
            Comment.recommendation_count, Post.state.label("post_state"), Post.author_id.label("post_author"),
            Post.accepted_comment_id, *_VOICE,
        )
        .join(Post, Post.id == Comment.post_id)
        .join(_AUTHOR, _AUTHOR.id == Comment.author_id)
        .outerjoin(_SPOKEN_FOR, _SPOKEN_FOR.id == Comment.organisation_id)
        .where(Comment.id.in_(ids))
    ).all()  # fmt: skip
    topics = _topics_of({row.post_id for row in rows})
    return [_comment(row, topics.get(row.post_id, ())) for row in rows]


def _comment(row: Any, topics: tuple[Any, ...]) -> Document:
    said = _Said(names=_names(row), body=text.plain(row.html))
    tags = [*_voice_tags(row), *_place_tags(row.post_id, topics, row.language)]
    if row.accepted_comment_id == row.id:
        tags.append(tokens.ANSWERED)
    held = _held(row.post_state, row.author_id, row.post_author, readable=row.state in READABLE)
    return _document(
        Kind.COMMENT, row, said, tags, held=held, language=row.language, at=row.at,
        topic_ids=tuple(one.topic_id for one in topics), post=row.post_id, recommended=row.recommendation_count,
    )  # fmt: skip


def _topics_of(post_ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    rows = db.session.execute(
        select(PostTopic.post_id, PostTopic.topic_id, Topic.name)
        .join(Topic, Topic.id == PostTopic.topic_id)
        .where(PostTopic.post_id.in_(list(post_ids)))
        .order_by(PostTopic.post_id, PostTopic.position)
    )
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        found[row.post_id] = (*found.get(row.post_id, ()), row)
    return found


def _names(row: Any) -> str:
    """Of the author, who may be erased, and of the organisation spoken for, which may be shown to nobody."""
    author = "" if row.author_state == MemberState.ERASED else f"{row.author_name} {row.author_username}"
    hidden = row.organisation_id is None or row.organisation_state in organisations.HIDDEN
    return author if hidden else f"{author} {row.organisation_name} {row.organisation_code}"


def _voice_tags(row: Any) -> list[str]:
    tags = [tokens.author(row.author_id)]
    if row.organisation_id is not None:
        tags.append(tokens.organisation(row.organisation_id))
        if row.organisation_state == Verification.VERIFIED:
            tags.append(tokens.OFFICIAL)
    return tags


def _place_tags(post_id: int, topics: Iterable[Any], language: str) -> list[str]:
    here = [tokens.topic(one.topic_id) for one in topics]
    return [tokens.post(post_id), tokens.language(base_of(language)), *here]


def _members(ids: Sequence[int]) -> list[Document]:
    rows = db.session.scalars(select(Member).where(Member.id.in_(ids), Member.state != MemberState.ERASED)).all()
    return [_member(row) for row in rows]


def _member(row: Member) -> Document:
    about = f"{row.headline}\n{row.city}\n{text.plain(row.bio_html)}"
    said = _Said(title=f"{row.name} {row.username}", body=about)
    held = (tokens.HELD, tokens.STAFF, tokens.author(row.id)) if row.state in accounts.HIDDEN else ()
    return _document(Kind.MEMBER, row, said, (), held=held, at=row.created_at)


def _organisations(ids: Sequence[int]) -> list[Document]:
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids))).all()
    return [_organisation(row) for row in rows]


def _organisation(row: Organisation) -> Document:
    said = _Said(
        title=f"{row.name} {row.code}", names=f"{row.city} {row.country}", body=text.plain(row.description_html)
    )
    held = (tokens.HELD, tokens.STAFF) if row.state in organisations.HIDDEN else ()
    tags = [tokens.OFFICIAL] if row.state == Verification.VERIFIED else []
    return _document(Kind.ORGANISATION, row, said, tags, held=held, at=row.created_at)


def _topics(ids: Sequence[int]) -> list[Document]:
    rows = db.session.scalars(select(Topic).where(Topic.id.in_(ids))).all()
    return [_topic(row) for row in rows]


def _topic(row: Topic) -> Document:
    said = _Said(title=row.name, body=f"{row.description}\n{text.plain(row.introduction_html)}")
    held = (tokens.HELD, tokens.STAFF) if row.state == TopicState.MERGED else ()
    return _document(Kind.TOPIC, row, said, (tokens.topic(row.id),), held=held, at=row.created_at, topic_ids=(row.id,))


_READERS: dict[Kind, Callable[[Sequence[int]], list[Document]]] = {
    Kind.POST: _posts,
    Kind.COMMENT: _comments,
    Kind.MEMBER: _members,
    Kind.ORGANISATION: _organisations,
    Kind.TOPIC: _topics,
}
# What an index is built of, in this order: what is few and looked for by name comes first.
MODELS: dict[Kind, Any] = {
    Kind.TOPIC: Topic,
    Kind.ORGANISATION: Organisation,
    Kind.MEMBER: Member,
    Kind.POST: Post,
    Kind.COMMENT: Comment,
}
