"""Hits as rows: read again through `visible_to`, so that whatever the index says, nobody reads what isn't for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.accounts import policy as accounts
from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.comments import policy as comments
from forum.comments.models import Comment
from forum.comments.queries import address_of as comment_address
from forum.kernel import text
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.organisations import policy as organisations
from forum.organisations.bylines import Byline, Plate, byline_of, plate_of, shown_organisation
from forum.organisations.models import Organisation
from forum.organisations.words import KINDS
from forum.posts import policy as posts
from forum.posts.addresses import address_of
from forum.posts.cards import PostCard
from forum.posts.models import Post
from forum.posts.queries.cards import cards_of, select_cards
from forum.search.documents import Kind
from forum.topics import policy as topics
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic


@dataclass(frozen=True)
class PostRow:
    card: PostCard
    text: str


@dataclass(frozen=True)
class CommentRow:
    """A comment's words, and the post it stands under."""

    id: int
    text: str
    language: str
    byline: Byline
    at: datetime
    state: str
    post_id: int
    post_title: str
    post_language: str
    post_address: str

    @property
    def address(self) -> str:
        return comment_address(self.id)  # type: ignore[arg-type]  # an id of the index is a comment's


@dataclass(frozen=True)
class MemberRow:
    card: MemberCard
    text: str


@dataclass(frozen=True)
class OrganisationRow:
    plate: Plate
    kind_name: Words
    city: str
    text: str


@dataclass(frozen=True)
class TopicRow:
    label: TopicLabel
    text: str
    post_count: int


Row = PostRow | CommentRow | MemberRow | OrganisationRow | TopicRow
_COMMENT_ORGANISATION = shown_organisation(
    Comment.__table__.c.organisation_id, Comment.__table__.c.role_organisation_id
)


def rows_of(actor: Actor, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Row]:
    """By kind and id, those that the actor may read. A statement a kind, and one for the topics of posts."""
    ids: dict[str, list[int]] = {}
    for kind, number in wanted:
        ids.setdefault(kind, []).append(number)
    found: dict[tuple[str, int], Row] = {}
    for kind, numbers in ids.items():
        for number, row in _READERS[Kind(kind)](actor, numbers):
            found[kind, number] = row
    return found


def _posts(actor: Actor, ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    rows = db.session.execute(select_cards(Post.html).where(Post.id.in_(ids), posts.visible_to(actor))).all()
    for row, card in zip(rows, cards_of(rows), strict=True):
        words = text.plain(row.html)
        yield card.id, PostRow(card, f"{card.standfirst} {words}" if card.standfirst else words)


def _comments(actor: Actor, ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    rows = db.session.execute(
        select(
            Comment.id, Comment.html, Comment.language, Comment.created_at, Comment.state, Comment.role_title,
            Comment.organisation_id, Member, Organisation, Post.id.label("post_id"), Post.title, Post.slug,
            Post.language.label("post_language"),
        )
        .join(Post, Post.id == Comment.post_id)
        .join(Member, Member.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == _COMMENT_ORGANISATION)
        .where(Comment.id.in_(ids), comments.readable_by(actor), posts.visible_to(actor))
    ).all()  # fmt: skip
    return ((row.id, _comment(row)) for row in rows)


def _comment(row: Any) -> CommentRow:
    return CommentRow(
        id=row.id, text=text.plain(row.html), language=row.language, at=row.created_at, state=row.state,
        byline=byline_of(row.Member, row.Organisation, row.role_title, on_behalf=row.organisation_id is not None),
        post_id=row.post_id, post_title=row.title, post_language=row.post_language,
        post_address=address_of(row.post_id, row.slug),
    )  # fmt: skip


def _members(actor: Actor, ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    rows = db.session.scalars(select(Member).where(Member.id.in_(ids), accounts.visible_to(actor))).all()
    return ((row.id, MemberRow(card_of(row), text.plain(row.bio_html))) for row in rows)


def _organisations(actor: Actor, ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    found = select(Organisation).where(Organisation.id.in_(ids), organisations.visible_to(actor))
    for row in db.session.scalars(found).all():
        words = text.plain(row.description_html)
        yield row.id, OrganisationRow(plate_of(row), KINDS.get(row.kind, row.kind), row.city, words)


def _topics(actor: Actor, ids: Sequence[int]) -> Iterable[tuple[int, Row]]:
    rows = db.session.scalars(select(Topic).where(Topic.id.in_(ids), topics.visible_to(actor))).all()
    return ((row.id, TopicRow(label_of(row), row.description, row.post_count)) for row in rows)


_READERS: dict[Kind, Any] = {
    Kind.POST: _posts,
    Kind.COMMENT: _comments,
    Kind.MEMBER: _members,
    Kind.ORGANISATION: _organisations,
    Kind.TOPIC: _topics,
}
