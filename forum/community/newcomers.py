"""The organisations, topics and members of a community file, made with the verbs of their features."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.community.file import Community, FileMember
from forum.community.loaded import Loaded
from forum.community.reader import below
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.errors import ForumError, Invalid
from forum.kernel.operator import OPERATOR
from forum.organisations import commands as organisations
from forum.organisations.models import Affiliation, Organisation
from forum.topics import commands as topics


@contextmanager
def refused_at(pointer: str) -> Iterator[None]:
    """A feature's refusal names the place in the file."""
    try:
        yield
    except ForumError as error:
        fields = error.fields or {"": error.message}
        told = [f"{below(pointer, field) if field else pointer}: {says}" for field, says in fields.items()]
        raise Invalid("The file was not loaded:\n" + "\n".join(f"  {one}" for one in told)) from error


def write_organisations(community: Community, loaded: Loaded) -> None:
    for one in community.organisations:
        if one.key not in loaded.organisations:
            with refused_at(one.pointer):
                made = organisations.create(OPERATOR, one.details, verified=one.verified)
            made.import_key = one.key
    db.session.flush()


def write_topics(community: Community, loaded: Loaded) -> None:
    for one in community.topics:
        if one.details.slug not in loaded.topics:
            with refused_at(one.pointer):
                topics.create(OPERATOR, one.details)


def write_members(community: Community, loaded: Loaded) -> None:
    """Active, but without an address or a password: nobody can sign in as them."""
    first = _first_words(community)
    for one in community.members:
        if one.key not in loaded.members:
            db.session.add(_member(one, first.get(one.key)))
    db.session.flush()
    for one in community.members:
        _write_affiliations(one)


def _first_words(community: Community) -> dict[str, datetime]:
    """When each author first wrote something, where the file says it."""
    first: dict[str, datetime] = {}
    for post in community.posts:
        times = [(post.author, post.published_at), *((one.author, one.created_at) for one in post.comments)]
        for author, time in times:
            if time is not None:
                first[author] = min(time, first.get(author, time))
    return first


def _member(one: FileMember, first_words: datetime | None) -> Member:
    """They joined no later than they wrote."""
    now = clock.now()
    joined = min(now, first_words or now)
    return Member(
        username=one.username,
        username_key=username_key(one.username),
        name=one.name,
        headline=one.headline,
        city=one.city,
        state=MemberState.ACTIVE,
        created_at=joined,
        confirmed_at=joined,
        import_key=one.key,
    )


def _write_affiliations(one: FileMember) -> None:
    """Those that this member never had: who left stays away."""
    for place in one.affiliations:
        organisation_id = db.session.scalars(
            select(Organisation.id).where(Organisation.import_key == place.organisation)
        ).one()
        member = db.session.scalars(select(Member).where(Member.import_key == one.key)).one()
        had = select(Affiliation.id).where(
            Affiliation.member_id == member.id, Affiliation.organisation_id == organisation_id
        )
        if db.session.scalar(had.limit(1)) is None:
            with refused_at(place.pointer):
                organisations.add_member(
                    OPERATOR, organisation_id, member.username, organisations.Place(place.right, place.title)
                )
