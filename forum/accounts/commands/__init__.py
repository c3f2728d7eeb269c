"""What people do with accounts: one function a verb, within somebody's transaction."""

from __future__ import annotations

from forum.accounts.commands.addresses import ask_confirmation, ask_email_change, confirm
from forum.accounts.commands.blocks import block, unblock
from forum.accounts.commands.making import NewMember, create, set_email, set_role, sign_up
from forum.accounts.commands.passwords import ask_reset, change_password, reset_password
from forum.accounts.commands.profiles import ProfileWords, edit_profile, set_language
from forum.accounts.commands.signing_in import end_other_sessions, end_session, sign_in, sign_out

__all__ = [
    "NewMember",
    "ProfileWords",
    "ask_confirmation",
    "ask_email_change",
    "ask_reset",
    "block",
    "change_password",
    "confirm",
    "create",
    "edit_profile",
    "end_other_sessions",
    "end_session",
    "reset_password",
    "set_email",
    "set_language",
    "set_role",
    "sign_in",
    "sign_out",
    "sign_up",
    "unblock",
]
