"""A member's own settings."""

from __future__ import annotations

from flask import flash, request
from flask_babel import gettext as _

from forum import config
from forum.accounts import commands, forms, languages, passwords, queries
from forum.accounts.cards import card_of
from forum.accounts.views.door import Answer, blueprint, count_letter, page, see, typed
from forum.accounts.views.proving import check_current
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.errors import ForumError
from forum.kernel.ids import SessionId
from forum.kernel.refusals import again


def show_profile(error: ForumError | None = None) -> str:
    account = queries.get_account(current_actor().id)
    names = ("name", "headline", "city", "bio", "interface_language")
    given = {name: typed(name, getattr(account, name)) for name in names}
    card = card_of(queries.get_own(current_actor()))
    spoken = request.form.getlist("languages") if request.method == "POST" else account.languages
    return page("settings_profile", error, given=given, spoken=spoken, choices=languages.choices(), card=card)


def show_account(error: ForumError | None = None) -> str:
    return page("settings_account", error, account=queries.get_account(current_actor().id), email=typed("email"))


@blueprint.get("/settings")
@signed_in
def settings() -> Answer:
    return see("/settings/profile")


@blueprint.get("/settings/profile")
@signed_in
def edit_profile() -> Answer:
    return show_profile()


@blueprint.post("/settings/profile")
@signed_in
@again(show_profile)
def save_profile() -> Answer:
    words = forms.read_profile(request.form, config.current().languages)
    with acting() as actor:
        commands.edit_profile(actor, words)
    flash(_("Your profile is saved."), "success")
    return see("/settings/profile")


@blueprint.get("/settings/account")
@signed_in
def account() -> Answer:
    return show_account()


@blueprint.post("/settings/account/email")
@signed_in
@again(show_account)
def change_email() -> Answer:
    email = forms.read_email(request.form)
    check_current("password")
    count_letter(email)
    with acting() as actor:
        commands.ask_email_change(actor, email)
    flash(_("Look in the mail of your new address: the link in our letter makes the change."), "success")
    return see("/settings/account")


@blueprint.post("/settings/account/password")
@signed_in
@again(show_account)
def change_password() -> Answer:
    account = queries.get_account(current_actor().id)
    personal = (account.username, account.name, account.email, config.current().site_name)
    password = passwords.check_password(request.form.get("new_password", ""), personal, "new_password")
    verified = check_current("current_password")
    new_hash = passwords.hash_password(password)
    with acting() as actor:
        commands.change_password(actor, verified, new_hash)
    flash(_("Your password is changed, and you were signed out everywhere else."), "success")
    return see("/settings/account")


@blueprint.get("/settings/sessions")
@signed_in
def sessions() -> Answer:
    return page("settings_sessions", sessions=queries.own_sessions(current_actor()))


@blueprint.post("/settings/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Answer:
    with acting() as actor:
        commands.end_session(actor, SessionId(session_id))
    return see("/settings/sessions")


@blueprint.post("/settings/sessions/end-others")
@signed_in
def end_other_sessions() -> Answer:
    with acting() as actor:
        commands.end_other_sessions(actor)
    flash(_("You are signed out everywhere else."), "success")
    return see("/settings/sessions")


@blueprint.get("/settings/blocked")
@signed_in
def blocked() -> Answer:
    return page("settings_blocked", members=queries.blocked_members(current_actor().id))
