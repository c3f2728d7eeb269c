"""The letter to an author about whom something was decided, in their language, sent once the decision has settled."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from forum.accounts import mail
from forum.accounts.mail import Words
from forum.accounts.models import Member
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.moderation import grounds, policy, words
from forum.moderation.models import Action, Decision, Lane, ReviewItem

# What somebody who applied, or who was warned, is told comes from the lane itself.
TOLD = policy.RESTRICTIONS | {Action.RETURN, Action.WARN, Action.HIDE}


def write_to_author(item: ReviewItem, decision: Decision) -> None:
    """Nothing where there is nobody to write to, or where the decision takes nothing away. Who applied for something is
    told in membership's own words."""
    if item.author_id is None or item.lane == Lane.MEMBERSHIP or decision.action not in TOLD:
        return
    member = db.session.get(Member, item.author_id)
    if member is None or member.state == MemberState.ERASED:
        return
    with force_locale(mail.language_of(member)):
        mail.post(member, letter_of(item, decision), member.email)


def letter_of(item: ReviewItem, decision: Decision) -> Words:
    """In the language in force. The same words stand on the decision's page and in the preview."""
    return Words(
        subject=str(words.TOLD[decision.action]),
        before=tuple(_paragraphs(item, decision)),
        link=(_("Read the decision"), f"/decisions/{decision.id}"),
        after=tuple(_advice(decision)),
    )


def _paragraphs(item: ReviewItem, decision: Decision) -> list[str]:
    told = [_("It is about: %(title)s", title=item.title)] if item.title else []
    if policy.is_law(decision.ground):
        told.append(_("Ground: the law, %(law)s.", law=decision.law))
    elif decision.ground:
        told.append(_("Ground: the house rule “%(rule)s”.", rule=grounds.find(decision.ground).name))
    if decision.facts:
        told.append(decision.facts)
    return told


def _advice(decision: Decision) -> list[str]:
    if decision.action == Action.RETURN:
        return [_("It is yours again as a draft. Change it and send it again: it goes back to who looked at it.")]
    if decision.action in policy.RESTRICTIONS | {Action.HIDE}:
        days = policy.APPEAL_WITHIN.days
        return [_("You can appeal within %(days)s days. Somebody else then decides.", days=days)]
    return []
