"""Passwords: changed with the old one, or reset by a link. Hashing is done before."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.accounts import emails, sessions, steps, tokens
from forum.accounts.commands.addresses import mark_confirmed
from forum.accounts.events import PasswordChanged, ResetAsked
from forum.accounts.models import Member, Purpose
from forum.accounts.records import Candidate
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.kernel.events import record

# A link to open the account, or to take its address away, that was asked for before.
_OPENING = frozenset({Purpose.RESET, Purpose.CHANGE_EMAIL})


def ask_reset(email: str) -> None:
    """Whether the address is anybody's is looked up when the letter is written, so the answer takes as long for all."""
    record(ResetAsked(email))


def reset_password(token: str, new_hash: str) -> None:
    """Use a link of ≤ 60 minutes. Ends every session, and confirms the address. Raises LinkDead."""
    used = tokens.use(token, tokens.RESETTING)
    member = db.session.get_one(Member, used.member_id)
    if emails.email_key(used.email) == member.email_key:
        mark_confirmed(member)
    _replace(member, new_hash, keep="")


def change_password(actor: Actor, verified: Candidate, new_hash: str) -> None:
    """Ends every other session. `verified` is what the old password was compared with. Raises Refused."""
    member = db.session.get_one(Member, actor.id, with_for_update=True)
    if member.password_hash != verified.password_hash:
        raise Refused(_("Your password was changed elsewhere a moment ago. Nothing was done here."))
    _replace(member, new_hash, keep=actor.session)


def _replace(member: Member, new_hash: str, keep: str) -> None:
    member.password_hash = new_hash
    sessions.end_all(member.id, but=keep)
    steps.end_all(member.id)
    tokens.end(member.id, _OPENING)
    record(PasswordChanged(member.id))
