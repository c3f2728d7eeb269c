"""Posts and comments as entries of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from forum.comments.queries import CommentRow
from forum.feeds.records import Entry, Person
from forum.feeds.tags import tag
from forum.kernel.text import abroad
from forum.organisations.bylines import Byline
from forum.posts import queries as posts
from forum.posts.queries import PostCard, PostPage


@dataclass(frozen=True)
class Place:
    """Where the site is, and under whose name its ids stand."""

    site: str
    authority: str

    def at(self, path: str) -> str:
        return self.site + path

    def tag(self, kind: str, key: object) -> str:
        return tag(self.authority, kind, key)


def entries_of_posts(place: Place, cards: Sequence[PostCard]) -> tuple[Entry, ...]:
    """Whole texts, in one further statement."""
    texts = posts.whole_texts([card.id for card in cards])
    return tuple(_of_post(place, card, texts[card.id].html, texts[card.id].edited_at) for card in cards)


def entry_of_page(place: Place, post: PostPage) -> Entry:
    return _of_post(place, post, post.html, post.edited_at)


def _of_post(place: Place, post: PostCard | PostPage, html: str, edited_at: datetime | None) -> Entry:
    address = place.at(post.address)
    return Entry(
        id=place.tag("posts", post.id),
        title=post.title,
        address=address,
        language=post.language,
        published=post.published_at,
        updated=max(post.published_at, edited_at or post.published_at),
        authors=authors_of(place, post.byline),
        html=str(abroad(html, place.site, address)),
        summary=post.standfirst or post.excerpt,
        topics=tuple((label.slug, label.name) for label in post.topics),
        replies_at=place.at(f"/feeds/posts/{post.id}.atom"),
        reply_count=post.comment_count,
    )


def entry_of_comment(place: Place, post: PostPage, row: CommentRow) -> Entry:
    address = place.at(row.address)
    answered = ("comments", row.parent_id) if row.parent_id else ("posts", post.id)
    return Entry(
        id=place.tag("comments", row.id),
        title=_("Comment on “%(title)s”", title=post.title),
        address=address,
        language=row.language,
        published=row.created_at,
        updated=row.edited_at or row.created_at,
        authors=authors_of(place, row.byline),
        html=str(abroad(row.html, place.site, address)),
        answers=place.tag(*answered),
        answers_at=place.at(f"/comments/{row.parent_id}" if row.parent_id else post.address),
    )


def authors_of(place: Place, byline: Byline) -> tuple[Person, ...]:
    """The organisation spoken for, then who wrote it."""
    card, plate = byline.member, byline.organisation
    writer = Person(_("Former member")) if card.erased else Person(card.name, place.at(f"/members/{card.username}"))
    if byline.on_behalf and plate:
        return (Person(plate.name, place.at(f"/organisations/{plate.slug}")), writer)
    return (writer,)
