"""The posts of a community file and their threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments import tree
from forum.comments.commands.words import fill
from forum.comments.models import Comment
from forum.community.file import Community, FileComment, FilePost
from forum.community.loaded import key_of
from forum.community.newcomers import refused_at
from forum.community.speakers import Speakers
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.kernel.text import Rendered
from forum.organisations.models import Organisation
from forum.posts import commands as posts
from forum.posts.models import Post
from forum.posts.queries import find_imported
from forum.topics.queries import topics_by_slug

Bodies = Mapping[str, Rendered]
# Between comments whose time the file doesn't say: enough for an order, too little to reach the future.
STEP = timedelta(microseconds=1)


def write_discussions(community: Community, bodies: Bodies) -> None:
    """`bodies` are those of the texts that are to come, by JSON pointer."""
    speakers = Speakers()
    _count_speakers(community, speakers, bodies)
    for post in community.posts:
        post_id = _write_post(post, speakers, bodies) if post.pointer in bodies else find_imported(post.key)
        new = [comment for comment in post.comments if comment.pointer in bodies]
        if new and post_id is not None:
            with refused_at(post.pointer):
                _Thread(post, post_id, speakers).write(new, bodies)


def _count_speakers(community: Community, speakers: Speakers, bodies: Bodies) -> None:
    """First of all, and in one order: whoever changes a thread takes members, organisations and posts in this order
    (comments.commands.counting), so that nobody waits in a circle."""
    written = [comment for post in community.posts for comment in post.comments if comment.pointer in bodies]
    found = [speakers.find(comment.author, comment.on_behalf_of) for comment in written]
    members = Counter(one.author_id for one in found)
    organisations = Counter(one.organisation_id for one in found if one.organisation_id is not None)
    for member_id, number in sorted(members.items()):
        here = Member.id == member_id
        db.session.execute(update(Member).where(here).values(comment_count=Member.comment_count + number))
    for organisation_id, number in sorted(organisations.items()):
        there = Organisation.id == organisation_id
        db.session.execute(update(Organisation).where(there).values(comment_count=Organisation.comment_count + number))


def _write_post(post: FilePost, speakers: Speakers, bodies: Bodies) -> PostId:
    speaker = speakers.find(post.author, post.on_behalf_of)
    topics = topics_by_slug(post.draft.topics)
    arrival = posts.Arrival(
        key=post.key,
        draft=post.draft,
        body=bodies[post.pointer],
        author_id=speaker.author_id,
        topic_ids=tuple(dict.fromkeys(topics[slug].id for slug in post.draft.topics)),
        published_at=post.published_at or clock.now(),
        organisation_id=speaker.organisation_id,
        role=(speaker.role_organisation_id, speaker.role_title),
        old_addresses=post.old_addresses,
    )
    with refused_at(post.pointer):
        return posts.insert_imported(arrival)


class _Thread:
    """New comments among those that came before, and what they add to numbers elsewhere."""

    def __init__(self, post: FilePost, post_id: PostId, speakers: Speakers) -> None:
        self.key = post.key
        self.speakers = speakers
        self.post = db.session.get_one(Post, post_id, with_for_update=True, populate_existing=True)
        self.rows = {_place_of(row): row for row in _imported_before(post_id)}
        self.by_path = {row.path: row for row in self.rows.values()}
        self.children: Counter[str] = Counter()
        self.below: Counter[str] = Counter()

    def write(self, comments: list[FileComment], bodies: Bodies) -> None:
        """Parents come before their replies."""
        written = [self._insert(comment, bodies[comment.pointer]) for comment in comments]
        self._count_places()
        posts.note_comment(self.post.id, len(written), max(row.created_at for row in written))

    def _insert(self, comment: FileComment, body: Rendered) -> Comment:
        speaker = self.speakers.find(comment.author, comment.on_behalf_of)
        parent = self.rows[comment.parent] if comment.parent else None
        path = self._take_path(parent)
        row = Comment(
            post_id=self.post.id,
            parent_id=parent.id if parent else None,
            path=path,
            depth=tree.depth_of(path),
            language=comment.language,
            author_id=speaker.author_id,
            organisation_id=speaker.organisation_id,
            role_organisation_id=speaker.role_organisation_id,
            role_title=speaker.role_title,
            created_at=comment.created_at or self._next_time(parent),
            import_key=key_of(self.key, comment.place),
        )
        fill(row, comment.body, body)
        db.session.add(row)
        db.session.flush()
        self.rows[comment.place] = self.by_path[path] = row
        return row

    def _take_path(self, parent: Comment | None) -> str:
        host = tree.host_of(parent.path) if parent else ""
        before = self.by_path[host].next_child if host else self.post.next_root
        path = tree.child(host, before + self.children[host])
        self.children[host] += 1
        self.below.update(tree.ancestors(path))
        return path

    def _next_time(self, parent: Comment | None) -> datetime:
        earliest = parent.created_at if parent else self.post.published_at
        return (earliest or self.post.created_at) + (len(self.rows) + 1) * STEP

    def _count_places(self) -> None:
        """Once at the end, so that a thread costs a statement a comment and not one a comment and level."""
        self.post.next_root += self.children.pop("", 0)
        for path, number in self.children.items():
            self.by_path[path].next_child += number
        for path, number in self.below.items():
            self.by_path[path].reply_count += number
        db.session.flush()


def _imported_before(post_id: PostId) -> list[Comment]:
    """Locked: replies of members take ordinals under them."""
    return list(
        db.session.scalars(
            select(Comment)
            .where(Comment.post_id == post_id, Comment.import_key.is_not(None))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _place_of(row: Comment) -> str:
    return (row.import_key or "").rpartition("#")[2]
