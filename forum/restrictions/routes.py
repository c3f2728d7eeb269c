"""Whose queue a report goes to (DOMAIN, "The moderation queue", rules 2 to 4)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.kernel.ids import OrganisationId, TopicId
from forum.moderation.models import Lane, Scope
from forum.moderation.policy import ORGANISATION_RIGHTS
from forum.organisations.models import Affiliation, Organisation, Verification
from forum.posts.models import PostTopic
from forum.restrictions.subjects import Subject
from forum.topics.models import TopicCurator


@dataclass(frozen=True)
class Route:
    """Where something waits, and what else an item says of it."""

    scope: Scope
    topic_id: TopicId | None = None
    organisation_id: OrganisationId | None = None


def route_of(subject: Subject) -> Route:
    """The organisation under whose post it stands, else the curators of its main topic, else the site.

    Never an organisation for what is said in its own name, or by one of its people; never somebody alone for what is
    their own.
    """
    organisation_id = subject.post.organisation_id
    if organisation_id is not None and _may_judge(organisation_id, subject):
        return Route(Scope.ORGANISATION, organisation_id=organisation_id)
    topic_id = _curated_topic(subject)
    return Route(Scope.TOPIC, topic_id=topic_id) if topic_id is not None else Route(Scope.SITE)


def _may_judge(organisation_id: OrganisationId, subject: Subject) -> bool:
    if subject.organisation_id == organisation_id or subject.post.author_id == subject.author_id:
        return False
    verified = (Organisation.id == organisation_id) & (Organisation.state == Verification.VERIFIED)
    people = {
        member_id: Right(right)
        for member_id, right in db.session.execute(
            select(Affiliation.member_id, Affiliation.right)
            .join(Organisation, Organisation.id == Affiliation.organisation_id)
            .join(Member, Member.id == Affiliation.member_id)
            .where(verified, Affiliation.ended_at.is_(None), Member.state == MemberState.ACTIVE)
        )
    }
    looks_after = ORGANISATION_RIGHTS[Lane.REPORTS]
    return subject.author_id not in people and any(right in looks_after for right in people.values())


def _curated_topic(subject: Subject) -> TopicId | None:
    """The main topic, where somebody other than the author curates it."""
    main = (PostTopic.post_id == subject.post.id) & (PostTopic.position == 0)
    return db.session.scalar(
        select(PostTopic.topic_id)
        .join(TopicCurator, TopicCurator.topic_id == PostTopic.topic_id)
        .join(Member, Member.id == TopicCurator.member_id)
        .where(main, Member.state == MemberState.ACTIVE, Member.id != subject.author_id)
        .limit(1)
    )
