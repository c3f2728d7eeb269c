"""Signing in and out."""

from __future__ import annotations

from flask import request, session

from forum.accounts import commands, devices, forms, names, passkeys, passwords, queries, throttles
from forum.accounts.local_paths import local_path
from forum.accounts.records import Entered
from forum.accounts.views.arriving import begin, luggage, onward
from forum.accounts.views.door import Answer, blueprint, page, see, typed
from forum.accounts.views.step import lead_on
from forum.kernel import limits
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


def show_sign_in(error: ForumError | None = None) -> str:
    """The form, empty or as it was sent. Words of another form travel in it."""
    return page(
        "sign_in",
        error,
        username=typed("username"),
        remember=bool(typed("remember")),
        takes_passkeys=passkeys.hindrance(request.host) is None,
        **luggage(),
    )


@blueprint.get("/sign-in")
@public
def sign_in() -> Answer:
    if current_actor().is_authenticated:
        return see(local_path(request.args.get("next")))
    return show_sign_in()


@blueprint.post("/sign-in")
@public
@again(show_sign_in)
def send_sign_in() -> Answer:
    entered = _enter(forms.read_sign_in(request.form))
    if not entered.is_whole:
        return lead_on(entered)
    begin(entered)
    return onward()


@blueprint.post("/sign-out")
@public
def sign_out() -> Answer:
    with transaction():
        commands.sign_out(current_actor())
    session.clear()
    return see(local_path(request.form.get("next")))


def _enter(form: forms.SignIn) -> Entered:
    """Between two transactions, a password is compared: with somebody's, or with nobody's. Raises WrongPassword.

    The tries count on where a second step follows: each makes a row.
    """
    account, address = (throttles.SIGN_IN_ACCOUNT, names.username_key(form.login)), limits.address()
    with transaction():
        throttles.hit(account, (throttles.SIGN_IN_ADDRESS, address))
        candidate = queries.find_candidate(form.login)
    verdict = passwords.verify(form.password, candidate.password_hash)
    browser = devices.browser_of(request.user_agent.string, address)
    with transaction():
        entered = commands.sign_in(candidate, verdict, browser, remember=form.remember)
        if entered.is_whole:
            commands.sign_out(current_actor())
            throttles.forget(*account)
            throttles.give_back(throttles.SIGN_IN_ADDRESS, address)
    return entered
