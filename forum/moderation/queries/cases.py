"""One case, with everything that a moderator looks at before deciding. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CompoundSelect, Select, func, select, union

from forum.accounts.cards import card_of
from forum.accounts.models import STAFF, Member
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import DecisionId, ItemId, MemberId
from forum.moderation import grounds, policy, words
from forum.moderation.errors import NoSuchItem
from forum.moderation.models import (
    WAITING,
    Action,
    Decision,
    InternalNote,
    Lane,
    OpenedBy,
    ReviewItem,
    Scope,
    StatementOfReasons,
)
from forum.moderation.policy import Reach
from forum.moderation.queries.queue import line_of, neighbours_of, reasons_of, select_lines
from forum.moderation.queries.subjects import subject_of
from forum.moderation.records import AuthorHistory, CasePage, Choice, Colleague, Made, Note, Restricted
from forum.organisations.models import Affiliation, Organisation
from forum.topics.models import Topic, TopicCurator

# Enough to see a pattern.
RESTRICTIONS_SHOWN = 5
COLLEAGUES_SHOWN = 50
# The decision that lets it be, on one key.
APPROVING = (Action.PUBLISH, Action.KEEP, Action.VERIFY)


def get_case(item_id: ItemId, reach: Reach) -> CasePage:
    """Raises NoSuchItem."""
    row = _row(item_id, reach)
    item: ReviewItem = row.ReviewItem
    waits = item.state in WAITING
    choices = _choices(reach, item) if waits else ()
    previous_id, next_id = neighbours_of(reach, item)
    return CasePage(
        line=line_of(row, reasons_of([item.id]), reach), version=item.version, subject=subject_of(item),
        choices=choices,
        approve=next((one for one in choices if one.action in APPROVING), None), history=_history(reach, item),
        notes=_notes(item.id), author=_author(row.Member) if row.Member else None,
        colleagues=_colleagues(reach, item) if waits else (), is_mine=item.claimed_by_id == reach.actor.id,
        waits=waits, can_escalate=policy.can_be_escalated(item, item.state), source=_source(item),
        scope_name=_scope_name(item), previous_id=previous_id, next_id=next_id,
    )  # fmt: skip


def held_words(item_id: ItemId) -> Sequence[tuple[str, str]]:
    """The names of the checks that held it, and what they found."""
    return [(str(words.CHECKS.get(name, name)), found) for name, found in reasons_of([item_id]).get(item_id, ())]


def _row(item_id: ItemId, reach: Reach) -> Any:
    if item_id >= 2**63:
        raise NoSuchItem
    wanted = select_lines().where(ReviewItem.id == item_id, policy.visible_to(reach))
    row = db.session.execute(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NoSuchItem
    return row


def _choices(reach: Reach, item: ReviewItem) -> tuple[Choice, ...]:
    """But escalating, which has a button of its own."""
    return tuple(
        Choice(one, words.ACTIONS[one], words.what_happens(item, one), one in policy.NEEDS_WORDS)
        for one in policy.actions_for(reach, item)
        if one is not Action.ESCALATE
    )


def _history(reach: Reach, item: ReviewItem) -> tuple[Made, ...]:
    rows = db.session.execute(
        select(Decision, Member.name)
        .outerjoin(Member, Member.id == Decision.decided_by_id)
        .where(Decision.item_id == item.id)
        .order_by(Decision.id)
    )
    return tuple(made_of(row.Decision, row.name, reach) for row in rows)


def made_of(decision: Decision, name: str | None, reach: Reach) -> Made:
    mine = decision.decided_by_id == reach.actor.id and decision.in_force
    can_undo = mine and clock.now() < decision.decided_at + policy.UNDO_WITHIN
    return Made(
        id=decision.id, outcome=words.OUTCOMES[decision.action], by=name or _("A rule of the site"),
        at=decision.decided_at, facts=decision.facts, in_force=decision.in_force,
        undone=decision.undone_at is not None, undo_id=decision.id if can_undo else None,
    )  # fmt: skip


def _notes(item_id: ItemId) -> tuple[Note, ...]:
    rows = db.session.execute(
        select(InternalNote, Member.name)
        .join(Member, Member.id == InternalNote.author_id)
        .where(InternalNote.item_id == item_id)
        .order_by(InternalNote.id)
    )
    return tuple(Note(row.name, row.InternalNote.words, row.InternalNote.created_at) for row in rows)


def _author(member: Member) -> AuthorHistory:
    stands = (StatementOfReasons.author_id == member.id, StatementOfReasons.withdrawn_at.is_(None))
    rows = db.session.execute(
        select(Decision.action, Decision.ground, Decision.decided_at, func.count().over().label("total"))
        .join(StatementOfReasons, StatementOfReasons.decision_id == Decision.id)
        .where(*stands)
        .order_by(Decision.decided_at.desc())
        .limit(RESTRICTIONS_SHOWN)
    ).all()
    shown = tuple(
        Restricted(words.OUTCOMES[row.action], grounds.find(row.ground).name if row.ground else "", row.decided_at)
        for row in rows
    )
    return AuthorHistory(
        card=card_of(member), joined_at=member.created_at, trust=member.trust_level, state=member.state,
        posts=member.post_count, comments=member.comment_count, restricted=rows[0].total if rows else 0,
        restrictions=shown,
    )  # fmt: skip


def _colleagues(reach: Reach, item: ReviewItem) -> tuple[Colleague, ...]:
    """Who else may decide it. A candidate who is on a side of it is refused when it is handed over."""
    entitled: Select[MemberId] | CompoundSelect[MemberId] = select(Member.id).where(STAFF)
    if item.scope == Scope.TOPIC:
        entitled = union(entitled, select(TopicCurator.member_id).where(TopicCurator.topic_id == item.topic_id))
    if item.scope == Scope.ORGANISATION:
        rights = policy.ORGANISATION_RIGHTS.get(Lane(item.lane), frozenset())
        here = (Affiliation.organisation_id == item.organisation_id, Affiliation.ended_at.is_(None))
        entitled = union(entitled, select(Affiliation.member_id).where(*here, Affiliation.right.in_(rights)))
    others = (Member.id != reach.actor.id, Member.id != (item.author_id or 0), Member.state == MemberState.ACTIVE)
    rows = db.session.execute(
        select(Member.id, Member.name)
        .where(Member.id.in_(entitled), *others)
        .order_by(Member.name, Member.id)
        .limit(COLLEAGUES_SHOWN)
    )
    return tuple(Colleague(row.id, row.name) for row in rows)


def _source(item: ReviewItem) -> str:
    if item.opened_by == OpenedBy.SYSTEM:
        return str(_("An automatic check"))
    if item.opened_by == OpenedBy.ANONYMOUS:
        return str(_("A notice from outside"))
    return str(_("A member"))


def _scope_name(item: ReviewItem) -> str:
    """Where it waits, by name."""
    name = None
    if item.scope == Scope.TOPIC:
        name = db.session.scalar(select(Topic.name).where(Topic.id == item.topic_id))
    elif item.scope == Scope.ORGANISATION:
        name = db.session.scalar(select(Organisation.name).where(Organisation.id == item.organisation_id))
    return str(name or words.SCOPES[Scope.SITE])


def undoable(reach: Reach, decision_id: DecisionId | None) -> Made | None:
    """The decision just made, while its maker can take it back."""
    if decision_id is None or decision_id >= 2**63:
        return None
    decision = db.session.get(Decision, decision_id, populate_existing=True)
    made = made_of(decision, reach.actor.name, reach) if decision is not None else None
    return made if made is not None and made.undo_id else None
