"""What people do with accounts: one function a verb, within somebody's transaction."""

from __future__ import annotations

from forum.accounts.commands.addresses import ask_confirmation, ask_email_change, confirm
from forum.accounts.commands.blocks import block, unblock
from forum.accounts.commands.factors import (
    add_app,
    add_passkey,
    forget_factors,
    remove_factor,
    renew_codes,
    reset_factors,
    start_app,
    start_passkey,
    sweep_attempts,
)
from forum.accounts.commands.leaving import close, leave, stay
from forum.accounts.commands.making import NewMember, create, give_role, set_email, set_role, sign_up
from forum.accounts.commands.passwords import ask_reset, change_password, reset_password
from forum.accounts.commands.profiles import ProfileWords, edit_profile, set_face, set_language
from forum.accounts.commands.second_step import (
    give_up,
    pass_with_code,
    pass_with_passkey,
    pass_with_recovery_code,
    sign_in_with_passkey,
)
from forum.accounts.commands.signing_in import end_other_sessions, end_session, sign_in, sign_out
from forum.accounts.commands.standing import release, restrict, take_member

__all__ = [
    "NewMember",
    "ProfileWords",
    "add_app",
    "add_passkey",
    "ask_confirmation",
    "ask_email_change",
    "ask_reset",
    "block",
    "change_password",
    "close",
    "confirm",
    "create",
    "edit_profile",
    "end_other_sessions",
    "end_session",
    "forget_factors",
    "give_role",
    "give_up",
    "leave",
    "pass_with_code",
    "pass_with_passkey",
    "pass_with_recovery_code",
    "release",
    "remove_factor",
    "renew_codes",
    "reset_factors",
    "reset_password",
    "restrict",
    "set_email",
    "set_face",
    "set_language",
    "set_role",
    "sign_in",
    "sign_in_with_passkey",
    "sign_out",
    "sign_up",
    "start_app",
    "start_passkey",
    "stay",
    "sweep_attempts",
    "take_member",
    "unblock",
]
