"""Which of the names in a text mean a member or a topic that exists."""

from __future__ import annotations

from sqlalchemy import Select, select

from forum.accounts.models import Member
from forum.accounts.names import is_same, username_key
from forum.kernel import text
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.topics.models import Topic, TopicState

# Nobody can look them up: one was never confirmed, the other is gone.
_UNKNOWN = {MemberState.UNCONFIRMED, MemberState.ERASED}


def known(names: text.Names) -> text.Known:
    """What text.render needs to link `@name` and `#topic`: at most two statements, none without names."""
    return text.Known(members=_members(names.members), topics=_topics(names.topics))


def _members(usernames: frozenset[str]) -> dict[str, tuple[str, str]]:
    """A look-alike of somebody's name calls nobody."""
    if not usernames:
        return {}
    keys = {username_key(typed) for typed in usernames}
    found = {member.username_key: member for member in db.session.scalars(_members_with(keys))}
    return {
        typed: (member.username, member.name)
        for typed in usernames
        if (member := found.get(username_key(typed))) and is_same(typed, member.username)
    }


def _members_with(keys: set[str]) -> Select[Member]:
    return select(Member).where(Member.username_key.in_(keys), Member.state.not_in(_UNKNOWN))


def _topics(slugs: frozenset[str]) -> dict[str, tuple[str, str]]:
    if not slugs:
        return {}
    topics = db.session.scalars(select(Topic).where(Topic.slug.in_(slugs), Topic.state != TopicState.MERGED))
    return {topic.slug: (topic.name, topic.sign) for topic in topics}
