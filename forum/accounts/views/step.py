"""The second step of signing in. Until it's made, the browser holds the name of a row that opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import request, session

from forum.accounts import commands, devices, forms, passkeys, queries, steps, throttles
from forum.accounts.devices import Browser
from forum.accounts.errors import StepOver, WrongCode, WrongPasskey
from forum.accounts.records import Entered, Shown
from forum.accounts.views.arriving import begin, luggage, onward
from forum.accounts.views.door import Answer, blueprint, page, see
from forum.kernel import limits
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again

COOKIE = "second_step"
Tries = tuple[tuple[throttles.Limit, str], ...]


def lead_on(entered: Entered) -> Answer:
    """From the right password to the second step. Words of another form can't travel in an address."""
    session[COOKIE] = entered.token
    travels = luggage()
    if travels["kept"]:
        return show_step()
    return see("/sign-in/second-step" + (f"?{urlencode({'next': travels['next']})}" if travels["next"] else ""))


def show_step(error: ForumError | None = None) -> str:
    """What the member has to show; or word that it's over."""
    step = steps.find(session.get(COOKIE, ""))
    if step is None or step.member_id is None:
        return page("step_over", StepOver(), **luggage())
    ways = queries.ways_of(step.member_id)
    here = ways.passkeys and passkeys.hindrance(request.host) is None
    options = passkeys.to_show(step.challenge, ways.passkeys) if here else ""
    return page("second_step", error, ways=ways, options=options, **luggage())


@blueprint.get("/sign-in/second-step")
@public
def second_step() -> Answer:
    return show_step(), 200 if steps.find(session.get(COOKIE, "")) else StepOver.status


@blueprint.post("/sign-in/second-step")
@public
@again(show_step)
def send_second_step() -> Answer:
    begin(_pass(session.get(COOKIE, ""), forms.read_proof(request.form)))
    return onward()


def checked(answer: str, challenge: str, *, alone: bool = False) -> Shown:
    """A passkey's answer, compared with what is known of it: outside any transaction. Raises WrongPasskey."""
    credential_id, handle = passkeys.named_in(answer)
    passkey = queries.find_passkey(credential_id)
    if passkey is None or ((alone or handle) and handle != passkeys.handle_of(passkey.member_id)):
        raise WrongPasskey
    return Shown(passkey, passkeys.check(answer, challenge, passkey.known, alone=alone))


def _pass(token: str, proof: forms.Proof) -> Entered:
    """Counted first, looked at then. Raises StepOver, WrongCode, WrongPasskey or TooOften."""
    step, counted = _count(token, proof)
    try:
        act = _act(token, step.challenge, proof)
        with transaction():
            entered = act(devices.browser_of(request.user_agent.string, limits.address()))
            commands.sign_out(current_actor())
            for limit, whom in counted:
                throttles.give_back(limit, whom)
    except (WrongCode, WrongPasskey) as error:
        if step.tries < steps.MAX_TRIES:
            raise
        with transaction():
            commands.give_up(token)
        raise StepOver from error
    return entered


def _count(token: str, proof: forms.Proof) -> tuple[steps.Waiting, Tries]:
    """Only an app's codes are short enough to be guessed: nobody who guesses them shuts the owner's other ways."""
    with transaction():
        step = steps.take_try(token)
        whose = str(step.member_id)
        guessable = ((throttles.STEP_ACCOUNT, whose), (throttles.STEP_DAY, whose)) if proof.code else ()
        counted = (*guessable, (throttles.STEP_ADDRESS, limits.address()))
        throttles.hit(*counted)
    return step, counted


def _act(token: str, challenge: str, proof: forms.Proof) -> Callable[[Browser], Entered]:
    if proof.answer is not None:
        return partial(commands.pass_with_passkey, token, checked(proof.answer, challenge))
    if proof.recovery_code is not None:
        return partial(commands.pass_with_recovery_code, token, proof.recovery_code)
    return partial(commands.pass_with_code, token, proof.code or "")
