"""Second factors: set up in two requests, renewed and taken away. The password was asked for before."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from forum.accounts import authenticator, policy, queries, recovery, sealing, sessions, steps
from forum.accounts.commands.making import get_named
from forum.accounts.errors import WrongCode, WrongPasskey
from forum.accounts.events import FactorAdded, FactorRemoved, FactorsReset
from forum.accounts.models import FactorAttempt, FactorKind, Member, RecoveryCode, SecondFactor
from forum.accounts.passkeys import Known
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound, Refused
from forum.kernel.events import record
from forum.kernel.ids import AttemptId, FactorId, MemberId

# Time to find the telephone, and to install something on it.
ATTEMPT = timedelta(minutes=30)
Codes = tuple[str, ...]


def start_app(actor: Actor, name: str) -> AttemptId:
    """A new secret, for an app to take over. Raises Refused for one too many."""
    return _start(actor, FactorKind.APP, name, sealing.seal(authenticator.new_secret(), actor.id))


def start_passkey(actor: Actor, name: str) -> AttemptId:
    """Something for a new passkey to sign. Raises Refused for one too many."""
    return _start(actor, FactorKind.PASSKEY, name, secrets.token_urlsafe(32))


def add_app(actor: Actor, attempt_id: AttemptId, code: str) -> Codes:
    """Once the app shows the right code, which is used up by that. Returns recovery codes, with the first factor.

    Raises WrongCode, or NotFound for an attempt that is over.
    """
    attempt = queries.get_attempt(actor, attempt_id)
    step = authenticator.step_of(attempt.secret, code, clock.now())
    if step is None:
        raise WrongCode
    kept = sealing.seal(attempt.secret, actor.id)
    return _finish(actor, attempt_id, SecondFactor(kind=FactorKind.APP, secret=kept, last_step=step))


def add_passkey(actor: Actor, attempt_id: AttemptId, made: Known) -> Codes:
    """`made` was checked. Returns recovery codes, with the first factor.

    Raises NotFound, or WrongPasskey for one that is known already.
    """
    row = SecondFactor(
        kind=FactorKind.PASSKEY,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    try:
        with db.session.begin_nested():
            return _finish(actor, attempt_id, row)
    except IntegrityError as error:
        raise WrongPasskey from error


def renew_codes(actor: Actor) -> Codes:
    """Ten new ones; those of before are worth nothing. Raises Refused where there is nothing to recover."""
    _lock(actor.id)
    if not queries.has_factor(actor.id):
        raise Refused(_("Recovery codes stand in for a second factor: set one up first."))
    return _make_codes(actor.id)


def remove_factor(actor: Actor, factor_id: FactorId) -> None:
    """The recovery codes go with the last one. Raises NotFound."""
    _lock(actor.id)
    chosen = delete(SecondFactor).where(SecondFactor.id == factor_id, SecondFactor.member_id == actor.id)
    kind = db.session.scalar(chosen.returning(SecondFactor.kind))
    if kind is None:
        raise NotFound(_("This was removed already, or isn’t one of yours."))
    is_last = not queries.has_factor(actor.id)
    if is_last:
        _forget_codes(actor.id)
    record(FactorRemoved(actor.id, kind, is_last))


def reset_factors(username: str) -> None:
    """For somebody locked out, on an operator's word: none is left, and every session ends. Raises NotFound."""
    member = get_named(username)
    _lock(member.id)
    forget_factors(member.id)
    sessions.end_all(member.id)
    record(FactorsReset(member.id))


def forget_factors(member_id: MemberId) -> None:
    """All that is kept of them: for whoever leaves, too."""
    db.session.execute(delete(SecondFactor).where(SecondFactor.member_id == member_id))
    db.session.execute(delete(FactorAttempt).where(FactorAttempt.member_id == member_id))
    _forget_codes(member_id)
    steps.end_all(member_id)


def sweep_attempts() -> None:
    db.session.execute(delete(FactorAttempt).where(FactorAttempt.expires_at <= clock.now()))


def _start(actor: Actor, kind: FactorKind, name: str, secret: str) -> AttemptId:
    """Whoever begins again has one attempt of a kind: the newest."""
    _lock(actor.id)
    _check_room(actor.id)
    db.session.execute(delete(FactorAttempt).where(FactorAttempt.member_id == actor.id, FactorAttempt.kind == kind))
    attempt = FactorAttempt(member_id=actor.id, kind=kind, name=name, secret=secret, expires_at=clock.now() + ATTEMPT)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def _finish(actor: Actor, attempt_id: AttemptId, row: SecondFactor) -> Codes:
    """With the first factor every other session ends: it was opened by a password alone."""
    _lock(actor.id)
    _check_room(actor.id)
    is_first = not queries.has_factor(actor.id)
    row.member_id, row.name, row.created_at = actor.id, _take_attempt(actor, attempt_id, row.kind), clock.now()
    db.session.add(row)
    db.session.flush()
    record(FactorAdded(actor.id, row.kind))
    if not is_first:
        return ()
    sessions.end_all(actor.id, but=actor.session)
    return _make_codes(actor.id)


def _take_attempt(actor: Actor, attempt_id: AttemptId, kind: str) -> str:
    """Its name. Raises NotFound when another request was a moment faster."""
    name: str | None = db.session.scalar(
        delete(FactorAttempt)
        .where(
            FactorAttempt.id == attempt_id,
            FactorAttempt.member_id == actor.id,
            FactorAttempt.kind == kind,
            FactorAttempt.expires_at > clock.now(),
        )
        .returning(FactorAttempt.name)
    )
    if name is None:
        raise NotFound(_("This took too long, or was done already. Begin again."))
    return name


def _check_room(member_id: MemberId) -> None:
    count = db.session.scalar(select(func.count()).where(SecondFactor.member_id == member_id)) or 0
    if count >= policy.MAX_FACTORS:
        raise Refused(_("You have ten second factors, which is the most. Remove one that you no longer use."))


def _make_codes(member_id: MemberId) -> Codes:
    _forget_codes(member_id)
    codes, now = recovery.new_codes(), clock.now()
    db.session.add_all(
        RecoveryCode(member_id=member_id, code_hash=recovery.hash_code(code), created_at=now) for code in codes
    )
    return codes


def _forget_codes(member_id: MemberId) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))


def _lock(member_id: MemberId) -> None:
    """Of two requests at the same moment one is first: also when both would add the first factor."""
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update())
