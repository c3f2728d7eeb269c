"""Decide on an item: once, with reasons, undoable for a minute."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import ItemId
from forum.moderation import log, plugs, policy, words
from forum.moderation.commands.reasons import about, give_reasons, withdraw_reasons
from forum.moderation.commands.scopes import scope_of
from forum.moderation.commands.turns import escalate
from forum.moderation.errors import AlreadyDecided, Changed, NotYoursToDecide
from forum.moderation.events import InformationAsked, ItemDecided
from forum.moderation.models import WAITING, Action, Decision, ItemState, ReviewItem
from forum.moderation.plugs import Case, Effect, Verdict
from forum.moderation.queries import get_item, reach_of
from forum.moderation.requirements import check_reasons


def decide(actor: Actor, item_id: ItemId, verdict: Verdict) -> Decision | None:
    """Do what was decided, and keep it with its reasons. None where it was escalated, which decides nothing.

    Raises NoSuchItem, AlreadyDecided, Changed, NotYoursToDecide, Invalid, or what the effect refuses with.
    """
    reach = reach_of(actor)
    item = get_item(item_id, reach)
    if item.version != verdict.version or item.state not in WAITING:
        raise stale(item)
    effect = plugs.effect_of(item.lane, verdict.action)
    if not policy.can_decide(reach, item, verdict.action):
        raise NotYoursToDecide
    if verdict.action is Action.ESCALATE:
        escalate(actor, item_id, verdict.version, verdict.facts)
        return None
    if effect is None:
        raise NotYoursToDecide
    check_reasons(verdict)
    plugs.take(item)
    item = _take(item, effect)
    before = effect.do(Case(actor, item, verdict))
    return _keep(Case(actor, item, verdict), effect, before)


def _take(item: ReviewItem, effect: Effect) -> ReviewItem:
    """The one change that only one of many can make: whoever comes second finds another version."""
    now = clock.now()
    values: dict[str, object] = {"version": ReviewItem.version + 1}
    if effect.ends:
        values |= {"state": ItemState.DECIDED, "decided_at": now}
    else:
        left = max(0, int((item.due_at - now).total_seconds()))
        values |= {"state": ItemState.INFORMATION_ASKED, "remaining_s": item.remaining_s or left}
    here = (ReviewItem.id == item.id, ReviewItem.version == item.version, ReviewItem.state.in_(WAITING))
    taken = db.session.scalar(update(ReviewItem).where(*here).values(values).returning(ReviewItem.id))
    again = db.session.scalars(
        select(ReviewItem).where(ReviewItem.id == item.id).execution_options(populate_existing=True)
    ).one()
    if taken is None:
        raise stale(again)
    return again


def stale(item: ReviewItem) -> AlreadyDecided | Changed:
    """What to tell somebody whose look at an item is an old one."""
    row = db.session.execute(
        select(Decision.decided_at, Decision.action, Member.name)
        .outerjoin(Member, Member.id == Decision.decided_by_id)
        .where(Decision.item_id == item.id, Decision.in_force)
    ).first()
    if row is None or item.state in WAITING:
        return Changed()
    return AlreadyDecided(row.name or str(_("A rule of the site")), row.decided_at, words.OUTCOMES[row.action])


def _keep(case: Case, effect: Effect, before: plugs.Memory) -> Decision:
    item, verdict, now = case.item, case.verdict, clock.now()
    supersede(item.id)
    decision = Decision(
        item_id=item.id, item_version=verdict.version, action=verdict.action, ground=verdict.ground,
        law=verdict.law.strip(), facts=verdict.facts.strip(), until=verdict.until, decided_by_id=case.actor.id,
        decided_at=now, in_force=effect.ends, before=before,
        settles_at=now + policy.UNDO_WITHIN if effect.ends else None,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    if effect.restricts:
        give_reasons(item, decision, effect.restricts, about(item, decision.ground))
    announce(item, decision, case.actor)
    return decision


def supersede(item_id: ItemId) -> None:
    """What a rule did until somebody decided is over."""
    here = (Decision.item_id == item_id, Decision.in_force)
    for decision_id in db.session.scalars(update(Decision).where(*here).values(in_force=False).returning(Decision.id)):
        withdraw_reasons(decision_id)


def announce(item: ReviewItem, decision: Decision, actor: Actor | None) -> None:
    """In the log and to the listeners."""
    log.append(
        log.Entry(
            action=decision.action, scope=scope_of(item), lane=item.lane, ground=decision.ground,
            subject_type=item.subject_type, subject_id=item.subject_id, item_id=item.id, decision_id=decision.id,
        ),
        actor.id if actor else None,
    )  # fmt: skip
    if decision.action == Action.ASK:
        record(InformationAsked(item.id, item.lane, decision.facts))
    else:
        record(
            ItemDecided(
                decision.id, item.id, item.lane, decision.action, item.subject_type, item.subject_id, item.author_id
            )
        )
