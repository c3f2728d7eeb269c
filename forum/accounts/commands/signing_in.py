"""Sessions: opened, and ended here or from elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, update

from forum.accounts import queries, sessions, steps
from forum.accounts.devices import Browser
from forum.accounts.errors import WrongPassword
from forum.accounts.models import Member, MemberSession
from forum.accounts.passwords import Verdict
from forum.accounts.records import Candidate, Entered
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.ids import MemberId, SessionId


def sign_in(candidate: Candidate, verdict: Verdict, browser: Browser, *, remember: bool) -> Entered:
    """Open a session, or for who has a second factor, the step where they show it.

    Raises WrongPassword, also when the password changed in the meantime. A hash of older parameters is replaced on the
    way.
    """
    member_id = _prove(candidate, verdict)
    if queries.has_factor(member_id):
        return Entered(steps.begin(member_id, remember=remember), remember, is_whole=False)
    return open_session(member_id, browser, remember=remember)


def open_session(member_id: MemberId, browser: Browser, *, remember: bool) -> Entered:
    """For somebody who has shown all that they have to show."""
    token = sessions.start(member_id, remember=remember, user_agent=browser.user_agent, address=browser.network)
    return Entered(token, remember)


def _prove(candidate: Candidate, verdict: Verdict) -> MemberId:
    if candidate.member_id is None or not verdict.right:
        raise WrongPassword
    kept = (
        update(Member)
        .where(Member.id == candidate.member_id, Member.password_hash == candidate.password_hash)
        .values(password_hash=verdict.new_hash or candidate.password_hash)
        .returning(Member.id)
    )
    if db.session.scalar(kept) is None:
        raise WrongPassword
    return candidate.member_id


def sign_out(actor: Actor) -> None:
    """End this session on the server. For a reader without one, nothing happens."""
    sessions.end(actor.session)


def end_session(actor: Actor, session_id: SessionId) -> None:
    """End one of the actor's own. Raises NotFound for anybody else's; an ended one stays ended."""
    gone = db.session.scalar(
        delete(MemberSession)
        .where(MemberSession.id == session_id, MemberSession.member_id == actor.id)
        .returning(MemberSession.id)
    )
    if gone is None:
        raise NotFound(_("This session has ended already, or isn’t one of yours."))


def end_other_sessions(actor: Actor) -> None:
    sessions.end_all(actor.id, but=actor.session)
