"""The second step of a sign-in, or the only one: a passkey alone."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from forum.accounts import authenticator, queries, recovery, sealing, steps
from forum.accounts.commands.signing_in import open_session
from forum.accounts.devices import Browser
from forum.accounts.errors import StepOver, WrongCode, WrongPasskey
from forum.accounts.events import RecoveryCodeUsed, SecondStepFailed
from forum.accounts.models import FactorKind, Member, RecoveryCode, SecondFactor
from forum.accounts.records import Entered, Shown
from forum.accounts.steps import Waiting
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId


def pass_with_code(token: str, code: str, browser: Browser) -> Entered:
    """With what an app shows. Raises StepOver, or WrongCode for one that is wrong or was used."""
    step = steps.finish(token)
    member_id = _of_somebody(step)
    if not any(_use_code(app, code) for app in _apps(member_id)):
        raise WrongCode
    return open_session(member_id, browser, remember=step.remembered)


def pass_with_recovery_code(token: str, code: str, browser: Browser) -> Entered:
    """Each works once. Raises StepOver or WrongCode."""
    step = steps.finish(token)
    member_id = _of_somebody(step)
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.member_id == member_id,
            RecoveryCode.code_hash == recovery.hash_code(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    if db.session.scalar(used) is None:
        raise WrongCode("recovery_code")
    record(RecoveryCodeUsed(member_id, queries.count_codes(member_id)))
    return open_session(member_id, browser, remember=step.remembered)


def pass_with_passkey(token: str, shown: Shown, browser: Browser) -> Entered:
    """After the password. `shown` was checked against this step. Raises StepOver or WrongPasskey."""
    step = steps.finish(token)
    if _of_somebody(step) != shown.passkey.member_id:
        raise WrongPasskey
    _use_passkey(shown)
    return open_session(shown.passkey.member_id, browser, remember=step.remembered)


def sign_in_with_passkey(token: str, shown: Shown, browser: Browser, *, remember: bool) -> Entered:
    """Without a password: the passkey has asked for its owner's finger or number. Raises StepOver or WrongPasskey."""
    if steps.finish(token).member_id is not None:
        raise StepOver
    _use_passkey(shown)
    return open_session(shown.passkey.member_id, browser, remember=remember)


def give_up(token: str) -> None:
    """It was wrong too often: the password is asked for again, and its owner told that somebody knows it."""
    record(SecondStepFailed(_of_somebody(steps.finish(token))))


def _of_somebody(step: Waiting) -> MemberId:
    """Whose password was right. Raises StepOver for nobody's, and for somebody who was erased since."""
    there = select(Member.id).where(Member.id == step.member_id, Member.state != MemberState.ERASED)
    member_id = db.session.scalar(there)
    if member_id is None:
        raise StepOver
    return member_id


def _apps(member_id: MemberId) -> list[SecondFactor]:
    apps = select(SecondFactor).where(SecondFactor.member_id == member_id, SecondFactor.kind == FactorKind.APP)
    return list(db.session.scalars(apps.order_by(SecondFactor.id)))


def _use_code(app: SecondFactor, code: str) -> bool:
    """Whether it's right, and newer than the last one that was used: of two requests with the same code one wins."""
    secret = sealing.unseal(app.secret or "", app.member_id)
    step = authenticator.step_of(secret, code, clock.now(), app.last_step) if secret else None
    if step is None:
        return False
    used = (
        update(SecondFactor)
        .where(SecondFactor.id == app.id, or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < step))
        .values(last_step=step, last_used_at=clock.now())
        .returning(SecondFactor.id)
    )
    return db.session.scalar(used) is not None


def _use_passkey(shown: Shown) -> None:
    """Its count moves on, from the one that it was compared with. Raises WrongPasskey for one removed meanwhile."""
    known = shown.passkey
    used = (
        update(SecondFactor)
        .where(SecondFactor.id == known.id, SecondFactor.sign_count == known.known.sign_count)
        .values(sign_count=shown.count, last_used_at=clock.now())
        .returning(SecondFactor.id)
    )
    if db.session.scalar(used) is None:
        raise WrongPasskey
