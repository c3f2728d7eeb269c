"""Makes a sample, from its people to the last counter, in the open transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import bindparam, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.community.sample import rows
from forum.community.sample.bulk import insert, move_versions, reserve, resting_triggers
from forum.community.sample.people import People
from forum.community.sample.planning import PlannedPost, Planner
from forum.community.sample.rhythm import DAY, Rhythm
from forum.community.sample.settling import find_topics, settle, username_of
from forum.community.sample.size import Size, shares
from forum.community.sample.texts import Writer
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.organisations.models import Affiliation, Organisation
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostRevision, PostTopic
from forum.recommendations.models import CommentRecommendation, PostRecommendation
from forum.search.rebuild import rebuild_soon
from forum.topics.models import Topic

# Planned at a time: enough that ids follow time, little enough to hold.
CHUNK_COMMENTS, CHUNK_POSTS = 20_000, 1_000
# So many comments are worth all the pieces that texts are put together from.
VARIED = 20_000


@dataclass(frozen=True)
class Sample:
    """Addresses are paths. `post` has as many comments as a page holds; `username` may sign in."""

    counts: dict[str, int]
    post: str
    long_thread: str | None
    topic: str
    username: str


def make(size: Size, password_hash: str) -> Sample:
    topics = find_topics()
    with resting_triggers(_WRITTEN):
        maker = _Maker(size, settle(size, Rhythm(size.until), password_hash), topics)
        maker.write()
    move_versions(maker.first_post)
    rebuild_soon()
    return maker.sample()


_WRITTEN = (
    Affiliation,
    Comment,
    CommentRecommendation,
    Member,
    Organisation,
    Post,
    PostRecommendation,
    PostRevision,
    PostTopic,
    Topic,
)


class _Maker:
    def __init__(self, size: Size, people: People, topics: Sequence[Topic]) -> None:
        self.size = size
        self.people = people
        self.topics = topics
        self.rhythm = Rhythm(size.until)
        self.writer = Writer(f"texts {size.seed}", size.total_comments / VARIED)
        self.first_post = reserve(Post, size.total_posts)
        self.next_comment = reserve(Comment, size.total_comments)
        self.topic_posts: Counter[int] = Counter()
        self.recommendations = 0
        self.addresses: dict[int, str] = {}

    def write(self) -> None:
        for posts in self._planned():
            self._write(rows.chunk_of(posts, self.writer, self.next_comment))
            self.next_comment += sum(len(post.times) for post in posts)
        self._count()

    def _planned(self) -> Iterator[list[PlannedPost]]:
        """Some posts at a time, oldest first."""
        rng = Random(f"discussions {self.size.seed}")  # noqa: S311  # nothing secret about it
        moments = self.rhythm.posts(rng, self.size.total_posts)
        counts = shares(self.size, [(self.rhythm.end - moment) / DAY for moment in moments], rng)
        plain_post = self.first_post + self.size.typical_post
        planner = Planner(rng, self.people, self.rhythm, [topic.id for topic in self.topics], plain_post)
        chunk: list[PlannedPost] = []
        held = 0
        for number, (moment, count) in enumerate(zip(moments, counts, strict=True)):
            if chunk and (held + count > CHUNK_COMMENTS or len(chunk) == CHUNK_POSTS):
                yield chunk
                chunk, held = [], 0
            chunk.append(planner.plan(self.first_post + number, moment, count))
            held += count
        yield chunk

    def _write(self, chunk: rows.Chunk) -> None:
        made = rows.Rows(chunk, self.rhythm, self.writer)
        insert(Post, rows.POST, made.posts())
        insert(PostRevision, rows.REVISION, made.revisions())
        insert(PostTopic, rows.POST_TOPIC, made.post_topics())
        insert(PostRecommendation, rows.POST_FAN, made.post_fans())
        insert(Comment, rows.COMMENT, made.comments())
        insert(CommentRecommendation, rows.COMMENT_FAN, made.comment_fans())
        self._note(chunk)

    def _note(self, chunk: rows.Chunk) -> None:
        """What is told at the end, and counted elsewhere."""
        special = {self.first_post + self.size.typical_post, self.first_post + (self.size.long_post or 0)}
        for post, words in zip(chunk.posts, chunk.words, strict=True):
            self.topic_posts.update(post.topics)
            self.recommendations += len(post.fans) + sum(len(fans) for fans in post.comment_fans)
            self.people.count_post(post.voice)
            for voice in post.voices:
                self.people.count_comment(voice)
            if post.id in special:
                self.addresses[post.id] = address_of(PostId(post.id), words.slug)

    def _count(self) -> None:
        people = self.people
        _add(Member, "post_count", people.posts)
        _add(Member, "comment_count", people.comments)
        _add(Organisation, "post_count", people.organisation_posts)
        _add(Organisation, "comment_count", people.organisation_comments)
        _add(Topic, "post_count", self.topic_posts)

    def sample(self) -> Sample:
        size, first = self.size, self.first_post
        busiest = max(self.topics, key=lambda topic: self.topic_posts[topic.id])
        return Sample(
            counts={
                "posts": size.total_posts,
                "comments": size.total_comments,
                "members": size.members,
                "organisations": size.organisations,
                "recommendations": self.recommendations,
            },
            post=self.addresses[first + size.typical_post],
            long_thread=self.addresses[first + size.long_post] if size.long_post is not None else None,
            topic=f"/topics/{busiest.slug}",
            username=username_of(self.people.first_member),
        )


def _add(model: Any, counter: str, numbers: Mapping[int, int]) -> None:
    """To a counter of many rows, by id."""
    if not numbers:
        return
    grown = {getattr(model, counter): getattr(model, counter) + bindparam("more")}
    statement = update(model.__table__).where(model.id == bindparam("row")).values(grown)
    db.session.connection().execute(statement, [{"row": row, "more": more} for row, more in numbers.items()])
