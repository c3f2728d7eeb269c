"""Letters, written by the worker. Here tokens are made, and here it's looked up whose an address is."""

from __future__ import annotations

import structlog

from forum.accounts import mail, queries, tokens
from forum.accounts.events import (
    ConfirmationAsked,
    EmailChangeAsked,
    EmailChanged,
    FactorAdded,
    FactorRemoved,
    FactorsReset,
    KnownAddressUsed,
    MemberSignedUp,
    PasswordChanged,
    RecoveryCodeUsed,
    ResetAsked,
    SecondStepFailed,
)
from forum.accounts.models import Member, Purpose
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId

log = structlog.get_logger()


def mail_confirmation(event: MemberSignedUp) -> None:
    member = _find(event.member_id)
    if member and member.confirmed_at is None and member.email:
        mail.confirm_address(member, tokens.make(member.id, Purpose.CONFIRM, member.email))


def mail_confirmation_again(event: ConfirmationAsked) -> None:
    member = queries.find_member_by_email(event.email)
    if member:
        _mail_owner(member)


def mail_owner(event: KnownAddressUsed) -> None:
    member = _find(event.member_id)
    if member:
        _mail_owner(member)


def mail_new_address(event: EmailChangeAsked) -> None:
    """Not when somebody else took the address in the meantime."""
    member = _find(event.member_id)
    if member and queries.find_member_by_email(event.email) is None:
        mail.confirm_change(member, event.email, tokens.make(member.id, Purpose.CHANGE_EMAIL, event.email))


def mail_old_address(event: EmailChanged) -> None:
    member = _find(event.member_id)
    if member:
        mail.address_changed(member, event.old)


def mail_reset(event: ResetAsked) -> None:
    member = queries.find_member_by_email(event.email)
    if member and member.email and member.state != MemberState.ERASED:
        mail.reset_password(member, tokens.make(member.id, Purpose.RESET, member.email))


def mail_password_changed(event: PasswordChanged) -> None:
    member = _find(event.member_id)
    if member:
        mail.password_changed(member)


def mail_factor_added(event: FactorAdded) -> None:
    member = _find(event.member_id)
    if member:
        mail.factor_added(member, event.kind)


def mail_factor_removed(event: FactorRemoved) -> None:
    member = _find(event.member_id)
    if member:
        mail.factor_removed(member, event.kind, is_last=event.is_last)


def mail_recovery_code_used(event: RecoveryCodeUsed) -> None:
    member = _find(event.member_id)
    if member:
        mail.recovery_code_used(member, event.left)


def mail_step_failed(event: SecondStepFailed) -> None:
    member = _find(event.member_id)
    if member:
        mail.second_step_failed(member)


def mail_factors_reset(event: FactorsReset) -> None:
    """Into the log, too, which outlives the terminal of whoever ran the command."""
    log.warning("second_factors_reset", member_id=event.member_id)
    member = _find(event.member_id)
    if member:
        mail.factors_reset(member)


def _mail_owner(member: Member) -> None:
    """Whoever has an address gets what helps them: the link to confirm it, or word that it's theirs already."""
    if member.confirmed_at is None and member.email:
        mail.confirm_address(member, tokens.make(member.id, Purpose.CONFIRM, member.email))
    else:
        mail.known_address(member)


def _find(member_id: MemberId) -> Member | None:
    """None when the member was erased before the letter was written."""
    member = db.session.get(Member, member_id)
    return member if member is not None and member.state != MemberState.ERASED else None
