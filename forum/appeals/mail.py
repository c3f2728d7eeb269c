"""The letter to who appealed."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from forum.accounts import mail
from forum.accounts.mail import Recipient, Words
from forum.accounts.models import Member
from forum.appeals.models import Appeal
from forum.appeals.queries import ANSWERS
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.notices.models import Notice


def answer(appeal: Appeal, action: str) -> None:
    """To a member, or to the address of who sent a notice."""
    if appeal.appellant_id is not None:
        member = db.session.get(Member, appeal.appellant_id)
        if member is not None and member.state != MemberState.ERASED:
            with force_locale(mail.language_of(member)):
                mail.post(member, _words(action, f"/appeals/{appeal.id}"), member.email)
        return
    notice = db.session.get(Notice, appeal.notice_id)
    if notice is not None and notice.email:
        sender = Recipient(notice.email, "", notice.language)
        with force_locale(sender.locale):
            mail.write(sender, _words(action, f"/notices/{notice.reference}/appeal"))


def _words(action: str, path: str) -> Words:
    return Words(
        subject=_("What came of your appeal"),
        before=(str(ANSWERS[action]),),
        link=(_("Read what was decided"), path),
        after=(_("You can also go to a certified body for out-of-court settlement, or to a court."),),
    )
