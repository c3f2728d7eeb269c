"""What goes out by mail, by the clock: what waited its ten minutes unread, and digests that are due.

A letter and the mark that it was written are one transaction, so a worker that is killed writes none twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from forum.accounts.models import Member
from forum.following import queries as following
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId, PostId
from forum.notifications import mail
from forum.notifications.commands.choosing import next_digest
from forum.notifications.mail import Section
from forum.notifications.models import Channel, Digest, Kind, MailPreference, Notification
from forum.notifications.policy import BATCH, KEPT_READ, KEPT_UNREAD, LETTERS_A_DAY
from forum.notifications.preferences import take_preference
from forum.notifications.queries.choices import choices_of
from forum.notifications.queries.lines import lines_by_id, lines_of, select_lines
from forum.notifications.queries.page import grouped
from forum.notifications.records import Group
from forum.organisations.actors import get_actor
from forum.posts import queries as posts
from forum.reading import queries as reading

# A digest is a glance at the morning's paper.
MOST_POSTS, MOST_GROUPS = 20, 15
DIGESTS_AT_ONCE = 50


def send_due() -> None:
    """Letters for what is due and still unread; a bounded number, the rest in the next round."""
    due = _take_due()
    by_member: dict[MemberId, list[Notification]] = {}
    for told in due:
        by_member.setdefault(told.member_id, []).append(told)
    for member_id in sorted(by_member):
        _send(member_id, by_member[member_id])


def send_digests() -> None:
    """To members whose morning has come. Nothing new, no letter."""
    now = clock.now()
    due = (
        select(MailPreference.member_id)
        .where(MailPreference.digest_at <= now)
        .order_by(MailPreference.digest_at)
        .limit(DIGESTS_AT_ONCE)
    )
    for member_id in sorted(db.session.scalars(due)):
        _digest(member_id, now)


def sweep() -> None:
    """Forget what was read long ago, and what nobody will read any more."""
    now = clock.now()
    old = select(Notification.id).where(
        (Notification.at < now - KEPT_UNREAD)
        | (Notification.read_at.is_not(None) & (Notification.at < now - KEPT_READ))
    )
    ids = list(db.session.scalars(old.limit(BATCH * 20)))
    db.session.execute(delete(Notification).where(Notification.id.in_(ids)))


def _take_due() -> Sequence[Notification]:
    """Taken under lock: of two workers, one writes a member's letters."""
    return db.session.scalars(
        select(Notification)
        .where(Notification.mail_at <= clock.now())
        .order_by(Notification.mail_at, Notification.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def _send(member_id: MemberId, due: Sequence[Notification]) -> None:
    member, preference = db.session.get_one(Member, member_id), take_preference(member_id)
    channels = choices_of(member_id).channels
    for told in due:
        told.mail_at = None
    db.session.flush()
    if not _can_be_mailed(member, preference):
        return
    wanted = [told.id for told in due if told.read_at is None and channels.get(Kind(told.kind)) == Channel.MAIL]
    lines = sorted(lines_by_id(wanted).values(), key=lambda line: (line.at, line.id), reverse=True)
    for group in reversed(grouped(lines)):
        if not _may_send(preference):
            _leave_to_digest([line.id for line in group.lines])
            continue
        preference.letters_sent += 1
        mail.mail_group(member, group)


def _may_send(preference: MailPreference) -> bool:
    today = clock.now().toordinal()
    if preference.day != today:
        preference.day, preference.letters_sent = today, 0
    return preference.letters_sent < LETTERS_A_DAY


def _leave_to_digest(ids: Sequence[int]) -> None:
    db.session.execute(update(Notification).where(Notification.id.in_(ids)).values(channel=Channel.DIGEST))


def _can_be_mailed(member: Member, preference: MailPreference) -> bool:
    """Someone whose address is proven and takes letters."""
    away = {MemberState.ERASED, MemberState.UNCONFIRMED, MemberState.SUSPENDED}
    return (
        bool(member.email)
        and member.confirmed_at is not None
        and member.state not in away
        and preference.stopped_at is None
    )


def _digest(member_id: MemberId, now: datetime) -> None:
    """Under the lock of the preference, so that two workers don't send the same."""
    preference = take_preference(member_id)
    if preference.digest_at is None or preference.digest_at > now:
        return
    since = preference.digested_at or now - _span(preference.digest)
    preference.digest_at, preference.digested_at = next_digest(preference.digest, now), now
    member = db.session.get_one(Member, member_id)
    if not _can_be_mailed(member, preference):
        return
    sections, groups = _sections(member_id, since), _groups(member_id, since)
    if sections or groups:
        mail.mail_digest(member, sections, groups)


def _span(digest: str) -> timedelta:
    return timedelta(days=7 if digest == Digest.WEEKLY else 1)


def _sections(member_id: MemberId, since: datetime) -> tuple[Section, ...]:
    """New posts from what is followed, by what brought them; not those that the member opened meanwhile."""
    actor = get_actor(member_id)
    found = following.for_you(member_id).reasons
    cards, opened = posts.cards_by_id(actor, found), reading.opened_of(member_id, found)
    fresh = {
        id_: why for id_, why in found.items() if id_ in cards and id_ not in opened and cards[id_].published_at > since
    }
    names = following.explained(actor, fresh)
    by_name: dict[str, list[PostId]] = {}
    for post_id in list(fresh)[:MOST_POSTS]:
        by_name.setdefault(names[post_id].name, []).append(post_id)
    return tuple(Section(name, tuple(cards[id_] for id_ in ids)) for name, ids in by_name.items())


def _groups(member_id: MemberId, since: datetime) -> tuple[Group, ...]:
    """What happened otherwise, and wasn't seen: new posts stand in the sections."""
    query = select_lines().where(
        Notification.member_id == member_id,
        Notification.channel == Channel.DIGEST,
        Notification.kind != Kind.POST,
        Notification.read_at.is_(None),
        Notification.at > since,
    )
    rows = db.session.execute(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(BATCH))
    return tuple(grouped(lines_of(rows))[:MOST_GROUPS])
