"""A scope as the log names it."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.db import db
from forum.moderation.models import ReviewItem, Scope
from forum.organisations.models import Organisation
from forum.topics.models import Topic


def scope_of(item: ReviewItem) -> str:
    """`site`, `topic SLUG` or `organisation SLUG`, as the slug is at this moment."""
    if item.scope == Scope.TOPIC:
        return f"topic {db.session.scalar(select(Topic.slug).where(Topic.id == item.topic_id))}"
    if item.scope == Scope.ORGANISATION:
        slug = db.session.scalar(select(Organisation.slug).where(Organisation.id == item.organisation_id))
        return f"organisation {slug}"
    return str(Scope.SITE)
