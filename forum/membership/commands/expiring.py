"""What the clock does: owners are reminded, and a verification nobody renewed ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.events import record
from forum.membership import policy
from forum.membership.events import VerificationEnding, VerificationExpired
from forum.membership.models import RenewalReminder
from forum.organisations.events import OrganisationChanged
from forum.organisations.models import Organisation, Verification

BATCH = 200


def settle() -> None:
    """Run by the worker. Twice in a row it does nothing the second time."""
    now = clock.now()
    for organisation in _verified_until(now - policy.GRACE):
        organisation.state = Verification.EXPIRED
        record(VerificationExpired(organisation.id))
        record(OrganisationChanged(organisation.id))
    db.session.flush()
    for organisation in _verified_until(now + policy.RENEWABLE):
        _remind(organisation, now)


def _verified_until(moment: datetime) -> list[Organisation]:
    """Those whose time ends before `moment`, locked, the first to end first."""
    ending = (Organisation.state == Verification.VERIFIED, Organisation.verified_until < moment)
    found = select(Organisation).where(*ending).order_by(Organisation.verified_until, Organisation.id).limit(BATCH)
    return list(db.session.scalars(found.with_for_update(skip_locked=True, key_share=True)))


def _remind(organisation: Organisation, now: datetime) -> None:
    until = organisation.verified_until
    if until is None:
        return
    left = -((now - until) // timedelta(days=1))  # days begun count
    due = sum(left <= threshold for threshold in policy.REMINDED_AT)
    reminder = db.session.get(RenewalReminder, organisation.id)
    if reminder is None or reminder.until != until:
        reminder = db.session.merge(RenewalReminder(organisation_id=organisation.id, until=until, sent=0))
    if due > reminder.sent:
        reminder.sent = due
        record(VerificationEnding(organisation.id, left))
