"""Signing in and out."""

from __future__ import annotations

import secrets

from flask import current_app, request, session
from flask_login import login_user

from forum.accounts import commands, devices, forms, names, passwords, queries, throttles
from forum.accounts.local_paths import local_path
from forum.accounts.views.door import Answer, blueprint, page, see, typed
from forum.kernel import limits
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


def show_sign_in(error: ForumError | None = None) -> str:
    """The form, empty or as it was sent. Words of another form travel in it."""
    wanted = typed("next") or request.args.get("next")
    return page(
        "sign_in",
        error,
        username=typed("username"),
        remember=bool(typed("remember")),
        next=local_path(wanted, ""),
        kept_to=local_path(typed("kept_to"), ""),
        kept=forms.read_kept(request.form),
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
    form = forms.read_sign_in(request.form)
    token = _enter(form)
    _begin(token, remember=form.remember)
    if form.kept_to and form.kept:
        return page("kept", to=form.kept_to, fields=form.kept, written=forms.WRITTEN)
    return see(form.next)


@blueprint.post("/sign-out")
@public
def sign_out() -> Answer:
    with transaction():
        commands.sign_out(current_actor())
    session.clear()
    return see(local_path(request.form.get("next")))


def _enter(form: forms.SignIn) -> str:
    """Between two transactions, a password is compared: with somebody's, or with nobody's. Raises WrongPassword."""
    account, address = (throttles.SIGN_IN_ACCOUNT, names.username_key(form.login)), limits.address()
    with transaction():
        throttles.hit(account, (throttles.SIGN_IN_ADDRESS, address))
        candidate = queries.find_candidate(form.login)
    verdict = passwords.verify(form.password, candidate.password_hash)
    browser = devices.browser_of(request.user_agent.string, address)
    with transaction():
        token = commands.sign_in(candidate, verdict, browser, remember=form.remember)
        commands.sign_out(current_actor())
        throttles.forget(*account)
        throttles.give_back(throttles.SIGN_IN_ADDRESS, address)
    return token


def _begin(token: str, *, remember: bool) -> None:
    """Nothing of the cookie before stays: its token for forms was somebody's who wasn't signed in."""
    session.clear()
    session.permanent = remember
    session["csrf_token"] = secrets.token_hex(20)  # Flask-WTF's own name: the next page needs no other cookie
    login_user(current_app.extensions["read_actor"](token))
