"""What the database has already of the things that a community file speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select

from forum.accounts.models import Member
from forum.accounts.names import look_alikes
from forum.comments.models import Comment
from forum.community.file import Community
from forum.kernel.db import db
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId
from forum.organisations.models import Affiliation, Organisation, Verification
from forum.organisations.policy import SPEAKS
from forum.organisations.queries.order import RUNNING
from forum.posts.models import Post, PostAddress
from forum.topics.queries import topics_by_slug

# Databases take some thousand parameters in a statement at most.
CHUNK = 500

Some = TypeVar("Some")


@dataclass(frozen=True)
class Loaded:
    """By the keys of files: what came with an earlier one. `topics` are slugs that lead to a topic.

    `speakers` are members and organisations whom they may speak for. What others have: `usernames` by key, `codes` of
    verified organisations, `addresses` with the key of the post they belong to, empty for one that came from no file.
    """

    organisations: Mapping[str, OrganisationId]
    members: Mapping[str, MemberId]
    posts: Mapping[str, PostId]
    comments: Mapping[str, CommentId]
    topics: frozenset[str]
    speakers: frozenset[tuple[str, str]]
    usernames: frozenset[str]
    codes: frozenset[str]
    addresses: Mapping[str, str]


def look(community: Community) -> Loaded:
    """Reads only."""
    written = list(community.texts())
    members = {one.key for one in community.members} | {one.author for one in written}
    organisations = {one.key for one in community.organisations} | {one.on_behalf_of for one in written}
    organisations |= {place.organisation for one in community.members for place in one.affiliations}
    slugs = {one.details.slug for one in community.topics} | {
        slug for post in community.posts for slug in post.draft.topics
    }
    return Loaded(
        organisations=_ids(Organisation, organisations),
        members=_ids(Member, members),
        posts=_ids(Post, (post.key for post in community.posts)),
        comments=_ids(Comment, (key_of(post.key, one.place) for post in community.posts for one in post.comments)),
        topics=frozenset(slug for chunk in _chunks(slugs) for slug in topics_by_slug(chunk)),
        speakers=frozenset(_speakers(members)),
        usernames=frozenset(_usernames(community)),
        codes=frozenset(_codes(community)),
        addresses=dict(_addresses(community)),
    )


def key_of(post_key: str, place: str) -> str:
    """Of a comment."""
    return f"{post_key}#{place}"


def _ids(model: Any, keys: Iterable[str]) -> dict[str, Any]:
    return {
        row.import_key: row.id
        for chunk in _chunks(keys)
        for row in db.session.execute(select(model.import_key, model.id).where(model.import_key.in_(chunk)))
    }


def _speakers(members: Iterable[str]) -> Iterator[tuple[str, str]]:
    query = (
        select(Member.import_key, Organisation.import_key)
        .select_from(Affiliation)
        .join(Member, Member.id == Affiliation.member_id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.right.in_(SPEAKS), RUNNING, Organisation.import_key.is_not(None))
    )
    for chunk in _chunks(members):
        yield from _pairs(query.where(Member.import_key.in_(chunk)))


def _usernames(community: Community) -> Iterator[str]:
    """Keys of members that came from no file, or under another key, and stand in the way of one that is to come."""
    wanted = {look_alike: one.key for one in community.members for look_alike in look_alikes(one.username)}
    for chunk in _chunks(wanted):
        query = select(Member.username_key, Member.import_key).where(Member.username_key.in_(chunk))
        yield from (taken for taken, key in _pairs(query) if key != wanted[taken])


def _codes(community: Community) -> Iterator[str]:
    wanted = {one.details.code: one.key for one in community.organisations if one.verified}
    for chunk in _chunks(wanted):
        query = select(Organisation.code, Organisation.import_key).where(
            Organisation.code.in_(chunk), Organisation.state == Verification.VERIFIED
        )
        yield from (code for code, key in _pairs(query) if key != wanted[code])


def _addresses(community: Community) -> Iterator[tuple[str, str]]:
    query = select(PostAddress.slug, Post.import_key).join(Post, Post.id == PostAddress.post_id)
    for chunk in _chunks(slug for post in community.posts for slug in post.old_addresses):
        yield from ((slug, key or "") for slug, key in _pairs(query.where(PostAddress.slug.in_(chunk))))


def _pairs(query: Select[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return ((row[0], row[1]) for row in db.session.execute(query))


def _chunks(values: Iterable[Some]) -> Iterator[list[Some]]:
    """Each value once, some at a time."""
    found = list(dict.fromkeys(values))
    yield from (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))
