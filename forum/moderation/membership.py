"""The membership lane: applications, changes of name, renewals and claims wait here for the site's moderators.

What a decision does is membership's own; here it is tied to the queue: opened, remembered for the way back, and told
once it has settled.
"""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import ItemId, MembershipRequestId, OrganisationId
from forum.membership import commands as membership
from forum.membership import queries
from forum.membership.events import QuestionAnswered, RequestSubmitted, RequestWithdrawn
from forum.membership.listeners import tell_decision, tell_standing, tell_suspension
from forum.membership.models import MembershipRequest
from forum.membership.words import KINDS
from forum.moderation.commands import Opening, close_unneeded, open_item, resume
from forum.moderation.events import DecisionSettled
from forum.moderation.models import Action, Decision, Lane, OpenedBy, ReviewItem, SubjectType
from forum.moderation.plugs import Case, Effect, Memory, Panel, Plug, Restriction, Undoing
from forum.moderation.policy import Reach
from forum.moderation.statements import Account, Visibility
from forum.organisations.commands import get_locked
from forum.organisations.models import Organisation, Verification
from forum.organisations.queries import people_of

HERE = (ReviewItem.lane == Lane.MEMBERSHIP, ReviewItem.subject_type == SubjectType.APPLICATION)


def open_for(event: RequestSubmitted) -> None:
    """In the transaction in which it was sent."""
    request = db.session.get_one(MembershipRequest, event.request_id)
    organisation = db.session.get_one(Organisation, event.organisation_id)
    open_item(
        Opening(
            lane=Lane.MEMBERSHIP,
            subject_type=SubjectType.APPLICATION,
            subject_id=request.id,
            author_id=request.member_id,
            about_organisation_id=organisation.id,
            opened_by=OpenedBy.MEMBER,
            opener_id=request.member_id,
            reason=request.kind,
            title=f"{KINDS[request.kind]}: {organisation.name}",
            excerpt=request.words,
        )
    )


def resume_for(event: QuestionAnswered) -> None:
    """The clock goes on."""
    item = _find(event.request_id)
    if item is not None:
        resume(item.id)


def close_for(event: RequestWithdrawn) -> None:
    item = _find(event.request_id)
    if item is not None:
        close_unneeded(item)


def open_case(actor: Actor, organisation_id: OrganisationId) -> ItemId:
    """A moderator looks at an organisation's standing, unasked. Raises NotModerator or OwnRequest."""
    organisation = membership.judged(actor, organisation_id)
    owner = next(iter(people_of(organisation.id, private=True)), None)
    return open_item(
        Opening(
            lane=Lane.MEMBERSHIP,
            subject_type=SubjectType.ORGANISATION,
            subject_id=organisation.id,
            author_id=owner.card.id if owner else None,
            about_organisation_id=organisation.id,
            opened_by=OpenedBy.MEMBER,
            opener_id=actor.id,
            title=organisation.name,
        )
    )


def mail_applicant(event: DecisionSettled) -> None:
    """In membership's own words, to whoever asked and to the organisation's owners."""
    if event.lane != Lane.MEMBERSHIP:
        return
    if event.subject_type == SubjectType.ORGANISATION:
        _mail_standing(event)
        return
    request_id = MembershipRequestId(event.subject_id)
    if event.action == Action.SUSPEND:
        tell_suspension(request_id)
    else:
        granted = event.action == Action.VERIFY
        tell_decision(request_id, granted=granted, appeal="" if granted else f"/decisions/{event.decision_id}")


def _mail_standing(event: DecisionSettled) -> None:
    """That it keeps its mark is no news."""
    decision = db.session.get_one(Decision, event.decision_id)
    if event.action == Action.SUSPEND or decision.before["state"] == Verification.SUSPENDED:
        tell_standing(OrganisationId(event.subject_id), decision.facts if event.action == Action.SUSPEND else "")


def case_panel(reach: Reach, item: ReviewItem) -> Panel:
    if item.subject_type == SubjectType.ORGANISATION:
        return Panel("membership/_standing.html", queries.get_standing(_organisation(item)))
    return Panel("membership/_case.html", queries.get_request(_id(item), reach.actor))


def take(item: ReviewItem) -> None:
    """As whoever asks takes them: the request, then its organisation, then the item."""
    if item.subject_type == SubjectType.ORGANISATION:
        get_locked(OrganisationId(item.subject_id))
    else:
        membership.take(_id(item))


def look(actor: Actor, item: ReviewItem) -> None:
    """What was sent is in review from now on."""
    if item.subject_type == SubjectType.APPLICATION:
        membership.take_up(actor, _id(item))


def _find(request_id: MembershipRequestId) -> ReviewItem | None:
    return db.session.scalar(select(ReviewItem).where(*HERE, ReviewItem.subject_id == request_id))


def _id(item: ReviewItem) -> MembershipRequestId:
    return MembershipRequestId(item.subject_id)


def _organisation(item: ReviewItem) -> Organisation:
    return db.session.get_one(Organisation, item.subject_id)


def _verify(case: Case) -> Memory:
    """Of an organisation itself: it keeps its mark, or its suspension ends."""
    if case.item.subject_type == SubjectType.ORGANISATION:
        before = _organisation(case.item).state
        if before == Verification.SUSPENDED:
            membership.reinstate(case.actor, OrganisationId(case.item.subject_id))
        return {"state": before}
    memory = _looked_at(case)
    membership.verify(case.actor, _id(case.item), case.verdict.facts)
    return memory


def _ask(case: Case) -> Memory:
    memory = _looked_at(case)
    membership.ask(case.actor, _id(case.item), case.verdict.facts)
    return memory


def _reject(case: Case) -> Memory:
    memory = _looked_at(case)
    membership.reject(case.actor, _id(case.item), case.verdict.facts)
    return memory


def _suspend(case: Case) -> Memory:
    """The organisation loses its mark; what was asked for, if anything, is rejected."""
    if case.item.subject_type == SubjectType.ORGANISATION:
        membership.suspend(case.actor, OrganisationId(case.item.subject_id), case.verdict.facts)
        return {"state": Verification.VERIFIED}
    memory = _looked_at(case)
    request = membership.reject(case.actor, _id(case.item), case.verdict.facts)
    membership.suspend(case.actor, request.organisation_id, case.verdict.facts)
    return memory


def _looked_at(case: Case) -> Memory:
    """As it is once a moderator has looked at it, which undoing a decision doesn't take back."""
    membership.take_up(case.actor, _id(case.item))
    return membership.remember(_id(case.item))


def _undo(undoing: Undoing) -> None:
    if undoing.item.subject_type == SubjectType.ORGANISATION:
        membership.put_back(OrganisationId(undoing.item.subject_id), undoing.decision.before["state"])
        return
    membership.restore(_id(undoing.item), undoing.decision.before)


PLUG = Plug(
    effects={
        Action.VERIFY: Effect(_verify, _undo),
        Action.ASK: Effect(_ask, _undo, ends=False),
        Action.REJECT: Effect(_reject, _undo, restricts=Restriction(visibility=Visibility.DISABLED)),
        Action.SUSPEND: Effect(_suspend, _undo, restricts=Restriction(account=Account.SUSPENDED)),
    },
    take=take,
    look=look,
    panels=(case_panel,),
)
