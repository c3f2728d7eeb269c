"""Who listens to what. Read this first: it's the only place where one feature's news reaches another.

TOGETHER runs in the transaction of the event, before the answer; LATER is delivered by the worker, at least once.
JOBS are what the worker does by the clock.
"""

from __future__ import annotations

from datetime import timedelta

from forum.accounts import listeners as accounts
from forum.accounts import sessions, throttles, tokens
from forum.accounts.events import (
    ConfirmationAsked,
    EmailChangeAsked,
    EmailChanged,
    KnownAddressUsed,
    MemberSignedUp,
    PasswordChanged,
    ResetAsked,
)
from forum.kernel import keys, mailer, outbox
from forum.kernel.events import Table
from forum.kernel.worker import Job

TOGETHER: Table = {}

LATER: Table = {
    ConfirmationAsked: [accounts.mail_confirmation_again],
    EmailChangeAsked: [accounts.mail_new_address],
    EmailChanged: [accounts.mail_old_address],
    KnownAddressUsed: [accounts.mail_owner],
    MemberSignedUp: [accounts.mail_confirmation],
    PasswordChanged: [accounts.mail_password_changed],
    ResetAsked: [accounts.mail_reset],
}


def _sweep_accounts() -> None:
    sessions.sweep()
    throttles.sweep()
    tokens.sweep()


def _sweep_outbox() -> None:
    outbox.sweep(timedelta(days=7))
    mailer.sweep(timedelta(days=30))


JOBS: dict[str, Job] = {
    "accounts.sessions": Job(timedelta(hours=1), _sweep_accounts),
    "kernel.keys": Job(timedelta(hours=6), keys.sweep),
    "kernel.outbox": Job(timedelta(hours=1), _sweep_outbox),
}
