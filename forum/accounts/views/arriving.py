"""The end of every way in: a session begins, and whoever came goes on to where they wanted."""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app, request, session
from flask_login import login_user

from forum.accounts import forms
from forum.accounts.local_paths import local_path
from forum.accounts.records import Entered
from forum.accounts.views.door import Answer, page, see, typed


def begin(entered: Entered) -> None:
    """Nothing of the cookie before stays: its token for forms was somebody's who wasn't signed in."""
    session.clear()
    session.permanent = entered.remembered
    session["csrf_token"] = secrets.token_hex(20)  # Flask-WTF's own name: the next page needs no other cookie
    login_user(current_app.extensions["read_actor"](entered.token))


def onward() -> Answer:
    """To where they wanted to go; or their words once more, of a form that was sent without a session."""
    luggage = forms.read_luggage(request.form)
    if luggage.kept_to and luggage.kept:
        return page("kept", to=luggage.kept_to, fields=luggage.kept, written=forms.WRITTEN)
    return see(luggage.next)


def luggage() -> dict[str, Any]:
    """What travels along, for a page's form."""
    return {
        "next": local_path(typed("next") or request.args.get("next"), ""),
        "kept_to": local_path(typed("kept_to"), ""),
        "kept": forms.read_kept(request.form),
    }
