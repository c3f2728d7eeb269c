"""What decisions about appeals do: uphold, reverse, vary. All of it can be undone within the minute, like any other."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from forum.appeals import policy, queries
from forum.appeals.panel import panel
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid
from forum.kernel.ids import DecisionId
from forum.moderation import commands, content, plugs
from forum.moderation.commands.decide import announce
from forum.moderation.commands.reasons import about, give_reasons, withdraw_reasons
from forum.moderation.commands.undo import take_back
from forum.moderation.errors import NoLongerPossible, NotYoursToDecide
from forum.moderation.models import Action, Decision, ItemState, ReviewItem, StatementOfReasons
from forum.moderation.plugs import Case, Effect, Memory, Plug, Undoing, Verdict
from forum.moderation.policy import RESTRICTIONS, UNDO_WITHIN, is_law
from forum.organisations.actors import get_actor
from forum.rules.queries import find_rule


def take(item: ReviewItem) -> None:
    """The rows of what was decided on."""
    plugs.take(queries.decision_and_item(DecisionId(item.subject_id))[1])


def _uphold(case: Case) -> Memory:
    _decision, original = _appealed(case)
    return _close(original)


def _reopen(undoing: Undoing) -> None:
    _decision, original = queries.decision_and_item(DecisionId(undoing.item.subject_id))
    original.state = ItemState.APPEALED


def _reverse(case: Case) -> Memory:
    """Raises NoLongerPossible where nothing had been done that could be taken back."""
    decision, original = _appealed(case)
    if decision.action not in policy.AGAINST_AUTHOR:
        raise NoLongerPossible(_("Nothing was restricted, so nothing can be taken back. Choose Vary, and say what."))
    _take_away(decision, case.actor)
    content.KEEP.do(Case(case.actor, original, case.verdict))  # what reports had hidden before is seen again, too
    return _close(original)


def _take_away(decision: Decision, actor: Actor) -> None:
    """What has ended by itself leaves nothing to undo, but its reasons are withdrawn and it counts no more."""
    if decision.in_force:
        commands.reverse(decision.id, actor)
        return
    decision.undone_at = clock.now()
    withdraw_reasons(decision.id)


def _unreverse(undoing: Undoing) -> None:
    decision, original = queries.decision_and_item(DecisionId(undoing.item.subject_id))
    _put_back(decision, original)
    original.state = ItemState.APPEALED


def _put_back(decision: Decision, original: ReviewItem) -> None:
    """The appealed decision holds again: its effect is made anew, in the name of who made it."""
    effect = plugs.effect_of(original.lane, decision.action)
    decision.undone_at = None
    if effect is not None and not policy.has_ended(decision, clock.now()):
        by = get_actor(decision.decided_by_id) if decision.decided_by_id else None
        if by is not None:
            decision.before = effect.do(Case(by, original, _verdict_of(decision)))
        decision.in_force = True
    here = StatementOfReasons.decision_id == decision.id
    db.session.execute(update(StatementOfReasons).where(here).values(withdrawn_at=None))


def _vary(case: Case) -> Memory:
    """The decision is replaced by another one about the same thing. Raises Invalid where its fields aren't complete."""
    decision, original = _appealed(case)
    action = _instead(case, original)
    if decision.action in policy.AGAINST_AUTHOR:
        _take_away(decision, case.actor)
    else:
        decision.in_force = False
    new = _decide_instead(case, original, action)
    return _close(original) | {"instead": new.id}


def _instead(case: Case, original: ReviewItem) -> Action:
    wanted = case.verdict.more.get("instead", "")
    offered = {one.value for one in policy.INSTEAD if plugs.effect_of(original.lane, one)}
    if wanted not in offered:
        raise _missing("instead", _("Choose what happens instead."))
    action, verdict = Action(wanted), case.verdict
    if action in RESTRICTIONS and not (is_law(verdict.ground) or find_rule(verdict.ground, "en")):
        raise _missing("ground", _("Choose the house rule or the law that this rests on."))
    return action


def _missing(field: str, message: Any) -> Invalid:
    return Invalid(message, fields={field: message})


def _decide_instead(case: Case, original: ReviewItem, action: Action) -> Decision:
    effect = plugs.effect_of(original.lane, action)
    assert effect is not None, "offered a moment ago"  # noqa: S101  # told to the type checker
    verdict, now = case.verdict, clock.now()
    instead = Verdict(original.version, action, verdict.ground, verdict.law, verdict.facts, verdict.until)
    before = effect.do(Case(case.actor, original, instead))
    new = Decision(
        item_id=original.id, item_version=original.version, action=action, ground=verdict.ground,
        law=verdict.law.strip(), facts=verdict.facts.strip(), until=verdict.until, decided_by_id=case.actor.id,
        decided_at=now, before=before, settles_at=now + UNDO_WITHIN,
    )  # fmt: skip
    original.version += 1
    db.session.add(new)
    db.session.flush()
    if effect.restricts:
        give_reasons(original, new, effect.restricts, about(original, new.ground))
    announce(original, new, case.actor)
    return new


def _unvary(undoing: Undoing) -> None:
    decision, original = queries.decision_and_item(DecisionId(undoing.item.subject_id))
    new = db.session.get_one(Decision, undoing.decision.before["instead"])
    if undoing.actor is not None:
        take_back(original, new, undoing.actor, verb="undo")
    _put_back(decision, original)
    original.state = ItemState.APPEALED


def _appealed(case: Case) -> tuple[Decision, ReviewItem]:
    """Raises NotYoursToDecide for whoever has a part in it (DOMAIN, rule 2)."""
    decision, original = queries.decision_and_item(DecisionId(case.item.subject_id))
    if queries.is_side(case.actor.id, decision, original):
        raise NotYoursToDecide
    return decision, original


def _close(original: ReviewItem) -> Memory:
    original.state = ItemState.FINAL
    return {}


def _verdict_of(decision: Decision) -> Verdict:
    return Verdict(
        decision.item_version, Action(decision.action), decision.ground, decision.law, decision.facts, decision.until
    )


APPEALS = Plug(
    effects={
        Action.UPHOLD: Effect(_uphold, _reopen),
        Action.REVERSE: Effect(_reverse, _unreverse),
        Action.VARY: Effect(_vary, _unvary),
    },
    take=take,
    panels=(panel,),
)
