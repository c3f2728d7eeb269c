"""The rows of planned posts, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.comments import tree
from forum.comments.models import CommentState
from forum.community.sample import vocabulary
from forum.community.sample.bulk import Row
from forum.community.sample.planning import PlannedPost
from forum.community.sample.rhythm import Rhythm
from forum.community.sample.texts import Text, Writer
from forum.kernel.text import PIPELINE_VERSION
from forum.posts.addresses import slug_for
from forum.posts.models import PostKind, PostState

POST = (
    "id kind title slug standfirst source html pipeline excerpt words language author_id organisation_id"
    " role_organisation_id role_title state answered accepted_comment_id deadline starts_at ends_at time_zone place"
    " created_at published_at last_activity_at next_root comment_count recommendation_count"
)
REVISION = "post_id number title standfirst source editor_id created_at"
POST_TOPIC = "post_id topic_id position listed published_at last_activity_at recommendation_count"
POST_FAN = "post_id member_id created_at"
COMMENT = (
    "id post_id parent_id path depth next_child source html pipeline excerpt language author_id organisation_id"
    " role_organisation_id role_title state created_at reply_count recommendation_count"
)
COMMENT_FAN = "comment_id member_id post_id created_at"
# In a thread, how often somebody writes in the other language.
OTHER_LANGUAGE = 0.06


@dataclass(frozen=True)
class PostWords:
    title: str
    slug: str
    standfirst: str
    text: Text


@dataclass(frozen=True)
class Chunk:
    """Posts of some weeks, oldest first. `order` says of each comment in order of time whose it is and its number
    there; `ids` are a post's comments' by number."""

    posts: list[PlannedPost]
    words: list[PostWords]
    order: list[tuple[int, int]]
    ids: list[list[int]]


def chunk_of(posts: list[PlannedPost], writer: Writer, first_comment: int) -> Chunk:
    moments = [(moment, place, number) for place, post in enumerate(posts) for number, moment in enumerate(post.times)]
    order = [(place, number) for _, place, number in sorted(moments)]
    ids = [[0] * len(post.times) for post in posts]
    for comment_id, (place, number) in enumerate(order, start=first_comment):
        ids[place][number] = comment_id
    return Chunk(posts, [_post_words(writer) for _ in posts], order, ids)


def _post_words(writer: Writer) -> PostWords:
    title = vocabulary.title(writer.rng)
    return PostWords(title, slug_for(title), writer.standfirst(), writer.article())


class Rows:
    """Of one chunk."""

    def __init__(self, chunk: Chunk, rhythm: Rhythm, writer: Writer) -> None:
        self.chunk = chunk
        self.at = rhythm.at
        self.writer = writer
        self.rng = writer.rng

    def posts(self) -> Iterator[Row]:
        for post, words, ids in zip(self.chunk.posts, self.chunk.words, self.chunk.ids, strict=True):
            text, voice, published = words.text, post.voice, self.at(post.published)
            yield (
                post.id, post.kind.value, words.title, words.slug, words.standfirst, text.source, text.html,
                PIPELINE_VERSION, text.excerpt, text.words, post.language, voice.author_id, voice.organisation_id,
                voice.role_organisation_id, voice.role_title, PostState.PUBLISHED.value, post.answered,
                ids[post.accepted] if post.accepted is not None else None, *self._occasion(post, published),
                published, published, self._last(post), post.thread.roots, len(ids), len(post.fans),
            )  # fmt: skip

    def _occasion(self, post: PlannedPost, published: datetime) -> Row:
        """Deadline, start, end, time zone and place."""
        day = published.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=self.rng.randint(14, 90))
        if post.kind is PostKind.REQUEST:
            return (day, None, None, "", "")
        if post.kind is PostKind.EVENT:
            return (None, day, day + timedelta(hours=3), "Europe/Amsterdam", f"Town hall, {vocabulary.name(self.rng)}")
        return (None, None, None, "", "")

    def _last(self, post: PlannedPost) -> datetime:
        return self.at(post.times[-1] if post.times else post.published)

    def revisions(self) -> Iterator[Row]:
        for post, words in zip(self.chunk.posts, self.chunk.words, strict=True):
            author_id, published = post.voice.author_id, self.at(post.published)
            yield (post.id, 1, words.title, words.standfirst, words.text.source, author_id, published)

    def post_topics(self) -> Iterator[Row]:
        for post in self.chunk.posts:
            mirrored = (True, self.at(post.published), self._last(post), len(post.fans))
            for position, topic_id in enumerate(post.topics):
                yield (post.id, topic_id, position, *mirrored)

    def post_fans(self) -> Iterator[Row]:
        for post in self.chunk.posts:
            for member_id, moment in post.fans:
                yield (post.id, member_id, self.at(moment))

    def comments(self) -> Iterator[Row]:
        """Parents before their replies."""
        for place, number in self.chunk.order:
            post, ids = self.chunk.posts[place], self.chunk.ids[place]
            thread, voice, text = post.thread, post.voices[number], self.writer.comment()
            parent, path = thread.parents[number], thread.paths[number]
            yield (
                ids[number], post.id, ids[parent] if parent >= 0 else None, path, tree.depth_of(path),
                thread.children[number], text.source, text.html, PIPELINE_VERSION, text.excerpt,
                self._language(post), voice.author_id, voice.organisation_id, voice.role_organisation_id,
                voice.role_title, CommentState.VISIBLE.value, self.at(post.times[number]), thread.below[number],
                len(post.comment_fans[number]),
            )  # fmt: skip

    def _language(self, post: PlannedPost) -> str:
        if self.rng.random() >= OTHER_LANGUAGE:
            return post.language
        return "nl" if post.language == "en" else "en"

    def comment_fans(self) -> Iterator[Row]:
        for place, number in self.chunk.order:
            post = self.chunk.posts[place]
            for member_id, moment in post.comment_fans[number]:
                yield (self.chunk.ids[place][number], member_id, post.id, self.at(moment))
