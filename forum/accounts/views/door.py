"""What the views of accounts share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request

from forum.accounts import emails, throttles
from forum.kernel import limits
from forum.kernel.db import transaction
from forum.kernel.errors import ForumError

blueprint = Blueprint("accounts", __name__)

# werkzeug's Response, which Flask's is: redirect() and render_template() together.
Answer = Any


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """These pages hold what one member typed, or a link that opens an account."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def page(name: str, error: ForumError | None = None, **context: Any) -> str:
    """A page of accounts. `errors`: what is wrong, by the field's name; `problem`: a sentence about no field."""
    errors = {field: str(message) for field, message in error.fields.items()} if error else {}
    problem = str(error.message) if error and not errors else ""
    return render_template(f"accounts/{name}.html", errors=errors, problem=problem, **context)


def see(address: str) -> Answer:
    return redirect(address, 303)


def count_tries(*tries: tuple[throttles.Limit, str]) -> None:
    """Count before the work is done, and keep the count whatever comes of it. Raises TooOften."""
    with transaction():
        throttles.hit(*tries)


def count_letter(email: str) -> None:
    """Somebody causes a letter to an address. Raises TooOften."""
    count_tries((throttles.MAIL_ACCOUNT, emails.email_key(email)), (throttles.MAIL_ADDRESS, limits.address()))


def typed(name: str, otherwise: str = "") -> str:
    """A field of the form that was just sent, for showing it again."""
    return request.form.get(name, otherwise) if request.method == "POST" else otherwise
