"""Reasons given to an author."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import force_locale, get_locale
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import DecisionId
from forum.moderation import grounds
from forum.moderation.models import Decision, ReviewItem, StatementOfReasons, SubjectType
from forum.moderation.plugs import Restriction
from forum.moderation.statements import About, statement_of
from forum.posts.models import Post

_SUBJECTS: dict[str, type[Any]] = {SubjectType.POST: Post, SubjectType.COMMENT: Comment}


def about(item: ReviewItem, value: str) -> About:
    """What a statement tells of its subject."""
    language, written_at = _written(item)
    with force_locale(_language_of(item).replace("-", "_")):
        ground = grounds.find(value)
    return About(language, written_at, ground.name, ground.address, ground.category)


def _language_of(item: ReviewItem) -> str:
    """The author's, who reads it; where they chose none, the one in force."""
    author = db.session.get(Member, item.author_id) if item.author_id else None
    return (author.interface_language if author else None) or str(get_locale() or "en")


def _written(item: ReviewItem) -> tuple[str, datetime | None]:
    model = _SUBJECTS.get(item.subject_type)
    if model is None:
        return "", None
    row = db.session.execute(select(model.language, model.created_at).where(model.id == item.subject_id)).first()
    return (row.language, row.created_at) if row else ("", None)


def give_reasons(item: ReviewItem, decision: Decision, restricts: Restriction, told: About) -> None:
    """Its author reads them from now on; by letter once the decision has settled."""
    db.session.add(statement_of(item, decision, restricts, told))
    db.session.flush()


def withdraw_reasons(decision_id: DecisionId) -> None:
    """The restriction is over: undone, or reversed."""
    here = StatementOfReasons.decision_id == decision_id
    db.session.execute(update(StatementOfReasons).where(here).values(withdrawn_at=clock.now()))
