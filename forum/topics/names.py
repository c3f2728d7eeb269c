"""Which of the names in a text mean a member or a topic that exists."""

from __future__ import annotations

from sqlalchemy import select

from forum.accounts import queries as accounts
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
    """A look-alike of a name is a name of its own here, though nobody else could take it."""
    if not usernames:
        return {}
    found = accounts.find_members_by_username(usernames).values()
    return {
        member.username.casefold(): (member.username, member.name)
        for member in found
        if member.username.casefold() in usernames and member.state not in _UNKNOWN
    }


def _topics(slugs: frozenset[str]) -> dict[str, tuple[str, str]]:
    if not slugs:
        return {}
    topics = db.session.scalars(select(Topic).where(Topic.slug.in_(slugs), Topic.state != TopicState.MERGED))
    return {topic.slug: (topic.name, topic.sign) for topic in topics}
