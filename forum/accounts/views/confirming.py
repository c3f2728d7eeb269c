"""Proving an address by the link of a letter."""

from __future__ import annotations

from flask import request

from forum.accounts import commands, forms, queries, tokens
from forum.accounts.errors import LinkDead
from forum.accounts.models import Purpose
from forum.accounts.views.door import Answer, blueprint, count_letter, page, see, typed
from forum.kernel.access import current_actor, public
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError
from forum.kernel.refusals import again


def show_ask(error: ForumError | None = None) -> str:
    return page("confirm_ask", error, email=typed("email"))


def show_confirm(error: ForumError | None = None, token: str = "") -> str:
    """A button that uses the link, or word that it no longer works."""
    found = tokens.find(token, tokens.CONFIRMING)
    if found is None:
        return page("confirm_ask", error or LinkDead(), email="")
    return page("confirm", error, token=token, email=found.email, is_change=found.purpose == Purpose.CHANGE_EMAIL)


@blueprint.get("/confirm")
@public
def ask_confirmation() -> Answer:
    return show_ask()


@blueprint.post("/confirm")
@public
@again(show_ask)
def send_confirmation() -> Answer:
    email = forms.read_email(request.form)
    count_letter(email)
    with transaction():
        commands.ask_confirmation(email)
    return see("/confirm/sent")


@blueprint.get("/confirm/sent")
@public
def confirmation_sent() -> Answer:
    return page("sent")


@blueprint.get("/confirm/done")
@public
def confirmed() -> Answer:
    actor = current_actor()
    represents = queries.get_account(actor.id).represents if actor.is_authenticated else ""
    return page("confirmed", is_signed_in=actor.is_authenticated, represents=represents)


@blueprint.get("/confirm/<token>")
@public
def look_at_confirmation(token: str) -> Answer:
    """Looking uses nothing up: letter boxes open links to look for viruses."""
    return show_confirm(token=token), 200 if tokens.find(token, tokens.CONFIRMING) else LinkDead.status


@blueprint.post("/confirm/<token>")
@public
@again(show_confirm)
def confirm(token: str) -> Answer:
    with transaction():
        commands.confirm(token)
    return see("/confirm/done")
