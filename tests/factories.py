"""Makes what a test needs, straight in the database and committed. Each has plain defaults that never clash."""

from __future__ import annotations

import itertools
from typing import Any

from forum.accounts import names
from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Right
from forum.kernel.db import transaction
from forum.organisations.actors import get_actor
from forum.organisations.models import Affiliation, Organisation, OrganisationKind, Verification
from forum.posts.models import Post, PostState, PostTopic
from forum.topics.models import Topic

_numbers = itertools.count(1)


def member(username: str = "", **fields: Any) -> Member:
    """An active, confirmed member."""
    username = username or f"member{next(_numbers)}"
    values = {
        "username": username,
        "username_key": names.username_key(username),
        "name": username.title(),
        "email": f"{username}@example.org",
        "email_key": f"{username}@example.org",
        "state": MemberState.ACTIVE,
        "created_at": clock.now(),
        "confirmed_at": clock.now(),
        "languages": [],
    }
    return _saved(Member(**(values | fields)))


def actor(of: Member) -> Actor:
    """The actor a member is at this moment."""
    return get_actor(of.id)


def organisation(slug: str = "", **fields: Any) -> Organisation:
    """A verified city."""
    slug = slug or f"city-{next(_numbers)}"
    values = {
        "slug": slug,
        "name": slug.replace("-", " ").title(),
        "code": f"C{next(_numbers)}",
        "kind": OrganisationKind.CITY,
        "state": Verification.VERIFIED,
        "created_at": clock.now(),
        "verified_at": clock.now(),
    }
    return _saved(Organisation(**(values | fields)))


def affiliation(of: Member, at: Organisation, right: Right = Right.EDITOR, **fields: Any) -> Affiliation:
    values = {"title": "Adviser", "started_at": clock.now()}
    return _saved(Affiliation(member_id=of.id, organisation_id=at.id, right=right, **(values | fields)))


def topic(slug: str = "", **fields: Any) -> Topic:
    slug = slug or f"topic-{next(_numbers)}"
    values = {"slug": slug, "name": slug.replace("-", " ").title(), "created_at": clock.now()}
    return _saved(Topic(**(values | fields)))


def post(author: Member | None = None, under: Topic | None = None, **fields: Any) -> Post:
    """A published article under a topic."""
    author, under, now = author or member(), under or topic(), clock.now()
    number = next(_numbers)
    values = {
        "title": f"Write-up {number}",
        "slug": f"write-up-{number}",
        "source": "Words.",
        "html": "<p>Words.</p>\n",
        "excerpt": "Words.",
        "words": 1,
        "pipeline": 1,
        "language": "en",
        "author_id": author.id,
        "state": PostState.PUBLISHED,
        "created_at": now,
        "published_at": now,
        "last_activity_at": now,
    }
    made = _saved(Post(**(values | fields)))
    _saved(
        PostTopic(
            post_id=made.id,
            topic_id=under.id,
            position=0,
            listed=made.state == PostState.PUBLISHED,
            published_at=made.published_at,
            last_activity_at=made.last_activity_at,
        )
    )
    return made


def comment(author: Member, under: Post, path: str, **fields: Any) -> Comment:
    """A visible comment at a place in the thread; `path` is its whole path, four characters a level."""
    values = {
        "source": "A remark.",
        "html": "<p>A remark.</p>\n",
        "excerpt": "A remark.",
        "pipeline": 1,
        "language": "en",
        "created_at": clock.now(),
        "depth": len(path) // 4 - 1,
    }
    return _saved(Comment(author_id=author.id, post_id=under.id, path=path, **(values | fields)))


def _saved(thing: Any) -> Any:
    with transaction() as session:
        session.add(thing)
    return thing
