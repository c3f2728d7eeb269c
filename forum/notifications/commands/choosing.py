"""How a member wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from forum.accounts import queries as accounts
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.notifications.models import Channel, Digest, Kind, Notification, NotificationChoice
from forum.notifications.policy import DEFAULTS
from forum.notifications.preferences import take_preference

# Before the working day begins in Europe; members have no time zone of their own.
DIGEST_HOUR = 6
MONDAY = 0


def choose(actor: Actor, choices: Mapping[Kind, Channel]) -> None:
    """All kinds at once, as the table has them."""
    db.session.execute(delete(NotificationChoice).where(NotificationChoice.member_id == actor.id))
    for kind, channel in choices.items():
        if channel != DEFAULTS[kind]:
            db.session.add(NotificationChoice(member_id=actor.id, kind=kind, channel=channel))


def choose_digest(member_id: MemberId, digest: Digest) -> None:
    preference = take_preference(member_id)
    if preference.digest == digest:
        return
    preference.digest = digest
    preference.digest_at = next_digest(digest, clock.now())
    preference.digested_at = clock.now() if digest is not Digest.OFF else None


def next_digest(digest: str, now: datetime) -> datetime | None:
    """The next morning, or the next Monday's."""
    if digest == Digest.OFF:
        return None
    morning = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    morning += timedelta(days=0 if morning > now else 1)
    if digest == Digest.WEEKLY:
        morning += timedelta(days=(MONDAY - morning.weekday()) % 7)
    return morning


def unsubscribe(member_id: MemberId, what: str) -> None:
    """No more mail of a kind, the digest, or `all`; the site still says it. Twice is once."""
    kinds = list(Kind) if what == "all" else [kind for kind in Kind if kind == what]
    for kind in kinds:
        _take_off_mail(member_id, kind)
    if what in {"all", "digest"}:
        choose_digest(member_id, Digest.OFF)


def _take_off_mail(member_id: MemberId, kind: Kind) -> None:
    choice = db.session.get(NotificationChoice, (member_id, kind), populate_existing=True)
    channel = choice.channel if choice else DEFAULTS[kind]
    if channel == Channel.MAIL:
        db.session.merge(NotificationChoice(member_id=member_id, kind=kind, channel=Channel.SITE))
        db.session.flush()
    waiting = (Notification.member_id == member_id, Notification.kind == kind, Notification.mail_at.is_not(None))
    db.session.execute(update(Notification).where(*waiting).values(mail_at=None))


def stop_mail(address: str, reason: str) -> bool:
    """Letters to an address come back: write there no more, but about the account. Returns whether it's anybody's."""
    member = accounts.find_member_by_email(address)
    if member is None:
        return False
    preference = take_preference(member.id)
    preference.stopped_at, preference.stop_reason = clock.now(), reason[:300]
    return True


def resume_mail(member_id: MemberId) -> None:
    """The address was mended, or its owner says that it was."""
    preference = take_preference(member_id)
    preference.stopped_at, preference.stop_reason = None, ""
