"""Texts that are sent, held and decided on, with the lanes as they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments import commands as comments
from forum.comments.counters import COUNTERS as COMMENT_COUNTERS
from forum.comments.draft import Draft
from forum.comments.models import Comment
from forum.kernel import counters, settings
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.kernel.ids import CommentId, PostId
from forum.moderation import commands
from forum.moderation.models import Action, Decision, Lane, ReviewItem
from forum.moderation.plugs import Verdict
from forum.posts import commands as posts
from forum.posts.counters import COUNTERS as POST_COUNTERS
from forum.posts.draft import Draft as PostDraft
from forum.posts.models import Post
from forum.posts.rendering import render_body
from tests import factories


def comment_by(author: Member, post: Post, words: str = "A remark.", **fields: Any) -> Comment:
    """Sent, and held if a check says so."""
    actor = factories.actor(author)
    with transaction():
        found = comments.submit(actor, post.id, Draft(source=words, **fields), render_body(words))
    return comment_row(found.comment.id)


def post_by(author: Member, words: str = "We tried it.", **fields: Any) -> Post:
    """A post under a topic of its own, unless one is given."""
    actor, topics = factories.actor(author), fields.pop("topics", None) or (factories.topic().slug,)
    draft = PostDraft(title="What we tried", source=words, topics=tuple(topics), **fields)
    with transaction():
        post_id = posts.publish(actor, draft, render_body(words))
    return post_row(post_id)


def comment_row(comment_id: CommentId) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment_id, populate_existing=True)


def post_row(post_id: PostId) -> Post:
    db.session.rollback()
    return db.session.get_one(Post, post_id, populate_existing=True)


def item_about(thing: Comment | Post) -> ReviewItem:
    """The newest item about it."""
    db.session.rollback()
    query = select(ReviewItem).where(ReviewItem.subject_id == thing.id).order_by(ReviewItem.opened_at.desc())
    return db.session.scalars(query.execution_options(populate_existing=True)).first()  # type: ignore[return-value]  # there is one


def judge(actor: Actor, thing: Comment | Post, action: Action, **fields: Any) -> Decision | None:
    item = item_about(thing)
    reasons = {"ground": "no-advertising", "facts": "It sells lamps."}
    with transaction():
        return commands.decide(actor, item.id, Verdict(item.version, action, **(reasons | fields)))


def held(thing: Comment | Post) -> tuple[str, Lane]:
    """Its state, and the lane it waits in."""
    return thing.state, Lane(item_about(thing).lane)


def turn_on(name: str, value: str = "on") -> None:
    with transaction():
        settings.change(name, value)


def watch(words: str, *, is_pattern: bool = False, outcome: str = "hold") -> None:
    from tests.moderation.cases import moderator

    actor = moderator()
    with transaction():
        commands.watch(actor, words, is_pattern=is_pattern, outcome=outcome)


def wrong_counters() -> list[object]:
    """What of all that comments and posts add to isn't what counting gives."""
    found: list[object] = list(counters.check((*COMMENT_COUNTERS, *POST_COUNTERS)))
    db.session.rollback()
    return found
