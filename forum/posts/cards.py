"""A post as lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.kernel.errors import Words
from forum.kernel.ids import PostId
from forum.kernel.pictures import Picture
from forum.organisations.bylines import Byline
from forum.posts import kinds
from forum.posts.addresses import address_of
from forum.topics.labels import TopicLabel


@dataclass(frozen=True)
class PostCard:
    """`topics` has the main one first. `published_at` of a draft is when it was begun. `image` is its picture."""

    id: PostId
    slug: str
    title: str
    kind: str
    state: str
    standfirst: str
    excerpt: str
    language: str
    byline: Byline
    topics: tuple[TopicLabel, ...]
    published_at: datetime
    last_activity_at: datetime
    comment_count: int
    recommendation_count: int
    words: int
    featured: bool
    answered: bool
    deadline: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    place: str
    image: Picture | None = None

    @property
    def address(self) -> str:
        return address_of(self.id, self.slug)

    @property
    def reading_minutes(self) -> int:
        return kinds.minutes_of(self.words)

    @property
    def kind_note(self) -> Words:
        return kinds.note_of(self.kind, answered=self.answered)
