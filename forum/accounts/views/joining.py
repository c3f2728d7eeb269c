"""Signing up."""

from __future__ import annotations

from flask import request
from flask_babel import get_locale

from forum import config
from forum.accounts import commands, emails, forms, passwords, queries, throttles
from forum.accounts.views.door import Answer, blueprint, count_tries, page, see, typed
from forum.kernel import limits, settings
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import Forbidden, ForumError
from forum.kernel.refusals import again


def show_sign_up(error: ForumError | None = None) -> str:
    """The form, or word that the site takes no new members."""
    given = {name: typed(name) for name in ("username", "name", "email", "organisation")}
    return page(
        "sign_up",
        error,
        is_open=settings.get(settings.SIGN_UP_OPEN),
        given=given,
        represents=bool(typed("represents")),
    )


@blueprint.get("/sign-up")
@public
def sign_up() -> Answer:
    return see("/") if current_actor().is_authenticated else show_sign_up()


@blueprint.post("/sign-up")
@public
@again(show_sign_up)
def send_sign_up() -> Answer:
    if not settings.get(settings.SIGN_UP_OPEN):
        raise Forbidden
    form = forms.read_sign_up(request.form, config.current().site_name)
    if not _is_sent_again(form):
        _join(form)
    return see("/sign-up/sent")


@blueprint.get("/sign-up/sent")
@public
def sign_up_sent() -> Answer:
    return page("sign_up_done")


def _is_sent_again(form: forms.SignUp) -> bool:
    """The same form twice makes one member and one letter. Only who knows the password learns of the first."""
    before = queries.find_same_sign_up(form.username, form.email)
    return before.member_id is not None and passwords.verify(form.password, before.password_hash).right


def _join(form: forms.SignUp) -> None:
    """The password is hashed for a known address, too: the answer takes as long."""
    count_tries((throttles.SIGN_UP_ADDRESS, limits.address()), (throttles.MAIL_ACCOUNT, emails.email_key(form.email)))
    new = commands.NewMember(
        username=form.username,
        name=form.name,
        email=form.email,
        password_hash=passwords.hash_password(form.password),
        represents=form.represents,
        language=str(get_locale()).replace("_", "-"),
    )
    with transaction():
        commands.sign_up(new, config.current().site_name)
