"""How views with forms answer: the form with what is wrong, or on to another page."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request

from forum.kernel.errors import ForumError

# werkzeug's Response, which Flask's is: redirect() and render_template() together.
Answer = Any


def page(template: str, error: ForumError | None = None, **context: Any) -> str:
    """`errors`: what is wrong, by the field's name; `problem`: a sentence about no field, or empty."""
    errors = {field: str(message) for field, message in error.fields.items()} if error else {}
    problem = str(error.message) if error and not errors else ""
    return render_template(template, errors=errors, problem=problem, **context)


def see(address: str) -> Answer:
    return redirect(address, 303)


def typed(name: str, otherwise: str = "") -> str:
    """A field of the form that was just sent, for showing it again."""
    return request.form.get(name, otherwise) if request.method == "POST" else otherwise


def keep_nowhere(response: Response) -> Response:
    """For a blueprint's after_request: its pages show what one member typed, or may do."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
