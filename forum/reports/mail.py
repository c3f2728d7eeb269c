"""The letter to who reported something."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from forum.accounts import mail
from forum.accounts.mail import Words
from forum.accounts.models import Member
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId, ReportId
from forum.moderation.policy import APPEAL_WITHIN
from forum.reports.models import Outcome
from forum.reports.words import OUTCOMES


def tell_outcome(member_id: MemberId, report_id: ReportId, outcome: Outcome) -> None:
    """Nothing of what was reported stands in it: by now it may be gone."""
    member = db.session.get(Member, member_id)
    if member is None or member.state == MemberState.ERASED:
        return
    with force_locale(mail.language_of(member)):
        words = Words(
            subject=_("What came of your report"),
            before=(str(OUTCOMES[outcome]),),
            link=(_("Look at your report"), f"/reports/{report_id}"),
            after=(
                _("If you think the decision is wrong, you can appeal within %(days)s days.", days=APPEAL_WITHIN.days),
            ),
        )
        mail.post(member, words, member.email)
