"""Things that never happened, for looking at the letters about them. None of it ever belongs to a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask_babel import gettext as _

from forum.accounts.mail import recipient_of
from forum.accounts.models import Member
from forum.appeals import mail as appeals
from forum.appeals.models import Appeal
from forum.kernel.access import Right
from forum.kernel.ids import AppealId, DecisionId, MembershipRequestId, OrganisationId, PostId, ReportId
from forum.membership import mail as membership
from forum.membership.models import Invitation, MembershipRequest, RequestKind
from forum.moderation import mail as moderation
from forum.moderation.grounds import choices
from forum.moderation.models import Action, Decision, Lane, ReviewItem
from forum.notices import mail as notices
from forum.notices.models import Notice
from forum.organisations.models import Organisation
from forum.posts import mail as posts
from forum.posts.models import Post
from forum.reports import mail as reports
from forum.reports.models import Outcome

SAMPLE = "sample-token"
TITLE = "Why good pilots stall"

Make = Callable[[Member], None]


def _decision(action: Action, member: Member) -> None:
    item = ReviewItem(author_id=member.id, lane=Lane.REPORTS, title=TITLE)
    facts = _("Here stand the moderator’s words.")
    ground = choices()[0].value
    moderation.write_to_author(item, Decision(id=DecisionId(0), action=action, ground=ground, law="", facts=facts))


def _organisation() -> Organisation:
    return Organisation(id=OrganisationId(0), name="City of Example", slug="city-of-example")


def _request(kind: RequestKind) -> MembershipRequest:
    return MembershipRequest(id=MembershipRequestId(0), kind=kind, reason="")


def _invitation(member: Member) -> Invitation:
    return Invitation(email=member.email, member_id=member.id, right=Right.EDITOR)


def _notice(member: Member) -> Notice:
    return Notice(reference="SAMPLE", email=member.email, language=member.interface_language or "en")


def _decided(kind: RequestKind, member: Member, *, granted: bool) -> None:
    request, appeal = _request(kind), "" if granted else "/decisions/0/appeal"
    request.reason = "" if granted else _("Here stand the moderator’s words.")
    membership.decided(recipient_of(member), request, _organisation(), granted=granted, appeal=appeal)


def _asked(member: Member) -> None:
    words = _("Here stand the moderator’s words.")
    membership.asked(recipient_of(member), _request(RequestKind.APPLICATION), _organisation(), words)


def _suspended(member: Member) -> None:
    membership.suspended(recipient_of(member), _organisation(), _("Here stand the moderator’s words."))


def _answered(member: Member) -> None:
    membership.answered(recipient_of(member), _invitation(member), _organisation(), accepted=True)


def _not_published(member: Member) -> None:
    problem = _("Here stands what was in its way.")
    posts.not_published(member, Post(id=PostId(0), title=TITLE, publish_problem=problem))


def _appealed(member: Member) -> None:
    appeals.answer(Appeal(id=AppealId(0), appellant_id=member.id), Action.REVERSE)


LETTERS: Mapping[str, Make] = {
    "post-not-published": _not_published,
    "text-returned": partial(_decision, Action.RETURN),
    "text-hidden": partial(_decision, Action.HIDE),
    "text-removed": partial(_decision, Action.REMOVE),
    "member-warned": partial(_decision, Action.WARN),
    "member-suspended": partial(_decision, Action.SUSPEND),
    "appeal-decided": _appealed,
    "report-decided": lambda member: reports.tell_outcome(member.id, ReportId(0), Outcome.UPHELD),
    "notice-received": lambda member: notices.acknowledge(_notice(member)),
    "notice-decided": lambda member: notices.answer(_notice(member)),
    "organisation-represent": lambda member: membership.represent(recipient_of(member)),
    "organisation-code": lambda member: membership.code(recipient_of(member), member.username, "example.org", "123456"),
    "organisation-question": _asked,
    "organisation-verified": lambda member: _decided(RequestKind.APPLICATION, member, granted=True),
    "organisation-rejected": lambda member: _decided(RequestKind.APPLICATION, member, granted=False),
    "organisation-place-given": lambda member: _decided(RequestKind.CLAIM, member, granted=True),
    "organisation-claimed": lambda member: membership.claimed(recipient_of(member), _organisation(), member),
    "organisation-invitation": lambda member: membership.invitation(
        recipient_of(member), _invitation(member), _organisation(), SAMPLE
    ),
    "organisation-invitation-answered": _answered,
    "organisation-colleague": lambda member: membership.joined(recipient_of(member), _organisation(), member),
    "organisation-suspended": _suspended,
    "organisation-reinstated": lambda member: membership.reinstated(recipient_of(member), _organisation()),
    "organisation-ending": lambda member: membership.ending(recipient_of(member), _organisation(), 30),
    "organisation-expired": lambda member: membership.expired(recipient_of(member), _organisation()),
}
