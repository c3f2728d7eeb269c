"""What organisations ask for, what their people do, and what moderators decide. None commits."""

from forum.membership.commands.applying import Application, answer, start, start_again, submit, withdraw
from forum.membership.commands.asking import claim, join, rename, renew
from forum.membership.commands.deciding import ask, judged, put_back, reinstate, reject, suspend, take_up, verify
from forum.membership.commands.expiring import settle
from forum.membership.commands.inviting import accept, decline, forget_addresses, invite, withdraw_invitation
from forum.membership.commands.proving import ask_check, enter_code, note_look, see_letter, start_proof
from forum.membership.commands.remembering import remember, restore, take

__all__ = [
    "Application",
    "accept",
    "answer",
    "ask",
    "ask_check",
    "claim",
    "decline",
    "enter_code",
    "forget_addresses",
    "invite",
    "join",
    "judged",
    "note_look",
    "put_back",
    "reinstate",
    "reject",
    "remember",
    "rename",
    "renew",
    "restore",
    "see_letter",
    "settle",
    "start",
    "start_again",
    "start_proof",
    "submit",
    "suspend",
    "take",
    "take_up",
    "verify",
    "withdraw",
    "withdraw_invitation",
]
