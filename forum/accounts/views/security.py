"""A member's second factors: seen, set up, removed. Each change asks for the password."""

from __future__ import annotations

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from forum import config
from forum.accounts import authenticator, commands, devices, forms, passkeys, queries
from forum.accounts.models import FactorKind
from forum.accounts.views.door import Answer, blueprint, page, see, typed
from forum.accounts.views.proving import check_current
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.errors import ForumError, Refused
from forum.kernel.ids import AttemptId, FactorId
from forum.kernel.refusals import again

HOME = "/settings/security"
STARTS = {FactorKind.APP: commands.start_app, FactorKind.PASSKEY: commands.start_passkey}


@blueprint.get(HOME)
@signed_in
def security() -> Answer:
    actor = current_actor()
    codes = queries.count_codes(actor.id)
    return page("settings_security", factors=queries.own_factors(actor), codes=codes, actor=actor, **_place())


def show_start(error: ForumError | None = None, kind: str = "") -> str:
    return page("factor_start", error, kind=kind, label=typed("name", _suggested(kind)), **_place())


@blueprint.get(f"{HOME}/new/<any(app, passkey):kind>")
@signed_in
def new_factor(kind: str) -> Answer:
    return show_start(kind=kind)


@blueprint.post(f"{HOME}/new/<any(app, passkey):kind>")
@signed_in
@again(show_start)
def start_factor(kind: str) -> Answer:
    name = forms.read_factor_name(request.form)
    if kind == FactorKind.PASSKEY and passkeys.hindrance(request.host):
        raise Refused(lazy_gettext("Passkeys don’t work at this address."))
    check_current("password")
    with acting() as actor:
        attempt = STARTS[FactorKind(kind)](actor, name)
    return see(f"{HOME}/attempts/{attempt}")


def show_attempt(error: ForumError | None = None, attempt_id: int = 0) -> str:
    """The picture for an app, or the button that makes a passkey."""
    actor = current_actor()
    attempt = queries.get_attempt(actor, AttemptId(attempt_id))
    if attempt.kind == FactorKind.PASSKEY:
        known = queries.passkey_ids(actor.id)
        options = passkeys.to_make(actor.username, actor.id, attempt.secret, known)
        return page("factor_passkey", error, attempt=attempt, options=options)
    address = authenticator.address_of(attempt.secret, actor.username, config.current().site_name)
    return page("factor_app", error, attempt=attempt, address=address, picture=authenticator.picture_of(address))


@blueprint.get(f"{HOME}/attempts/<int:attempt_id>")
@signed_in
def attempt(attempt_id: int) -> Answer:
    return show_attempt(attempt_id=attempt_id)


@blueprint.post(f"{HOME}/attempts/<int:attempt_id>")
@signed_in
@again(show_attempt)
def finish_attempt(attempt_id: int) -> Answer:
    """Recovery codes come with the first factor, and are shown this once."""
    codes = _finish(AttemptId(attempt_id))
    if codes:
        return page("recovery_codes", codes=codes, is_first=True)
    flash(_("It’s added. From now on you can show it at sign-in."), "success")
    return see(HOME)


def _finish(attempt_id: AttemptId) -> tuple[str, ...]:
    attempt = queries.get_attempt(current_actor(), attempt_id)
    if attempt.kind == FactorKind.PASSKEY:
        made = passkeys.check_new(request.form.get("credential", ""), attempt.secret)
        with acting() as actor:
            return commands.add_passkey(actor, attempt_id, made)
    code = forms.read_code(request.form)
    with acting() as actor:
        return commands.add_app(actor, attempt_id, code)


def show_new_codes(error: ForumError | None = None) -> str:
    return page("recovery_renew", error, codes=queries.count_codes(current_actor().id))


@blueprint.get(f"{HOME}/codes")
@signed_in
def new_codes() -> Answer:
    return show_new_codes()


@blueprint.post(f"{HOME}/codes")
@signed_in
@again(show_new_codes)
def renew_codes() -> Answer:
    check_current("password")
    with acting() as actor:
        codes = commands.renew_codes(actor)
    return page("recovery_codes", codes=codes, is_first=False)


def show_factor(error: ForumError | None = None, factor_id: int = 0) -> str:
    actor = current_actor()
    factor = queries.get_own_factor(actor, FactorId(factor_id))
    return page("factor_remove", error, factor=factor, is_last=len(queries.own_factors(actor)) == 1)


@blueprint.get(f"{HOME}/<int:factor_id>/remove")
@signed_in
def factor(factor_id: int) -> Answer:
    return show_factor(factor_id=factor_id)


@blueprint.post(f"{HOME}/<int:factor_id>/remove")
@signed_in
@again(show_factor)
def remove_factor(factor_id: int) -> Answer:
    check_current("password")
    with acting() as actor:
        commands.remove_factor(actor, FactorId(factor_id))
    flash(_("It’s removed."), "success")
    return see(HOME)


def _place() -> dict[str, Any]:
    return {"hindrance": passkeys.hindrance(request.host), "site_address": config.current().base_url}


def _suggested(kind: str) -> str:
    """A passkey is mostly of this device."""
    browser, system = devices.name_and_system(request.user_agent.string)
    if kind == FactorKind.PASSKEY and browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return str(_("Telephone")) if kind == FactorKind.APP else ""
