"""Sessions: opened, and ended here or from elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, update

from forum.accounts import sessions
from forum.accounts.devices import Browser
from forum.accounts.errors import WrongPassword
from forum.accounts.models import Member, MemberSession
from forum.accounts.passwords import Verdict
from forum.accounts.records import Candidate
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.ids import SessionId


def sign_in(candidate: Candidate, verdict: Verdict, browser: Browser, *, remember: bool) -> str:
    """Open a session and return its token. Raises WrongPassword, also when the password changed in the meantime.

    A hash of older parameters is replaced on the way.
    """
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
    return sessions.start(
        candidate.member_id, remember=remember, user_agent=browser.user_agent, address=browser.network
    )


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
