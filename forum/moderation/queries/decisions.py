"""A decision as its author reads it, and what they can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import DecisionId
from forum.moderation import grounds, policy, statements, words
from forum.moderation.errors import NoSuchDecision
from forum.moderation.models import Action, Decision, ReviewItem, StatementOfReasons, SubjectType
from forum.moderation.plugs import Verdict
from forum.moderation.queries.items import reach_of
from forum.moderation.requirements import check_reasons

# Shown with its words: everything else an author is told by what it did.
TOLD = policy.NEEDS_WORDS | {Action.HIDE}


@dataclass(frozen=True)
class Told:
    """The statement of reasons, in the order of article 17 of the Digital Services Act."""

    outcome: Words
    title: str
    ground: str
    ground_address: str
    law: str
    facts: str
    found: str
    automated: bool
    decided_by_rule: bool
    scope: str
    start: datetime
    until: datetime | None
    appeal_until: datetime | None


@dataclass(frozen=True)
class DecisionPage:
    """`may_appeal` is for its author, while there is time. `edit_address`: what came back to them."""

    id: DecisionId
    told: Told
    reference: str
    undone: bool
    withdrawn: bool
    may_appeal: bool
    edit_address: str
    subject_address: str


def get_decision_page(decision_id: DecisionId, actor: Actor) -> DecisionPage:
    """For whom it's about, and for those who may look after it. Raises NoSuchDecision."""
    row = None
    if decision_id < 2**63:
        row = db.session.execute(
            select(Decision, ReviewItem, StatementOfReasons)
            .join(ReviewItem, ReviewItem.id == Decision.item_id)
            .outerjoin(StatementOfReasons, StatementOfReasons.decision_id == Decision.id)
            .where(Decision.id == decision_id)
        ).first()
    if row is None or row.Decision.action not in TOLD:
        raise NoSuchDecision
    decision, item, statement = row.Decision, row.ReviewItem, row.StatementOfReasons
    is_author = item.author_id is not None and item.author_id == actor.member_id
    if not is_author and not policy.can_see(reach_of(actor), item):
        raise NoSuchDecision
    appealable = statement is not None and decision.in_force and clock.now() < statement.appeal_until
    return DecisionPage(
        id=decision.id, told=told_of(item, decision), reference=statement.puid if statement else "",
        undone=decision.undone_at is not None, withdrawn=bool(statement and statement.withdrawn_at),
        may_appeal=is_author and appealable,
        edit_address=_edit_address(item, decision) if is_author else "", subject_address=_address(item),
    )  # fmt: skip


def told_of(item: ReviewItem, decision: Decision) -> Told:
    """Also of one that isn't made yet: what is previewed is what is read."""
    ground = grounds.find(decision.ground)
    restricts = decision.action in policy.RESTRICTIONS or decision.action == Action.HIDE
    return Told(
        outcome=words.TOLD.get(decision.action, words.OUTCOMES[decision.action]), title=item.title,
        ground=ground.name if decision.ground else "", ground_address=ground.address if decision.ground else "",
        law=decision.law if policy.is_law(decision.ground) else "", facts=decision.facts, found=_found(item),
        automated=statements.found_by_rule(item), decided_by_rule=decision.action == Action.HIDE,
        scope=_("Everywhere on this site"), start=decision.decided_at, until=decision.until,
        appeal_until=decision.decided_at + policy.APPEAL_WITHIN if restricts else None,
    )  # fmt: skip


def preview_of(item: ReviewItem, verdict: Verdict, actor: Actor) -> Told | None:
    """What the author would read, word for word. None where the decision says nothing to them. Raises Invalid."""
    check_reasons(verdict)
    if verdict.action not in TOLD:
        return None
    decision = Decision(
        action=verdict.action, ground=verdict.ground, law=verdict.law, facts=verdict.facts.strip(),
        until=verdict.until, decided_by_id=actor.id, decided_at=clock.now(),
    )  # fmt: skip
    return told_of(item, decision)


@dataclass(frozen=True)
class DecisionLine:
    """One of the decisions about somebody, in their own list."""

    id: DecisionId
    outcome: Words
    title: str
    at: datetime
    holds: bool


def decisions_about(actor: Actor, limit: int = 50) -> tuple[DecisionLine, ...]:
    """What the actor was told of, the newest first."""
    rows = db.session.execute(
        select(Decision, ReviewItem.title)
        .join(ReviewItem, ReviewItem.id == Decision.item_id)
        .where(ReviewItem.author_id == actor.id, Decision.action.in_(words.TOLD))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(limit)
    )
    return tuple(
        DecisionLine(one.id, words.TOLD[one.action], title, one.decided_at, one.undone_at is None)
        for one, title in rows
    )


def _found(item: ReviewItem) -> str:
    words_of = {
        statements.Source.NOTICE: _("Through a notice of illegal content"),
        statements.Source.REPORT: _("Through a report by a member"),
        statements.Source.TRUSTED_REPORTER: _("Through a report by a trusted reporter"),
        statements.Source.OWN_INITIATIVE: _("By our own checks"),
    }
    return str(words_of[statements.source_of(item)])


def _edit_address(item: ReviewItem, decision: Decision) -> str:
    if decision.action != Action.RETURN or not decision.in_force:
        return ""
    return f"{_address(item)}/edit"


def _address(item: ReviewItem) -> str:
    if item.subject_type == SubjectType.POST:
        return f"/posts/{item.subject_id}"
    return f"/comments/{item.subject_id}" if item.subject_type == SubjectType.COMMENT else ""
