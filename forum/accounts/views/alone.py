"""Signing in with a passkey alone, which its owner opened with a finger, a face or a number."""

from __future__ import annotations

from flask import Response, request, session
from flask_babel import lazy_gettext as _

from forum.accounts import commands, devices, passkeys, steps, throttles
from forum.accounts.records import Entered
from forum.accounts.views.arriving import begin, onward
from forum.accounts.views.door import Answer, blueprint, count_tries
from forum.accounts.views.entering import show_sign_in
from forum.accounts.views.step import checked
from forum.kernel import limits
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import Refused
from forum.kernel.refusals import again, answers_json

COOKIE = "passkey_step"


@blueprint.post("/sign-in/passkey/start")
@public
@answers_json
def start_passkey() -> Answer:
    """What the browser is to ask any passkey of this site: it names nobody."""
    if passkeys.hindrance(request.host):
        raise Refused(_("Passkeys don’t work at this address."))
    count_tries((throttles.PASSKEY_ADDRESS, limits.address()))
    with transaction():
        token = steps.begin(None)
        step = steps.find(token)
    session[COOKIE] = token
    return Response(passkeys.to_show(step.challenge if step else ""), mimetype="application/json")


@blueprint.post("/sign-in/passkey")
@public
@again(show_sign_in)
def send_passkey() -> Answer:
    begin(_enter(session.get(COOKIE, "")))
    return onward()


def _enter(token: str) -> Entered:
    """Raises StepOver or WrongPasskey: the same for one that was removed and one that never was."""
    with transaction():
        throttles.hit((throttles.PASSKEY_ADDRESS, limits.address()))
        step = steps.take_try(token)
    shown = checked(request.form.get("credential", ""), step.challenge, alone=True)
    browser = devices.browser_of(request.user_agent.string, limits.address())
    with transaction():
        entered = commands.sign_in_with_passkey(token, shown, browser, remember="remember" in request.form)
        commands.sign_out(current_actor())
    return entered
