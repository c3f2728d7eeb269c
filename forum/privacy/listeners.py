"""Letters about the end of an account, in the transaction of what they tell: one of each, and the last while there is
still an address."""

from __future__ import annotations

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.privacy import mail
from forum.privacy.events import ErasureAsked, ErasureBegun, ErasureNear, ErasurePostponed


def mail_asked(event: ErasureAsked) -> None:
    member = _find(event.member_id)
    if member.erase_at is not None:
        mail.asked(member, member.erase_at)


def mail_near(event: ErasureNear) -> None:
    member = _find(event.member_id)
    if member.erase_at is not None:
        mail.reminder(member, member.erase_at)


def mail_postponed(event: ErasurePostponed) -> None:
    member = _find(event.member_id)
    if member.erase_at is not None:
        mail.postponed(member, member.erase_at)


def mail_done(event: ErasureBegun) -> None:
    mail.done(_find(event.member_id))


def _find(member_id: int) -> Member:
    return db.session.get_one(Member, MemberId(member_id))
