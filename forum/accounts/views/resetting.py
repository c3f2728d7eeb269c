"""A new password for who forgot it."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum import config
from forum.accounts import commands, forms, passwords, queries, throttles, tokens
from forum.accounts.errors import LinkDead
from forum.accounts.views.door import Answer, blueprint, count_letter, count_tries, page, see, typed
from forum.kernel import limits
from forum.kernel.access import public
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


def show_ask(error: ForumError | None = None) -> str:
    return page("reset_ask", error, email=typed("email"))


def show_reset(error: ForumError | None = None, token: str = "") -> str:
    """The form, or word that the link no longer works."""
    if tokens.find(token, tokens.RESETTING) is None:
        return page("reset_ask", error or LinkDead(), email="")
    return page("reset", error, token=token)


@blueprint.get("/reset-password")
@public
def ask_reset() -> Answer:
    return show_ask()


@blueprint.post("/reset-password")
@public
@again(show_ask)
def send_reset() -> Answer:
    email = forms.read_email(request.form)
    count_letter(email)
    with transaction():
        commands.ask_reset(email)
    return see("/reset-password/sent")


@blueprint.get("/reset-password/sent")
@public
def reset_sent() -> Answer:
    return page("sent")


@blueprint.get("/reset-password/<token>")
@public
def look_at_reset(token: str) -> Answer:
    return show_reset(token=token), 200 if tokens.find(token, tokens.RESETTING) else LinkDead.status


@blueprint.post("/reset-password/<token>")
@public
@again(show_reset)
def reset_password(token: str) -> Answer:
    count_tries((throttles.TOKEN_ADDRESS, limits.address()))
    new_hash = _hash_for(token)
    with transaction():
        commands.reset_password(token, new_hash)
    flash(_("Your password is changed, and you were signed out everywhere. Sign in with the new one."), "success")
    return see("/sign-in")


def _hash_for(token: str) -> str:
    """Looked at first, so that a made-up link costs no hash. Raises LinkDead, or Invalid for a weak password."""
    found = tokens.find(token, tokens.RESETTING)
    if found is None:
        raise LinkDead
    account = queries.get_account(found.member_id)
    personal = (account.username, account.name, account.email, config.current().site_name)
    return passwords.hash_password(passwords.check_password(request.form.get("password", ""), personal))
